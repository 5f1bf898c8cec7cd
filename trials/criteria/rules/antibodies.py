"""Antibodies of which one is enough: "one or more of: ANA, anti-dsDNA, anti-Sm", "ANA, anti-dsDNA or anti-Sm"."""

import re

from trials.criteria.rules.facts import Fact, Scene

_ONE = r"(?:at least (?:one|1)|(?:one|1) or more|(?:a )?minimum of (?:one|1)|[≥>]\s*=?\s*1|any(?: one)? of)\b"
ONE_OF = re.compile(rf"{_ONE}(?!\s*:\s*\d)", re.IGNORECASE)
# "ANA, anti-dsDNA or anti-Sm positive: one or more of them".
_ONE_OF_THEM = re.compile(
    rf"{_ONE}\s+of\s+(?:them|these|those|which|the (?:above|three|two))\b[^,;.:]{{0,40}}[\s.;]*$", re.IGNORECASE
)
_NEXT = re.compile(r"(?:(?!\band\b(?!/or))[^.;,]){0,80},(?:(?!\band\b(?!/or)|\bwith\b)[^.;,]){0,40}", re.IGNORECASE)

Groups = list[int | None]


def with_antibodies(scene: Scene, facts: list[Fact], groups: Groups) -> Groups:
    """The groups of alternatives, with those antibodies that a list makes alternatives of each other."""
    groups = list(groups)
    for place in range(len(facts) - 2, -1, -1):
        left, right = facts[place : place + 2]
        if groups[place] is None and groups[place + 1] is not None and _is_list(scene, left, right):
            groups[place] = groups[place + 1]
    for segment in scene.reading.segments:
        named = [n for n, fact in enumerate(facts) if segment[0] <= fact.start < segment[1] and is_antibody(fact)]
        together = [n for n in named if is_one_of(scene, segment, facts[n].start)]
        if len(together) > 1:
            number = max((group for group in groups if group is not None), default=0) + 1
            groups = [number if n in together else group for n, group in enumerate(groups)]
    return groups


def is_antibody(fact: Fact) -> bool:
    return fact.attribute.endswith("_positive") and fact.value is True


def is_one_of(scene: Scene, segment: tuple[int, int], place: int) -> bool:
    """Of what its sentence names one is enough, as it says before this place or at its end."""
    start, end = segment
    return (
        ONE_OF.search(scene.text, start, place) is not None or _ONE_OF_THEM.search(scene.text, place, end) is not None
    )


def _is_list(scene: Scene, left: Fact, right: Fact) -> bool:
    """Only a comma stands between two antibodies, of which the second is an alternative of the third."""
    return (
        is_antibody(left)
        and is_antibody(right)
        and scene.reading.segment(left.start) == scene.reading.segment(right.start)
        and _NEXT.fullmatch(scene.text, left.end, right.start) is not None
    )
