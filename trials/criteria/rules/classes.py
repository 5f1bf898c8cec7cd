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
