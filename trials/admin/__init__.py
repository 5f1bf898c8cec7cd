"""The review desk: where editors look after what the registry sends. docs/admin.md says what each queue is for."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from trials.admin import condition, contact, golden, note, partner, queue, run, site, trial, version  # noqa: F401 - they register models
from trials.admin.index import order_index

admin.site.site_header = _("CTD Trial Finder – review desk")
admin.site.site_title = _("Review desk")
admin.site.index_title = _("What waits for you")
admin.site.index_template = "admin/desk_index.html"
admin.site.enable_nav_sidebar = False  # the lists need the width; the first page leads everywhere
order_index(admin.site)
