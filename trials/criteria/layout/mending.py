"""Second look at the finished tree: items that ran together, and lists that lost their second level."""

from dataclasses import replace

from trials.criteria.layout.adoption import reach
from trials.criteria.layout.growing import Growing, Item
from trials.criteria.layout.lostbreaks import run_together
from trials.criteria.layout.runon import trimmed
from trials.criteria.model import Kind

NEAR = 30  # siblings looked at on each side


def mend(tree: Growing) -> None:
    """Part and nest what only the siblings of an item show."""
    _part(tree)
    for item in tree.items:
        end, connector = trimmed(tree.text, item.start, item.end, False)
        if end < item.end:
            tree.asides.append(("connector", end, item.end))
            item.end, item.connector = end, item.connector or connector
    _nest(tree)


def _siblings(items: list[Item]) -> dict[tuple[int | None, Kind], list[int]]:
    below: dict[tuple[int | None, Kind], list[int]] = {}
    for number, item in enumerate(items):
        below.setdefault((item.parent, item.kind), []).append(number)
    return below


def _part(tree: Growing) -> None:
    owners = {item.parent for item in tree.items}
    cuts: dict[int, int] = {}
    for numbers in _siblings(tree.items).values():
        found = run_together(tree.text, [(tree.items[number].start, tree.items[number].end) for number in numbers])
        cuts.update({numbers[place]: at for place, at in found.items() if numbers[place] not in owners})
    if not cuts:
        return
    moved: list[int] = []
    parted: list[Item] = []
    for number, item in enumerate(tree.items):
        moved.append(len(parted))
        item.parent = None if item.parent is None else moved[item.parent]
        parted.append(item)
        if number in cuts:
            tree.notices.append(("run_together", item.start, item.end))
            parted.append(replace(item, start=cuts[number]))
            item.end, item.connector = trimmed(tree.text, item.start, cuts[number], False)
            tree.asides.append(("connector", item.end, cuts[number]))
    tree.items = parted


def _nest(tree: Growing) -> None:
    """Put the siblings that a childless "…:" introduces under it."""
    owners = {item.parent for item in tree.items}
    for numbers in _siblings(tree.items).values():
        texts = [tree.text[tree.items[number].start : tree.items[number].end] for number in numbers]
        connectors = [tree.items[number].connector for number in numbers]
        place = 0
        while place < len(numbers):
            number = numbers[place]
            if number in owners or not texts[place].endswith(":"):
                place += 1
                continue
            after, before = slice(place + 1, place + 1 + NEAR), slice(max(0, place - NEAR), place)
            count = reach(texts[place], texts[after], connectors[after], texts[before])
            for child in numbers[place + 1 : place + 1 + count]:
                tree.items[child].parent = number
            if count:
                tree.notices.append(("level_lost", tree.items[number].start, tree.items[number].end))
            place += count + 1
