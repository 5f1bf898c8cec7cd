"""A reading in the making: which words of a text are spoken for, and by what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trials.search.model import Kind
from trials.search.phrases import JOINING
from trials.search.tokens import Token, clean, quotes_in, tokens_of

_LONGEST_JOINING = max(len(keys) for keys in JOINING)
_ENDS = frozenset(",;.:!?()[]|\n，。；：、！？（）")


@dataclass(frozen=True, slots=True)
class Claim:
    """Words `first` to `end` (exclusive) ask for one of `values`; the rest as in `Part`."""

    kind: Kind
    first: int
    end: int
    values: tuple[str, ...]
    certain: bool = True
    corrected_to: str = ""
    taken: bool = False


class Draft:
    """The words of one text, and the claims on them. A word belongs to one claim at most."""

    def __init__(self, text: str) -> None:
        self.text = clean(text)
        self.tokens: list[Token] = tokens_of(self.text)
        self.claims: list[Claim] = []
        self.taken = [False] * len(self.tokens)
        self.quoted = [self.inside(start, end) for start, end in quotes_in(self.text)]
        for one in self.quoted:
            self._take(one)
        self.joining = self._joining()

    def _take(self, one: range) -> None:
        for at in one:
            self.taken[at] = True

    def _joining(self) -> list[bool]:
        """Of each word whether it only joins others."""
        found = [False] * len(self.tokens)
        at = 0
        while at < len(self.tokens):
            length = next((n for n in range(_LONGEST_JOINING, 0, -1) if self.keys(at, at + n) in JOINING), 0)
            found[at : at + length] = [True] * length
            at += length or 1
        return found[: len(self.tokens)]

    def keys(self, first: int, end: int) -> tuple[str, ...]:
        return tuple(token.key for token in self.tokens[max(first, 0) : end])

    def inside(self, start: int, end: int) -> range:
        """The words that lie in a place of the text, in part or whole."""
        inside = [at for at, token in enumerate(self.tokens) if token.start < end and token.end > start]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    def words(self, first: int, end: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[end - 1].end]

    def is_free(self, first: int, end: int) -> bool:
        return first < end <= len(self.tokens) and not any(self.taken[first:end])

    def claim(self, claim: Claim) -> bool:
        """Take the words for a claim, unless some are taken already."""
        if not self.is_free(claim.first, claim.end):
            return False
        self._take(range(claim.first, claim.end))
        self.claims.append(claim)
        return True

    def blanked(self) -> str:
        """The text with a break in place of the words that are taken."""
        signs = list(self.text)
        for token, taken in zip(self.tokens, self.taken, strict=True):
            if taken:
                signs[token.start : token.end] = "|" * (token.end - token.start)
        return "".join(signs)

    def divides(self, at: int) -> bool:
        """Whether a comma, a stop or the like stands right before a word."""
        return not _ENDS.isdisjoint(self.tokens[at].after)

    def preceded_by(self, at: int, phrases: frozenset[tuple[str, ...]], most: int = 4) -> int:
        """How many words right before a word are the longest of the phrases; 0 if none."""
        return next((n for n in range(min(most, at), 0, -1) if self.keys(at - n, at) in phrases), 0)

    def runs(self, *, joined: bool = False) -> Iterator[range]:
        """Neighbouring free words that carry meaning; with `joined` also over words that join them."""
        run: list[int] = []
        for at in range(len(self.tokens)):
            if run and (self.taken[at] or (self.divides(at) and not joined) or (self.joining[at] and not joined)):
                yield range(run[0], run[-1] + 1)
                run = []
            if not self.taken[at] and not self.joining[at]:
                run.append(at)
        if run:
            yield range(run[0], run[-1] + 1)

    def segments(self) -> Sequence[range]:
        """The words between commas, stops and the like."""
        starts = [0, *(at for at in range(1, len(self.tokens)) if self.divides(at)), len(self.tokens)]
        return [range(first, end) for first, end in pairwise(starts) if first < end]
