"""Allergy: only one to the study's own kind of treatment is a fact about a person's fitness for it."""

import re

from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention

_TO_THE_DRUG = re.compile(
    r"\b(?:study|investigational|trial|test(?:ed)?|experimental)\s+(?:\w+\s)?(?:drugs?|medications?|products?|"
    r"treatments?|agents?|interventions?|medicines?|preparations?)\b|"
    r"\b(?:components?|ingredients?|excipients?|formulations?|preparations?|constituents?|antibod(?:y|ies)|"
    r"biologics?|biological|immunoglobulins?|proteins?|IMP|IP)\b|\b(?:murine|recombinant|"
    r"human)(?:[- ]derived)? products?\b|\bproducts? of (?:murine|human)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:gadolinium|contrast|latex|foods?|eggs?|nuts?|allergic constitution|drug allerg\w+|multiple drugs?|"
    r"pollen|iodin\w+|adhesives?|vaccin\w+|mouse|murine|dust|insect|seasonal|rhinitis|atop\w+)\b",
    re.IGNORECASE,
)
# "Sensitivity to any drug": of no help to tell who may have this one.
_TO_ANY = re.compile(
    r"\s*(?:to|of|against) (?:any|several|many|other|some) (?:drugs?|medications?|medicines?)\b"
    r"(?! (?:class|used|given|of))",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|of|against|from|with|by)\b", re.IGNORECASE)


def is_to_the_drug(scene: Scene, mention: Mention) -> bool:
    start, end = scene.reading.segment(mention.start)
    text = scene.text[start:end]
    named = scene.text[mention.start : mention.end].lower()
    if _TO_ANY.match(scene.text, mention.end - 3 * named.endswith(" to")) and not _TO_THE_DRUG.search(text):
        return False
    if _OTHER.search(text):
        cleaned = re.sub(r"\b(?:mouse|murine) proteins?", "", text, flags=re.IGNORECASE)
        return _TO_THE_DRUG.search(cleaned) is not None
    if _TO_THE_DRUG.search(text) or any(start <= m.start < end for m in scene.reading.of("treatment", "drug")):
        return True
    return _TO.search(scene.text, mention.end - 3, end) is not None
