"""The short list: the studies whose numbers stand in an address, and what changed in them since they were saved."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.chosen import MOST_CHOSEN, Chosen
from finder.presenters import words
from finder.presenters.cards import Card, Found, cards
from finder.presenters.changes import since_views
from trials.history import since_each
from trials.models import Trial

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
class SavedView:
    """`ids` as an address has them. `problems`: what of the address could not be shown, and why."""

    studies: tuple[SavedStudy, ...]
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
    sentence = ngettext("%(count)s saved study", "%(count)s saved studies", len(studies))
    return SavedView(
        studies=studies,
        ids=chosen.as_text,
        heading=sentence % {"count": words.number(len(studies))} if studies else "",
        problems=tuple(_problems(chosen, held)),
    )


def _compared_from(saved_on: date | None, today: date) -> date | None:
    """The registry dates a change some days before we read it: what was saved then may have been the version before."""
    return saved_on - timedelta(days=READ_LATE_DAYS) if saved_on and date(2000, 1, 1) < saved_on <= today else None


def address_of(ids: Iterable[str]) -> str:
    """The page of the short list with these studies."""
    text = ",".join(ids)
    page = reverse("saved")
    return f"{page}?ids={text}" if text else page


def _problems(chosen: Chosen, held: Mapping[str, Trial]) -> list[str]:
    missing = [nct_id for nct_id in chosen.ids if nct_id not in held]
    told = []
    if missing:
        sentence = ngettext(
            "We do not show %(ids)s: we do not hold it, or our editor took it off.",
            "We do not show %(ids)s: we do not hold them, or our editor took them off.",
            len(missing),
        )
        told.append(sentence % {"ids": words.listing(missing)})
    if chosen.unread:
        sentence = _("This is no number of a study: %(texts)s. A number begins with NCT and has eight digits.")
        told.append(sentence % {"texts": words.listing(chosen.unread)})
    if chosen.over:
        sentence = _("A list holds %(most)s studies. We left out the last %(count)s.")
        told.append(sentence % {"most": words.number(MOST_CHOSEN), "count": words.number(chosen.over)})
    return told
