"""The form on which an editor checks plain sentences: one line for each, whatever was typed kept as it was typed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from trials import models as m
from trials.ingest.summaries import Kept
from trials.plain_language.model import Sentence, Summary
from trials.registries.ledger import storable
from trials.summaries import Key, Sources, overlaid, standing

MOST_LINES = 2000
_ROOT = "protocolSection."
_LINE_WIDTH = 60  # characters that a field shows on one of its lines
_EDITED = m.PlainSentence.OriginChoice.EDITED.value


class BrokenFormError(ValueError):
    """What was sent is not our form: lines with fields missing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence. `key` finds it again in what is sent; `group` is shared by all on the same sources.

    `written` is what the rules write now and `rules_origin` how, `stored` what an editor left there, `text` what is
    typed; `checked` says that it stands in what is published. `problems` keep it from being published, `doubts` do
    unless a reason is given, `note` tells how hard it is to read.
    """

    key: str
    group: Key
    section: str
    sources: tuple[str, ...]
    text: str
    written: str
    stored: str
    origin: str
    rules_origin: str
    checked: bool = False
    left_out: bool = False
    problems: Sequence[str] = field(default_factory=tuple)
    doubts: Sequence[str] = field(default_factory=tuple)
    note: str = ""

    @property
    def rows(self) -> int:
        return min(max(len(self.text) // _LINE_WIDTH + 1, 2), 12)

    @property
    def is_edited(self) -> bool:
        return self.origin == _EDITED

    @property
    def is_shown(self) -> bool:
        return bool(self.text) and not self.left_out

    @property
    def place(self) -> str:
        """The sources in short: criteria by number, fields by their names within a module of the record."""
        return ", ".join(source.removeprefix(_ROOT).split(".", 1)[-1] for source in self.sources)

    def kept(self) -> Kept:
        """As it is stored; one left out keeps its words."""
        return Kept(self.section, self.text or self.stored, self.written, self.origin, self.sources, self.left_out)


@dataclass(frozen=True, slots=True)
class Saved:
    """What is stored for a trial in one language: the published summary, and the one in work."""

    published: m.PlainSummary | None
    work: m.PlainSummary | None


def lines_of(draft: Summary, sources: Sources, saved: Saved) -> list[Line]:
    """The lines to begin with: of each sentence what is in work, else what is published, else what the rules write."""
    fresh, published = _standing(draft, sources, saved.published)
    _fresh, in_work = _standing(draft, sources, saved.work)
    instead = overlaid(fresh, {**published, **in_work})
    group_of = {id(one): (key, group) for key, group in fresh.items() for one in group}
    count: Counter[Key] = Counter()
    lines = []
    for one in draft.sentences:
        key, group = group_of[id(one)]
        stored = instead.get(id(one))
        same_number = stored is None or len((published | in_work)[key]) == len(group)
        for kept in [None] if stored is None else stored:
            line = _line(key, count[key], one, kept, keep_written=not same_number)
            lines.append(replace(line, checked=key in published and _says(line, published[key])))
            count[key] += 1
    return lines


def _standing(
    draft: Summary, sources: Sources, summary: m.PlainSummary | None
) -> tuple[dict[Key, list[Sentence]], dict[Key, list[m.PlainSentence]]]:
    rows = list(summary.sentences.all()) if summary else []
    return standing(draft.sentences, rows, sources, summary.writer_version if summary else "")


def _says(line: Line, published: Iterable[m.PlainSentence]) -> bool:
    return any((one.text, one.left_out) == (line.text, line.left_out) for one in published)


def _line(group: Key, place: int, one: Sentence, kept: m.PlainSentence | None, *, keep_written: bool) -> Line:
    return Line(
        key=f"{group.section}-{group.source_hash[:16]}-{group.ordinal}-{place}",
        group=group,
        section=str(one.section),
        sources=one.sources,
        text=kept.text if kept else one.text,
        written=kept.written if kept and keep_written else one.text,
        stored=kept.text if kept else one.text,
        origin=kept.origin if kept else one.origin.value,
        rules_origin=one.origin.value,
        left_out=kept.left_out if kept else False,
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent: the text of each line by its key, and the keys of those to be left out."""

    texts: Mapping[str, str]
    left_out: frozenset[str]


def typed_from(posted: QueryDict) -> Typed:
    """Raises BrokenFormError."""
    keys, texts = posted.getlist("key"), posted.getlist("text")
    if len(keys) != len(texts) or len(set(keys)) != len(keys) or not 0 < len(keys) <= MOST_LINES:
        raise BrokenFormError(_("The form did not arrive whole. Go back and send it again."))
    clean = (" ".join(storable(text).split()) for text in texts)
    return Typed(dict(zip(keys, clean, strict=True)), frozenset(posted.getlist("left_out")))


def with_typed(lines: Sequence[Line], typed: Typed) -> list[Line]:
    """The lines with what was typed in them. A line that nothing was sent for stays as it is."""
    return [_with_text(line, typed.texts[line.key], typed) if line.key in typed.texts else line for line in lines]


def _with_text(line: Line, text: str, typed: Typed) -> Line:
    origin = line.origin
    if text != line.stored:
        origin = line.rules_origin if text == line.written else _EDITED
    return replace(line, text=text, origin=origin, left_out=line.key in typed.left_out)


def lost_texts(lines: Sequence[Line], typed: Typed) -> list[str]:
    """What was typed for sentences that are no longer there, so that no work is lost."""
    keys = {line.key for line in lines}
    return [text for key, text in typed.texts.items() if key not in keys and text]
