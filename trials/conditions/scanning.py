"""Every place in a text where the words of a condition stand, before the company of abbreviations is weighed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from trials.conditions.folding import Words, words_of
from trials.conditions.lexicon import Entry, Kind, Lexicon, lexicon, word_list

_NEGATIONS = word_list("negations")
_FILLERS = word_list("fillers") | word_list("links")
_NAMES = (Kind.NAME, Kind.MASK)
_SHORT = 4  # letters; up to here an abbreviation must stand as one word
_ASIDE_WORDS = 3  # of a remark in brackets that may be passed over, as in "antibody (ANCA)-associated"
_ASIDE_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of the lexicon found in a text: its words (`first` to `last` word of the text) and their place."""

    entry: Entry
    first: int
    last: int
    start: int
    end: int
    inverted: bool  # holds a comma: "Scleroderma, Diffuse"
    exact: bool  # written as the abbreviation is written


@dataclass(frozen=True, slots=True)
class Scan:
    """A text read once: its words, and the matches in reading order, none inside another."""

    words: Words
    matches: tuple[Match, ...]

    @property
    def is_sure(self) -> bool:
        """Whether no abbreviation needs company."""
        return all(match.entry.kind is not Kind.AMBIGUOUS for match in self.matches)


def _without_asides(words: Words) -> tuple[list[int], list[str]] | None:
    """Which words stand outside short remarks in brackets, and the gaps before them; None if there is no remark."""
    order: list[int] = []
    gaps: list[str] = []
    index = 0
    while index < len(words):
        gap = words.gaps[index]
        if gap == "(":
            after = range(index + 1, min(index + 1 + _ASIDE_WORDS, len(words)))
            close = next((at for at in after if ")" in words.gaps[at]), None)
            if close is not None and words.ends[close - 1] - words.starts[index] <= _ASIDE_LETTERS:
                index, gap = close, words.gaps[close].replace(")", "", 1)
        order.append(index)
        gaps.append(gap)
        index += 1
    return (order, gaps) if len(order) < len(words) else None


def _matches(words: Words, order: list[int], gaps: list[str], text: str, lex: Lexicon) -> Iterator[Match]:
    """All entries that begin at any word; `order` and `gaps` say which words follow each other, and how."""
    keys, entries, beginnings = words.keys, lex.entries, lex.beginnings
    for at, first in enumerate(order):
        joined = keys[first]
        upto = at
        while joined in beginnings:
            if joined in entries:
                last = order[upto]
                start, end = words.starts[first], words.ends[last]
                written = text[start:end].replace(".", "")
                for entry in entries[joined]:
                    if upto == at or not entry.forms or len(joined) > _SHORT:
                        yield Match(entry, first, last, start, end, "," in joined, written in entry.forms)
            upto += 1
            if upto == len(order):
                break
            joined += gaps[upto] + keys[order[upto]]


def _admissible(match: Match, count: int, *, typed: bool) -> bool:
    """Whether the writing alone lets the match count, company aside."""
    kind, rule = match.entry.kind, match.entry.rule
    is_whole = match.first == 0 and match.last == count - 1
    if kind is Kind.WHOLE:
        return is_whole
    if kind is Kind.TYPED:
        return typed
    if kind is Kind.CASED:
        return match.exact or typed
    if rule is None:
        return True
    if rule.whole and not is_whole:
        return False
    return match.exact or rule.any_case or (typed and (is_whole or not rule.word))


def _gives_way(match: Match, ends: dict[int, list[int]], words: Words) -> bool:
    """ "Lupus erythematosus, systemic sclerosis": a comma that divides two names is no part of either.

    `ends` are the last words of all matches, by their first word.
    """
    if not match.inverted:
        return False
    if any(end > match.last for first in range(match.first + 1, match.last + 1) for end in ends.get(first, ())):
        return True
    after = match.last + 1
    runs_on = after < len(words) and words.gaps[after] == "" and words.keys[after] not in _FILLERS
    return runs_on and min(ends[match.first]) < match.last


def _longest(found: list[Match], words: Words) -> Iterator[Match]:
    """Of matches in the same words the longest."""
    ends: dict[int, list[int]] = defaultdict(list)
    for match in found:
        ends[match.first].append(match.last)
    reach = -1
    for match in sorted(found, key=lambda match: (match.first, -match.last)):
        if match.last > reach and not _gives_way(match, ends, words):
            reach = match.last
            yield match


def _denied(match: Match, words: Words, denied_before: Match | None) -> bool:
    """Whether the words before take the condition back: "non-lupus", "without RA", "without SLE or RA"."""
    first = match.first
    if first == 0 or "|" in words.gaps[first]:
        return False
    before = words.keys[max(0, first - 3) : first]
    if before[-2:] in (["other", "than"], ["rather", "than"], ["free", "of"], ["absence", "of"], ["unrelated", "to"]):
        return True
    if before in (["no", "history", "of"], ["without", "history", "of"]):
        return True
    if before[-1] in _NEGATIONS:
        return before[-2:] not in (["or", "without"], ["and", "without"])  # "with or without lupus"
    between = first - denied_before.last - 1 if denied_before else None
    return between == 0 or (between == 1 and before[-1] in ("or", "and", "nor"))


def _asserted(found: Iterator[Match], words: Words) -> Iterator[Match]:
    denied: Match | None = None
    for match in found:
        if match.entry.kind is not Kind.MASK:
            if _denied(match, words, denied):
                denied = match
            else:
                denied = None
                yield match


def _scan(text: str, typed: bool) -> Scan:
    words, lex = words_of(text), lexicon()
    count = len(words)
    every = _matches(words, list(range(count)), words.gaps, text, lex)
    found = [match for match in every if _admissible(match, count, typed=typed)]
    asides = _without_asides(words) if "(" in text else None
    if asides:
        found += [m for m in _matches(words, *asides, text, lex) if m.last > m.first and m.entry.kind in _NAMES]
    return Scan(words, tuple(_asserted(_longest(found, words), words)) if found else ())


# Registry terms come again and again; long texts do not, and would fill the memory.
_LONGEST_KEPT = 200
_scan_kept = lru_cache(maxsize=1 << 12)(_scan)


def scan(text: str, *, typed: bool = False) -> Scan:
    """All words of a text and the conditions that stand in them, longest only, denied ones left out.

    `typed` means that a person wrote the text into our search box: abbreviations then count in small letters too.
    """
    return _scan_kept(text, typed) if len(text) <= _LONGEST_KEPT else _scan(text, typed)
