"""Who can join, as a tree: the official words of each criterion, and in words how those beneath it combine."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.presenters.words import number
from trials.criteria.model import Kind
from trials.criteria_words import repair_reason
from trials.models import Criterion, Trial
from trials.text_blocks import DEEPEST_LIST, Block, text_blocks

# The words with which a criterion itself says how what stands under it combines; asked of its last sentence only.
_LAST_SENTENCE = re.compile(r"(?:^|[.;)]\s)((?:(?![.;)]\s).)*+)$", re.DOTALL)
_POINTS_ON = r"\b[^.]*(?:\b(?:following|these|below)\b|\bof\W*$)"
_SAYS_ALL = re.compile(rf"\b(?:all|both|each){_POINTS_ON}", re.IGNORECASE)
_SAYS_ANY = re.compile(rf"\b(?:any|one|1|either){_POINTS_ON}|\beither\W*$", re.IGNORECASE)
_LONGEST_LEAD = 200  # characters
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class CriterionView:
    """`lead` says above the children how they combine. Without text it is a set of alternatives, told by its lead."""

    text: str
    lead: str = ""
    children: "tuple[CriterionView, ...]" = ()


@dataclass(frozen=True, slots=True)
class RepairView:
    written: str
    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class CriteriaView:
    """`official` is the whole text of the registry; where there is no tree it is all there is to show."""

    inclusion: tuple[CriterionView, ...]
    exclusion: tuple[CriterionView, ...]
    official: tuple[Block, ...]
    repairs: tuple[RepairView, ...]
    from_editor: bool

    @property
    def as_tree(self) -> bool:
        return bool(self.inclusion or self.exclusion)

    def __bool__(self) -> bool:
        return self.as_tree or bool(self.official)


def criteria_view(trial: Trial) -> CriteriaView:
    """`trial` comes with its parts (`TrialQuerySet.with_parts`)."""
    rows = list(trial.criteria.all())
    beneath = _by_parent(rows)
    top = beneath.get(None, [])
    return CriteriaView(
        inclusion=_level([row for row in top if row.kind == Kind.INCLUSION], beneath),
        exclusion=_level([row for row in top if row.kind == Kind.EXCLUSION], beneath),
        official=text_blocks(trial.eligibility_criteria),
        repairs=_repairs(trial, rows) if rows else (),
        from_editor=any(row.from_editor for row in rows),
    )


def _by_parent(rows: Iterable[Criterion]) -> dict[int | None, list[Criterion]]:
    """What stands beneath each criterion; what is nested deeper than a page can show stands beside its parent."""
    depths: dict[int | None, int] = {None: 0}
    homes: dict[int | None, int | None] = {}
    beneath: dict[int | None, list[Criterion]] = {}
    for row in rows:  # a parent comes before its children
        home = row.parent_id if depths[row.parent_id] < DEEPEST_LIST else homes[row.parent_id]
        homes[row.pk], depths[row.pk] = home, depths[home] + 1
        beneath.setdefault(home, []).append(row)
    return beneath


def _level(rows: Sequence[Criterion], beneath: dict[int | None, list[Criterion]]) -> tuple[CriterionView, ...]:
    """Criteria of one level in their order; alternatives stand together where the first of them stood."""
    groups: dict[int, list[CriterionView]] = {}
    for row in rows:
        if row.any_of is not None:
            groups.setdefault(row.any_of, []).append(_view(row, beneath))
    views: list[CriterionView] = []
    for row in rows:
        group = groups.pop(row.any_of, None) if row.any_of is not None else None
        if group and len(group) > 1:
            views.append(CriterionView("", _lead_of_alternatives(row, group), tuple(group)))
        elif group or row.any_of is None:
            views.append(group[0] if group else _view(row, beneath))
    return tuple(views)


def _lead_of_alternatives(first: Criterion, group: Sequence[CriterionView]) -> str:
    if first.kind == Kind.EXCLUSION:
        return _("Any one of these:")
    return _("One of these groups:") if all(one.children for one in group) else _("One of these:")


def _view(row: Criterion, beneath: dict[int | None, list[Criterion]]) -> CriterionView:
    children = _level(beneath.get(row.pk, []), beneath)
    return CriterionView(row.text, _lead(row.join, row.text, len(children)) if len(children) > 1 else "", children)


def _lead(join: str, text: str, count: int) -> str:
    """Empty where the words themselves say it, and for a number that can only be a misreading: 5 of two."""
    if not join or _says(text, join):
        return ""
    if join == "all":
        return _("All of these:")
    if join == "any":
        return _("Any one of these:")
    least = int(join)
    if least > count:
        return ""
    return ngettext("At least %(count)s of these:", "At least %(count)s of these:", least) % {"count": number(least)}


def _says(text: str, join: str) -> bool:
    last = _LAST_SENTENCE.search(text.rstrip()[-_LONGEST_LEAD:])
    if last is None:
        return False
    if not join.isdecimal():
        return bool((_SAYS_ALL if join == "all" else _SAYS_ANY).search(last[1]))
    word = _NUMBERS[int(join)] if int(join) < len(_NUMBERS) else ""
    named = rf"(?:(?<![\d.]){join}{'|' + word if word else ''})"
    return bool(re.search(rf"\b{named}{_POINTS_ON}", last[1], re.IGNORECASE))


def _repairs(trial: Trial, rows: Sequence[Criterion]) -> tuple[RepairView, ...]:
    """What was put right in the words, each once; what is only proposed is for the review desk.

    Of what an editor has written over, nothing is told.
    """
    reading = getattr(trial, "criteria_reading", None)
    ledger: Iterable[dict[str, str]] = reading.ledger if reading else ()
    made = [one for one in ledger if one["made"]]
    if any(row.from_editor for row in rows):
        made = [one for one in made if any(one["shown"] in row.text for row in rows)]
    return tuple(dict.fromkeys(RepairView(one["written"], one["shown"], repair_reason(one["reason"])) for one in made))
