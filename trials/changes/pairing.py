"""Finds the same thing in two lists, whatever its place in them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias, TypeVar

Part = TypeVar("Part")
Key: TypeAlias = Callable[[Part], Hashable | None]


Pairing: TypeAlias = tuple[list[tuple[int, int]], list[int], list[int]]


def pair_up(
    old: Sequence[Part],
    new: Sequence[Part],
    *,
    exact: Sequence[Key[Part]],
    unique: Sequence[Key[Part]] = (),
    alike: Callable[[Part, Part], bool] = lambda one, other: True,
) -> Pairing:
    """Return the pairs (place in old, place in new), and the places in either list that found no partner.

    Keys are tried in turn on what is left. Equal `exact` keys pair in their order; equal `unique` keys pair only when
    no other thing in either list has that key and the two are `alike`, for they prove less. A key of None pairs with
    nothing.
    """
    pairs: list[tuple[int, int]] = []
    left, right = list(range(len(old))), list(range(len(new)))
    for step, key in enumerate((*exact, *unique)):
        if not left or not right:
            break
        found = _matches(_by_key(old, left, key), _by_key(new, right, key), alone=step >= len(exact))
        if step >= len(exact):
            found = [(i, j) for i, j in found if alike(old[i], new[j])]
        pairs += found
        gone, come = {i for i, _ in found}, {j for _, j in found}
        left, right = [i for i in left if i not in gone], [j for j in right if j not in come]
    return sorted(pairs, key=lambda pair: pair[1]), left, right


def _by_key(parts: Sequence[Part], places: list[int], key: Key[Part]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        if (value := key(parts[place])) is not None:
            found[value].append(place)
    return found


def _matches(old: dict[Hashable, list[int]], new: dict[Hashable, list[int]], *, alone: bool) -> list[tuple[int, int]]:
    return [
        pair
        for value, places in old.items()
        if value in new and not (alone and (len(places) > 1 or len(new[value]) > 1))
        for pair in zip(places, new[value], strict=False)
    ]
