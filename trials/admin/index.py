"""The first page: models in the order of an editor's day, and how much waits in each queue."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.admin.contact import waiting
from trials.models import ConditionTerm, Contact, ImportRun

ORDER = (
    *("Trial", "Contact", "ConditionTerm", "ImportRun", "ImportFailure"),
    *("Site", "Condition", "FieldNote", "RecordVersion"),
)


def order_index(site: AdminSite) -> None:
    """Give the project's admin site our order; the site itself stays Django's own."""
    plain = site.get_app_list

    def ordered(request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = plain(request, app_label)
        for app in apps:
            if app["app_label"] == "trials":
                app["models"].sort(key=lambda model: ORDER.index(model["object_name"]))
                for model in app["models"]:
                    model["waiting"] = QUEUES.get(model["object_name"])  # called by the first page only
        return sorted(apps, key=lambda app: app["app_label"] != "trials")

    site.get_app_list = ordered  # type: ignore[method-assign]


def _contacts() -> dict[str, str] | None:
    count = waiting(Contact.objects.all()).count()
    text = ngettext("%(count)d waits for a decision", "%(count)d wait for a decision", count) % {"count": count}
    return _queue("contact", "decision=waiting", text) if count else None


def _terms() -> dict[str, str] | None:
    count = ConditionTerm.objects.filter(state=ConditionTerm.State.UNMAPPED).count()
    text = ngettext("%(count)d maps to nothing yet", "%(count)d map to nothing yet", count) % {"count": count}
    return _queue("conditionterm", "state__exact=UNMAPPED", text) if count else None


def _runs() -> dict[str, str] | None:
    last = ImportRun.objects.first()
    if last is None:
        return {"url": "", "text": _("nothing was imported yet")}
    text = _("last: %(state)s, %(failed)d failed") % {"state": last.get_state_display(), "failed": last.failed}
    return {"url": reverse("admin:trials_importrun_change", args=[last.pk]), "text": text}


def _queue(model: str, query: str, text: str) -> dict[str, str]:
    return {"url": f"{reverse(f'admin:trials_{model}_changelist')}?{query}", "text": text}


QUEUES: dict[str, Callable[[], dict[str, str] | None]] = {
    "Contact": _contacts,
    "ConditionTerm": _terms,
    "ImportRun": _runs,
}
