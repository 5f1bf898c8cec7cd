"""Decoded registry text → the tree of its criteria, and what the rest of it is. Layout only: no wording changes."""

from dataclasses import dataclass

from trials.criteria.layout.alternatives import finished
from trials.criteria.layout.mending import mend
from trials.criteria.layout.paragraphs import paragraphs
from trials.criteria.layout.sections import sections
from trials.criteria.layout.tree import Tree
from trials.criteria.model import Join, Kind


@dataclass(frozen=True, slots=True)
class Node:
    """A criterion: offsets of its own words in the decoded text, and the index of the node that it stands under."""

    kind: Kind
    start: int
    end: int
    parent: int | None = None
    join: Join = None
    any_of: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """Nodes in reading order, a parent before its children.

    `notices`: (code, start, end) of what an editor should look at. `asides`: (role, start, end) of everything that is
    no criterion: heading, introduction, note, ignored, mark, connector. Nodes and asides cover every letter and digit.
    """

    nodes: tuple[Node, ...]
    notices: tuple[tuple[str, int, int], ...] = ()
    asides: tuple[tuple[str, int, int], ...] = ()


def outline(text: str) -> Outline:
    """Read the layout of an eligibility text. Never fails; an empty text has no nodes."""
    tree = Tree(text)
    for section in sections(text, paragraphs(text)):
        tree.add(section)
    mend(tree)
    joins, groups = finished(text, tree.items)
    nodes = tuple(
        Node(item.kind, item.start, item.end, item.parent, joins.get(number), groups.get(number))
        for number, item in enumerate(tree.items)
    )
    asides = sorted((aside for aside in tree.asides if aside[1] < aside[2]), key=lambda aside: aside[1:])
    return Outline(nodes, tuple(sorted(tree.notices, key=lambda notice: notice[1:])), tuple(asides))
