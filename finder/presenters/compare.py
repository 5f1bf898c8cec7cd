"""Two to four studies side by side, row by row, and in words where they differ."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.places_asked import PlaceAsked
from finder.presenters import words
from finder.presenters.cards import place_summary
from finder.presenters.compare_names import concept_name
from finder.presenters.compare_repeats import Shown
from finder.presenters.compare_study import ComparedStudy, StudyHead, Told, rules_told
from finder.presenters.likeness import HIDDEN, Likeness, likeness
from finder.presenters.near import NearView, near_view
from finder.presenters.terms import ENGLISH, WordsOnPage, WordView
from trials import vocab as v
from trials.criteria.concepts import Concept
from trials.find import places_of
from trials.models import Trial
from trials.summaries import shown_summaries

Says = Callable[[ComparedStudy], Told]


@dataclass(frozen=True, slots=True)
class Cell:
    study: StudyHead
    told: Told


@dataclass(frozen=True, slots=True)
class Row:
    """`mark` says in words how far the studies are alike; `kind` is the same for the style sheet."""

    key: str
    name: words.Text
    mark: str
    kind: Likeness
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`alike` names the rows that are left out because somebody asked for the differences alone; `silent` names what
    no study has a rule on.
    """

    studies: tuple[StudyHead, ...]
    parts: tuple[Part, ...]
    alike: str
    silent: str
    near: NearView
    words: tuple[WordView, ...]


def comparison(
    trials: Sequence[Trial], asked: PlaceAsked, today: date, stale_after_months: int, *, differences: bool
) -> Comparison:
    """`trials` are `with_parts`, in the order in which they stand. Two queries, whatever their size."""
    on_page = WordsOnPage()
    summaries = shown_summaries(trials, get_language() or ENGLISH)
    places = places_of(trial.pk for trial in trials)
    studies = [
        ComparedStudy(
            trial, summaries[trial.pk], place_summary(places.get(trial.pk, [])), asked, on_page, today,
            stale_after_months,
        )
        for trial in trials
    ]  # fmt: skip
    parts, silent = _parts(studies, asked)
    alike = [row.name for part in parts for row in part.rows if row.kind in HIDDEN] if differences else []
    if differences:
        parts = [Part(one.id, one.heading, tuple(r for r in one.rows if r.kind not in HIDDEN)) for one in parts]
    return Comparison(
        studies=tuple(study.head for study in studies),
        parts=tuple(_each_rule_once(part) for part in parts if part.rows),
        alike="; ".join(map(str, alike)),
        silent="; ".join(map(str, silent)),
        near=near_view(asked, located=True),
        words=on_page.views(),
    )


def _parts(studies: Sequence[ComparedStudy], asked: PlaceAsked) -> tuple[list[Part], list[words.Text]]:
    silent: list[words.Text] = []
    tables: list[tuple[str, str, Iterator[tuple[str, words.Text, Says]]]] = [
        ("tests", _("What it is"), _what_it_is()),
        ("joining", _("Who can join"), _who_can_join()),
        ("happens", _("What happens"), _what_happens()),
        ("where", _("Sites and dates"), _where_and_when(asked)),
    ]
    parts = []
    for part, heading, lines in tables:
        rows = []
        for key, name, says in lines:
            row = _row(key, name, [Cell(study.head, says(study)) for study in studies])
            if row is not None:
                rows.append(row)
            elif part == "joining" and key != "others" and not any(study.unread for study in studies):
                silent.append(name)
        parts.append(Part(part, heading, tuple(rows)))
    return parts, silent


def _each_rule_once(part: Part) -> Part:
    shown: dict[str, Shown] = defaultdict(Shown)

    def cell_of(cell: Cell, row: Row) -> Cell:
        rules = shown[cell.study.nct_id].without_repeats(cell.told.rules, row.name)
        return replace(cell, told=replace(cell.told, rules=rules))

    return replace(
        part, rows=tuple(replace(row, cells=tuple(cell_of(cell, row) for cell in row.cells)) for row in part.rows)
    )


def _what_it_is() -> Iterator[tuple[str, words.Text, Says]]:
    yield "status", _("Status"), ComparedStudy.status
    yield "title", _("Title in the registry"), ComparedStudy.title
    yield "tested", _("What is tested"), ComparedStudy.tested
    yield "stage", _("Stage"), ComparedStudy.stage
    yield "size", _("People"), ComparedStudy.size
    yield "sponsor", _("Who runs it"), ComparedStudy.sponsor
    yield "checked", _("Who wrote the plain words"), ComparedStudy.checked


def _who_can_join() -> Iterator[tuple[str, words.Text, Says]]:
    """A row for each concept, with the record's own fields where they speak of it; then all that has no concept."""
    fields: dict[Concept, Says] = {
        Concept.AGE: lambda study: study.field(_("Age")),
        Concept.SEX: lambda study: study.field(_("Sex"), _("Sex and gender, in the registry's words")),
        Concept.DISEASE: ComparedStudy.diseases,
    }
    for concept in Concept:
        yield concept.value, concept_name(concept), _rules_on(concept, fields.get(concept))
    yield "others", _("Other rules"), lambda study: rules_told(study, study.other_rules)


def _rules_on(concept: Concept, field: Says | None) -> Says:
    return lambda study: rules_told(study, study.by_concept[concept], field(study) if field else None)


def _what_happens() -> Iterator[tuple[str, words.Text, Says]]:
    yield "groups", _("Groups and placebo"), ComparedStudy.groups
    yield "masking", _("Who knows which treatment is given"), ComparedStudy.masking
    yield "measured", _("What is measured"), ComparedStudy.measured


def _where_and_when(asked: PlaceAsked) -> Iterator[tuple[str, words.Text, Says]]:
    yield "places", _("Sites"), ComparedStudy.places
    if asked.place:
        yield "nearest", _("Nearest open site"), ComparedStudy.nearest
    yield "start", _("Start"), lambda study: study.date_of(v.DateKind.START)
    yield "end", _("End"), lambda study: study.date_of(v.DateKind.COMPLETION)
    yield "changed", _("Last changed in the registry"), lambda study: study.date_of(v.DateKind.LAST_UPDATE_POSTED)


def _row(key: str, name: words.Text, cells: Sequence[Cell]) -> Row | None:
    """None where no study says anything, unless that is because our software could not read it."""
    found = likeness([cell.told.sign for cell in cells])
    if found is Likeness.UNCLEAR and _fields_differ(cells):
        found = Likeness.DIFFERS
    if found is Likeness.UNCLEAR and not any(cell.told.says_something for cell in cells):
        return None
    return Row(key, name, _mark(found, cells), found, tuple(cells)) if found else None


def _fields_differ(cells: Sequence[Cell]) -> bool:
    """Whether the record's own fields tell studies apart whose rules could not be read."""
    said = [cell.told.sign.words for cell in cells]
    return any(cell.told.unread for cell in cells) and all(said) and len(set(said)) > 1


def _mark(found: Likeness, cells: Sequence[Cell]) -> str:
    if found is Likeness.ONLY:
        only = next(cell.study.nct_id for cell in cells if cell.told.sign.words)
        return _("Only in %(study)s") % {"study": only}
    both = len(cells) == 2
    return {
        Likeness.SAME: _("Same in both") if both else _("Same in all"),
        Likeness.ALIKE: _("Same rule, other words"),
        Likeness.REWORDED: _("Worded differently"),
        Likeness.SHORT: _("Same in our short words"),
        Likeness.DIFFERS: _("Differs"),
        Likeness.UNCLEAR: _("Our software cannot compare this"),
    }[found]
