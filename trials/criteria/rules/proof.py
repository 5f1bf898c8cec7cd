"""Antibodies and biopsies: what an inclusion demands as proof of the disease, and what it only mentions."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.antibodies import is_one_of
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

# Antibodies and findings without an attribute: an alternative with one of them cannot be stated.
_UNSTATED = (
    r"(?:SS-?B|La|RF|rheumatoid factor|(?:anti-?)?CCP|ACPA|RNP|U1-?RNP|centromere|ACA|RNA[- ]pol\w*|Jo-?1|"
    r"complement|C3|C4|histone|nucleosome|"
    r"(?:\w+[- ]){0,3}specific (?:auto-?)?antibod\w+|other (?:\w+ )?(?:auto-?)?antibod\w+|low C3|hypocomplement\w+)"
)
_OR_UNSTATED = re.compile(
    r"(?:\bor\b|/)\s*(?:an? |positive |anti[- ]?|elevated |the )*" + _UNSTATED + r"\b", re.IGNORECASE
)
_UNSTATED_OR = re.compile(
    r"\b"
    + _UNSTATED
    + r"(?:\s*\([^)]*\))?(?:\s+(?:positive|positivity|antibod\w+))?\s*(?:,?\s*(?:and/)?or\b|/)\s*(?:an? |"
    r"positive |anti[- ]?)*$",
    re.IGNORECASE,
)
_UNSTATED_ONE = re.compile(r"[,:/(]\s*(?:and |or |and/or )?(?:positive |anti[- ]?)*" + _UNSTATED + r"\b", re.IGNORECASE)
# ", anti-RNP, or anti-Sm": a list of names up to its "or", and the one after it.
_LISTED_OR = re.compile(
    r"(?:(?!\band\b(?!/or)|\bor\b|\bwith\b)[^.;:]){0,120}?,(?:(?!\band\b(?!/or)|\bor\b)[^.;:]){0,40}\b(?:and/)?or\b",
    re.IGNORECASE,
)
_NEAR_NEGATION = 40  # characters between a "no" and the antibody that it denies
_NEAR = 70  # characters within which an alternative stands
_IN_A_NAME = re.compile(r"[\s)\]]*[-–]?\s*(?:associated|related|mediated)\b", re.IGNORECASE)
_IGE = re.compile(r"\bIgE\b")

_PROVEN = re.compile(
    r"\b(?:prove[nd]|confirm\w*|document\w*|verif\w*|establish\w*|evidence|show\w*|demonstrat\w*|consistent|"
    r"positive|diagnos\w*|compatible|characteristic\w*|reveal\w*|indicat\w*|"
    r"histor\w*|findings?|abnormalit\w+|features?|within|performed|by|on|with|based|class(?:es)?|active)\b",
    re.IGNORECASE,
)
_NO_PROOF = re.compile(
    r"\b(?:contraindicat\w+|willing\w*|unwilling|undergo\w*|consent\w*|agree\w*|optional\w*|refus\w+|accept\w*|"
    r"suitable|available|required to|are required|is required|will be|eligible for|able to|sample\w*|repeat)\b",
    re.IGNORECASE,
)
_DIAGNOSED = re.compile(
    r"\s*(?:and|that|which)\s+(?:who\s+)?(?:are|is|were|was|have been)?\s*(?:diagnosed|confirmed|prov)", re.IGNORECASE
)
_OTHER_PROOF = (
    r"(?:MRI|NMR|magnetic|imaging|electromyogra\w+|EMG|clinical\w*|serolog\w+|CT|HRCT|antibod\w+|"
    r"autoantibod\w+|radiolog\w+|laborator\w+|nuclear|ultraso\w+|angiogra\w+|proteinuria|typical)"
)
_OR_OTHER = re.compile(r"\s*(?:\w+\s+){0,3}(?:,\s*)?(?:and/)?or\b[^.;]{0,30}\b" + _OTHER_PROOF, re.IGNORECASE)
_OTHER_OR = re.compile(
    _OTHER_PROOF + r"\b[^.;]{0,40}(?:,|\bor\b|\band\b)\s*(?:by |on |a |an |the |positive )*$", re.IGNORECASE
)
_DETAIL = re.compile(
    r"\bclass(?:es)?\b|\bISN\b|\bRPS\b|\bproliferative\b|\bfocus score\b|\b(?:activity|"
    r"chronicity) index\b|\bcrescent\w*|\b(?:no longer|not older|less) than\b|"
    r"\bwithin\b|\b(?:last|past|previous|preceding)\s+\d|\bsalivary\b|\bparotid\b|\blabial\b|\blip\b|\btemporal\b",
    re.IGNORECASE,
)


def is_asked_antibody(scene: Scene, mention: Mention, value: bool) -> bool:
    """An antibody against which nothing else is set that cannot be stated; IgE antibodies are another matter."""
    start, end = scene.reading.segment(mention.start)
    if _IGE.search(scene.text, start, end) or _IN_A_NAME.match(scene.text, mention.end):
        return False
    negated = scene.zones.at(mention.start, Sort.NEGATION)
    if not value and negated and mention.start - negated.start > _NEAR_NEGATION:
        return False
    if scene.kind is not Kind.INCLUSION or not value:
        return True
    after = _OR_UNSTATED.search(scene.text, mention.end, min(end, mention.end + _NEAR))
    before = _UNSTATED_OR.search(scene.text[max(start, mention.start - _NEAR) : mention.start])
    return after is None and before is None and not _is_beside_unstated(scene, mention)


def _is_beside_unstated(scene: Scene, mention: Mention) -> bool:
    """ "One or more of: ANA, anti-dsDNA, anti-RNP": who has the last alone gets in as well."""
    segment = start, end = scene.reading.segment(mention.start)
    if is_one_of(scene, segment, mention.start):
        return _UNSTATED_ONE.search(scene.text, start, end) is not None
    listed = _LISTED_OR.match(scene.text, mention.end, end)
    return listed is not None and _UNSTATED_ONE.search(scene.text, mention.end, listed.end()) is not None


def is_asked_proof(scene: Scene, mention: Mention, value: bool) -> bool:
    """ "Biopsy-proven lupus nephritis", not "contraindication to biopsy" nor "biopsy or MRI"."""
    start, end = scene.reading.segment(mention.start)
    if scene.kind is Kind.EXCLUSION:
        return not value
    if mention.term.part == "class" and not re.search(r"\bbiops|\bhisto", scene.text, re.IGNORECASE):
        return False
    around = scene.text[max(start, mention.start - 40) : min(end, mention.end + 50)]
    doubted = _NO_PROOF.search(scene.text, max(start, mention.start - 60), min(end, mention.end + 30))
    if (doubted and not _DIAGNOSED.match(scene.text, mention.end)) or not _PROVEN.search(around):
        return False
    bracket = scene.reading.bracket(mention.start)
    if bracket and re.search(r"\bor\b", scene.text[start : bracket[0]]):
        return False  # it proves only the last of several
    if _OR_OTHER.match(scene.text, mention.end, end):
        return False
    return _OTHER_OR.search(scene.text, start, mention.start) is None


def is_detailed(scene: Scene, mention: Mention) -> bool:
    """A histological class, the age of the biopsy, or a special site is asked for as well."""
    start, end = scene.reading.segment(mention.start)
    if any(w.sort == "back" and start <= w.start < end for w in scene.reading.windows):
        return True
    return _DETAIL.search(scene.text) is not None
