"""Classes of medicines: what belongs to them, and names that only say what a medicine acts on."""

import re
from functools import cache

from trials.criteria.rules.facts import Scene
from trials.criteria.wording.lexicon import data
from trials.criteria.wording.terms import Mention

_TARGETS = re.compile(r"(?:tnf|tumou?r necrosis|jak|janus(?: \w+)? kinase)(?:(?!inhibit)[\w\s()α/-])*", re.IGNORECASE)


def is_target(scene: Scene, mention: Mention) -> bool:
    """The target alone: "TNF", "Janus kinase"."""
    named = scene.text[mention.start : mention.end]
    return mention.term.part == "narrower" and _TARGETS.fullmatch(named) is not None


_AIMED_AT = re.compile(
    r"[^.;]{0,160}?\b(?:inhibitors?|antagonists?|blockers?|target(?:ed|ing)?|directed|receptor blockers?)\b|"
    r"[^.;]{0,30}?\b(?:treatments?|therap(?:y|ies)|agents?)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"\bresponse \(?(?:\w+\)? )?to (?:an? |any )?$", re.IGNORECASE)


def is_bare_target(scene: Scene, mention: Mention) -> bool:
    """ "TNF, IL-1 or B-cell targeted therapies" names a class by its target; "TNF" alone is a substance of the body."""
    if not is_target(scene, mention):
        return False
    if _ANSWERED.search(scene.text, 0, mention.start):
        return False  # "inadequate response to tumor necrosis factor, abatacept or DMARDs"
    return not _AIMED_AT.match(scene.text, mention.end, scene.reading.segment(mention.start)[1])


@cache
def classes_of(slug: str) -> frozenset[str]:
    """The wider classes that a medicine belongs to."""
    found = data("treatments")
    return frozenset(
        wider
        for entry in (*found["drug"], *found["class"])
        if entry.get("slug") == slug
        for wider in entry.get("classes", ())
    )
