"""Sets the door into the project's admin site, when Django gathers the admins of all apps."""

from auditlog.models import LogEntry
from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from finder.desk.log_admin import LogAdmin
from finder.desk.signing_in import guard_login

admin.site.unregister([TOTPDevice, StaticDevice])  # their pages show secrets; each editor has a page of the own
admin.site.unregister(LogEntry)
admin.site.register(LogEntry, LogAdmin)
guard_login(admin.site)
