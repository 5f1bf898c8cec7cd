"""What golden patients tell about criteria: whose verdict a correction flips, and what rules most of them out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.golden.comparing import Flip, flips, ruled_out
from trials.golden_rows import people, proposed_study, stored_study
from trials.matching.verdict import Match
from trials.models import GoldenVerdict, Trial
from trials.vocab import Verdict

Json = Mapping[str, Any]
MOST_SHOWN = 5  # criteria that rule out patients
WORDS = dict(GoldenVerdict.VerdictChoice.choices)


@dataclass(frozen=True, slots=True)
class Decides:
    """A criterion in the official words, or a limit of the record, and the answers in question."""

    key: str
    text: str
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class FlippedPatient:
    key: int
    name: str
    before: str
    after: str
    expected: str
    as_expected: bool
    decides: Sequence[Decides]
    open: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Whose verdict a proposal flips, of how many that were compared. `key` names the proposal with its flips: who
    confirms that, has seen them.
    """

    compared: int
    flipped: Sequence[FlippedPatient]
    key: str


@dataclass(frozen=True, slots=True)
class Barrier:
    decides: Decides
    patients: int


@dataclass(frozen=True, slots=True)
class Barriers:
    """What rules out the most of the patients who have the study's disease."""

    compared: int
    concerned: int
    shown: Sequence[Barrier]


def preview_of(trial: Trial, criteria: Sequence[Json]) -> Preview:
    """What it does to the patients when these criteria take the place of those that are stored."""
    compared = people()
    found = flips(compared, stored_study(trial), proposed_study(trial, criteria))
    expected = dict(GoldenVerdict.objects.filter(nct_id=trial.nct_id).values_list("patient", "verdict"))
    words = {one["id"]: one["text"] for one in criteria}
    flipped = [_flipped(one, expected.get(one.person.key), words) for one in found]
    told = [(one.person.key, one.before.verdict.value, one.after.verdict.value) for one in found]
    key = hashlib.sha256(json.dumps([trial.pk, list(criteria), told], default=dict).encode()).hexdigest()
    return Preview(len(compared), flipped, key)


def told_when_saved(preview: Preview) -> str:
    """What saving did to the patients, in a sentence; empty where there are none."""
    flipped, compared = len(preview.flipped), preview.compared
    if flipped:
        return ngettext(
            "The verdict of %(count)d golden patient has changed.",
            "The verdict of %(count)d golden patients has changed.",
            flipped,
        ) % {"count": flipped}
    return (
        ngettext(
            "No verdict of %(count)d golden patient changes.",
            "No verdict of %(count)d golden patients changes.",
            compared,
        )
        % {"count": compared}
        if compared
        else ""
    )


def barriers_of(trial: Trial) -> Barriers:
    """For the stored criteria."""
    compared = people()
    told = ruled_out(compared, stored_study(trial))
    words = {one.key: one.text for one in trial.criteria.all()}
    shown = [Barrier(_decides(key, words), count) for key, count in told.by_criterion[:MOST_SHOWN]]
    return Barriers(len(compared), told.concerned, shown)


def _flipped(one: Flip, expected: str | None, words: Mapping[str, str]) -> FlippedPatient:
    return FlippedPatient(
        key=one.person.key,
        name=one.person.name,
        before=str(WORDS[one.before.verdict.value]),
        after=str(WORDS[one.after.verdict.value]),
        expected=str(WORDS[expected]) if expected else "",
        as_expected=expected == one.after.verdict.value,
        decides=_reasons(one.after, words),
        open=", ".join(sorted(one.after.open)),
    )


def _reasons(found: Match, words: Mapping[str, str]) -> list[Decides]:
    """What decides against somebody, criterion by criterion; all that lets somebody in would be the whole list."""
    if found.verdict is not Verdict.DOES_NOT_FIT:
        return []
    attributes: dict[str, list[str]] = {}
    for reason in found.reasons:
        attributes.setdefault(reason.criterion, []).append(reason.attribute)
    return [_decides(key, words, ", ".join(names)) for key, names in attributes.items()]


def _decides(key: str, words: Mapping[str, str], attributes: str = "") -> Decides:
    """The record's own limits have a name in place of a number."""
    limits = {
        "minimumAge": _("the record's minimum age"),
        "maximumAge": _("the record's maximum age"),
        "sex": _("the sex that the record asks for"),
    }
    return Decides("", limits[key], attributes) if key in limits else Decides(key, words.get(key, ""), attributes)
