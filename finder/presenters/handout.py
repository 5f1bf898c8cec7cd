"""The page for the doctor: plain and official words side by side, complete, made to be printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _

from finder.places_asked import PlaceAsked
from finder.presenters import words
from finder.presenters.criteria import CriterionView
from finder.presenters.plain import PlainSection, SentenceView
from finder.presenters.sources import SourceView
from finder.presenters.study import StudyView, study_view
from trials.models import Trial


@dataclass(frozen=True, slots=True)
class PlainRow:
    """Sentences that follow each other and come from the same fields, and those fields."""

    sentences: tuple[SentenceView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class PlainTable:
    heading: str
    rows: tuple[PlainRow, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One criterion, set in by `depth`; one without a criterion only says how those beneath it combine."""

    depth: int
    criterion: CriterionView | None
    lead: str


@dataclass(frozen=True, slots=True)
class RuleTable:
    """`limits` are what fields alone say."""

    heading: str
    limits: tuple[SentenceView, ...]
    rows: tuple[RuleRow, ...]

    @property
    def has_official_alone(self) -> bool:
        """Whether a rule of it has no plain words yet."""
        return any(line.official for row in self.rows if row.criterion for line in row.criterion.lines)


@dataclass(frozen=True, slots=True)
class HandoutView:
    """`address` is that of the study's page, to be read from paper; `printed_on`, the day on which this was made."""

    study: StudyView
    address: str
    printed_on: str
    sections: tuple[PlainTable, ...]
    rules: tuple[RuleTable, ...]


def handout_view(
    trial: Trial,
    address: str,
    today: date,
    stale_after_months: int,
    asked: PlaceAsked | None = None,
    own_names: Sequence[str] = (),
) -> HandoutView:
    """`trial` comes with all its parts (`TrialQuerySet.with_parts`); the last two are as for the study's page."""
    study = study_view(trial, today, stale_after_months, asked, own_names)
    sections = (
        (_("What it tests"), study.plain.what),
        (_("Stage"), study.plain.stage),
        (_("What happens"), study.plain.happens),
        (_("Where and by whom"), study.plain.about),
    )
    rules = (
        (_("You may be able to join if"), study.plain.limits.sentences, study.criteria.inclusion),
        (_("You may not be able to join if"), (), study.criteria.exclusion),
    )
    return HandoutView(
        study=study,
        address=address,
        printed_on=words.long_date(today),
        sections=tuple(PlainTable(heading, tuple(_plain_rows(section))) for heading, section in sections if section),
        rules=tuple(
            RuleTable(heading, limits, tuple(_rule_rows(criteria)))
            for heading, limits, criteria in rules
            if limits or criteria
        ),
    )


def _plain_rows(section: PlainSection) -> Iterator[PlainRow]:
    for sources, sentences in groupby(section.sentences, key=attrgetter("sources")):
        yield PlainRow(tuple(sentences), sources)


def _rule_rows(criteria: Iterable[CriterionView], depth: int = 0) -> Iterator[RuleRow]:
    """In reading order; how the children combine stands in a row of its own above them."""
    for criterion in criteria:
        if criterion.lines:
            yield RuleRow(depth, criterion, "")
        beneath = depth + 1 if criterion.lines else depth
        if criterion.lead:
            yield RuleRow(beneath, None, criterion.lead)
        yield from _rule_rows(criterion.children, beneath)
