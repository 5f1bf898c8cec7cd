"""A person's answers and what they make of the studies, on paper for their doctor. Made from the form, kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.check.acting import Shown
from finder.check.position import Position
from finder.presenters.check_asking import tests_to_ask
from finder.presenters.check_names import names_of
from finder.presenters.check_results import ReasonView, checked_words, reason_views
from finder.presenters.check_review import review_groups
from finder.presenters.contacts import ContactView, contact_views
from finder.presenters.status import StatusView, study_status
from finder.presenters.study import REGISTRY_URL
from finder.presenters.titles import title_of
from finder.presenters.words import long_date, number
from trials import vocab as v
from trials.matching.verdict import Match, match
from trials.models import Trial
from trials.partner_sites import own_trials

MOST_STUDIES = 25  # of one verdict: a page for a visit, not the whole list
MOST_CONTACTS = 2  # of one study
MOST_TESTS = 8


@dataclass(frozen=True, slots=True)
class PaperStudy:
    nct_id: str
    title: str
    address: str
    status: StatusView
    reasons: tuple[ReasonView, ...]
    checked: str
    open: str
    contacts: tuple[ContactView, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class PaperPart:
    """The studies of one verdict; `more` says how many do not stand here."""

    verdict: v.Verdict
    studies: tuple[PaperStudy, ...]
    more: str


def handout_parts(shown: Shown, today: date, own_names: Sequence[str] = ()) -> Mapping[str, Any]:
    """`own_names` are those of a clinic: what is open there comes first among the studies of one verdict."""
    position, own = shown.position, frozenset(own_trials(own_names))
    return {
        "title": _("For your doctor"),
        "printed_on": long_date(today),
        "answers": review_groups(position.state),
        "tests": tests_to_ask(position, MOST_TESTS),
        "parts": tuple(
            _part(position, verdict, own) for verdict in (v.Verdict.MAY_FIT, v.Verdict.UNKNOWN, v.Verdict.DOES_NOT_FIT)
        ),
    }


def _part(position: Position, verdict: v.Verdict, own: frozenset[int]) -> PaperPart:
    """Those that wait for the fewest answers come first."""
    matches = {place: match(position.studies.trees[place], position.answers) for place in position.places(verdict)}
    keys = position.studies.trial_ids
    places = sorted(matches, key=lambda place: (keys[place] not in own, len(matches[place].open)))
    shown = places[:MOST_STUDIES]
    ids = [keys[place] for place in shown]
    found_now = Trial.objects.visible().select_related("editorial").prefetch_related("criteria", "contacts")
    trials = found_now.in_bulk(ids)
    studies = tuple(
        _study(trials[pk], place, matches[place], verdict, position, own)
        for place, pk in zip(shown, ids, strict=True)
        if pk in trials
    )
    rest = len(places) - len(shown)
    more = ngettext("%(count)s more study is on the list.", "%(count)s more studies are on the list.", rest)
    return PaperPart(verdict, studies, more % {"count": number(rest)} if rest else "")


def _study(
    trial: Trial, place: int, found: Match, verdict: v.Verdict, position: Position, own: frozenset[int]
) -> PaperStudy:
    fits = verdict is not v.Verdict.DOES_NOT_FIT
    return PaperStudy(
        nct_id=str(trial.nct_id),
        title=title_of(trial),
        address=f"{REGISTRY_URL}{trial.nct_id}" if trial.registry == v.Registry.CTGOV else trial.listing_url,
        status=study_status(trial),
        reasons=reason_views(trial, found, position),
        checked=checked_words(position, place, verdict),
        open=names_of(found.open),
        contacts=_contacts(trial) if fits else (),
        own=trial.pk in own,
    )


def _contacts(trial: Trial) -> tuple[ContactView, ...]:
    """Those for the whole study, else the first of a site."""
    shown = [contact for contact in trial.contacts.all() if not contact.hidden]
    central = [contact for contact in shown if contact.kind == v.ContactKind.CENTRAL]
    of_sites: Sequence[Any] = [contact for contact in shown if contact.kind == v.ContactKind.SITE]
    return contact_views((central or of_sites)[:MOST_CONTACTS])
