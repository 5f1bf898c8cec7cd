"""Medicines that an exclusion names only by the way: a wash-out that they require, a use permitted after one, a dose
that was changed. Either way who took the medicine within that time is, or may be, kept out."""

import re
from collections.abc import Iterator
from itertools import islice

from trials.criteria.model import Kind
from trials.criteria.quantities import Window
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.looking_back import as_within
from trials.criteria.rules.members import chosen
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

# "Prednisone > 10 mg/day or a change in dose within 4 weeks": beside a limit, for a change alone asks nobody about use.
_CHANGED = re.compile(
    r"\bor (?:an? |any )?(?:dos(?:e|age) (?:change|adjustment)s?|"
    r"(?:change|adjustment)s? (?:in|of|to) (?:the |their )?dos(?:e|age)s?)\b",
    re.IGNORECASE,
)
_DOSED = re.compile(r"\b(?:dos(?:e|age)s?|mg)\b|[>≥]|\b(?:greater|more|higher) than\b", re.IGNORECASE)
# "Previous X is permitted so long as the last dose was more than 30 days before baseline".
_PERMITTED = re.compile(
    r"\b(?:permitted|allowed|acceptable|permissible)\b[^.;]{0,40}?\b(?:last|latest|final|most recent) (?:\w+ )?"
    r"(?:dose|infusion|injection|administration|use|treatment)\b",
    re.IGNORECASE,
)
# "Leflunomide requires a 6-month wash-out period", "receipt of X for at least a 1 month wash-out period prior to".
_REQUIRED = re.compile(
    r"\b(?:requir\w+|needs?|must (?:have|undergo|observe))\b(?=[^.;]{0,50}\bwash)|"
    r"\bfor (?:at least |a minimum of )?an? (?=\d+[ -]\w+ (?:wash-?\s?out )?period (?:prior|before|preceding))",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;(]|\b(?:but|however|except)\b", re.IGNORECASE)  # what stands before is said of other medicines
_MOST = 20  # such phrases in one criterion
_SPARED = ("earlier", "back", "at_least", "for", "bare")


def washed_out_facts(scene: Scene) -> Iterator[Fact]:
    if scene.kind is not Kind.EXCLUSION:
        return
    for pattern, partial in ((_CHANGED, True), (_PERMITTED, False), (_REQUIRED, False)):
        since = 0
        for said in islice(pattern.finditer(scene.text), _MOST):
            start, end = scene.reading.segment(said.start())
            breaks = [m.end() for m in _BREAK.finditer(scene.text, start, said.start())]
            start, since = max([start, since, *([] if partial else breaks)]), said.end()
            window = _after(scene, said.start(), end)
            named = [
                m for m in scene.reading.of("treatment", "measure") if start <= m.start < said.start() and _slug(m)
            ]
            if window and named and (not partial or _DOSED.search(scene.text, start, said.start())):
                yield from _facts(scene, named, said.end(), window, partial)


def _after(scene: Scene, start: int, end: int) -> Window | None:
    windows = (w for w in scene.reading.windows if start <= w.start < end and w.sort in _SPARED)
    return next(windows, None)


def _facts(scene: Scene, named: list[Mention], end: int, window: Window, partial: bool) -> Iterator[Fact]:
    """One fact, or one for the medicines meant whole and one for those meant in part."""
    found: dict[bool, list[Mention]] = {}
    excused = any(zone.cue >= end for zone in scene.zones.of(Sort.EXCEPTION))
    for mention in named if partial else chosen(scene, named):
        found.setdefault(partial or excused or mention.term.part == "narrower", []).append(mention)
    for part, mentions in found.items():
        slugs = tuple(dict.fromkeys(_slug(m) for m in mentions))
        yield Fact(
            "treatment", "in", slugs, mentions[0].start, end, within=as_within(window), partial=part, by_the_way=True
        )


def _slug(mention: Mention) -> str:
    """The medicine's own; "prednisone or equivalent" is read as a dose, and is one all the same."""
    if mention.term.sort == "treatment":
        return mention.term.name
    return "glucocorticoids" if mention.term.name == "prednisone_dose" else ""
