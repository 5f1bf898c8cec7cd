"""The first page: models in the order of an editor's day, and how much waits in each queue."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.admin.contact import waiting
from trials.admin.filters import has_doubts
from trials.admin.queue import count_in
from trials.mail_health import mail_findings, mail_state
from trials.models import ConditionTerm, Contact, CriteriaCorrection, ImportRun, Trial
from trials.site_health import database_state, findings, sync_state

Queue = Callable[[], dict[str, str] | None]

ORDER = (
    *("Trial", "ReviewTrial", "Contact", "ConditionTerm", "ImportRun", "ImportFailure"),
    *("Partner", "GoldenPatient", "GoldenVerdict", "Site", "Condition", "FieldNote", "RecordVersion"),
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
                    queues = QUEUES.get(model["object_name"], ())
                    model["waiting"] = partial(_waiting, queues)  # called by the first page only
                app["findings"] = site_findings
        return sorted(apps, key=lambda app: app["app_label"] != "trials")

    site.get_app_list = ordered  # type: ignore[method-assign]


def _waiting(queues: Sequence[Queue]) -> list[dict[str, str]]:
    return [told for queue in queues if (told := queue())]


def _contacts() -> dict[str, str] | None:
    count = waiting(Contact.objects.all()).count()
    text = ngettext("%(count)d waits for a decision", "%(count)d wait for a decision", count) % {"count": count}
    return _queue("contact", "decision=waiting", text) if count else None


def _terms() -> dict[str, str] | None:
    count = ConditionTerm.objects.filter(state=ConditionTerm.State.UNMAPPED).count()
    text = ngettext("%(count)d maps to nothing yet", "%(count)d map to nothing yet", count) % {"count": count}
    return _queue("conditionterm", "state__exact=UNMAPPED", text) if count else None


def _corrections() -> dict[str, str] | None:
    """What editors corrected before the registry changed the text."""
    count = CriteriaCorrection.objects.filter(ended_at=None, outdated=True).count()
    text = ngettext(
        "%(count)d has a new text since it was corrected", "%(count)d have a new text since they were corrected", count
    ) % {"count": count}
    return _queue("trial", "criteria=outdated", text) if count else None


def _doubts() -> dict[str, str] | None:
    count = Trial.objects.filter(has_doubts()).count()
    text = ngettext("%(count)d has doubts about its criteria", "%(count)d have doubts about their criteria", count) % {
        "count": count
    }
    return _queue("trial", "criteria=doubts", text) if count else None


def _sentences(state: str, language: str) -> dict[str, str] | None:
    """Plain sentences that wait, by language; what our rules wrote and nobody has checked is counted in English."""
    count = count_in(state, language)
    told = {
        "waiting": ngettext("%(count)d waits for a second reader", "%(count)d wait for a second reader", count),
        "partly": ngettext("%(count)d is partly out of date", "%(count)d are partly out of date", count),
        "unchecked": ngettext("%(count)d is not checked yet", "%(count)d are not checked yet", count),
    }
    text = f"{told[state] % {'count': count}} ({dict(settings.LANGUAGES)[language]})"
    return _queue("reviewtrial", f"state={state}&lang={language}", text) if count else None


_SENTENCES: tuple[Queue, ...] = (
    *(partial(_sentences, state, code) for state in ("waiting", "partly") for code, _name in settings.LANGUAGES),
    partial(_sentences, "unchecked", settings.LANGUAGE_CODE),
)


def _runs() -> dict[str, str] | None:
    last = ImportRun.objects.first()
    if last is None:
        return {"url": "", "text": _("nothing was imported yet")}
    text = _("last: %(state)s, %(failed)d failed") % {"state": last.state_told, "failed": last.failed}
    return {"url": reverse("admin:trials_importrun_change", args=[last.pk]), "text": text}


def site_findings() -> list[str]:
    """What is the matter with the database or with the syncs, and what to do, in sentences."""
    return [one.sentence for one in (*findings(sync_state(), database_state()), *mail_findings(mail_state()))]


def _queue(model: str, query: str, text: str) -> dict[str, str]:
    return {"url": f"{reverse(f'admin:trials_{model}_changelist')}?{query}", "text": text}


QUEUES: dict[str, Sequence[Queue]] = {
    "Trial": (_corrections, _doubts),
    "ReviewTrial": _SENTENCES,
    "Contact": (_contacts,),
    "ConditionTerm": (_terms,),
    "ImportRun": (_runs,),
}
