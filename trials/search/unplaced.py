"""Words that must name a place, and that nobody knows as one: "near Leds"."""

from trials.search.draft import Claim, Draft
from trials.search.model import Kind
from trials.search.phrases import ORDINARY, STRONG, word_set
from trials.search.slips import is_known
from trials.search.where import ARTICLES, after_distance

# What also stands before parts of the body and before things: a name behind these begins with a capital.
_LOOSE = word_set(["around", "outside", "outside of", "next to", "nearest", "nearby", "alrededor de"])
_LONGEST, _LONGEST_SIGNS = 3, 6  # words of a name
_ZIP_LENGTH = 5


def claim_unknown_places(draft: Draft) -> None:
    """Claim what stands behind "near", and before "附近", and is no place that we know."""
    for at in range(len(draft.tokens)):
        first = at + 1 if draft.tokens[at].key in ARTICLES else at
        strong = draft.preceded_by(at, STRONG)
        if (strong or after_distance(draft, at)) and draft.is_free(first, first + 1):
            loose = draft.keys(at - strong, at) in _LOOSE
            _claim(draft, range(first, _end(draft, first)), capital=loose)
        elif draft.keys(at, at + 2) == ("附", "近") and at:
            _claim(draft, range(_start(draft, at), at), capital=False)


def _is_part(draft: Draft, at: int) -> bool:
    return draft.is_free(at, at + 1) and not draft.joining[at]


def _end(draft: Draft, first: int) -> int:
    most = _LONGEST_SIGNS if draft.tokens[first].is_sign else _LONGEST
    end = first
    while end < min(first + most, len(draft.tokens)) and _is_part(draft, end):
        if end > first and draft.divides(end):
            break
        end += 1
    return end


def _start(draft: Draft, end: int) -> int:
    first = end
    while first and end - first < _LONGEST_SIGNS and _is_part(draft, first - 1) and not draft.divides(first):
        first -= 1
    return first


def _claim(draft: Draft, words: range, *, capital: bool) -> None:
    tokens = draft.tokens[words.start : words.stop]
    if not tokens or (tokens[0].is_sign and len(tokens) == 1):
        return
    if tokens[0].key.isdigit() and len(tokens[0].key) != _ZIP_LENGTH:
        return
    named = tokens[0].raw[:1].isupper() or tokens[0].is_sign
    if named or not (capital or any(token.key in ORDINARY or is_known(token.key) for token in tokens)):
        draft.claim(Claim(Kind.UNKNOWN_PLACE, words.start, words.stop, (draft.words(words.start, words.stop),)))
