"""Lists that share one head: "renal, hepatic or cardiac disease", "alcohol or drug abuse", "poor function (heart)".

The vocabulary names heads, and the words that may stand in a list before one. Each word of such a list becomes a
mention of what it means together with the head; words without an attribute of their own only keep the list together.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from trials.criteria.wording.lexicon import data
from trials.criteria.wording.terms import Mention, Term, TermTree
from trials.criteria.wording.words import Words

_LINKS = frozenset(
    {
        "and",
        "or",
        "nor",
        "and/or",
        "other",
        "any",
        "severe",
        "significant",
        "serious",
        "of",
        "the",
        "major",
        "type",
        "chronic",
        "active",
        "acute",
        "clinically",
        "uncontrolled",
        "progressive",
        "system",
    }
)
_FARTHEST = 3  # words between two members of a list, or between the last and the head
_VIRAL = {"a": "", "b": "hepatitis_b", "c": "hepatitis_c", "d": "", "e": ""}
_BETWEEN_LETTERS = frozenset({"and", "or", "virus", "type", "infection"})
_OF = frozenset({"of", "in", "affecting", "involving", "involved", "to"})
_AS_BAD = frozenset({"failure", "insufficiency", "impairment"})
# What makes a kidney disease as bad as its failure, and what leaves that open.
_SEVERE = frozenset({"severe", "severely", "advanced", "end", "terminal"})
_NOTABLE = frozenset({"significant", "significantly", "serious", "major"})
_UNSTEADY = frozenset({"uncontrolled", "unstable", "progressive", "untreated", "decompensated"})
_IMPAIRED = frozenset(
    {
        "impaired", "impairment", "abnormal", "insufficient", "inadequate", "poor", "reduced", "decreased",
        "compromised", "disturbed", "deteriorated", "deficient", "altered", "abnormality", "loss",
    }
)  # fmt: skip
_EXAMPLES = frozenset({"e", "g", "eg", "i", "ie", "such", "as", "including"})
_LONGEST_LIST = 40  # members of all kinds on either side of a head
_NEAR_BEFORE, _NEAR_AFTER = 8, 5  # words around a list in which its severity stands


class _Head(NamedTuple):
    """A head's mention and the members that it belongs to, in reading order; `first` is where the whole list begins."""

    mention: Mention
    run: list[Mention]

    @property
    def first(self) -> int:
        return min(self.run[0].first, self.mention.first)

    @property
    def last(self) -> int:
        return max(self.run[-1].last, self.mention.last)


@cache
def _heads() -> TermTree:
    found = data("findings")
    tree = TermTree()
    for weight in ("settled", "weak"):
        tree.add_all(found["disease_words"][weight], Term("organs", weight))
    for name, entry in found["heads"].items():
        tree.add_all(entry["words"], Term(name, "settled"))
    return tree


@cache
def _members() -> TermTree:
    found = data("findings")
    tree = TermTree()
    for attribute, words in found["organ_words"].items():
        tree.add_all(words, Term("organs", attribute))
    tree.add_all(found["bare_organs"]["words"], Term("organs", ""))
    for name, entry in found["heads"].items():
        for what, words in entry.items():
            if what != "words":
                attribute, _, part = what.partition(".")
                tree.add_all(words, Term(name, "" if what == "nothing" else attribute, part))
    return tree


def listed_mentions(words: Words, text: str, taken: tuple[Mention, ...]) -> Iterator[Mention]:
    """Mentions that only a list with its head makes. Words already `taken` by a longer term are left alone."""
    if "hepatitis" in words.norms:
        yield from _hepatitis_letters(words, taken)
    if _heads().root.keys().isdisjoint(words.norms) or _members().root.keys().isdisjoint(words.norms):
        return
    heads = list(_heads().mentions(words, text))
    if not heads:
        return
    members = list(_members().mentions(words, text))
    if not members:
        return
    covered = _covered(taken)
    inside = _in_brackets(words, text)
    for mention in heads:
        head = _with_members(words, text, _around(mention, members), mention, inside)
        if head is None:
            continue
        for member in head.run:
            own = range(member.first, member.last)
            free = covered[""].isdisjoint(own) and covered[member.term.name].isdisjoint(own)
            if member.term.name and free:
                term = _meaning(words, member.term, head)
                if term:
                    end = max(member.end, mention.end)
                    yield Mention(term, member.start, end, head.first, max(member.last, mention.last))


def _around(head: Mention, members: list[Mention]) -> list[Mention]:
    """The members of a head's kind that are near enough to stand in its list."""
    place = bisect_left(members, head.start, key=lambda m: m.start)
    near = members[max(0, place - _LONGEST_LIST) : place + _LONGEST_LIST]
    return [m for m in near if m.term.sort == head.term.sort]


def _covered(taken: tuple[Mention, ...]) -> dict[str, set[int]]:
    """The words of terms already found; under an attribute's name those of phrases that it disowns."""
    covered: dict[str, set[int]] = defaultdict(set)
    for mention in taken:
        name = mention.term.name if mention.term.sort == "none" else ""
        covered[name].update(range(mention.first, mention.last))
    return covered


def _hepatitis_letters(words: Words, taken: tuple[Mention, ...]) -> Iterator[Mention]:
    """ "Hepatitis A, B, or C": the letters behind the first."""
    covered = {number for m in taken if m.term.sort == "finding" for number in range(m.first, m.last)}
    for first, norm in enumerate(words.norms):
        if norm != "hepatitis":
            continue
        for number in range(first + 1, min(len(words.norms), first + 9)):
            letter = words.norms[number]
            if letter not in _VIRAL and letter not in _BETWEEN_LETTERS:
                break
            if _VIRAL.get(letter) and number not in covered:
                term = Term("finding", _VIRAL[letter], "whole")
                yield Mention(term, words.starts[number], words.ends[number], first, number + 1)


def _with_members(words: Words, text: str, members: list[Mention], mention: Mention, inside: list[int]) -> _Head | None:
    """The list that a head belongs to; one organ alone is named by the vocabulary itself, not here."""
    run = _before(words, members, mention, inside)
    if run:
        alone = (
            len(run) == 1 and mention.term.sort == "organs" and run[0].term.name not in ("cancer", "active_infection")
        )
        return None if alone and (mention.term.name == "weak" or run[0].last != mention.first) else _Head(mention, run)
    run = _after(words, text, members, mention)
    return _Head(mention, run) if run else None


def _in_brackets(words: Words, text: str) -> list[int]:
    """For each word how many brackets it stands in."""
    found, depth, last = [], 0, 0
    for start in words.starts:
        between = text[last:start]
        depth = max(0, depth + between.count("(") - between.count(")"))
        found.append(depth)
        last = start
    return found


def _before(words: Words, members: list[Mention], head: Mention, inside: list[int]) -> list[Mention]:
    """Members before the head; what a bracket adds to one of them does not break the list."""
    run: list[Mention] = []
    edge = head.first
    for member in reversed([m for m in members if m.last <= head.first]):
        if inside[member.first] > inside[head.first]:
            continue
        numbers = [n for n in range(member.last, edge) if inside[n] <= inside[head.first]]
        between = [words.norms[n] for n in numbers]
        if len(between) > _FARTHEST or not _LINKS.issuperset(between):
            break
        if not run and any(words.breaks[member.last : edge + 1]) and len(numbers) == edge - member.last:
            break
        run.insert(0, member)
        edge = member.first
    return run


def _after(words: Words, text: str, members: list[Mention], head: Mention) -> list[Mention]:
    """ "impairment of major organ function (lung, heart, liver)", "disease of the liver or kidneys"."""
    after = [m for m in members if m.first >= head.last]
    if not after or after[0].first - head.last > _FARTHEST + 2:
        return []
    between = words.norms[head.last : after[0].first]
    opened = "(" in text[head.end : after[0].start] and _EXAMPLES.issuperset(between)
    if not opened and not (between and between[0] in _OF and _LINKS.union(_OF).issuperset(between)):
        return []
    run = [after[0]]
    for member in after[1:]:
        between = words.norms[run[-1].last : member.first]
        if len(between) > 2 or not _LINKS.issuperset(between):
            break
        run.append(member)
    return run


def _meaning(words: Words, member: Term, head: _Head) -> Term | None:
    attribute, part = member.name, member.part
    if head.mention.term.sort != "organs":
        return Term("finding", attribute, part or "whole")
    near = {
        *words.norms[max(0, head.first - _NEAR_BEFORE) : head.first],
        *words.norms[head.last : head.last + _NEAR_AFTER],
    }
    near.update(words.norms[head.first : head.last])
    word = words.norms[head.mention.last - 1]
    if word == "function" and not near & _IMPAIRED:
        return None
    if attribute == "kidney_failure":
        return _kidneys(near, word)
    settled = head.mention.term.name == "settled" and not ("function" in near and near & _IMPAIRED)
    return Term("finding", attribute, "whole" if settled else "weak")


def _kidneys(near: set[str], word: str) -> Term | None:
    """Any kidney disease is wider than its failure: only one called severe states as much."""
    if "mild" in near or "moderate" in near:
        return Term("finding", "kidney_failure", "weak")
    if word in _AS_BAD or near & _SEVERE or (word == "function" and "impaired" in near):
        return Term("finding", "kidney_failure", "whole")
    if near & _UNSTEADY:
        return Term("finding", "kidney_failure", "weak")
    return Term("finding", "kidney_failure", "whole") if near & _NOTABLE else None
