"""A tree of criteria as lines of text, for tests: kind, depth and words at a glance."""

from trials.criteria.layout.decode import decode
from trials.criteria.layout.outline import Outline, outline
from trials.criteria.model import Kind


def read(text: str) -> tuple[str, Outline]:
    """The decoded text and its outline."""
    decoded = decode(text).text
    return decoded, outline(decoded)


def drawn(text: str) -> list[str]:
    """One line per criterion: "I" or "E", two blanks per level, its words; joins and alternatives in brackets."""
    decoded, found = read(text)
    depths: list[int] = []
    lines = []
    for node in found.nodes:
        depths.append(0 if node.parent is None else depths[node.parent] + 1)
        words = " ".join(decoded[node.start : node.end].split())
        join = "" if node.join is None else f" [{node.join}]"
        group = "" if node.any_of is None else f" (or {node.any_of})"
        lines.append(f"{'I' if node.kind is Kind.INCLUSION else 'E'}{'  ' * depths[-1]} {words}{join}{group}")
    return lines
