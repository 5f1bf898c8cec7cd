"""Findings of which a text names only a part: what one image shows, trials of one sort of product."""

import re

from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention

# "Chest X-ray without evidence of tuberculosis", "abnormal X-ray indicative of malignancy".
_IMAGE = re.compile(
    r"\b(?:x-?\s?rays?|radiograph\w*|CT(?: scan)?|computed tomography|MRI|echocardiogra\w+|imaging)\b[^.;:]{0,90}$",
    re.IGNORECASE,
)
_ON_IMAGE = re.compile(
    r"[^.;:,]{0,15}\b(?:on|at) (?:the |a )?(?:chest )?(?:x-?\s?ray|radiograph|CT\b|imaging)", re.IGNORECASE
)
_SHOWN = frozenset({"tuberculosis", "cancer", "active_infection", "other_lung_disease"})
_TESTED = re.compile(r"\b(?:test|PPD|quantiferon|IGRA|skin|or|and)\b", re.IGNORECASE)
_ONE_KIND = re.compile(
    r"\b(?:non-?\s?biologic\w*|biologic\w*|anti-[\w-]+|DMARDs?|vaccines?|B-?\s?cell)\b", re.IGNORECASE
)


def is_seen(scene: Scene, mention: Mention) -> bool:
    """Only what an image shows of it: the state itself may be there all the same, or be long over."""
    if mention.term.name not in _SHOWN:
        return False
    start, end = scene.reading.segment(mention.start)
    found = _IMAGE.search(scene.text, start, mention.start)
    if found and not _TESTED.search(scene.text, start, found.start()):
        return True
    return _ON_IMAGE.match(scene.text, mention.end, end) is not None


def is_of_a_kind(scene: Scene, mention: Mention) -> bool:
    """ "Any investigational non-biologic DMARD": other trials are let in."""
    if mention.term.name != "investigational_drug":
        return False
    words = scene.text[max(0, mention.start - 15) : mention.end]
    return _ONE_KIND.search(words) is not None and " or " not in words
