"""Words said twice, and full stops inside a sentence."""

import re
from collections.abc import Iterator

from trials.criteria.repair.data import DATA
from trials.criteria.repair.fix import Fix, certain, proposed
from trials.criteria.repair.tokens import words_of

# Words that no sentence says twice running. Others may ("had had", "that that", a name, "Score score ≥ 1").
_SMALL = "|".join(DATA["never_twice"])
_SMALL_TWICE = re.compile(rf"(?<![\w-])({_SMALL})(?: \1)++(?![\w-])", re.IGNORECASE)
_TWICE = re.compile(r"(?<![\w-])([A-Za-z]{3,30}) \1(?![\w-])")
_BOTH_SIDES = re.compile(r"(?<![\w/-])([A-Za-z]{5,30})/\1(?![\w/-])")
_STOP = re.compile(r"(?<![\w.-])(?P<before>[A-Za-z][a-z-]{2,30})\. (?=(?P<after>[a-z][a-z-]{2,30})\b)")
_SHORTENED = frozenset(DATA["shortened"])
_MEANT_TWICE = frozenset(DATA["meant_twice"])


def doubled_words(text: str) -> Iterator[Fix]:
    """`the the`."""
    if words_of(text).repeats:
        for match in _SMALL_TWICE.finditer(text):
            yield certain("word_doubled", match, match[1])


def words_said_twice(text: str) -> Iterator[Fix]:
    """`cancer cancer` and `convulsions/convulsions`: one is too many, or another word was meant."""
    if words_of(text).repeats:
        for match in _TWICE.finditer(text):
            if match[1].casefold() not in _MEANT_TWICE:
                yield proposed("word_doubled", match, match[1])
    if "/" in text:
        for match in _BOTH_SIDES.finditer(text):
            yield proposed("word_doubled", match, match[1])


def stray_stops(text: str) -> Iterator[Fix]:
    """`single-arm. open-label`: a stop before a small letter. A comma is the most likely meaning."""
    if ". " not in text:
        return
    for match in _STOP.finditer(text):
        if match["before"].casefold() not in _SHORTENED:
            yield Fix("stop_stray", match.end("before"), match.end(), ", ", False)
