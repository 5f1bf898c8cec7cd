"""Who can join, as a tree: each criterion in plain and in official words, and in words how those beneath it combine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from finder.presenters.leads import lead_of
from finder.presenters.official import OfficialBlock, anchor_of, official_blocks, placed
from finder.presenters.plain import is_unchecked
from finder.presenters.terms import Pieces, WordsOnPage, text_of
from trials.criteria.model import Kind
from trials.criteria_words import repair_reason
from trials.models import Criterion, Trial
from trials.plain_language.model import Origin, Section
from trials.summaries import ShownSentence, ShownSummary
from trials.text_blocks import DEEPEST_LIST

Rows = Sequence[Criterion]


@dataclass(frozen=True, slots=True)
class LineView:
    """A sentence on a criterion. `official`: the registry's own words, for which we have none that are plain.

    `unchecked`: no editor has checked it, though one has checked others of the study.
    """

    pieces: Pieces
    official: bool = False
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class CriterionView:
    """`lead` says above the children how they combine. Without lines it is a set of alternatives, told by its lead.
    `key` is the criterion's own, of alternatives that of the first.

    `official` is empty where the lines are the official words already. `place` is its number ("Inclusion 3"), `anchor`
    its address in the official text, empty where that does not have it.

    `folded` are children that a comparison folds, for they speak of something else.
    """

    lines: tuple[LineView, ...] = ()
    official: Pieces = ()
    place: str = ""
    anchor: str = ""
    lead: str = ""
    children: "tuple[CriterionView, ...]" = ()
    key: str = ""
    folded: "tuple[CriterionView, ...]" = ()

    @property
    def wording(self) -> Pieces:
        """The official words, wherever they stand."""
        return self.official or tuple(piece for line in self.lines for piece in line.pieces)

    @property
    def unchecked(self) -> int:
        """How many lines are marked, those of the children among them."""
        return sum(line.unchecked for line in self.lines) + sum(child.unchecked for child in self.children)


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
    official: tuple[OfficialBlock, ...]
    repairs: tuple[RepairView, ...]
    from_editor: bool

    @property
    def as_tree(self) -> bool:
        return bool(self.inclusion or self.exclusion)

    @property
    def unchecked(self) -> int:
        return sum(criterion.unchecked for criterion in (*self.inclusion, *self.exclusion))

    def __bool__(self) -> bool:
        return self.as_tree or bool(self.official)


def criteria_view(trial: Trial, summary: ShownSummary, words: WordsOnPage) -> CriteriaView:
    """`trial` comes with its parts (`TrialQuerySet.with_parts`)."""
    rows = list(trial.criteria.all())
    beneath = _by_parent(rows)
    sides = _sides(beneath)
    labels = _labels(sides, beneath)
    official = official_blocks(trial.eligibility_criteria, rows, labels)
    tree = _Tree(beneath, summary, _sentences(summary), labels, placed(official), words)
    return CriteriaView(
        inclusion=tree.level(sides[Kind.INCLUSION]),
        exclusion=tree.level(sides[Kind.EXCLUSION]),
        official=official,
        repairs=_repairs(trial, rows) if rows else (),
        from_editor=any(row.from_editor for row in rows),
    )


def _sentences(summary: ShownSummary) -> dict[str, list[ShownSentence]]:
    """What is said of each criterion, by its key."""
    found: dict[str, list[ShownSentence]] = {}
    for sentence in summary.of(Section.MAY_JOIN, Section.MAY_NOT_JOIN):
        found.setdefault(sentence.sources[0], []).append(sentence)
    return found


def criterion_labels(rows: Rows) -> dict[str, str]:
    """The number of each criterion of a trial, "Inclusion 3.1", by its key. `rows` are in reading order."""
    beneath = _by_parent(rows)
    return _labels(_sides(beneath), beneath)


def _sides(beneath: Mapping[int | None, Rows]) -> dict[Kind, Rows]:
    top = beneath.get(None, [])
    return {kind: [row for row in top if row.kind == kind] for kind in Kind}


def _labels(sides: Mapping[Kind, Rows], beneath: Mapping[int | None, Rows]) -> dict[str, str]:
    """The number of each criterion by its key: as people count, those beneath the third are 3.1 and 3.2."""
    labels: dict[str, str] = {}

    def count(rows: Rows, above: str, message: str) -> None:
        for place, row in enumerate(rows, start=1):
            own = f"{above}{place}"
            labels[row.key] = message % {"number": own}
            count(beneath.get(row.pk, ()), f"{own}.", message)

    count(sides[Kind.INCLUSION], "", _("Inclusion %(number)s"))
    count(sides[Kind.EXCLUSION], "", _("Exclusion %(number)s"))
    return labels


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


@dataclass(frozen=True, slots=True)
class _Tree:
    """All that the views of criteria are made of. Made in reading order, for `words` notes what comes first."""

    beneath: Mapping[int | None, Rows]
    summary: ShownSummary
    sentences: Mapping[str, Sequence[ShownSentence]]
    labels: Mapping[str, str]
    placed: frozenset[str]
    words: WordsOnPage

    def level(self, rows: Rows) -> tuple[CriterionView, ...]:
        """Criteria of one level in their order; alternatives stand together where the first of them stood."""
        groups: dict[int, list[Criterion]] = {}
        for row in rows:
            if row.any_of is not None:
                groups.setdefault(row.any_of, []).append(row)
        views: list[CriterionView] = []
        for row in rows:
            group = groups.pop(row.any_of, None) if row.any_of is not None else None
            if group and len(group) > 1:
                children = tuple(map(self.view, group))
                lead = _lead_of_alternatives(row, children)
                views.append(CriterionView(lead=lead, children=children, key=row.key))
            elif group or row.any_of is None:
                views.append(self.view(row))
        return tuple(views)

    def view(self, row: Criterion) -> CriterionView:
        lines, anchor = self._lines(row), anchor_of(row.key)
        shown = " ".join(text_of(line.pieces) for line in lines)
        official = self.words.official(row.text) if shown != row.text else ()
        children = self.level(self.beneath.get(row.pk, ()))
        return CriterionView(
            lines=lines,
            official=official,
            place=self.labels.get(row.key, ""),
            anchor=anchor if anchor in self.placed else "",
            lead=lead_of(row.join, shown if self.words.is_english else "", len(children)) if len(children) > 1 else "",
            children=children,
            key=row.key,
        )

    def _lines(self, row: Criterion) -> tuple[LineView, ...]:
        """The sentences on a criterion; its official words, whole, where none of them is plain, or none is left."""
        said = self.sentences.get(row.key, ())
        if all(sentence.origin == Origin.OFFICIAL for sentence in said):
            return (LineView(self.words.official(row.text, in_sight=True), official=True),)
        return tuple(map(self._line, said))

    def _line(self, sentence: ShownSentence) -> LineView:
        official = sentence.origin == Origin.OFFICIAL
        pieces = self.words.official(sentence.text, in_sight=True) if official else self.words.ours(sentence.text)
        return LineView(pieces, official, is_unchecked(sentence, self.summary))


def _lead_of_alternatives(first: Criterion, group: Sequence[CriterionView]) -> str:
    if first.kind == Kind.EXCLUSION:
        return _("Any one of these:")
    return _("One of these groups:") if all(one.children for one in group) else _("One of these:")


def _repairs(trial: Trial, rows: Rows) -> tuple[RepairView, ...]:
    """What was put right in the words, each once; what is only proposed is for the review desk.

    Of what an editor has written over, nothing is told.
    """
    reading = getattr(trial, "criteria_reading", None)
    ledger: Iterable[dict[str, str]] = reading.ledger if reading else ()
    made = [one for one in ledger if one["made"]]
    if any(row.from_editor for row in rows):
        made = [one for one in made if any(one["shown"] in row.text for row in rows)]
    return tuple(dict.fromkeys(RepairView(one["written"], one["shown"], repair_reason(one["reason"])) for one in made))
