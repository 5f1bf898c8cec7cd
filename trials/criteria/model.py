"""What the criteria engine makes of one study: a tree of criteria, rules a machine can check, and a ledger.

The JSON form is the engine's contract with everything that reads it; `Parsed.as_json` writes it. Offsets count
characters of the record's own `eligibilityCriteria`, from `source_start` up to but not including `source_end`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

Value = float | bool | tuple[str, ...]
Join = Literal["all", "any"] | int | None


class Kind(StrEnum):
    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Within:
    """A look-back: `amount` of `unit` (days, weeks, months, years or half_lives) before screening."""

    amount: float
    unit: str

    def as_json(self) -> dict[str, Any]:
        return {"amount": tidy(self.amount), "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Rule:
    """One fact in the closed vocabulary. `any_of` groups alternatives; without it the rules of a criterion all hold."""

    attribute: str
    op: str
    value: Value
    unit: str = ""
    within: Within | None = None
    applies_to: tuple[str, ...] = ()
    any_of: int | None = None
    partial: bool = False
    ever: bool = False
    stable: bool = False
    failed: bool = False

    def as_json(self) -> dict[str, Any]:
        value = list(self.value) if isinstance(self.value, tuple) else tidy(self.value)
        out: dict[str, Any] = {"attribute": self.attribute, "op": self.op, "value": value}
        if self.unit:
            out["unit"] = self.unit
        if self.within:
            out["within"] = self.within.as_json()
        if self.applies_to:
            out["applies_to"] = list(self.applies_to)
        if self.any_of is not None:
            out["any_of"] = self.any_of
        out.update({flag: True for flag in ("partial", "ever", "stable", "failed") if getattr(self, flag)})
        return out


def rule_from_json(stored: Mapping[str, Any]) -> Rule:
    """The rule that `Rule.as_json` wrote."""
    value, within = stored["value"], stored.get("within")
    return Rule(
        stored["attribute"], stored["op"], tuple(value) if isinstance(value, list) else value, stored.get("unit", ""),
        Within(within["amount"], within["unit"]) if within else None, tuple(stored.get("applies_to", ())),
        stored.get("any_of"), *(bool(stored.get(flag)) for flag in ("partial", "ever", "stable", "failed")),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. `parent` is the id of the one it stands under; `join` says how its own children combine."""

    id: str
    kind: Kind
    parent: str | None
    text: str
    source_start: int
    source_end: int
    join: Join = None
    any_of: int | None = None
    rules: tuple[Rule, ...] = ()

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind.value,
            "parent": self.parent,
            "text": self.text,
            "source_start": self.source_start,
            "source_end": self.source_end,
            "join": self.join,
        }
        if self.any_of is not None:
            out["any_of"] = self.any_of
        return out | {"rules": [rule.as_json() for rule in self.rules]}


def criterion_from_json(stored: Mapping[str, Any]) -> Criterion:
    """The criterion that `Criterion.as_json` wrote."""
    return Criterion(
        stored["id"], Kind(stored["kind"]), stored.get("parent"), stored.get("text", ""),
        stored.get("source_start", 0), stored.get("source_end", 0), stored.get("join"), stored.get("any_of"),
        tuple(map(rule_from_json, stored.get("rules", ()))),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repair:
    """A ledger entry: what the record wrote, what we show instead and why. `made` is False for one only proposed."""

    reason: str
    written: str
    shown: str
    source_start: int
    source_end: int
    made: bool


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something an editor should look at: a `code`, the criterion (or None for the whole text) and the words in
    question."""

    code: str
    criterion: str | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The whole result for one study. Criteria stand in reading order, a parent before its children."""

    nct_id: str | None
    criteria: tuple[Criterion, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    ledger: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """What the engine reads of a record besides the text: names of the disease under study, and the structured
    limits."""

    nct_id: str | None
    text: str
    title: str = ""
    conditions: tuple[str, ...] = ()
    minimum_age: str = ""
    maximum_age: str = ""
    sex: str = ""


def tidy(value: float | bool) -> int | float | bool:
    """A number as people write it: 18, not 18.0."""
    if isinstance(value, bool) or value != int(value):
        return value
    return int(value)
