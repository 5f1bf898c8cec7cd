"""What a patient has answered so far. What is missing was not asked or is not known, and is never a "no"."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trials.criteria.attributes import CHOICES, NUMBERS, TREATMENTS, YES_NO

_LARGEST = 1e9  # of any number that people have
_OLDEST_MONTHS = 1_560  # 130 years


class AnswersError(ValueError):
    """A sentence on what is wrong with an answer."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A yes or no; `months_ago` is when it was so last, where that was asked.

    `over`: a "yes" to "ever", and perhaps not so any more. Rules that look back count it; whether one that names no
    time means "ever" or "now" is for the study team.
    """

    value: bool
    months_ago: float | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A treatment that was taken: now, or last so many months ago; neither where the time is not known."""

    treatment: str
    months_ago: float | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """One patient. Numbers are in the units of the criteria contract; `diagnoses` is complete as to what they know.

    What is not in `treatments` was never taken only where `treatments_complete`, or where it is in `never_taken`, or a
    class of it is. `ruled_out` are diagnoses that the person knows they have not: "lupus, but not of the kidneys";
    `may_have` those that they were not asked about.
    """

    numbers: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sex: str | None = None
    diagnoses: frozenset[str] | None = None
    treatments: tuple[Taken, ...] | None = None
    treatments_complete: bool = False
    never_taken: frozenset[str] = frozenset()
    ruled_out: frozenset[str] = frozenset()
    may_have: frozenset[str] = frozenset()


def answers_from_json(given: Mapping[str, Any]) -> Answers:
    """The answers as the contract writes them, and four keys more: `ruled_out` and `may_have` with diagnoses, `never`
    within `treatment` with treatments, `over` within a yes. Raises AnswersError.
    """
    numbers: dict[str, float] = {}
    facts: dict[str, Fact] = {}
    for key, value in given.items():
        if key in NUMBERS:
            numbers[key] = _number(key, value)
        elif key in YES_NO:
            facts[key] = _fact(key, value)
        elif key not in CHOICES and key not in ("ruled_out", "may_have"):
            raise AnswersError(f"“{key}” is no question of ours.")
    answers = Answers(
        numbers,
        facts,
        _choice("sex", given["sex"]) if "sex" in given else None,
        frozenset(_choices("diagnosis", given["diagnosis"])) if "diagnosis" in given else None,
        ruled_out=frozenset(_choices("diagnosis", given.get("ruled_out", []))),
        may_have=frozenset(_choices("diagnosis", given.get("may_have", []))),
    )
    return _with_treatments(answers, given["treatment"]) if "treatment" in given else answers


def _number(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise AnswersError(f"“{key}” has to be a number.")
    if not 0 <= value <= _LARGEST:
        raise AnswersError(f"“{key}” is out of range.")
    return float(value)


def _fact(key: str, value: Any) -> Fact:
    if isinstance(value, bool):
        return Fact(value)
    if isinstance(value, Mapping) and isinstance(value.get("value"), bool):
        return Fact(value["value"], _months(key, value.get("months_ago")), value.get("over") is True)
    raise AnswersError(f"“{key}” has to be true or false.")


def _months(key: str, value: Any) -> float | None:
    if value is None:
        return None
    months = _number(f"{key}: months_ago", value)
    if months > _OLDEST_MONTHS:
        raise AnswersError(f"“{key}: months_ago” is out of range.")
    return months


def _choice(key: str, value: Any) -> str:
    if not isinstance(value, str) or value not in CHOICES[key]:
        raise AnswersError(f"“{key}” has a value that we do not know.")
    return value


def _choices(key: str, values: Any) -> list[str]:
    if not isinstance(values, list) or len(values) > len(CHOICES[key]):
        raise AnswersError(f"“{key}” has to be a list.")
    return [_choice(key, value) for value in values]


def _with_treatments(answers: Answers, given: Any) -> Answers:
    ever = given.get("ever", []) if isinstance(given, Mapping) else None
    if not isinstance(ever, list) or len(ever) > 4 * len(TREATMENTS):
        raise AnswersError("“treatment” has to hold a list “ever”.")
    return replace(
        answers,
        treatments=tuple(map(_taken, ever)),
        treatments_complete=given.get("complete") is True,
        never_taken=frozenset(_choices("treatment", given.get("never", []))),
    )


def _taken(given: Any) -> Taken:
    if not isinstance(given, Mapping):
        raise AnswersError("“treatment: ever” has to be a list of treatments.")
    slug = _choice("treatment", given.get("value"))
    return Taken(slug, _months(slug, given.get("months_ago")), given.get("current") is True)
