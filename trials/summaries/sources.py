"""What a sentence stands for: the official words at a path of the record, or of a criterion with those it is under."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import translation

from trials import labels
from trials import models as m
from trials import vocab as v
from trials.criteria.model import Criterion
from trials.language import country_name
from trials.records import Arm, Intervention, StudyRecord
from trials.summaries.drafts import criteria_of, record_of

ROOT = "protocolSection"
_CRITERION = re.compile(r"[IE][1-9][0-9]*")
_STEP = re.compile(r"\.?(?P<name>[^.\[\]]+)|\[(?P<place>\d+)\]")
PLACE = re.compile(r"\[(\d+)\]")  # which one of several, counted from 0


def source_words(trial: m.Trial, source: str) -> str:
    """The official words of one source; of a criterion those that it stands under come first, each on a line.

    `trial` comes with all its parts. Empty where the registry says nothing there.
    """
    return sources_of(trial).words(source)


def source_hash(trial: m.Trial, sources: Iterable[str]) -> str:
    """The same for two sentences whose sources say the same, wherever in the record they stand."""
    return sources_of(trial).hash(sources)


def sources_of(trial: m.Trial) -> "Sources":
    return Sources(record_of(trial), tuple(criteria_of(trial)))


@dataclass(frozen=True)
class Sources:
    """All that a study's sentences may stand for."""

    record: StudyRecord
    criteria: tuple[Criterion, ...]

    def words(self, source: str) -> str:
        """In English, as the registry writes; closed lists by our own words for them."""
        if is_criterion(source):
            return "\n".join(one.text for one in self._lineage(source))
        with translation.override("en"):
            return _words(self.value(source))

    def own_words(self, source: str) -> str:
        """The same, of a criterion without those that it stands under."""
        return self._by_id[source].text if source in self._by_id else self.words(source)

    def hash(self, sources: Iterable[str]) -> str:
        parts = sorted(json.dumps(self._facts(source), ensure_ascii=False, sort_keys=True) for source in sources)
        return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()

    def _facts(self, source: str) -> Sequence[Any]:
        """What the hash is of: the kind and the words, but no number by which they are counted in the record.

        Whether a criterion leads a list belongs to it, for then its sentence ends in a colon.
        """
        if is_criterion(source):
            lineage = self._lineage(source)
            kind = lineage[-1].kind.value if lineage else None
            return [kind, source in self._leading, *(one.text for one in lineage)]
        return [PLACE.sub("[]", source), self.value(source)]

    @cached_property
    def _by_id(self) -> Mapping[str, Criterion]:
        return {one.id: one for one in self.criteria}

    @cached_property
    def _leading(self) -> frozenset[str]:
        return frozenset(one.parent for one in self.criteria if one.parent)

    def _lineage(self, key: str) -> list[Criterion]:
        """The criterion, after all that it stands under."""
        lineage: list[Criterion] = []
        one = self._by_id.get(key)
        while one is not None and one not in lineage:
            lineage.insert(0, one)
            one = self._by_id.get(one.parent) if one.parent else None
        return lineage

    @cached_property
    def _tree(self) -> Mapping[str, Any]:
        return {ROOT: tree_of(self.record)}

    def value(self, path: str) -> Any:
        """What the record holds at a path; None where it holds nothing."""
        value: Any = self._tree
        for step in _STEP.finditer(path):
            if step["name"] is not None:
                value = value.get(step["name"]) if isinstance(value, dict) else None
            else:
                place = int(step["place"])
                value = value[place] if isinstance(value, list) and place < len(value) else None
        return value


def is_criterion(source: str) -> bool:
    return _CRITERION.fullmatch(source) is not None


def tree_of(record: StudyRecord) -> dict[str, Any]:
    """The record in the registry's own shape, as far as sentences point into it; empty parts are left out.

    Of the sites only the number in each country is kept: that is all that a sentence tells.
    """
    design, lead = record.design, next((one for one in record.sponsors if one.role is v.SponsorRole.LEAD), None)
    countries = Counter(site.country_code for site in record.sites)
    tree = {
        "identificationModule": {"briefTitle": record.brief_title, "officialTitle": record.official_title},
        "statusModule": {"overallStatus": record.overall_status, "whyStopped": record.why_stopped},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": lead.name, "class": lead.agency_class} if lead else {}},
        "descriptionModule": {"briefSummary": record.brief_summary, "detailedDescription": record.detailed_description},
        "conditionsModule": {"conditions": list(record.conditions), "keywords": list(record.keywords)},
        "designModule": {
            "studyType": design.study_type,
            "phases": list(design.phases),
            "designInfo": {
                "allocation": design.allocation,
                "interventionModel": design.intervention_model,
                "primaryPurpose": design.primary_purpose,
                "observationalModel": design.observational_model,
                "maskingInfo": {"masking": design.masking, "whoMasked": list(design.who_masked)},
            },
            "enrollmentInfo": {"count": design.enrollment_count, "type": design.enrollment_type},
        },
        "armsInterventionsModule": {
            "armGroups": [_arm(place, one, record.interventions) for place, one in enumerate(record.arms)],
            "interventions": [_intervention(one, record.arms) for one in record.interventions],
        },
        "outcomesModule": _outcomes(record),
        "eligibilityModule": _eligibility(record),
        "contactsLocationsModule": {"locations": [_Sites(*one) for one in sorted(countries.items())]},
    }
    return {name: _without_gaps(part) for name, part in tree.items()}


class _Sites(tuple[str, int]):
    """A country's code and how many sites it has."""

    def __new__(cls, code: str, count: int) -> "_Sites":
        return super().__new__(cls, (code, count))


def _arm(place: int, arm: Arm, interventions: Sequence[Intervention]) -> dict[str, Any]:
    given = [one.name for one in interventions if place in one.arms]
    return {"label": arm.label, "type": arm.type, "description": arm.description, "interventionNames": given}


def _intervention(one: Intervention, arms: Sequence[Arm]) -> dict[str, Any]:
    groups = [arms[place].label for place in one.arms if place < len(arms)]
    return {
        "name": one.name,
        "type": one.type,
        "description": one.description,
        "otherNames": list(one.other_names),
        "armGroupLabels": groups,
    }


def _outcomes(record: StudyRecord) -> dict[str, Any]:
    def of(kind: v.OutcomeType) -> list[dict[str, str]]:
        return [
            {"measure": one.measure, "description": one.description, "timeFrame": one.time_frame}
            for one in record.outcomes
            if one.type is kind
        ]

    return {"primaryOutcomes": of(v.OutcomeType.PRIMARY), "secondaryOutcomes": of(v.OutcomeType.SECONDARY)}


def _eligibility(record: StudyRecord) -> dict[str, Any]:
    one = record.eligibility
    return {
        "eligibilityCriteria": one.criteria_text,
        "minimumAge": one.minimum_age_text,
        "maximumAge": one.maximum_age_text,
        "sex": one.sex,
        "healthyVolunteers": one.healthy_volunteers,
    }


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_gaps(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_gaps(one) for one in value]
    return value


def _words(value: Any) -> str:
    """A value of the record as lines that people can read."""
    if value is None:
        return ""
    if isinstance(value, _Sites):
        code, count = value
        return f"{country_name(code) if code else '?'}: {count}"
    if isinstance(value, StrEnum):
        return str(labels.label(type(value), value.value))
    if isinstance(value, dict):
        return "\n".join(filter(None, map(_words, value.values())))
    if isinstance(value, list):
        apart = "\n" if any(isinstance(one, dict) for one in value) else "; "
        return apart.join(filter(None, map(_words, value)))
    return str(value)
