"""A study as the plain-language writer sees it, and where in the record each fact stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from itertools import pairwise

from trials import conditions as vocabulary
from trials import vocab as v
from trials.drugs import Drug, find
from trials.plain_language.casing import small
from trials.plain_language.expressions import English, Expression, Name, Said, Sign, Small, said
from trials.plain_language.tongue import tongue
from trials.records import StudyRecord

PROTOCOL = "protocolSection"
TITLE = f"{PROTOCOL}.identificationModule.briefTitle"
OFFICIAL_TITLE = f"{PROTOCOL}.identificationModule.officialTitle"
CONDITIONS = f"{PROTOCOL}.conditionsModule.conditions"
DESIGN = f"{PROTOCOL}.designModule"
DESIGN_INFO = f"{DESIGN}.designInfo"
ARMS = f"{PROTOCOL}.armsInterventionsModule.armGroups"
INTERVENTIONS = f"{PROTOCOL}.armsInterventionsModule.interventions"
OUTCOMES = f"{PROTOCOL}.outcomesModule.primaryOutcomes"
SITES = f"{PROTOCOL}.contactsLocationsModule.locations"
STATUS = f"{PROTOCOL}.statusModule"
SPONSOR = f"{PROTOCOL}.sponsorCollaboratorsModule.leadSponsor"
DESCRIPTION = f"{PROTOCOL}.descriptionModule"
ELIGIBILITY = f"{PROTOCOL}.eligibilityModule"

_LONGEST_NAME = 6  # words of a name that can stand in a sentence
_LONGEST_LIST = 9  # words of all names in one sentence
_MOST_NAMED = 3  # things or diseases named in one sentence
_NO_DRUG = re.compile(
    r"\b(?:placebo|sham|vehicle|saline|standard of care|usual care|no (?:treatment|intervention)|observation)\b|"
    r"^\s*(?:active |standard )?(?:comparators?|controls?|standard (?:therapy|treatment|care))"
    r"(?: (?:option|arm|group|drug))?(?: \w)?\s*$",
    re.IGNORECASE,
)


class Topic(Enum):
    """What a sentence speaks of. Of a record that we do not have whole, not all of it may be said."""

    STUDY = auto()
    REGISTRY = auto()  # what the registry itself knows
    GAP = auto()  # what the registry does not say


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence to be said, and where in the record it comes from."""

    sentence: Expression
    sources: tuple[str, ...]
    topic: Topic = Topic.STUDY


@dataclass(frozen=True)
class StudyFacts:
    """One record; `slugs` are our conditions of it, the most telling first.

    `read_in_part`: the registry has more of the record than we do.
    """

    record: StudyRecord
    slugs: tuple[str, ...] = field(default=())
    read_in_part: bool = False

    @cached_property
    def tested(self) -> tuple[int, ...]:
        """Places of the interventions under test: those of experimental groups, else all that are no placebo."""
        arms, interventions = self.record.arms, self.record.interventions
        experimental = {place for place, arm in enumerate(arms) if arm.type is v.ArmType.EXPERIMENTAL}
        real = [place for place, one in enumerate(interventions) if not is_dummy(one.name)]
        chosen = [place for place in real if experimental & set(interventions[place].arms)]
        compared = {
            v.ArmType.ACTIVE_COMPARATOR,
            v.ArmType.PLACEBO_COMPARATOR,
            v.ArmType.SHAM_COMPARATOR,
            v.ArmType.NO_INTERVENTION,
        }
        others = {place for place, arm in enumerate(arms) if arm.type in compared}
        only = [place for place in chosen if not others & set(interventions[place].arms)]
        return tuple(only or chosen or real)

    @cached_property
    def placebo_arms(self) -> tuple[int, ...]:
        """Places of the groups that get a placebo and nothing under test."""
        found = []
        for place, arm in enumerate(self.record.arms):
            given = [one for one in self.record.interventions if place in one.arms]
            dummy = [one for one in given if is_placebo(one.name)]
            if arm.type is v.ArmType.PLACEBO_COMPARATOR or (dummy and len(dummy) == len(given)):
                found.append(place)
        return tuple(found)

    @property
    def has_placebo(self) -> bool:
        """Whether anybody gets a placebo: a group of its own, beside other treatment, or for a time."""
        arms, interventions = self.record.arms, self.record.interventions
        return (
            bool(self.placebo_arms)
            or any(is_placebo(one.name) for one in interventions)
            or any(is_placebo(arm.label) for arm in arms)
        )

    @property
    def is_interventional(self) -> bool:
        return self.record.design.study_type is v.StudyType.INTERVENTIONAL

    def diseases(self) -> list[Expression] | None:
        """The diseases under study, as ours where we know them; None where one sentence cannot name them rightly."""
        chosen = [slug for slug in self.slugs if vocabulary.known(slug)]
        if self._takes_the_healthy() or (chosen and self._is_mostly_of_others()):
            return None
        if not chosen:
            return [English(" ".join(map(small, name.split()))) for name in _few(dict.fromkeys(self.record.conditions))]
        named = self._narrowest(chosen)
        if len(named) > _MOST_NAMED:
            named = [slug for slug in chosen if not set(vocabulary.ancestors(slug)) & set(chosen)]
        if len(named) > _MOST_NAMED:
            return None
        return [Small(Said(vocabulary.by_slug(slug).name)) for slug in named]

    def _narrowest(self, chosen: Sequence[str]) -> list[str]:
        """Without the wider ones, which a narrower implies; not where the title says "lupus or lupus nephritis"."""
        implied = {above for slug in chosen for above in vocabulary.ancestors(slug)} - self._apart_in_title()
        return [slug for slug in chosen if slug not in implied]

    def _apart_in_title(self) -> set[str]:
        """The wider diseases that the title names beside a narrower one, as another."""
        title = self.record.brief_title
        found: set[str] = set()
        for one, other in pairwise(vocabulary.find_in_text(title)):
            if _BESIDE.fullmatch(title, one.end, other.start):
                pair = {one.slug, other.slug}
                found |= {slug for slug in pair if any(slug in vocabulary.ancestors(narrower) for narrower in pair)}
        return found

    def _takes_the_healthy(self) -> bool:
        return any(re.search(r"\bhealthy\b", name, re.IGNORECASE) for name in self.record.conditions)

    def _is_mostly_of_others(self) -> bool:
        """Whether most of the listed diseases are none of ours: to name ours alone would mislead."""
        listed = self.record.conditions
        known = vocabulary.conditions_of(titles=(), conditions=listed, keywords=(), mesh_terms=())
        return 2 * len(known.unmapped) > len(set(listed))

    def tested_names(self) -> list[Expression] | None:
        """The names of what is tested, each once; None where one has no short name, or there are too many."""
        names: list[Expression] = []
        for place in self.tested:
            name = self.name(place)
            if name is None:
                return None
            if name not in names:
                names.append(name)
        words = sum(len(said(name, tongue("en")).split()) for name in names)
        return names if len(names) <= _MOST_NAMED and words <= _LONGEST_LIST else None

    def name(self, place: int) -> Expression | None:
        """An intervention's name, as it can stand in a sentence; None where it is too long for that."""
        one = self.record.interventions[place]
        drug = self.drug(place)
        if drug is not None and find(one.name) is not None:
            return Said(drug.name) if drug.generic else Name(drug.name)
        words = one.name.strip(" .;")
        if not words or len(words.split()) > _LONGEST_NAME or re.search(r"[;:\n]", words):
            return None
        return Sign(words) if one.type in _NAMED_ALIKE else English(small(words))

    def drug(self, place: int) -> Drug | None:
        """What we know of the intervention, by its name or by another name that the record gives it."""
        one = self.record.interventions[place]
        return next((drug for name in (one.name, *one.other_names) if (drug := find(name)) is not None), None)


# A medicine has one name in all languages; what is done to people is described in words.
_NAMED_ALIKE = {
    v.InterventionType.DRUG,
    v.InterventionType.BIOLOGICAL,
    v.InterventionType.GENETIC,
    v.InterventionType.COMBINATION_PRODUCT,
}


_BESIDE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,|/|,?\s*\b(?:or|and|and/or)\b|with or without)\s*(?:\w+ly )?(?:active )?", re.IGNORECASE
)


def _few(names: Iterable[str]) -> list[str]:
    """The first of the names, as many as one sentence can hold."""
    chosen: list[str] = []
    for name in names:
        words = sum(len(one.split()) for one in chosen) + len(name.split())
        if words <= _LONGEST_LIST and len(chosen) < _MOST_NAMED:
            chosen.append(name)
    return chosen


def is_placebo(name: str) -> bool:
    return re.search(r"\bplacebos?\b|\bsham\b|\bdummy\b", name, re.IGNORECASE) is not None


def is_dummy(name: str) -> bool:
    """Whether a name is that of a placebo, of usual care, or of nothing."""
    return _NO_DRUG.search(name) is not None


def arm_path(place: int) -> str:
    return f"{ARMS}[{place}]"


def intervention_path(place: int) -> str:
    return f"{INTERVENTIONS}[{place}]"
