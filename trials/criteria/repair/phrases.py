"""Word-for-word translations that name something else: `Dry syndrome` is Sjögren's syndrome. Always proposals."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trials.criteria.repair.data import DATA
from trials.criteria.repair.fix import Fix, proposed
from trials.criteria.repair.tokens import words_of


@dataclass(frozen=True, slots=True)
class _Phrase:
    """`near`: beginnings of words of which one must stand around it (None: always); `never`: those that forbid it."""

    reason: str
    shown: str
    near: re.Pattern[str] | None
    never: re.Pattern[str] | None
    exact: frozenset[str]

    def fits(self, written: str, text: str, start: int) -> bool:
        if self.exact and written not in self.exact:
            return False
        around = text[max(0, start - _AROUND) : start + _AROUND]
        if self.near and not self.near.search(around):
            return False
        return not (self.never and self.never.search(around))


_AROUND = 300  # characters on either side in which the company of a phrase is looked for


def _beginnings(words: list[str]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in words)})", re.IGNORECASE) if words else None


def _phrases() -> dict[str, list[_Phrase]]:
    out: dict[str, list[_Phrase]] = {}
    for row in DATA["phrase"]:
        phrase = _Phrase(
            row.get("reason", "mistranslated"),
            row["shown"],
            _beginnings(row.get("near", [])),
            _beginnings(row.get("never", [])),
            frozenset(row["written"]) if row.get("exact") else frozenset(),
        )
        for written in row["written"]:
            out.setdefault(written.casefold(), []).append(phrase)
    return out


def _by_longest_word(phrases: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """For the longest word of each phrase, the pattern of all phrases with it: so only few are ever tried on a text."""
    groups: dict[str, list[str]] = {}
    for words in phrases:
        groups.setdefault(max(_WORD.findall(words), key=len), []).append(words)
    return {
        word: re.compile(
            rf"(?<![\w-])(?:{'|'.join(re.escape(words) for words in sorted(group, key=len, reverse=True))})(?![\w-])",
            re.IGNORECASE,
        )
        for word, group in groups.items()
    }


_WORD = re.compile(r"[^\W\d_]{3,}")
_PHRASES = _phrases()
_PATTERNS = _by_longest_word(_PHRASES)
_WORDS = frozenset(_PATTERNS)


def wrong_phrases(text: str) -> Iterator[Fix]:
    """Phrases of the data file in the company in which they are wrong."""
    here = _WORDS & words_of(text).unique
    found = [fix for word in here for match in _PATTERNS[word].finditer(text) for fix in _proposals(match)]
    found.sort(key=lambda fix: (fix.start, -fix.end))
    last = 0
    for fix in found:
        if fix.start >= last:
            yield fix
            last = fix.end


def _proposals(match: re.Match[str]) -> Iterator[Fix]:
    written = match[0]
    for phrase in _PHRASES[written.casefold()]:
        if phrase.fits(written, match.string, match.start()):
            begins_sentence = written[0].isupper() and not written.isupper()
            shown = phrase.shown[0].upper() + phrase.shown[1:] if begins_sentence else phrase.shown
            yield proposed(phrase.reason, match, shown)
            return
