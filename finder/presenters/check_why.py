"""Why a study is not on a person's list, for any number that they type."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from finder.check.acting import Shown
from finder.check.position import before_one
from finder.presenters.absent import why_absent
from finder.presenters.check_results import ReasonView, reason_views
from finder.presenters.status import study_status
from finder.presenters.study import REGISTRY_URL
from finder.presenters.words import long_date
from trials.matching.verdict import match
from trials.vocab import Verdict
from trials.why_not import Place, Whereabouts, whereabouts


@dataclass(frozen=True, slots=True)
class WhyView:
    """`listed` where a page can tell the study's rules one by one."""

    lines: tuple[str, ...]
    typed: str
    nct_id: str = ""
    url: str = ""
    registry_url: str = ""
    listed: bool = False
    reasons: tuple[ReasonView, ...] = ()


def why_view(shown: Shown) -> WhyView:
    found = whereabouts(shown.what)
    if found.place is Place.NOT_AN_ID:
        return WhyView((_("Please write the number of a study: NCT and eight digits."),), shown.what)
    registry_url = f"{REGISTRY_URL}{found.study_id}" if found.in_registry else ""
    if found.trial is None:
        return WhyView((why_absent(found),), shown.what, found.study_id, registry_url=registry_url)
    alone = before_one(shown.position, found.trial)
    judged = match(alone.studies.trees[0], alone.answers)
    return WhyView(
        lines=tuple(line for line in (_where(found), _on_the_list(shown, found), _verdict(alone.verdict(0))) if line),
        typed=shown.what,
        nct_id=found.study_id,
        url=found.trial.get_absolute_url(),
        registry_url=registry_url,
        listed=True,
        reasons=reason_views(found.trial, judged, shown.position),
    )


def _where(found: Whereabouts) -> str:
    """What keeps it off every list; empty for a study that is open and of our diseases."""
    if found.place is Place.GONE:
        return _("The registry has not listed this study since %(date)s.") % {"date": _day(found)}
    if found.place is Place.NOT_OPEN and found.trial:
        values = {"status": study_status(found.trial).word, "date": _day(found)}
        if found.since:
            return _("Nobody can ask to join it today. Its status is “%(status)s” (record of %(date)s).") % values
        return _("Nobody can ask to join it today. Its status is “%(status)s”.") % values
    if found.place is Place.OTHER_DISEASES:
        return _("It is about diseases that this site is not made for.")
    return ""


def _day(found: Whereabouts) -> str:
    return long_date(found.since) if found.since else ""


def _on_the_list(shown: Shown, found: Whereabouts) -> str:
    """Whether it is among the studies in question for this person."""
    position = shown.position
    place = position.studies.place(found.study_id)
    if place is None:
        return ""
    if not position.view >> place & 1:
        return _("It is not about the conditions that you named.")
    return _("It is on your list.")


def _verdict(verdict: Verdict) -> str:
    return {
        Verdict.MAY_FIT: _("By your answers it may fit."),
        Verdict.UNKNOWN: _("By your answers not enough is known."),
        Verdict.DOES_NOT_FIT: _("By your answers it probably does not fit:"),
    }[verdict]
