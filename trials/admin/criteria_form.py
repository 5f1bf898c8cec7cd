"""The form on which an editor corrects criteria: one line for each, whatever was typed kept as it was typed."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials.criteria.model import Kind
from trials.criteria.vocabulary import problems_of
from trials.criteria_words import problem_sentence
from trials.registries.ledger import storable

_FIELDS = ("label", "kind", "parent", "join", "any_of", "text", "rules", "start", "end")
_RULE = ("attribute", "op", "value", "unit", "within", "applies_to", "any_of", "partial", "ever", "stable", "failed")
MOST_LINES = 1000


class BrokenFormError(ValueError):
    """What was sent is not our form: lines with fields missing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as typed. `label` is its number on the form ("I3"); `start` and `end` place it in the text."""

    kind: str = Kind.INCLUSION.value
    text: str = ""
    label: str = ""
    parent: str = ""
    join: str = ""
    any_of: str = ""
    rules: str = ""
    start: str = ""
    end: str = ""
    remove: bool = False
    problems: Sequence[str] = field(default_factory=tuple)

    @property
    def text_rows(self) -> int:
        return _rows(self.text, 60)

    @property
    def rules_rows(self) -> int:
        return _rows(self.rules, 50)


def _rows(text: str, width: int) -> int:
    """How high a field must be to show a text, within reason."""
    return min(max(sum(len(line) // width + 1 for line in text.split("\n")), 2), 12)


def lines_of(criteria: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The lines of a form that shows these criteria (in the contract's form)."""
    return [
        Line(
            label=one["id"],
            kind=one["kind"],
            parent=one["parent"] or "",
            join="" if one["join"] is None else str(one["join"]),
            any_of="" if one.get("any_of") is None else str(one["any_of"]),
            text=one["text"],
            rules=rules_text(one["rules"]),
            start="" if one["source_start"] is None else str(one["source_start"]),
            end="" if one["source_end"] is None else str(one["source_end"]),
        )
        for one in criteria
    ]


def rules_text(rules: Sequence[Mapping[str, Any]]) -> str:
    """A JSON list with one rule on each line, its fields in the contract's order; empty without rules."""
    lines = (json.dumps({name: rule[name] for name in _RULE if name in rule}, ensure_ascii=False) for rule in rules)
    return "[" + ",\n ".join(lines) + "]" if rules else ""


def lines_from(posted: QueryDict) -> list[Line]:
    """The lines as they were sent, numbered anew in their order. Raises BrokenFormError."""
    columns = [posted.getlist(name) for name in _FIELDS]
    if len({len(column) for column in columns}) != 1 or len(columns[0]) > MOST_LINES:
        raise BrokenFormError(_("The form did not arrive whole. Go back and send it again."))
    removed = set(posted.getlist("remove"))
    rows = (dict(zip(_FIELDS, row, strict=True)) for row in zip(*columns, strict=True))
    return numbered([Line(**row, remove=row["label"] in removed) for row in rows])


def numbered(lines: Sequence[Line]) -> list[Line]:
    """Each line with the number that its kind and place give it; the parents follow."""
    count = {"I": 0, "E": 0}
    names: dict[str, str] = {}
    labels = []
    for line in lines:
        letter = "E" if line.kind == Kind.EXCLUSION else "I"
        count[letter] += 1
        labels.append(f"{letter}{count[letter]}")
        names.setdefault(line.label, labels[-1])
    parents = [line.parent.strip().upper() for line in lines]
    return [
        replace(line, label=label, parent=names.get(parent, parent))
        for line, label, parent in zip(lines, labels, parents, strict=True)
    ]


def with_added(lines: Sequence[Line], after: str) -> list[Line]:
    """An empty line after the one with this label, on its level; at the end when there is none."""
    place = next((n for n, line in enumerate(lines) if line.label == after), None)
    if place is None:
        return numbered([*lines, Line(label="+")])
    beside = lines[place]
    return numbered([*lines[: place + 1], Line(beside.kind, label="+", parent=beside.parent), *lines[place + 1 :]])


def with_split(lines: Sequence[Line], label: str) -> list[Line]:
    """The line cut at its line breaks; each part keeps its place in the official text, and the first the rules."""
    found: list[Line] = []
    for line in lines:
        parts = [part.strip() for part in line.text.splitlines() if part.strip()] if line.label == label else []
        if len(parts) < 2:
            found.append(line)
            continue
        found.append(replace(line, text=parts[0]))
        found += (replace(line, text=part, label="+", rules="", join="") for part in parts[1:])
    return numbered(found)


def with_moved_up(lines: Sequence[Line], label: str) -> list[Line]:
    """The line with this label one place further up."""
    place = next((n for n, line in enumerate(lines) if line.label == label), 0)
    ahead, behind = lines[: max(place - 1, 0)], lines[place + 1 :]
    return numbered([*ahead, *reversed(lines[max(place - 1, 0) : place + 1]), *behind])


def criteria_of(lines: Sequence[Line], source: str) -> tuple[list[dict[str, Any]], list[Line]]:
    """The criteria that the lines mean, in the contract's form; and the lines with what is wrong with each.

    What stood under a removed line moves up. Words without a place in the text get the one where they stand in it.
    """
    kept = _without_removed(lines)
    problems: dict[str, list[str]] = {line.label: [] for line in lines}
    criteria = [_criterion(line, source, problems[line.label]) for line in kept]
    for problem in problems_of(criteria, text_length=len(source)):
        problems.get(problem.criterion, []).append(problem_sentence(problem))
    checked = [replace(line, problems=tuple(problems[line.label])) for line in lines]
    if any(line.problems for line in checked):
        return [], checked
    final = numbered(kept)
    names = {line.label: new.label for line, new in zip(kept, final, strict=True)}
    named = [{**one, "id": names[one["id"]], "parent": names.get(one["parent"])} for one in criteria]
    return named, checked


def _without_removed(lines: Sequence[Line]) -> list[Line]:
    above = {line.label: line.parent for line in lines if line.remove}

    def parent(label: str) -> str:
        seen = set()
        while label in above and label not in seen:
            seen.add(label)
            label = above[label]
        return "" if label in above else label

    return [replace(line, parent=parent(line.parent)) for line in lines if not line.remove]


def _criterion(line: Line, source: str, problems: list[str]) -> dict[str, Any]:
    text = " ".join(storable(line.text).split())
    start, end = _place(line, text, source)
    criterion: dict[str, Any] = {
        "id": line.label,
        "kind": line.kind,
        "parent": line.parent or None,
        "text": text,
        "source_start": start,
        "source_end": end,
        "join": _number_or_word(line.join, longest=3),
        "rules": _rules(line.rules, line.label, problems),
    }
    if line.any_of.strip():
        criterion["any_of"] = _number_or_word(line.any_of)
    return criterion


def _place(line: Line, text: str, source: str) -> tuple[Any, Any]:
    if line.start or line.end:
        return _number_or_word(line.start), _number_or_word(line.end)
    return located(text, source) or (None, None)


def located(text: str, source: str) -> tuple[int, int] | None:
    """Where the words stand in the text, whatever blanks and line ends lie between them."""
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    match = re.search(pattern, source) if pattern else None
    return match.span() if match else None


def _number_or_word(typed: str, *, longest: int = 9) -> int | str | None:
    """What stands in a field, as the contract has it; anything else is left for the check to refuse."""
    typed = typed.strip().lower()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= longest else typed or None


def _rules(typed: str, label: str, problems: list[str]) -> list[Any]:
    if not typed.strip():
        return []
    try:
        rules = json.loads(typed)
    except (ValueError, RecursionError) as error:
        place = {"criterion": label, "line": getattr(error, "lineno", 1), "column": getattr(error, "colno", 1)}
        problems.append(_("%(criterion)s: the rules are no JSON: look at line %(line)s, character %(column)s.") % place)
        return []
    return [rules] if isinstance(rules, dict) else rules
