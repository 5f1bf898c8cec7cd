"""The tree of criteria as plain text that `outline` reads back as the same tree."""

from collections.abc import Sequence

from trials.criteria.model import Criterion, Kind

_HEADINGS = {Kind.INCLUSION: "Inclusion Criteria:", Kind.EXCLUSION: "Exclusion Criteria:"}
_STEP = 3  # columns per level


def render(criteria: Sequence[Criterion]) -> str:
    """Headings, and under them one bullet a line, children indented; a new heading wherever the kind changes."""
    depths: dict[str, int] = {}
    lines: list[str] = []
    kind: Kind | None = None
    for criterion in criteria:
        depth = depths[criterion.parent] + 1 if criterion.parent is not None else 0
        depths[criterion.id] = depth
        if criterion.kind is not kind and depth == 0:
            kind = criterion.kind
            lines.extend(["", _HEADINGS[kind], ""] if lines else [_HEADINGS[kind], ""])
        lines.append(f"{' ' * (_STEP * depth)}* {' '.join(criterion.text.split())}")
    return "\n".join(lines)
