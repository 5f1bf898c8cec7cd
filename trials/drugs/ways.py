"""How something is given, as far as the name of an intervention says it."""

from itertools import pairwise

from trials.drugs.data import WORDS
from trials.drugs.folding import words_of

_WAYS: dict[str, str] = WORDS["routes"]


def routes_in(name: str) -> tuple[str, ...]:
    """The ways of giving that a name states: "Tocilizumab SC" → ("skin-injection",). They go before the usual ways.

    "Topical" is the skin unless the name speaks of the eye or the nose.
    """
    keys = words_of(name[:500]).keys
    pairs = pairwise(keys)
    joined = [
        left + right for left, right in pairs if (left, right) in (("i", "v"), ("s", "c"), ("intra", "articular"))
    ]
    found = dict.fromkeys(_WAYS[word] for word in (*keys, *joined) if word in _WAYS)
    if {"eye", "nose"} & found.keys():
        found.pop("skin", None)
    return tuple(found)
