"""Misspelled words: which word of a name of ours they are close to, and whether to only that one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from trials import conditions, drugs
from trials.conditions.folding import fold_word, words_of
from trials.conditions.lexicon import names
from trials.drugs.data import ROWS, WORDS
from trials.drugs.stems import by_stem
from trials.plain_language.tongue import LANGUAGES, tongue
from trials.search.kinds import is_read
from trials.search.phrases import JOINING, ORDINARY, country_table, table
from trials.search.tokens import fold, keys_of

_SHORTEST, _SHORTEST_DRUG = 5, 6  # letters of words that are looked after
_LONG = 8  # letters from which two slips are seen as such
_VERY_LONG = 11  # letters from which three are, as a question
_FEW = 4  # letters by which a misspelling in the list may differ from its name
_SHORTEST_BRAND, _SURE_OF_BRAND = 7, 8  # letters of a misspelled brand
_SURE_OF_TWO = 9  # letters from which two slips leave no doubt


@dataclass(frozen=True, slots=True)
class Slip:
    """`word` is what was meant; `sure` where it is close to this word alone."""

    word: str
    sure: bool


def _of_conditions() -> Iterator[str]:
    for condition in conditions.conditions():
        for term in names(condition):
            if term not in condition.misspellings and term not in condition.mistranslations:
                yield from (word for word in words_of(term).keys if len(word) >= _SHORTEST)


def _of_drugs() -> Iterator[tuple[str, bool]]:
    """Words of the names of substances and products, and whether they are the name itself, not a brand or code."""
    for row, drug in zip(ROWS, drugs.drugs(), strict=True):
        if is_read(drug) and not drug.generic:
            said = {drug.name, *(tongue(lang).say(drug.name) for lang in LANGUAGES)}
            spelled = (term for term in row.get("spellings", ()) if not is_misspelled(term, drug.name))
            for term in (*said, *spelled):
                yield from ((word, term in said) for word in keys_of(term) if len(word) >= _SHORTEST_DRUG)


@cache
def _brands() -> frozenset[str]:
    """Words that only a brand or a code has: many are a letter away from plain English."""
    named = {word for word, is_name in _of_drugs() if is_name} | set(_of_conditions())
    return frozenset(word for word, _ in _of_drugs()) - named


def is_misspelled(term: str, name: str) -> bool:
    """The list of drugs holds misspellings among its spellings: they look much like the name, and brands do not."""
    folded, right = term.casefold(), name.casefold()
    return term.isalpha() and abs(len(folded) - len(right)) <= _FEW and distance(folded, right, _FEW) <= _FEW


def _usable(words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if word.isascii() and word.isalpha() and word not in ORDINARY)


@cache
def _by_length() -> dict[int, list[tuple[str, int]]]:
    """All words that may be meant, with the letters they hold as bits, by length."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for word in sorted({*_usable(_of_conditions()), *_usable(word for word, _ in _of_drugs())}):
        found[len(word)].append((word, _letters(word)))
    return dict(found)


@cache
def _correct() -> frozenset[str]:
    """Words that are right as they stand."""
    joining = {key for keys in JOINING for key in keys}
    ours = {word for words in _by_length().values() for word, _ in words}
    phrases = {key for one in (table(), country_table()) for keys in one.phrases for key in keys}
    noise = {fold(word) for word in (*WORDS["noise"], *WORDS["context"], *WORDS["not_given"], *WORDS["joiners"])}
    return frozenset(joining | ours | phrases | noise | ORDINARY | {"disease", "syndrome"})


def _letters(word: str) -> int:
    """The letters of a word as bits, one that comes again as a bit of its own: a slip changes two bits at most."""
    bits = 0
    for sign in word:
        bit = 1 << (ord(sign) - 97)
        bits |= bit << 26 if bits & bit else bit
    return bits


def distance(left: str, right: str, most: int) -> int:
    """Letters added, left out, changed or swapped between two words; `most` + 1 where they are more."""
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for at, sign in enumerate(left, 1):
        row = [at]
        for to, other in enumerate(right, 1):
            cost = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (sign != other))
            if at > 1 and to > 1 and sign == right[to - 2] and left[at - 2] == other:
                cost = min(cost, before_last[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return min(last[-1], most + 1)


def _most(length: int) -> int:
    return 1 if length < _LONG else 2 if length < _VERY_LONG else 3


def _close(word: str) -> tuple[int, list[str]]:
    """The least distance at which words of ours are close to a word, and these words."""
    bits = _letters(word)
    for far in range(1, _most(len(word)) + 1):
        best = [
            other
            for length in range(len(word) - far, len(word) + far + 1)
            for other, others in _by_length().get(length, ())
            if (bits ^ others).bit_count() <= 2 * far
            and _begins_alike(word, other, far)
            and distance(word, other, far) <= far
        ]
        if best:
            return far, best
    return 0, []


def _begins_alike(word: str, other: str, far: int) -> bool:
    """With more than one slip the beginning must be right: one of two letters, or both."""
    if far == 1:
        return True
    return word[:2] == other[:2] if far > 2 else word[0] == other[0] or word[1] == other[1]


def slip_of(raw: str) -> Slip | None:
    """What a word of a search may have meant to be; None where it is right, too short or close to nothing."""
    word = fold(raw)
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha() or is_known(word):
        return None
    far, best = _close(word)
    best = [other for other in best if not _is_far_fetched(word, other, far)]
    if not best or len(word) - len(best[0]) > 2:
        return None
    brand = best[0] in _brands()
    close = (far == 1 and len(word) >= (_SURE_OF_BRAND if brand else 0)) or (
        far == 2 and len(word) >= _SURE_OF_TWO and not brand
    )
    return Slip(best[0], close and len(_meanings(best)) == 1 and not (by_stem(word) and far > 1))


def _is_far_fetched(word: str, other: str, far: int) -> bool:
    """A short word or another first letter speaks against a brand, and two slips do."""
    return other in _brands() and (len(word) < _SHORTEST_BRAND or word[0] != other[0] or far > 1)


def is_known(word: str) -> bool:
    """Whether a folded word is one of ours, or an ordinary one; a drug that only its ending tells is none."""
    return word in _correct() or fold_word(word) in _correct()


def _meanings(words: list[str]) -> set[frozenset[str]]:
    """What words mean by themselves: two languages' spellings of one name mean the same."""
    found = set()
    for word in words:
        slugs = {one.slug for one in conditions.resolve(word, typed=True)}
        named = {drug.name for drug in drugs.find_all(word)}
        found.add(frozenset(slugs | named or {word}))
    return found
