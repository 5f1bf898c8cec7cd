"""What the words of a draft that name nothing may have been meant to be: by ear, by letters, by signs."""

from collections.abc import Iterator
from functools import cache

from trials.drugs.catalogue import drugs
from trials.drugs.stems import by_stem
from trials.search.draft import Draft
from trials.search.model import Kind
from trials.search.signs import sign_slips
from trials.search.slips import Slip, distance, is_known, slip_of
from trials.search.sounds import clear_sound, heard

_MOST_SLIPS = 6  # words of a text that are looked at for slips
_LONGEST_NAME = 4  # words of a name that is known by its sound
_FAR = 3  # letters at most between a word and one that sounds like it
_LONG = 8  # letters from which two wrong vowels leave no doubt


def slips_in(draft: Draft) -> dict[int, Slip]:
    """The words that were meant, by the place of the word that stands there."""
    found: dict[int, Slip] = dict(sign_slips(draft))
    unlisted = {
        claim.first for claim in draft.claims if claim.kind is Kind.DRUG and claim.values[0] not in _drug_names()
    }
    looked = 0
    for at, token in enumerate(draft.tokens):
        free = not draft.taken[at] or at in unlisted
        if token.is_sign or at in found or not free or _beside_digits(draft, at) or looked >= _MOST_SLIPS:
            continue
        strange = not is_known(token.key)
        looked += strange
        found.update(_name_heard(draft, at) if strange else ())
        if at not in found and (slip := _word_meant(token.raw, token.key)):
            found[at] = slip
    return found


def _beside_digits(draft: Draft, at: int) -> bool:
    """Whether a number is part of the word, as in a code."""
    return any(
        0 <= near < len(draft.tokens)
        and draft.tokens[near].key.isdigit()
        and not draft.tokens[max(at, near)].after.strip("-")
        and not draft.tokens[max(at, near)].after.startswith(" ")
        for near in (at - 1, at + 1)
    )


@cache
def _drug_names() -> frozenset[str]:
    return frozenset(drug.name for drug in drugs())


def _name_heard(draft: Draft, at: int) -> Iterator[tuple[int, Slip]]:
    """The words of the longest name of several words that sounds as the words around do."""
    for length in range(_LONGEST_NAME, 1, -1):
        for first in range(max(at - length + 1, 0), min(at, len(draft.tokens) - length) + 1):
            words = range(first, first + length)
            if any(map(draft.divides, words[1:])) or any(at in words for run in draft.quoted for at in run):
                continue
            name = heard(draft.keys(first, words.stop))
            if name:
                yield from ((one, Slip(word, name[1])) for one, word in zip(words, name[0], strict=True))
                return


def _word_meant(raw: str, word: str) -> Slip | None:
    """The word that is close by letters; else the name that sounds so."""
    slip = slip_of(raw)
    if (slip and slip.sure) or is_known(word):
        return slip
    name = heard((word,))
    if name is None or not word.isascii() or not word.isalpha():
        return slip
    meant = name[0][0]
    far = distance(word, meant, _FAR)
    alike = clear_sound(word) == clear_sound(meant) and (far < _FAR or len(word) >= _LONG)
    muffled = len(word) >= _LONG and distance(clear_sound(word), clear_sound(meant), 1) == 1
    if far > _FAR or (far == _FAR and not alike and not muffled):
        return slip
    sure = alike or muffled or far == 1 or (far == 2 and len(word) >= _LONG)
    return Slip(meant, name[1] and sure and not (by_stem(word) and far > 1))
