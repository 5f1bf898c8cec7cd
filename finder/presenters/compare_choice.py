"""Which studies an address asks to compare, what is wrong with it, and what can be done from here."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.chosen import Chosen
from finder.presenters import words
from finder.presenters.titles import title_of
from trials.models import Trial
from trials.siblings import siblings_of_one
from trials.vocab import Registry

FEWEST, MOST = 2, 4  # studies that can be compared
MOST_SIBLINGS = 6


@dataclass(frozen=True, slots=True)
class ChosenStudy:
    """`without_url` leads to the same comparison without it. Titles are the registry's, in English."""

    nct_id: str
    title: str
    url: str
    without_url: str


@dataclass(frozen=True, slots=True)
class SiblingStudy:
    title: str
    sentence: str
    url: str  # of both beside each other


@dataclass(frozen=True, slots=True)
class Choice:
    """`ids` is the field of an address. `problems` are sentences; `differences_url` shows only
    what differs."""

    studies: tuple[ChosenStudy, ...]
    ids: str
    problems: tuple[str, ...]
    siblings: tuple[SiblingStudy, ...]
    url: str
    differences_url: str

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(study.nct_id for study in self.studies)

    @property
    def can_compare(self) -> bool:
        return FEWEST <= len(self.studies) <= MOST

    @property
    def too_many(self) -> bool:
        return len(self.studies) > MOST

    @property
    def has_room(self) -> bool:
        return len(self.studies) < MOST


def choice(chosen: Chosen, near: str) -> Choice:
    """At most two queries; for a single study some more, which look for its siblings. `near` stays in all links."""
    rows = Trial.objects.visible().filter(nct_id__in=chosen.ids).select_related("editorial")
    found = {str(trial.nct_id): trial for trial in rows}
    ids = [one for one in chosen.ids if one in found]
    studies = tuple(
        ChosenStudy(
            one, title_of(found[one]), found[one].get_absolute_url(), _address([x for x in ids if x != one], near)
        )
        for one in ids
    )
    return Choice(
        studies=studies,
        ids=",".join(ids),
        problems=tuple(_problems(chosen, found)),
        siblings=_siblings(found[ids[0]], near) if len(ids) == 1 else (),
        url=_address(ids, near),
        differences_url=_address(ids, near, differences=True),
    )


def _address(ids: Sequence[str], near: str, *, differences: bool = False) -> str:
    fields = (
        {"ids": ",".join(ids)} | ({"near": near} if near else {}) | ({"show": "differences"} if differences else {})
    )
    return f"{reverse('compare')}?{urlencode(fields, safe=',')}"


def _problems(chosen: Chosen, found: dict[str, Trial]) -> list[str]:
    missing = [one for one in chosen.ids if one not in found]
    hidden = Trial.objects.filter(nct_id__in=missing, registry=Registry.CTGOV, editorial__hidden=True)
    taken_off = set(hidden.values_list("nct_id", flat=True)) if missing else set()
    problems = [_("“%(text)s” is no number of a study.") % {"text": text} for text in chosen.unread]
    for one in missing:
        sentence = _("We do not show the study %(study)s.") if one in taken_off else _("We have no study %(study)s.")
        problems.append(sentence % {"study": one})
    if chosen.over:
        values = {"count": words.number(chosen.over)}
        problems.append(
            ngettext("We left %(count)s more study out.", "We left %(count)s more studies out.", chosen.over) % values
        )
    return problems


def _siblings(trial: Trial, near: str) -> tuple[SiblingStudy, ...]:
    found = siblings_of_one(trial.pk)
    trials = Trial.objects.visible().select_related("editorial").in_bulk([one.trial_id for one in found])
    views: dict[int, SiblingStudy] = {}
    for one in found:
        other = trials.get(one.trial_id)
        if other is None or one.trial_id in views:
            continue
        said = _("Tests the same: %(name)s.") if one.same == "drug" else _("Has the same team: %(name)s.")
        address = _address([str(trial.nct_id), str(other.nct_id)], near)
        views[one.trial_id] = SiblingStudy(title_of(other), said % {"name": one.name}, address)
    return tuple(views.values())[:MOST_SIBLINGS]
