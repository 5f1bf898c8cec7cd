"""The places, countries and sponsors that a draft names, as far as somebody knows them by name."""

from collections.abc import Iterator

from trials.search.draft import Claim, Draft
from trials.search.model import Kind, Names
from trials.search.phrases import (
    AFTER,
    DOUBTFUL_COUNTRIES,
    ORDINARY,
    RADIUS_WORDS,
    STRONG,
    WEAK,
    country_table,
    longest_at,
)

LONGEST_NAME = 5  # words
LONGEST_SIGNS = 8  # signs of Chinese
_MOST_ASKED = 12  # phrases of what is left that may be a sponsor
_LONGEST_END = 2  # words after a name that may belong to it: "Mayo Clinic"
ARTICLES = frozenset({"the", "la", "el", "los", "las"})
_SHORTEST = 3  # letters of a name that stands by itself


class Remembered:
    """Names, each asked once."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.places: dict[str, str | None] = {}
        self.sponsors: dict[str, str | None] = {}
        self.towns: dict[str, str | None] = {}

    def place(self, text: str) -> str | None:
        if text not in self.places:
            self.places[text] = self.names.place(text)
        return self.places[text]

    def town(self, text: str) -> str | None:
        if text not in self.towns:
            self.towns[text] = self.names.town(text)
        return self.towns[text]

    def sponsor(self, text: str) -> str | None:
        if text not in self.sponsors:
            self.sponsors[text] = self.names.sponsor(text)
        return self.sponsors[text]


def claim_places(draft: Draft, names: Names) -> None:
    """Places and countries after a word such as "near", and before one such as "附近"."""
    for at in range(len(draft.tokens)):
        if not draft.is_free(at, at + 1):
            continue
        if draft.preceded_by(at, STRONG) or after_distance(draft, at):
            _claim_at(draft, at, names, strong=True)
        elif draft.preceded_by(at, WEAK):
            _claim_at(draft, at, names, strong=False)
        if draft.keys(at, at + 2) in AFTER or draft.keys(at, at + 1) in AFTER:
            _claim_before(draft, at, names)


def after_distance(draft: Draft, at: int) -> bool:
    """Whether a distance stands before a word: "50 miles from"."""
    length = draft.preceded_by(at, RADIUS_WORDS)
    return bool(length) and any(claim.kind is Kind.RADIUS and claim.end == at - length for claim in draft.claims)


def _stop(draft: Draft, first: int) -> int:
    """How far a name that begins here can reach: over a comma, not over a stop or a word that is taken."""
    most = LONGEST_SIGNS if draft.tokens[first].is_sign else LONGEST_NAME
    end = first + 1
    while end < min(first + most, len(draft.tokens)) and draft.is_free(end, end + 1):
        if draft.divides(end) and draft.tokens[end].after.strip() not in (",", "，", "."):
            break
        end += 1
    return end


def _claim_at(draft: Draft, at: int, names: Names, *, strong: bool) -> None:
    first = at + 1 if draft.tokens[at].key in ARTICLES else at
    if first >= len(draft.tokens) or not draft.is_free(first, first + 1):
        return
    stop = _stop(draft, first)
    country = longest_at(draft.tokens, first, stop, country_table())
    for end in range(stop, first, -1):
        if country and end <= country[0]:
            break
        if _may_be_name(draft, first, end, strong=strong) and (token := names.place(draft.words(first, end))):
            draft.claim(Claim(Kind.PLACE, first, end, (token,)))
            return
    if country and country[1].kind and (draft.keys(first, country[0]) != ("us",) or is_us(draft, first)):
        sure = draft.keys(first, country[0]) != ("georgia",)
        draft.claim(Claim(Kind.COUNTRY, first, country[0], country[1].values, sure))


def _may_be_name(draft: Draft, first: int, end: int, *, strong: bool) -> bool:
    """Whether words may be a name: they end in no joining word, and after a weak word are no ordinary word."""
    last = draft.tokens[end - 1]
    if draft.joining[end - 1] and (not last.is_sign or end - first == 1):
        return False
    if draft.joining[first] and end - first == 1:
        return False
    plain = end - first == 1 and last.key in ORDINARY and not last.raw[:1].isupper()
    return strong or not plain


def _claim_before(draft: Draft, at: int, names: Names) -> None:
    """ "北京附近", "the Leeds area"."""
    for first in range(max(at - LONGEST_SIGNS, 0), at):
        if draft.is_free(first, at) and not any(map(draft.divides, range(first + 1, at))):
            country = longest_at(draft.tokens, first, at, country_table())
            token = names.place(draft.words(first, at)) if not draft.joining[first] else None
            if token:
                draft.claim(Claim(Kind.PLACE, first, at, (token,)))
                return
            if country and country[0] == at and country[1].kind:
                draft.claim(Claim(Kind.COUNTRY, first, at, country[1].values))
                return


def is_us(draft: Draft, at: int) -> bool:
    """The country, not the word: "US", "U.S.", "the us"."""
    raw = draft.tokens[at].raw
    return raw != raw.lower() or (at > 0 and draft.tokens[at - 1].key == "the")


def claim_countries(draft: Draft) -> None:
    """Names of countries that stand alone, without those that may well mean something else."""
    at = 0
    while at < len(draft.tokens):
        found = longest_at(draft.tokens, at, len(draft.tokens), country_table())
        if found is None:
            at += 1
            continue
        end, phrase = found
        keys = draft.keys(at, end)
        doubtful = keys in DOUBTFUL_COUNTRIES and not (keys == ("us",) and is_us(draft, at))
        if phrase.kind and not doubtful and draft.is_free(at, end):
            draft.claim(Claim(Kind.COUNTRY, at, end, phrase.values))
        at = end


def claim_sponsors(draft: Draft, names: Names) -> None:
    """Sponsors in what is left, the longest name first."""
    for run in list(draft.runs(joined=True)):
        stop = run.stop
        while draft.is_free(stop, stop + 1) and not draft.divides(stop) and stop < run.stop + _LONGEST_END:
            stop += 1
        for first, end in _phrases(range(run.start, stop)):
            if draft.is_free(first, end) and not draft.joining[first]:
                words = draft.words(first, end)
                ordinary = ORDINARY.issuperset(draft.keys(first, end))
                if len(words) >= _SHORTEST and not ordinary and (name := names.sponsor(words)):
                    draft.claim(Claim(Kind.SPONSOR, first, end, (name,)))


def _phrases(run: range) -> Iterator[tuple[int, int]]:
    every = (
        (first, first + length)
        for length in range(min(len(run), LONGEST_NAME + 1), 0, -1)
        for first in range(run.start, run.stop - length + 1)
    )
    for count, phrase in enumerate(every):
        if count == _MOST_ASKED:
            return
        yield phrase
