"""What a criterion and its rules may say, in the closed vocabulary of `attributes`, and what is wrong with one.

`problems_of` checks criteria in the contract's JSON form, whoever wrote them: the engine or an editor. Each problem has
a code; `MESSAGES` has its sentence, for gettext and `%` with the problem's values.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from trials.criteria.attributes import (
    ATTRIBUTES,
    CHOICES,
    DIAGNOSES,
    FLAGS,
    KINDS,
    NUMBERS,
    OF_TREATMENTS,
    WINDOW_UNITS,
    YES_NO,
    ops_of,
)

_FIELDS = frozenset({"attribute", "op", "value", "unit", "within", "applies_to", "any_of", *FLAGS})
_ID = re.compile(r"[IE][1-9][0-9]*")
_LONGEST_NAMED = 60  # characters of a wrong value that a sentence repeats


def gettext_noop(text: str) -> str:
    """Marks a text for translation; whoever shows it translates."""
    return text


MESSAGES = {
    "not-criteria": gettext_noop("The criteria are not a list of objects."),
    "id": gettext_noop("“%(value)s” is no number of a criterion. Write I1, I2 or E1, E2 and so on."),
    "id-twice": gettext_noop("There are two criteria %(criterion)s."),
    "kind": gettext_noop("%(criterion)s: “%(value)s” is neither “inclusion” nor “exclusion”."),
    "id-kind": gettext_noop("%(criterion)s: the number of an inclusion begins with I, that of an exclusion with E."),
    "text": gettext_noop("%(criterion)s has no text."),
    "parent": gettext_noop("%(criterion)s stands under “%(value)s”, which does not exist."),
    "parent-cycle": gettext_noop("%(criterion)s stands under itself, by way of %(value)s."),
    "parent-after": gettext_noop("%(criterion)s stands under %(value)s, so it must come after it."),
    "join": gettext_noop("%(criterion)s: “%(value)s” is none of “all”, “any” and a number from 1."),
    "any-of": gettext_noop("%(criterion)s: the group of alternatives is a whole number, not “%(value)s”."),
    "offsets": gettext_noop("%(criterion)s does not point into the official text: “%(value)s”."),
    "rules": gettext_noop("%(criterion)s: the rules are not a list of objects."),
    "field": gettext_noop("%(criterion)s: a rule has no field “%(value)s”. It may have: %(allowed)s."),
    "attribute": gettext_noop("%(criterion)s: we have no attribute “%(value)s”."),
    "op": gettext_noop("%(criterion)s: “%(attribute)s” cannot be compared with “%(value)s”, only with: %(allowed)s."),
    "number": gettext_noop("%(criterion)s: the value of “%(attribute)s” is a number, not “%(value)s”."),
    "yes-no": gettext_noop("%(criterion)s: the value of “%(attribute)s” is true or false, not “%(value)s”."),
    "choices": gettext_noop("%(criterion)s: the value of “%(attribute)s” is a list of choices, not “%(value)s”."),
    "choice": gettext_noop("%(criterion)s: “%(value)s” is no choice of “%(attribute)s”."),
    "unit": gettext_noop("%(criterion)s: the unit of “%(attribute)s” is “%(allowed)s”, not “%(value)s”."),
    "no-unit": gettext_noop("%(criterion)s: “%(attribute)s” has no unit."),
    "within": gettext_noop("%(criterion)s: “within” needs an amount above 0 and a unit of: %(allowed)s."),
    "applies-to": gettext_noop("%(criterion)s: “applies_to” is a list of diagnoses; “%(value)s” is none."),
    "flag": gettext_noop("%(criterion)s: “%(field)s” is true or left out, not “%(value)s”."),
    "flag-treatment": gettext_noop("%(criterion)s: “%(field)s” belongs to treatments only."),
    "rule-any-of": gettext_noop("%(criterion)s: “any_of” of a rule is a whole number, not “%(value)s”."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`criterion` is the id in question, or its place ("3.") where it has none; `values` fill the message."""

    code: str
    criterion: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return MESSAGES[self.code] % {"criterion": self.criterion, **self.values}


def problems_of(criteria: Any, *, text_length: int | None = None) -> list[Problem]:
    """All that keeps criteria from being stored, in reading order; `text_length` bounds the offsets into the text."""
    if not isinstance(criteria, Sequence) or not all(isinstance(one, Mapping) for one in criteria):
        return [Problem("not-criteria")]
    problems = structure_problems(criteria, text_length=text_length)
    for place, one in enumerate(criteria, 1):
        problems += rules_problems(one.get("rules", []), _name(one, place))
    return problems


def structure_problems(criteria: Sequence[Mapping[str, Any]], *, text_length: int | None = None) -> list[Problem]:
    """What is wrong with the tree, its kinds and its places in the text; the rules are not looked at."""
    places: dict[Any, int] = {}
    problems = []
    for place, one in enumerate(criteria):
        if not isinstance(key := one.get("id"), str) or not _ID.fullmatch(key):
            problems.append(Problem("id", _name(one, place + 1), {"value": _short(key)}))
        elif key in places:
            problems.append(Problem("id-twice", key))
        else:
            places[key] = place
    parents = {key: criteria[place].get("parent") for key, place in places.items()}
    if all(places[parent] < places[key] for key, parent in parents.items() if _is_key(parent, places)):
        parents = {}  # with every parent ahead of its children there is no way round to look for
    for place, one in enumerate(criteria, 1):
        problems += _own_problems(one, _name(one, place), text_length)
        problems += _parent_problems(one, _name(one, place), parents, places)
    return problems


def rules_problems(rules: Any, criterion: str = "") -> list[Problem]:
    if not isinstance(rules, list | tuple) or not all(isinstance(rule, Mapping) for rule in rules):
        return [Problem("rules", criterion)]
    return [Problem(code, criterion, values) for rule in rules for code, values in _rule_problems(rule)]


_Found = Iterator[tuple[str, dict[str, str]]]


def _own_problems(one: Mapping[str, Any], name: str, text_length: int | None) -> Iterator[Problem]:
    kind, key, join, any_of = one.get("kind"), one.get("id"), one.get("join"), one.get("any_of")
    if kind not in KINDS:
        yield Problem("kind", name, {"value": _short(kind)})
    elif isinstance(key, str) and _ID.fullmatch(key) and (key[0] == "I") != (kind == "inclusion"):
        yield Problem("id-kind", name)
    if not isinstance(one.get("text"), str) or not one["text"].strip():
        yield Problem("text", name)
    if not (join is None or join in ("all", "any") or (_is_whole(join) and join >= 1)):
        yield Problem("join", name, {"value": _short(join)})
    if any_of is not None and not (_is_whole(any_of) and any_of >= 0):
        yield Problem("any-of", name, {"value": _short(any_of)})
    start, end = one.get("source_start"), one.get("source_end")
    if start is None and end is None:
        return  # an editor's own words
    bounded = _is_whole(start) and _is_whole(end) and 0 <= start <= end
    if not bounded or (text_length is not None and _is_whole(end) and end > text_length):
        yield Problem("offsets", name, {"value": _short(f"{start}–{end}")})


def _parent_problems(
    one: Mapping[str, Any], name: str, parents: Mapping[str, Any], places: Mapping[str, int]
) -> Iterator[Problem]:
    parent, key = one.get("parent"), one.get("id")
    if parent is None:
        return
    if not _is_key(parent, places):
        yield Problem("parent", name, {"value": _short(parent)})
        return
    above, seen = parent, {key}
    while _is_key(above, parents) and above not in seen:
        seen.add(above)
        above = parents[above]
    if above == key:
        yield Problem("parent-cycle", name, {"value": parent})
    elif isinstance(key, str) and places[parent] > places.get(key, len(places)):
        yield Problem("parent-after", name, {"value": parent})


def _rule_problems(rule: Mapping[str, Any]) -> _Found:
    for unknown in sorted(set(map(str, rule)) - _FIELDS):
        yield "field", {"value": _short(unknown), "allowed": ", ".join(sorted(_FIELDS))}
    attribute = rule.get("attribute")
    if not isinstance(attribute, str) or attribute not in ATTRIBUTES:
        yield "attribute", {"value": _short(attribute)}
        return
    yield from _comparison_problems(rule, attribute)
    yield from _side_problems(rule, attribute)


def _comparison_problems(rule: Mapping[str, Any], attribute: str) -> _Found:
    """Operator, value and unit."""
    op, value, unit = rule.get("op"), rule.get("value"), rule.get("unit")
    named = {"attribute": attribute, "value": _short(value)}
    allowed = ops_of(attribute)
    if op not in allowed:
        yield "op", {**named, "value": _short(op), "allowed": ", ".join(allowed)}
    if attribute in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > 1e9:
            yield "number", named
        if unit != NUMBERS[attribute]:
            yield "unit", {**named, "value": _short(unit), "allowed": NUMBERS[attribute]}
        return
    if attribute in YES_NO:
        if not isinstance(value, bool):
            yield "yes-no", named
    elif not isinstance(value, list | tuple) or not value:
        yield "choices", named
    else:
        known = CHOICES[attribute]
        yield from (("choice", {**named, "value": _short(one)}) for one in value if _is_none_of(one, known))
    if unit is not None:
        yield "no-unit", named


def _side_problems(rule: Mapping[str, Any], attribute: str) -> _Found:
    """What a rule may carry beside its comparison."""
    if (within := rule.get("within")) is not None and not _is_window(within):
        yield "within", {"allowed": ", ".join(WINDOW_UNITS)}
    if (slugs := rule.get("applies_to")) is not None:
        if not isinstance(slugs, list | tuple) or not slugs:
            yield "applies-to", {"value": _short(slugs)}
        else:
            yield from (("applies-to", {"value": _short(slug)}) for slug in slugs if _is_none_of(slug, DIAGNOSES))
    for flag in FLAGS:
        if flag in rule and rule[flag] is not True:
            yield "flag", {"field": flag, "value": _short(rule[flag])}
        elif flag in rule and flag in OF_TREATMENTS and attribute != "treatment":
            yield "flag-treatment", {"field": flag}
    if (group := rule.get("any_of")) is not None and not (_is_whole(group) and group >= 0):
        yield "rule-any-of", {"value": _short(group)}


def _is_key(value: Any, known: Mapping[str, Any]) -> TypeGuard[str]:
    return isinstance(value, str) and value in known


def _is_window(within: Any) -> bool:
    if not isinstance(within, Mapping) or set(within) != {"amount", "unit"} or within["unit"] not in WINDOW_UNITS:
        return False
    amount = within["amount"]
    return isinstance(amount, int | float) and not isinstance(amount, bool) and 0 < amount < 1e6


def _is_none_of(value: Any, known: frozenset[str]) -> bool:
    return not isinstance(value, str) or value not in known


def _is_whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _name(one: Mapping[str, Any], place: int) -> str:
    key = one.get("id")
    return key if isinstance(key, str) and _ID.fullmatch(key) else f"{place}."


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_NAMED else f"{text[:_LONGEST_NAMED]}…"
