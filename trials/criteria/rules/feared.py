"""Medicines that a text only fears: allergy, interaction, contraindication, harm."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.clauses import FAILED, Clauses
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_FEARED = re.compile(
    r"\b(?:allerg\w+|hypersensitiv\w+|anaphyla\w+|contra-?indicat\w+|interact(?:s|ions?)?\b|interfer(?:e|es|ed|"
    r"ing|ence)\b|absorption of|antibod(?:y|ies) (?:to|against)|"
    r"known (?:intoleran|sensitiv)\w+|excipients?|contracepti\w+|components? of)\b",
    re.IGNORECASE,
)
_HARMED = re.compile(
    r"\b(?:adverse (?:reactions?|events?|effects?)|toxicit(?:y|ies)|side[- ]effects?|sensitiv\w+|intoleran\w+|"
    r"reactions?)\b",
    re.IGNORECASE,
)
_DRUG_FEARED = re.compile(
    r"\bmedications? contraindicated|\binteracting (?:drugs|medications)|\bdrugs? that interact",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"\b(?:inadequate|insufficient|fail\w+|refractory|resistan\w+|no response|lack of|non-?respon\w+)\b",
    re.IGNORECASE,
)
_ALLERGIC = re.compile(r"\b(?:allerg\w+|hypersensitiv\w+|anaphyla\w+)(?: reactions?)? (?:to|against)\b", re.IGNORECASE)
_TAKES = re.compile(
    r"\b(?:receipt|receiv\w+|use|using|treatment with|treated|therapy with|taking|prior|previous\w*|"
    r"current\w*|within)\b",
    re.IGNORECASE,
)


def is_feared(scene: Scene, clauses: Clauses, mention: Mention) -> bool:
    """Allergy, interaction, contraindication: what the medicine would do, not that it is taken."""
    start, end = scene.reading.segment(mention.start)
    clause = clauses.at(mention.start)
    if _DRUG_FEARED.search(scene.text, start, mention.start):
        return False
    if scene.kind is Kind.INCLUSION:
        excused = next((z.cue for z in scene.zones.of(Sort.EXCEPTION) if mention.end <= z.cue < end), end)
        return _FEARED.search(scene.text, start, excused) is not None or (
            _HARMED.search(scene.text, start, end) is not None and not FAILED.search(scene.text, start, end)
        )
    allergic = list(_ALLERGIC.finditer(scene.text, scene.text.rfind(". ", 0, start) + 1, mention.start))
    if allergic and not _TAKES.search(scene.text, allergic[-1].end(), mention.start):
        return True
    low, high = (start, end) if clause.start == start else (clause.start, clause.end)
    harmed = _HARMED.search(scene.text, low, mention.start) is not None and not _NO_ANSWER.search(
        scene.text, start, high
    )
    return _FEARED.search(scene.text, low, high) is not None or harmed
