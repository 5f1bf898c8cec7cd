"""What differs between two versions of a record, as lines of a page: a sentence, and beneath it what belongs to it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import ngettext

from trials.change_sums import summed
from trials.change_words import name_of, place, sentence
from trials.changes import Change, ChangeKind, Edit, Run, Value, word_diff
from trials.language import country_name, name_key
from trials.records import Contact, Site
from trials.text_blocks import clean_text

FEW = 2  # sites, or sites with another contact: more are told as a number, with each beneath
SOME = 5  # of any other kind
LONGEST_SAME = 400  # characters of a text that stayed as it was; of a longer stretch the ends are shown
SHOWN_SAME = 160

_MOVES = {ChangeKind.SITE_OPENED, ChangeKind.SITE_CLOSED, ChangeKind.SITE_ADDED, ChangeKind.SITE_REMOVED}
_SITES = {*_MOVES, ChangeKind.SITE_CHANGED}
_TEXTS = {ChangeKind.CRITERIA_TEXT, ChangeKind.SUMMARY_TEXT, ChangeKind.TITLE}
_TEXTS_OF_PARTS = {"description", "time_frame"}  # a sentence quotes the other fields itself


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; the registry's own words are in English."""

    text: str
    english: bool = False


@dataclass(frozen=True, slots=True)
class RunView:
    """A stretch of a text that stayed, went or came; `kind` is "same", "gone", "new" or "gap" for what is left out."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """One sentence. `runs` are the words of a text that changed, `each` the single changes that it sums up."""

    pieces: tuple[Piece, ...]
    runs: tuple[RunView, ...] = ()
    each: tuple[tuple[Piece, ...], ...] = ()


def change_lines(found: Iterable[Change]) -> list[LineView]:
    """Changes that come sorted by kind; many of one kind are one line, with all of them in it."""
    return [line for _kind, group in groupby(found, key=lambda one: one.kind) for line in _lines(list(group))]


def _lines(alike: list[Change]) -> Iterator[LineView]:
    kind = alike[0].kind
    if kind == ChangeKind.CONTACT:
        yield from _contact_lines(alike)
    elif len(alike) <= (FEW if kind in _SITES else SOME):
        yield from (LineView(_pieces(change), _runs(change)) for change in alike)
    else:
        sites = [site for change in alike if isinstance(site := change.after or change.before, Site)]
        places = ((Piece(place(site)),) for site in sorted(sites, key=_by_country))
        each = places if kind in _MOVES else (_pieces(change) for change in alike)
        yield LineView((Piece(summed(alike)),), each=tuple(each))


def _contact_lines(alike: Sequence[Change]) -> Iterator[LineView]:
    """A site often changes several contacts at once; who they are is not told, so it is one line."""
    yield from (LineView((Piece(said),)) for said in dict.fromkeys(sentence(one) for one in alike if not one.detail))
    sites = {one.detail: one for one in alike if one.detail}
    if len(sites) <= FEW:
        yield from (LineView((Piece(said),)) for said in map(sentence, sites.values()))
    else:
        said = ngettext(
            "The contact at %(count)d site changed.", "The contacts at %(count)d sites changed.", len(sites)
        )
        names = sorted(sites, key=name_key)
        yield LineView((Piece(said % {"count": len(sites)}),), each=tuple((Piece(name),) for name in names))


def _by_country(site: Site) -> tuple[str, str]:
    return name_key(country_name(site.country_code, site.country_text)), name_key(place(site))


def _pieces(change: Change) -> tuple[Piece, ...]:
    """The sentence, with what it quotes from the registry told apart."""
    quoted = {_quoted(value) for value in (change.before, change.after)} - {""}
    found = [Piece(sentence(change))]
    for words in sorted(quoted, key=len, reverse=True):
        found = [part for piece in found for part in _split(piece, words)]
    return tuple(found)


def _quoted(value: Value) -> str:
    return "" if isinstance(value, Site | Contact) else name_of(value).rstrip(".")


def _split(piece: Piece, words: str) -> Iterator[Piece]:
    found = None if piece.english else re.search(rf"(?<!\w){re.escape(words)}(?!\w)", piece.text)
    if not found:
        yield piece
        return
    if found.start():
        yield Piece(piece.text[: found.start()])
    yield Piece(words, english=True)
    if rest := piece.text[found.end() :]:
        yield from _split(Piece(rest), words)


def _runs(change: Change) -> tuple[RunView, ...]:
    worded = change.kind in _TEXTS or change.detail in _TEXTS_OF_PARTS
    if change.kind == ChangeKind.CONTACT or not worded or not change.texts:
        return ()
    before, after = (clean_text(text) for text in change.texts)
    found = word_diff(before, after)
    return tuple(
        view for place, run in enumerate(found) for view in _views(run, first=place == 0, last=place == len(found) - 1)
    )


def _views(run: Run, *, first: bool, last: bool) -> Iterator[RunView]:
    """The words next to a change; of a long stretch that stayed, the middle is left out."""
    if run.edit != Edit.SAME or len(run.text) <= LONGEST_SAME:
        yield RunView(run.edit.lower(), run.text)
        return
    if not first:
        yield RunView("same", run.text[:SHOWN_SAME].rpartition(" ")[0])
    yield RunView("gap")
    if not last:
        yield RunView("same", run.text[-SHOWN_SAME:].partition(" ")[2])
