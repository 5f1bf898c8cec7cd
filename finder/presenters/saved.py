"""The short list: the studies whose numbers stand in an address, and what changed in them since they were saved."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.chosen import MOST_CHOSEN, Chosen
from finder.presenters import words
from finder.presenters.absent import why_absent
from finder.presenters.cards import Card, Found, cards
from finder.presenters.changes import since_views
from trials.history import since_each
from trials.models import Trial
from trials.why_not import whereabouts_of

LATELY_DAYS = 180  # of which changes are told where nobody knows when a study was saved
READ_LATE_DAYS = 30  # at most, between the registry's date of a version and our reading it, as long as syncs run
MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class SavedStudy:
    """`saved_on` is empty where nobody knows. `without_url` is the list without this study."""

    card: Card
    saved_on: str
    without_url: str


@dataclass(frozen=True, slots=True)
class AbsentStudy:
    """One of the list of which we show nothing, and why in a sentence. `without_url` is the list without it."""

    nct_id: str
    why: str
    without_url: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """`ids` as an address has them. `problems`: what of the address is no study, or too much."""

    studies: tuple[SavedStudy, ...]
    absent: tuple[AbsentStudy, ...]
    ids: str
    heading: str
    problems: tuple[str, ...]

    @property
    def most(self) -> int:
        """How many studies a list shows."""
        return MOST_CHOSEN

    @property
    def can_compare(self) -> bool:
        return len(self.studies) > 1

    @property
    def compares_all(self) -> bool:
        return 1 < len(self.studies) <= MOST_COMPARED

    @property
    def compared_ids(self) -> str:
        return ",".join(self.compared_first)

    @property
    def unread_sentence(self) -> str:
        """For what is typed where the list is on the device: `{}` stands for it."""
        return _unread("{}")

    @property
    def compared_first(self) -> Sequence[str]:
        return [one.card.nct_id for one in self.studies[:MOST_COMPARED]]


def saved_view(
    chosen: Chosen, days: Mapping[str, date], today: date, stale_after_months: int, without: Callable[[str], str]
) -> SavedView:
    """`days` say when each study was saved, as far as somebody told; `without` is where the list goes on without a
    study. A fixed number of queries.
    """
    held = {str(one.nct_id): one for one in Trial.objects.visible().for_cards().filter(nct_id__in=chosen.ids)}
    trials = [held[nct_id] for nct_id in chosen.ids if nct_id in held]
    lately = today - timedelta(days=LATELY_DAYS)
    told_days = {trial.pk: _compared_from(days.get(str(trial.nct_id)), today) or lately for trial in trials}
    changed = since_views(since_each(told_days))
    made = [
        replace(card, found=Found(changes=changed.get(trial.pk)))
        for card, trial in zip(cards(trials, today, stale_after_months), trials, strict=True)
    ]
    studies = tuple(
        SavedStudy(
            card=card,
            saved_on=words.long_date(days[card.nct_id])
            if days.get(card.nct_id, today) <= today and card.nct_id in days
            else "",
            without_url=without(card.nct_id),
        )
        for card in made
    )
    missing = whereabouts_of([nct_id for nct_id in chosen.ids if nct_id not in held])
    sentence = ngettext("%(count)s saved study", "%(count)s saved studies", len(studies))
    return SavedView(
        studies=studies,
        absent=tuple(AbsentStudy(one, why_absent(found), without(one)) for one, found in missing.items()),
        ids=chosen.as_text,
        heading=sentence % {"count": words.number(len(studies))} if studies else "",
        problems=tuple(_problems(chosen)),
    )


def _compared_from(saved_on: date | None, today: date) -> date | None:
    """The registry dates a change some days before we read it: what was saved then may have been the version before."""
    return saved_on - timedelta(days=READ_LATE_DAYS) if saved_on and date(2000, 1, 1) < saved_on <= today else None


def address_of(ids: Iterable[str]) -> str:
    """The page of the short list with these studies."""
    text = ",".join(ids)
    page = reverse("saved")
    return f"{page}?ids={text}" if text else page


def _problems(chosen: Chosen) -> Iterable[str]:
    if chosen.unread:
        yield _unread(words.listing(chosen.unread))
    if chosen.over:
        sentence = _("A list holds %(most)s studies. We left out the last %(count)s.")
        yield sentence % {"most": words.number(MOST_CHOSEN), "count": words.number(chosen.over)}


def _unread(texts: str) -> str:
    sentence = _("This is no number of a study: %(texts)s. A number begins with NCT and has eight digits.")
    return sentence % {"texts": texts}
