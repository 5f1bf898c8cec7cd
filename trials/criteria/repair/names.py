"""Misspelt names of drugs and diseases, found by their nearness to the right ones. Always proposals."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from trials.criteria.repair.data import DATA
from trials.criteria.repair.fix import Fix, proposed
from trials.criteria.repair.tokens import words_of

TREATMENTS = Path(__file__).parents[1] / "data" / "treatments.toml"
_WORD = re.compile(r"(?<![\w-])[A-Za-z][a-z]{5,23}(?![\w])")
_SHORT, _LONG = 6, 24  # letters of a word that is looked at
_SHORTEST_NAME = 8
_FAR = 9  # letters from which two mistakes are allowed; shorter words lie too close together
_STEMS = ("mab", "nib", "cept", "imod")  # endings that hundreds of drugs share: two letters make another drug
_REMEMBERED = 1 << 15


def _shorter(word: str) -> set[str]:
    """The word with one letter left out, each in turn."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, replace or swap with their neighbour; anything above `most` counts as `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, goal in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != goal))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == goal:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


class Names:
    """Right names, known wrong ones, and words that are near a name and right all the same."""

    def __init__(self, names: Iterable[str], wrong: Mapping[str, str] | None = None, right: Iterable[str] = ()) -> None:
        self._names = {name.casefold(): name for name in names if name.isalpha()}
        self._wrong = {word.casefold(): name for word, name in (wrong or {}).items() if word.isalpha()}
        self._right = frozenset(word.casefold() for word in right)
        self._near: dict[str, list[str]] = {}
        for name in self._names:
            once = _shorter(name)
            for key in {name, *once, *(twice for one in once for twice in _shorter(one))}:
                self._near.setdefault(key, []).append(name)
        self.meant = lru_cache(maxsize=_REMEMBERED)(self._meant)

    def _meant(self, word: str) -> str | None:
        """The name that was meant by `word` (in small letters), or None where it is right or like no name.

        Of two mistakes in a long word, one at least must be a letter too few or too many, or a swap.
        """
        if not _SHORT <= len(word) <= _LONG or word in self._names or word in self._right:
            return None
        if word in self._wrong:
            return self._wrong[word]
        most = 2 if len(word) >= _FAR and not word.endswith(_STEMS) else 1
        near = {name for key in (word, *_shorter(word)) for name in self._near.get(key, ())}
        by_distance = sorted((distance(word, name, most), name) for name in near)
        if not by_distance or by_distance[0][0] > most or self._is_form(word, by_distance[0][1]):
            return None
        if len(by_distance) > 1 and by_distance[1][0] == by_distance[0][0]:
            return None  # as near to another: no guess
        return self._names[by_distance[0][1]]

    @staticmethod
    def _is_form(word: str, name: str) -> bool:
        """Forms of a name are no mistakes: "corticosteroids", "malignant", "lactating"."""
        stem = next((at for at, pair in enumerate(zip(word, name, strict=False)) if pair[0] != pair[1]), None)
        stem = min(len(word), len(name)) if stem is None else stem
        return word[stem:] in _ENDINGS and name[stem:] in _ENDINGS


_ENDINGS = frozenset(DATA["endings"])


def _is_name(word: str) -> bool:
    """Brand names ("Prograf") and short names lie too near to plain words ("program")."""
    return len(word) >= _SHORTEST_NAME and word.isalpha() and word.islower()


@lru_cache(maxsize=1)
def known_names() -> Names:
    """The names of the data files: drugs of the treatment vocabulary, and the diseases and findings of our own list."""
    names: set[str] = {word for group in DATA["names"].values() for word in group}
    right: set[str] = set(DATA["right_words"])
    wrong: dict[str, str] = {}
    for drug in tomllib.loads(TREATMENTS.read_text(encoding="utf-8"))["drug"]:
        for written in (drug["name"], *drug.get("words", [])):
            right.update(written.split())
            if _is_name(written):
                names.add(written)
        if "," not in drug["name"] and not drug["name"].startswith("other "):  # these are groups of drugs
            wrong.update((word, drug["name"]) for word in drug.get("misspellings", []))
    for row in DATA["name"]:
        wrong.update((word, row["shown"]) for word in row["written"])
    return Names(names, wrong, right - names)


def misspelt_names(text: str, names: Names) -> Iterator[Fix]:
    """Words that are nearly the name of a drug or disease."""
    if not any(map(names.meant, words_of(text).unique)):
        return
    for match in _WORD.finditer(text):
        if meant := names.meant(match[0].lower()):
            yield proposed("name_misspelt", match, meant.capitalize() if match[0][0].isupper() else meant)
