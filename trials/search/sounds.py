"""How words sound: the name that somebody wrote by ear, in English or Spanish ("safnelo", "shogren")."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from trials import conditions, drugs
from trials.conditions.lexicon import names
from trials.drugs.data import ROWS
from trials.search.kinds import is_read
from trials.search.tokens import keys_of

_MOST_WORDS = 4
_SHORTEST, _SHORTEST_BRAND = 5, 6  # letters
_SHORTEST_SOUND = 4  # letters of the sound of a single word; shorter ones are those of many words
# In this order: consonants, then the vowels as they are heard, then all vowels as one.
_CONSONANTS = (
    (r"[^a-z]", ""),
    (r"^(?:kn|gn|pn)", "n"), (r"^ps|^x", "s"),
    (r"sch(?=[lr])", "sk"), (r"sch|sh|sj", "s"), (r"ph", "f"), (r"(?<=[^s])ch|^ch|ck", "k"),
    (r"sc(?=[eiy])|c(?=[eiy])|z", "s"), (r"gu(?=[ei])", "g"), (r"qu(?=[ei])|q|c", "k"),
    (r"x", "ks"), (r"dg|j", "g"), (r"[vw]", "b"), (r"h", ""), (r"^es(?=[kptlmnfrbdg])", "s"), (r"n(?=[bpf])", "m"),
    (r"([^aeiouy])\1+", r"\1"), (r"(?<=[^aeiouys])s$", ""),
)  # fmt: skip
_VOWELS = ((r"y", "i"), (r"ee|ea|ie|ii", "i"), (r"oo|ou", "u"), (r"ai|ei|ae|oe", "e"), (r"au", "o"), (r"(?<=..)e$", ""))
_BLIND = ((r"(?<=.)[aeiou]+$", ""), (r"(?<=.)[aeiou]+", "a"))


def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), to) for pattern, to in rules)


_HEARD, _MUFFLED = _compiled(_CONSONANTS + _VOWELS), _compiled(_BLIND)


@lru_cache(maxsize=1 << 12)
def clear_sound(word: str) -> str:
    """The sound of a folded word, its vowels told apart."""
    for pattern, to in _HEARD:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=1 << 12)
def sound(word: str) -> str:
    """The sound of a folded word: an unstressed vowel is written as any other, and one at the end is often left out."""
    word = clear_sound(word)
    for pattern, to in _MUFFLED:
        word = pattern.sub(to, word)
    return word


def _of_conditions() -> Iterator[tuple[tuple[str, ...], str]]:
    for condition in conditions.conditions():
        wrong = {*condition.misspellings, *condition.mistranslations}
        for term in names(condition):
            if term not in wrong:
                yield keys_of(term), condition.slug


def _of_drugs() -> Iterator[tuple[tuple[str, ...], str]]:
    for row, drug in zip(ROWS, drugs.drugs(), strict=True):
        if is_read(drug) and not drug.generic:
            for term in (drug.name, *row.get("spellings", ())):
                yield keys_of(term), drug.name


def _usable(keys: tuple[str, ...]) -> bool:
    if not 1 <= len(keys) <= _MOST_WORDS or not all(key.isascii() and key.isalpha() for key in keys):
        return False
    return len(keys) > 1 or (len(keys[0]) >= _SHORTEST and len(sound(keys[0])) >= _SHORTEST_SOUND)


@cache
def _heard() -> dict[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Names by the sounds of their words: what they mean, and the first writing of each."""
    found: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for keys, means in (*_of_conditions(), *_of_drugs()):
        if _usable(keys):
            found[tuple(map(sound, keys))].setdefault(means, keys)
    return dict(found)


def heard(words: Iterable[str]) -> tuple[tuple[str, ...], bool] | None:
    """The words of the name that sounds as these do, and whether none that means something else does; or None."""
    words = tuple(words)
    if len(words) == 1 and len(words[0]) < _SHORTEST_BRAND:
        return None
    found = _heard().get(tuple(map(sound, words)))
    return (next(iter(found.values())), len(found) == 1) if found else None
