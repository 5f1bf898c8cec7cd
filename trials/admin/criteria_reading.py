"""A text and what was read from it, side by side: which words became which criterion, and why anything differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from trials.criteria_words import repair_reason, warning_sentence

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the official text; `key` names the criterion that it became, empty where it became none."""

    text: str
    key: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class ReadCriterion:
    key: str
    depth: int
    kind: str
    text: str
    combined: str
    rules: Sequence[str]
    has_source: bool


@dataclass(frozen=True, slots=True)
class LedgerLine:
    written: str
    shown: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning in a sentence, and the criterion that it is about, if it is about one."""

    sentence: str
    key: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    source: Sequence[Stretch]
    criteria: Sequence[ReadCriterion]
    doubts: Sequence[Doubt]
    ledger: Sequence[LedgerLine]


def reading_view(text: str, criteria: Sequence[Json], warnings: Iterable[Json], ledger: Iterable[Json]) -> ReadingView:
    """All in the contract's JSON form; the offsets count characters of `text`."""
    known = {one["id"] for one in criteria}
    return ReadingView(
        source=stretches(text, criteria),
        criteria=_read(criteria),
        doubts=[Doubt(warning_sentence(w), w["criterion"] if w["criterion"] in known else "") for w in warnings],
        ledger=[_ledger_line(one) for one in ledger],
    )


def stretches(text: str, criteria: Iterable[Json]) -> list[Stretch]:
    """The whole text, cut where criteria begin and end; words that two criteria share belong to the first of them."""
    placed = [one for one in criteria if one["source_start"] is not None and one["source_end"] > one["source_start"]]
    found: list[Stretch] = []
    seen: set[str] = set()
    done = 0
    for one in sorted(placed, key=lambda one: (one["source_start"], one["source_end"])):
        start, end = max(one["source_start"], done), min(one["source_end"], len(text))
        if end <= start:
            continue
        if start > done:
            found.append(Stretch(text[done:start]))
        found.append(Stretch(text[start:end], one["id"], one["id"] not in seen))
        seen.add(one["id"])
        done = end
    return [*found, Stretch(text[done:])] if done < len(text) else found


def _read(criteria: Sequence[Json]) -> list[ReadCriterion]:
    depths: dict[str, int] = {}
    views = []
    for one in criteria:
        depths[one["id"]] = depth = depths.get(one["parent"], -1) + 1 if one["parent"] else 0
        rules = [rule_line(rule) for rule in one["rules"]]
        placed = one["source_start"] is not None
        views.append(ReadCriterion(one["id"], depth, one["kind"], one["text"], _combined(one), rules, placed))
    return views


def _combined(one: Json) -> str:
    words = []
    if one["join"] is not None:
        words.append(_joined(one["join"]))
    if one.get("any_of") is not None:
        words.append(_("alternative in group %(group)s") % {"group": one["any_of"]})
    return ", ".join(words)


def _joined(join: str | int) -> str:
    if join == "all":
        return _("all of its children")
    return _("any one of its children") if join == "any" else _("at least %(count)s of its children") % {"count": join}


def rule_line(rule: Json) -> str:
    """A rule on one line, in the contract's own words: "age >= 18 years", "cancer is true, within 5 years, partial"."""
    value = rule["value"]
    shown = ", ".join(value) if isinstance(value, list | tuple) else str(value).lower()
    parts = [" ".join(filter(None, (rule["attribute"], rule["op"], shown, rule.get("unit", ""))))]
    if within := rule.get("within"):
        parts.append(f"within {within['amount']} {within['unit']}")
    if slugs := rule.get("applies_to"):
        parts.append(f"applies_to {' '.join(slugs)}")
    if rule.get("any_of") is not None:
        parts.append(f"any_of {rule['any_of']}")
    return ", ".join([*parts, *(flag for flag in ("partial", "ever", "stable", "failed") if rule.get(flag))])


def _ledger_line(one: Json) -> LedgerLine:
    state = _("made") if one["made"] else _("only proposed")
    return LedgerLine(one["written"], one["shown"], repair_reason(one["reason"]), state)
