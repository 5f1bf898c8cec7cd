"""Two versions of a record side by side: what changed in sentences, and every line of the raw record."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from trials.change_sums import summed
from trials.change_words import sentence
from trials.changes import Change, Run, changes, word_diff
from trials.changes.sequence import blocks
from trials.history import record_of
from trials.models import RecordVersion
from trials.records import Contact, RecordError

# Of one kind more than this are told as a number, with the single sentences folded beneath.
GROUP_FROM = 6
MAX_DIFF_LINES = 1500
CONTEXT_LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, and where the change is one of wording, the words that went and came."""

    text: str
    runs: Sequence[Run] = ()
    details: Sequence["Line"] = ()


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of the raw record; `mark` is "+", "-", " " or "@" for a gap."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`problem` says why there are no sentences, `cut` why the raw lines are not all there."""

    lines: Sequence[Line] = ()
    raw: Sequence[RawLine] = ()
    problem: str = ""
    cut: str = ""


def compare(old: RecordVersion, new: RecordVersion) -> Comparison:
    before, after = json.loads(old.payload), json.loads(new.payload)
    lines, problem = told(old, new)
    raw, cut = raw_diff(before, after)
    return Comparison(lines, raw, problem, cut)


def told(old: RecordVersion, new: RecordVersion) -> tuple[list[Line], str]:
    """The changes in sentences, or a sentence why a record cannot be read."""
    try:
        found = changes(*(record_of(version.payload) for version in (old, new)))
    except (RecordError, ValueError) as error:
        return [], _("This record cannot be put into sentences: %(reason)s") % {"reason": error}
    return change_lines(found), ""


def change_lines(found: Sequence[Change]) -> list[Line]:
    """One line for each change; many of one kind are folded into one."""
    lines = []
    for _kind, group in groupby(found, key=lambda change: change.kind):
        alike = list(group)
        single = [_line(change) for change in alike]
        lines += single if len(single) < GROUP_FROM else [Line(summed(alike), details=single)]
    return lines


def _line(change: Change) -> Line:
    runs = word_diff(*change.texts) if change.texts else ()
    if isinstance(change.before, Contact) or isinstance(change.after, Contact):
        # Editors may see whom it is about; the sentence itself names nobody.
        runs = word_diff(_person(change.before), _person(change.after))
    return Line(sentence(change), runs)


def _person(value: object) -> str:
    if not isinstance(value, Contact):
        return ""
    parts = (value.name, value.role.replace("_", " ").capitalize(), value.affiliation, value.phone, value.email)
    return ", ".join(part for part in parts if part)


def pretty(payload: object) -> list[str]:
    text = json.dumps(payload, indent=1, ensure_ascii=False, sort_keys=True)
    return text.encode("utf-8", "replace").decode().splitlines()  # half a character pair cannot be sent


def raw_diff(before: object, after: object) -> tuple[list[RawLine], str]:
    """The lines that differ, with some around each; and a sentence when they are not all there."""
    lines: list[RawLine] = []
    old, new = pretty(before), pretty(after)
    stretches = list(blocks(old, new))
    if all(same for same, _ in stretches):
        return [], ""
    for place, (same, (i1, i2, j1, j2)) in enumerate(stretches):
        if same:
            lines += _around(old[i1:i2], first=place == 0, last=place == len(stretches) - 1)
        else:
            lines += [RawLine("-", text) for text in old[i1:i2]] + [RawLine("+", text) for text in new[j1:j2]]
        if len(lines) > MAX_DIFF_LINES:
            return lines[:MAX_DIFF_LINES], _("Only the first %(count)d lines are shown.") % {"count": MAX_DIFF_LINES}
    return lines, ""


def _around(same: list[str], *, first: bool, last: bool) -> list[RawLine]:
    """The lines next to a difference; a gap stands for what is between."""
    ahead = [] if last else same[-CONTEXT_LINES:]
    after = [] if first else same[:CONTEXT_LINES]
    if len(after) + len(ahead) >= len(same):
        return [RawLine(" ", text) for text in same]
    return [*(RawLine(" ", text) for text in after), RawLine("@", "…"), *(RawLine(" ", text) for text in ahead)]
