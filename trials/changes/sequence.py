"""Which items two long lists share, in order and in bounded time.

What both have just once holds the comparison together ("patience diff"); only the short stretches between are left to
`difflib`, whose work grows with the number of equal pairs.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

MAX_EQUAL_PAIRS = 400_000  # about a second; stretches with more are taken as wholly different
MAX_DEPTH = 12

Range = tuple[int, int, int, int]  # places in the old list, then in the new


def blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Range]]:
    """The stretches of both lists in order: those that are the same in both, and those that differ."""
    i = j = 0
    for start, other, size in _runs(sorted(_matches(old, new))):
        if i < start or j < other:
            yield False, (i, start, j, other)
        yield True, (start, start + size, other, other + size)
        i, j = start + size, other + size
    if i < len(old) or j < len(new):
        yield False, (i, len(old), j, len(new))


def _runs(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring pairs as (place in old, place in new, length)."""
    start = 0
    for end in range(1, len(pairs) + 1):
        if end == len(pairs) or pairs[end] != (pairs[end - 1][0] + 1, pairs[end - 1][1] + 1):
            yield *pairs[start], end - start
            start = end


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    left: list[tuple[Range, int]] = [((0, len(old), 0, len(new)), 0)]
    while left:
        (i1, i2, j1, j2), depth = left.pop()
        while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
            found.append((i1, j1))
            i1, j1 = i1 + 1, j1 + 1
        while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
            found.append((i2, j2))
        if i1 == i2 or j1 == j2:
            continue
        anchors = _anchors(old, new, (i1, i2, j1, j2)) if depth < MAX_DEPTH else []
        if not anchors:
            found += _by_difflib(old, new, (i1, i2, j1, j2))
            continue
        found += anchors
        edges = [(i1 - 1, j1 - 1), *anchors, (i2, j2)]
        left += [((a + 1, c, b + 1, d), depth + 1) for (a, b), (c, d) in pairwise(edges)]
    return found


def _anchors(old: Sequence[str], new: Sequence[str], within: Range) -> list[tuple[int, int]]:
    """The longest chain of items that stand once in each list and in the same order in both."""
    i1, i2, j1, j2 = within
    counts, others = Counter(old[i1:i2]), Counter(new[j1:j2])
    places = {new[j]: j for j in range(j1, j2) if others[new[j]] == 1}
    once = [(i, places[old[i]]) for i in range(i1, i2) if counts[old[i]] == 1 and old[i] in places]
    tails: list[int] = []  # for each length of chain, the smallest place in `new` that ends one
    ends: list[int] = []
    before: list[int | None] = []
    for at, (_, j) in enumerate(once):
        length = bisect_left(tails, j)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [j]
        ends[length : length + 1] = [at]
    chain = []
    step = ends[-1] if ends else None
    while step is not None:
        chain.append(once[step])
        step = before[step]
    return chain[::-1]


def _by_difflib(old: Sequence[str], new: Sequence[str], within: Range) -> list[tuple[int, int]]:
    i1, i2, j1, j2 = within
    counts = Counter(old[i1:i2])
    if sum(counts[item] for item in new[j1:j2]) > MAX_EQUAL_PAIRS:
        return []
    matcher = SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False)
    return [(i1 + a + n, j1 + b + n) for a, b, size in matcher.get_matching_blocks() for n in range(size)]
