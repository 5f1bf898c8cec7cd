"""Whether a trial or its product that a criterion names is another one than the study itself."""

import re

from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

# The study's own drug: "the first dose of investigational product", "allergy to the investigational drug".
_OWN_DRUG = re.compile(
    r"\b(?:doses?|administration|infusions?|injections?|start|initiation|commencement|first|components?|"
    r"ingredients?|excipients?|constituents?|allerg\w+|hypersensitiv\w+|"
    r"intoleran\w+|reactions?|contraindications?|sensitivity|class as)\s+(?:of|to|with|for|as)?\s*(?:the |this |"
    r"study |one of the |any (?:component|excipient)s? of )*$|"
    r"\b(?:prior to|before|after|during|following|discontinued from|withdrawn from)\s+(?:the |this |first )*$",
    re.IGNORECASE,
)
# "This study or any other study investigating X": only the study's own drug is meant.
_OF_ONE_DRUG = re.compile(
    r"\s+(?:investigating|evaluating|testing|with|of|involving|using)\s+(?!an?\b|any\b|other\b|another\b|investig|experim|"
    r"(?:\w+\s+)?(?:drugs?|medic|agents?|products?|devices?|therap|treat|interv|biolog|compound))(\S+)",
    re.IGNORECASE,
)
_THIS_STUDY = re.compile(r"\b(?:this|present|current)\s+(?:clinical\s+)?(?:study|trial|protocol)\b", re.IGNORECASE)
_NOT_INVESTIGATIONAL = re.compile(
    r"(?<!non )(?<!non-)\b(?:approved|marketed|licensed|commercial\w*|standard)\s+(?:\w+\s+)?(?:or|and)\s+(?:\w+\s+)?$|"
    r"\bnon-?\s?$",
    re.I,
)
_OR_NOT = re.compile(r"\s*(?:or|and|/)\s*(?:approved|marketed|licensed|commercial|non-?\s?investigational)", re.I)
_PAID = re.compile(r"\b(?:compensat\w+|indemnit\w+|euros?|insurance)\b", re.IGNORECASE)
# "Able to take part in a study", "a condition that precludes participation in a trial": this study is meant.
_IN_THIS = re.compile(
    r"\b(?:(?:un)?suitab\w+|(?:in)?appropriate|(?:un|in)?abilit(?:y|ies)|(?:un)?able|(?:un)?willing\w*|preclud\w+|prevent\w*|"
    r"interfer\w+|impair\w*|limit\w*|affect\w*|compromis\w+|imped\w+|contraindicat\w+|ineligible|eligible|consent\w*|"
    r"refus\w+|reject\w*|agree\w*|can ?not|risks?|difficult\w*|complicat\w+|would|could|might|may|should|makes?)\b"
    r"[^.;]{0,90}$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"participat|enrol|tak|took|inclu|involv", re.IGNORECASE)
_AT_ONCE = 45  # characters from an "including" to the first example
_BEFORE = 120  # characters in which words say that this study is meant


def is_other_trial(scene: Scene, mention: Mention) -> bool:
    start, end = scene.reading.segment(mention.start)
    joins = _JOINS.match(scene.text, mention.start)
    if joins and _IN_THIS.search(scene.text, max(start, mention.start - _BEFORE), mention.start):
        return False
    example = scene.zones.at(mention.start, Sort.EXAMPLE)
    named = any(example and m.end <= example.cue for m in scene.reading.of("treatment", "drug"))
    if example and named and mention.start - example.cue < _AT_ONCE:
        return False  # "biologics, including investigational ones"
    before = scene.text[max(start, mention.start - 60) : mention.start]
    if _OF_ONE_DRUG.match(scene.text, mention.end) and _THIS_STUDY.search(before):
        return False
    if _NOT_INVESTIGATIONAL.search(before) or _OR_NOT.match(scene.text, mention.end):
        return False
    any_drug = scene.reading.words.norms[mention.first] in ("any", "another", "other")
    own = not any_drug and _OWN_DRUG.search(scene.text, max(start, mention.start - 60), mention.start)
    return not own and not _PAID.search(scene.text, start, end)
