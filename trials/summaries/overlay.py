"""Stored sentences laid over those of today's rules: each stands only where its sources say what they said."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar


class HasSources(Protocol):
    @property
    def section(self) -> str: ...
    @property
    def sources(self) -> Sequence[str]: ...


T = TypeVar("T", bound=HasSources)
S = TypeVar("S", bound=HasSources)


class Key(NamedTuple):
    """What all sentences on the same sources in the same section are known by.

    `ordinal` tells apart places of one record that say the same: 0 for the first of them.
    """

    section: str
    source_hash: str
    ordinal: int


def keyed(sentences: Iterable[T], hash_of: Callable[[T], str]) -> dict[Key, list[T]]:
    """The sentences by what they stand for, in reading order."""
    together: dict[tuple[str, tuple[str, ...]], list[T]] = {}
    for sentence in sentences:
        together.setdefault((sentence.section, tuple(sentence.sources)), []).append(sentence)
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for (section, _), group in together.items():
        alike = (str(section), hash_of(group[0]))
        found[Key(*alike, seen[alike])] = group
        seen[alike] += 1
    return found


def overlaid(fresh: Mapping[Key, Sequence[T]], stored: Mapping[Key, Sequence[S]]) -> dict[int, list[S]]:
    """For each fresh sentence with a stored one in its place (by `id`) what stands there instead.

    All sentences on the same sources are replaced together, for they share out what the sources say. Where their
    number differs, the last place takes what is left over, or the places left over stay empty.
    """
    instead: dict[int, list[S]] = {}
    for key, group in fresh.items():
        if key not in stored:
            continue
        kept, last = list(stored[key]), len(group) - 1
        for place, sentence in enumerate(group):
            instead[id(sentence)] = kept[place:] if place == last else kept[place : place + 1]
    return instead
