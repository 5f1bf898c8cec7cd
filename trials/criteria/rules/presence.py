"""Whether a finding that a criterion names is one that it asks about, or only stands in another name or story."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules import viruses
from trials.criteria.rules.allergy import is_to_the_drug
from trials.criteria.rules.aside import is_aside
from trials.criteria.rules.facts import Scene
from trials.criteria.rules.other_trials import is_other_trial
from trials.criteria.rules.proof import is_asked_antibody, is_asked_proof
from trials.criteria.rules.weakness import has_beside, phrases, words_before
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

ANTIBODIES = frozenset({
    "ana_positive", "dsdna_positive", "sm_positive", "scl70_positive", "ssa_positive", "anca_positive",
    "aps_antibodies_positive",
})  # fmt: skip
_CAUSES = frozenset({
    "heart_disease", "other_lung_disease", "liver_disease", "kidney_failure", "cns_disease", "pulmonary_hypertension",
    "immunodeficiency", "thrombosis", "copd_or_asthma", "cancer", "other_autoimmune",
})  # fmt: skip
# What follows is the reason for something else, not a state that the criterion asks about.
_BECAUSE = re.compile(
    r"\b(?:associated with|(?<!signs )(?<!symptoms )related to|due to|secondary to|"
    r"caused by|because of|attributable to|risk factors? for|"
    r"surgery for|"
    r"contraindications? (?:to|for)|"
    r"(?:medications?|drugs?|medicines?|antibod(?:y|ies)|agents?|chemotherapy|prophylaxis|screening|prevention|protect\w*|management|"
    r"treatments?) (?:for|of|against)|to (?:treat|prevent)|for the (?:treatment|prevention) of|(?:treated|taking|"
    r"receiving)\b[^.;,]{0,40}\bfor)"
    r"\s+(?:the |an? |any |active |severe |other |known |their )*$",
    re.IGNORECASE,
)
_AS_TREATED = re.compile(
    r"\b(?:antivirals?|anti-?\w+ (?:treatments?|medications?|drugs?|therap(?:y|ies)))\s*\((?:e\.?g\.?,?\s*)?[^()]*$",
    re.IGNORECASE,
)
# "JDM-related pulmonary disease" is a part of the disease under study, no other one.
_OF_THE_DISEASE = re.compile(
    r"(?<!not )\b(?<!non-)(?<!non )(?!non)\w+[- ](?:related|associated|mediated)\s+$", re.IGNORECASE
)
# A disorder of the mind that only matters where it keeps somebody from following the study.
_FOLLOWING = re.compile(
    r"\b(?:interfer\w+|prevent\w*|adher\w+|complian\w+|comply|co-?operat\w+|consent|impossible|ability|capacity|"
    r"participat\w+|follow-?up)\b",
    re.IGNORECASE,
)
_STAY_FOR = re.compile(r"\bhospitali[sz]ations? for (?:the |a |an )?$", re.IGNORECASE)
_VACCINE = re.compile(r"\b(?:vaccin|immuni[sz]ation)", re.IGNORECASE)
_DEFINED_BELOW = re.compile(r"\b(?:defined|evidenced|indicated|manifested) (?:as|by)\W*$", re.IGNORECASE)
_BASED_ON = re.compile(r"\bbased on the results of\b[^.;]{0,150}:\s*$", re.IGNORECASE)
# "SLEDAI of 6 or more, not counting lupus headache and organic brain syndrome": items of a score.
_NOT_COUNTED = re.compile(r"\b(?:not counting|leav(?:es?|ing) out)\b[^.;]{0,200}$", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r"[,;:()]|\b(?:but|except|unless|although|however|if|who)\b", re.IGNORECASE)
_OF_RELATIVES = re.compile(
    r"\s+(?:in|of) (?:a |any |the )?(?:first|second|close|family|relatives?|parents?|siblings?)\b", re.IGNORECASE
)
_BARE_SURGERY = frozenset(
    {
        "surgery",
        "surgical",
        "operation",
        "operated",
        "surgical procedure",
        "surgical intervention",
        "surgical operation",
        "surgical treatment",
        "elective surgery",
    }
)
_ANY_SURGERY = re.compile(
    r"(?:^|\b(?:any|had|have|has|undergone|underwent|recent|prior|previous|undergoing|planned|or|and|received|of|"
    r"inpatient|to)\s+(?:an? )?)$",
    re.IGNORECASE,
)
_RELAPSED = re.compile(
    r"\b(?:relaps\w+|recurr\w+|progress\w+)\s+(?:\w+\s+)?(?:after|following|post)\b[^.;]*$", re.IGNORECASE
)
_FOR_IT = re.compile(r"\b(?:requir\w+|need\w*|treated (?:with|by))\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_LOW = re.compile(r"\b(?:low|lower|below|less|decreas\w+|deficien\w+|reduced|under|not exceed)\b|[<≤]", re.IGNORECASE)
_IMPAIRED = re.compile(r"\b(?:impair|insufficien)", re.IGNORECASE)
_RECIPIENT = re.compile(r"\brecipients?\b", re.IGNORECASE)
_CLOSE_TO_THE_END = 60  # characters
_SOON_AFTER = 30  # characters between a bare "surgery" and the look-back that makes it one


def counts(scene: Scene, mention: Mention, value: bool) -> bool:
    """The criterion asks for this state (or, with a false `value`, for its absence)."""
    attribute, place = mention.term.name, mention.start
    if scene.zones.at(place, Sort.EXCEPTION) or _is_let_off(scene, mention):
        return False
    if scene.kind is Kind.INCLUSION and _NOT_COUNTED.search(scene.text, 0, mention.start):
        return False
    if attribute in _CAUSES and _DEFINED_BELOW.search(scene.text[-_CLOSE_TO_THE_END:]):
        return False  # the criteria under it say what is meant
    if attribute == "hepatitis_b" and _BASED_ON.search(scene.text[-4 * _CLOSE_TO_THE_END :]):
        return False
    if mention.term.part == "wide" and not has_beside(scene, mention, phrases("strong")):
        return False  # wider than the attribute ("renal impairment"), and not called severe or the like
    if attribute in ANTIBODIES:
        return is_asked_antibody(scene, mention, value)
    if attribute == "biopsy_proven":
        return is_asked_proof(scene, mention, value)
    if scene.kind is Kind.INCLUSION and value and not _may_be_required(scene, mention):
        return False
    return not (_belongs_to_another(scene, mention) or is_aside(scene, mention)) and _is_meant(scene, mention)


def _is_let_off(scene: Scene, mention: Mention) -> bool:
    """Its clause says that it is allowed, before or after it."""
    if scene.zones.at(mention.start, Sort.PERMISSION):
        return True
    _, end = scene.reading.segment(mention.start)
    return any(
        mention.end <= zone.cue < end and not _NEW_CLAUSE.search(scene.text, mention.end, zone.cue)
        for zone in scene.zones.of(Sort.PERMISSION)
    )


def _may_be_required(scene: Scene, mention: Mention) -> bool:
    """In an inclusion a state is described more often than demanded; only these are what a study asks for."""
    if mention.term.name == "pulmonary_hypertension":
        return "pulmonary-arterial-hypertension" in scene.own
    bracket = scene.reading.bracket(mention.start)
    aside = bracket is not None and re.search(r"\bmay\b", scene.text[bracket[0] : bracket[1]]) is not None
    if mention.term.name in ("stem_cell_transplant", "car_t"):
        return _RELAPSED.search(scene.text, 0, mention.start) is not None
    if mention.term.name == "organ_transplant":
        return _RECIPIENT.search(scene.text, max(0, mention.start - 40), mention.end + 12) is not None
    if mention.term.name != "kidney_failure" or mention.term.part != "whole" or aside:
        return False
    return _IMPAIRED.search(scene.text, mention.start, mention.end) is None  # wider than the row, so not its demand


def _belongs_to_another(scene: Scene, mention: Mention) -> bool:
    """Somebody else's, only a risk, the cause of another state, or what a medicine is for."""
    start, _ = scene.reading.segment(mention.start)
    before = scene.text[max(start, mention.start - 70) : mention.start]
    attribute = mention.term.name
    if (
        attribute != "suicidality"
        and "positive" not in scene.text[max(0, mention.start - 40) : mention.end + 25].lower()
    ):
        words = words_before(scene, mention)
        if any(
            tuple(words[n : n + len(p)]) == p for n, w in enumerate(words) for p in phrases("someone_else").get(w, ())
        ):
            return True
    if _OF_RELATIVES.match(scene.text, mention.end):
        return True
    if _AS_TREATED.search(before) or (attribute in _CAUSES and _OF_THE_DISEASE.search(before)):
        return True
    if attribute == "pulmonary_hypertension" and _STAY_FOR.search(before):
        return True
    return attribute in _CAUSES and _BECAUSE.search(before) is not None


def _is_meant(scene: Scene, mention: Mention) -> bool:
    attribute = mention.term.name
    start, end = scene.reading.segment(mention.start)
    if mention.term.part == "psychiatric" and _FOLLOWING.search(scene.text, start, end):
        return False
    if attribute == "active_infection":
        if mention.term.part in ("viral", "virus") and _VACCINE.search(scene.text, start, end):
            return False
        return not viruses.names_the_virus(scene, mention)
    if attribute in ("hepatitis_b", "hepatitis_c"):
        return not (viruses.is_named_negative(scene, mention) or viruses.is_unnamed_of_liver(scene, mention))
    if attribute == "investigational_drug":
        return is_other_trial(scene, mention)
    if attribute == "immunodeficiency" and " ".join(scene.reading.words.norms[mention.first : mention.last]) in (
        "igg level",
        "serum igg",
    ):
        return _LOW.search(scene.text, start, min(end, mention.end + 30)) is not None
    if attribute == "major_surgery":
        return _is_surgery(scene, mention)
    return attribute != "drug_allergy" or is_to_the_drug(scene, mention)


def _is_surgery(scene: Scene, mention: Mention) -> bool:
    """Surgery of any kind counts where a look-back follows at once; otherwise only major surgery does."""
    if " ".join(scene.reading.words.norms[mention.first : mention.last]) not in _BARE_SURGERY:
        return True
    start, _ = scene.reading.segment(mention.start)
    if _FOR_IT.search(scene.text[max(start, mention.start - 30) : mention.start]):
        return False  # what another disease needs
    soon = any(0 <= w.start - mention.end <= _SOON_AFTER for w in scene.reading.windows)
    return soon and _ANY_SURGERY.search(scene.text[start : mention.start]) is not None
