"""Which studies are siblings: they test the same drug, or the same team runs them.

Where it is not certain nothing is said: two studies of "CD19 CAR-T cells" test what is alike, not what is the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from trials import vocab as v
from trials.drugs import Drug, find, find_all
from trials.drugs.codes import codes_in
from trials.drugs.folding import key
from trials.plain_language.record.facts import StudyFacts
from trials.records import Contact, Intervention, StudyRecord

_MEDICINES = {
    v.InterventionType.DRUG,
    v.InterventionType.BIOLOGICAL,
    v.InterventionType.GENETIC,
    v.InterventionType.COMBINATION_PRODUCT,
}
# Kinds of the drug list that are no medicine; those whose products share a name and no maker; and those that are given
# beside one, to make room, to ease or to protect.
_NEVER = {
    *("placebo", "sham", "vehicle", "usual-care", "no-treatment", "fluid", "test", "device", "support", "surgery"),
    *("exercise", "food", "radiation", "cell-collection"),
}
_ALIKE = {"stem-cells", "immune-cells", "tissue", "transplant", "microbes", "vaccine", "blood-cleaning", "skin-care"}
_BESIDE = {
    *("steroid", "local-steroid", "chemo", "painkiller", "nsaid", "numbing", "antibiotic", "antimicrobial", "vitamin"),
}
_NEW, _KNOWN, _GIVEN_BESIDE = range(3)
# Companies, agencies and networks are no team: of their studies the drug is what counts.
_TOO_WIDE = {
    *(v.AgencyClass.INDUSTRY, v.AgencyClass.NIH, v.AgencyClass.FED, v.AgencyClass.OTHER_GOV, v.AgencyClass.NETWORK),
}
_DEGREES = re.compile(r"\b(?:dr|prof|professor|mr|mrs|ms|sir|md|phd|m\.d|ph\.d|mph|msc|frcp)\b\.?", re.IGNORECASE)
_DESK = re.compile(
    r"\b(?:trials?|clinical|medical|study|director|cent(?:er|re)|monitor|contact|information|investigator|department|"
    r"hospital|university|institute|pharma\w*|inc|ltd|gmbh|global|team|lead|office|chair)\b|[\d@]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a study to others: each key with the name to show for it."""

    drugs: Mapping[str, str]
    teams: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another study, and what is the same: a drug or somebody who leads both, by name."""

    trial_id: int
    same: Literal["drug", "team"]
    name: str


def siblings_among(ties: Mapping[int, Ties]) -> dict[int, tuple[Sibling, ...]]:
    """The siblings of each study among the others, those of the same drug first; none is named twice for one thing."""
    by_drug, by_team = _sharing(ties, "drugs"), _sharing(ties, "teams")
    return {
        trial_id: (*_siblings(trial_id, one.drugs, by_drug, "drug"), *_siblings(trial_id, one.teams, by_team, "team"))
        for trial_id, one in ties.items()
    }


def _sharing(ties: Mapping[int, Ties], what: Literal["drugs", "teams"]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for trial_id, one in ties.items():
        for tie in one.drugs if what == "drugs" else one.teams:
            found[tie].append(trial_id)
    return found


def _siblings(
    own: int, names: Mapping[str, str], sharing: Mapping[str, list[int]], same: Literal["drug", "team"]
) -> Iterator[Sibling]:
    told: dict[int, str] = {}
    for tie, name in names.items():
        for other in sharing[tie]:
            told.setdefault(other, name)
    yield from (Sibling(other, same, name) for other, name in told.items() if other != own)


def ties_of(record: StudyRecord) -> Ties:
    """`record` needs its design, arms, interventions, sponsors and officials; what is hidden of these ties nothing."""
    drugs = _drugs(record)
    lead = next((one for one in record.sponsors if one.role is v.SponsorRole.LEAD), None)
    if lead is None or lead.agency_class in _TOO_WIDE:
        return Ties(drugs, {})
    sponsor = key(lead.name)
    teams: dict[str, str] = {}
    for official in filter(_is_person, record.contacts):
        person = key(_bare(official.name))
        # A name alone may be that of several people.
        teams |= {f"{person}@{place}": official.name for place in (sponsor, key(official.affiliation)) if place}
    return Ties(drugs, teams | {f"{sponsor}:{tie}": lead.name for tie in drugs})


def _is_person(contact: Contact) -> bool:
    if contact.kind is not v.ContactKind.OFFICIAL or contact.hidden:
        return False
    return len(_bare(contact.name).split()) > 1 and not _DESK.search(contact.name)


def _bare(name: str) -> str:
    """A person's name without degrees: "Prof. Ada Reader, MD"."""
    return " ".join(_DEGREES.sub(" ", name.split(",")[0]).split())


def _drugs(record: StudyRecord) -> dict[str, str]:
    """The drugs under test. Where something is new, what is given beside it is not what the study is about."""
    if record.design.study_type is v.StudyType.OBSERVATIONAL:
        return {}
    tested = (record.interventions[place] for place in StudyFacts(record).tested)
    found = list(chain.from_iterable(_named(one) for one in tested if one.type in _MEDICINES))
    first = min((rank for rank, _name in found), default=_NEW)
    return {key(name): name for rank, name in found if rank == first and name}


def _named(one: Intervention) -> Iterator[tuple[int, str]]:
    """How new each drug of an intervention is, and its name; no name where that could mean several."""
    texts = (one.name, *one.other_names)
    drugs = [drug for text in texts for drug in _drugs_in(text) if drug.kind not in _NEVER]
    codes = [code for text in texts for code in codes_in(text)]
    yield from ((_rank(drug), "" if drug.generic or drug.kind in _ALIKE else drug.name) for drug in drugs)
    yield from ((_NEW, code) for code in codes)
    if not drugs and not codes and not any(map(_drugs_in, texts)):
        yield _NEW, ""  # unknown to us, so it may be what the study is about


def _drugs_in(text: str) -> tuple[Drug, ...]:
    only = find(text)
    return (only,) if only else find_all(text)


def _rank(drug: Drug) -> int:
    if drug.kind in _BESIDE:
        return _GIVEN_BESIDE
    return _KNOWN if drug.contract else _NEW
