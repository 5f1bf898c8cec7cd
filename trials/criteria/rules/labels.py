"""Siblings that each open with the name of another disease ("SLE: SLEDAI ≥ 8", "SSc: mRSS ≥ 10"): each is for those who
have it."""

import re
from collections.abc import Callable, Sequence

from trials.criteria.model import Criterion
from trials.criteria.rules.scope import chain
from trials.criteria.wording.reading import Reading
from trials.criteria.wording.zones import Zones

Slugs = tuple[str, ...]
Read = Callable[[str], tuple[Reading, Zones] | None]
_OPENS = re.compile(r"\W*(?:active |adult |for )?", re.IGNORECASE)
_ENDS = re.compile(
    r"\s*(?:\([^()]{0,60}\))?\s*(?:patients?|subjects?|participants?|group|cohort|arm)?\s*:(?!\s*$)", re.IGNORECASE
)


def labels_of(criteria: Sequence[Criterion], read: Read) -> dict[str, tuple[Slugs, int]]:
    """By criterion the diseases of its label and where that ends; only where a sibling's label names others."""
    labels = {one.id: label for one in criteria if (label := _label(one.text, read)) is not None}
    levels: dict[tuple[str | None, object], set[Slugs]] = {}
    for one in criteria:
        if one.id in labels:
            levels.setdefault((one.parent, one.kind), set()).add(labels[one.id][0])
    return {one.id: labels[one.id] for one in criteria if one.id in labels and len(levels[one.parent, one.kind]) > 1}


def _label(text: str, read: Read) -> tuple[Slugs, int] | None:
    known = read(text) if ":" in text else None
    opening = _OPENS.match(text)
    if known is None or opening is None:
        return None
    first = next((m for m in known[0].of("diagnosis") if m.start == opening.end()), None)
    if first is None:
        return None
    listed = chain(known[0], first)
    if any(m.term.name == "other" for m in listed):
        return None  # nobody could tell who has it
    end = _ENDS.match(text, listed[-1].end)
    return (tuple(dict.fromkeys(m.term.name for m in listed)), end.end()) if end else None
