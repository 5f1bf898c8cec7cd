"""Findings that a criterion only speaks of: somebody else's, a cause, a risk, a plan, the study's own cells."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_NEAR = 90  # characters before a mention in which such words stand
_LIST = 300  # characters that a list can take
_INFECTIONS = frozenset({"active_infection", "hiv", "hepatitis_b", "hepatitis_c", "tuberculosis"})
_ORGANS = frozenset({"heart_disease", "other_lung_disease", "liver_disease", "kidney_failure", "cns_disease"})
# "Hepatic or renal disorders capable of altering the absorption of drugs": what they do is what counts.
_CAPABLE = re.compile(
    r"\b(?:capable of|(?:that|which) (?:may |could |might |would )?(?:significantly )?alters?)\b", re.IGNORECASE
)
_PLANNED = frozenset({"investigational_drug", "major_surgery", "live_vaccine"})
# "Household contact with a person with active tuberculosis".
_CONTACT = re.compile(
    r"\b(?:contacts?|exposed|exposure)\s+(?:with|to|of)\s+(?:[\w()'-]+\s+){0,6}$|\bhousehold\b[^.;,]*$", re.IGNORECASE
)
_FAMILY = re.compile(r"\bfamil(?:y|ial)\s+(?:medical )?history\b[^.;,]*$", re.IGNORECASE)
# "Diseases that predispose to infections", "risk factors for developing infection".
_TOWARDS = re.compile(
    r"\b(?:predispos\w+|prone|suscept\w+|induc\w+|risks?|vulnerab\w+|propensity)\b[^.;,]{0,40}?\b(?:to|of|for|with)\s+"
    r"(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_ASSOCIATED = re.compile(
    r"(?:\s*\(\w+\))?\s*[-–]\s*(?:associated|related|induced)\b(?!\s+(?:disease|illness|infection|cond))", re.IGNORECASE
)
# "(…) causes: nephrotic syndrome secondary to, or secondary (infection, tumour, …)".
_SECONDARY = re.compile(r"\bsecondary\b[^()]{0,40}\($", re.IGNORECASE)
# "At high risk of infection (e.g. recurrent chest infections)".
_AT_RISK = re.compile(
    r"\brisks? (?:of|for) (?:\w+ ){0,2}infections?\s*\(\s*(?:e\.?g|such as|for example|i\.?e)", re.IGNORECASE
)
_THESE = re.compile(r"\b(?:these|those|such|this)\s+$", re.IGNORECASE)  # named before
_SEE = re.compile(r"\bsee (?:below|above|also|exclusion|inclusion|section|criteri)", re.IGNORECASE)
_SUGGESTS = re.compile(r"\b(?:suggest\w*|suspicious|indicat\w+)\s+(?:of\s+)?(?:\w+\s+)?$", re.IGNORECASE)
# "Hepatitis serology indicating active infection": of the virus named before.
_SHOWS = re.compile(
    r"\b(?:indicat\w+|suggest\w+|consistent with|compatible with|show\w*|confirm\w*|demonstrat\w+|signif\w+)\s+"
    r"(?:of\s+)?(?:(?:an?|acute|active|chronic|current|past|prior|previous|or|and|latent|ongoing)\s+)*$",
    re.IGNORECASE,
)
_NAMED = frozenset({"hiv", "hepatitis_b", "hepatitis_c", "tuberculosis"})
_REQUIRING = re.compile(r"\b(?:requir\w+|need\w*|treated with|on)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO_BE_SEEN = re.compile(
    r"\b(?:should|must|will|to|may) be (?:screened|tested|evaluated|assessed|examined|treated|checked) for\s+"
    r"(?:\w+\s+)?$",
    re.IGNORECASE,
)
# "Any illness that in the opinion of the investigator … . This would include …".
_THIS_INCLUDES = re.compile(r"\s*(?:this|these|such|examples?)\s+(?:\w+\s+){0,3}?includ", re.IGNORECASE)
_UNWILLING = re.compile(r"\W*(?:\w+\s+){0,3}?(?:unwilling\w*|refus\w+|not willing)\b", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:planned|plans?|planning|scheduled|anticipat\w+|expect\w*|intend\w*|intent\w*|will)\b(?:(?![.;]).)*$",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:agrees?|willing\w*|commits?|will) (?:to )?not\b|\bagrees? to (?:refrain|abstain)\b", re.IGNORECASE
)
_DONE = re.compile(
    r"\b(?:current\w*|previous\w*|prior|past|recent\w*|history|had|has|have|undergone|received|receiving|taken|within|"
    r"last|participated|ongoing|concurrent\w*|concomitant\w*|already|simultaneous\w*)\b",
    re.IGNORECASE,
)
_OWN_CELLS = re.compile(
    r"\b(?:after|following|before|prior to|end of|time of|day of|since|until|date of|post)[\s-]+(?:the\s+)?"
    r"(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# "Alemtuzumab within 8 weeks of HSCT": the study's own, a date.
_WITHIN_OF = re.compile(r"\b(?:days?|weeks?|months?) (?:of|prior to|before) (?:the )?(?:\w+ )?$", re.IGNORECASE)
_IN_SOMEBODY = re.compile(
    r"\bin (?:an? |the )?(?:\w+ ){0,3}$", re.IGNORECASE
)  # "pregnancy in a female transplant recipient"
_RECIPIENT = re.compile(r"\s*recipients?\b|(?<=recipient)s?\b", re.IGNORECASE)
_RELAPSED = re.compile(
    r"\b(?:relaps|recurr|progress|fail|refractory)\w*\s+(?:\w+\s+)?(?:after|following|from|on|to|post)[\s-]+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)


def is_aside(scene: Scene, mention: Mention) -> bool:
    """Somebody else's, only suggested or feared, or not what the criterion is about."""
    start, end = scene.reading.segment(mention.start)
    before = scene.text[max(start, mention.start - _NEAR) : mention.start]
    attribute = mention.term.name
    if _FAMILY.search(before) or (_ASSOCIATED.match(scene.text, mention.end) and attribute in _NAMED):
        return True
    if attribute in _INFECTIONS and _is_other_infection(scene, mention, before):
        return True
    if attribute == "immunodeficiency" and _SUGGESTS.search(before):
        return True
    if attribute == "stem_cell_transplant" and _WITHIN_OF.search(before):
        return any(start <= m.start < mention.start for m in scene.reading.of("treatment", "drug"))
    if attribute == "organ_transplant" and _IN_SOMEBODY.search(before) and _RECIPIENT.match(scene.text, mention.end):
        return True
    if attribute == "car_t" and _OWN_CELLS.search(before) and not _RELAPSED.search(before):
        return True
    if attribute in _ORGANS and _CAPABLE.search(scene.text, mention.start, min(end, mention.start + _LIST)):
        return True
    if _THIS_INCLUDES.match(scene.text, start) and scene.reading.has(0, start, "opinion_of"):
        return True
    bracket = scene.reading.bracket(mention.start)
    if bracket and _SEE.search(scene.text, bracket[0], bracket[1]):
        return True
    if bracket and _SECONDARY.search(scene.text, start, bracket[0] + 1):
        return True
    return attribute in _PLANNED and _is_only_planned(scene, mention, start)


def _is_other_infection(scene: Scene, mention: Mention, before: str) -> bool:
    if scene.kind is Kind.EXCLUSION and _UNWILLING.match(scene.text):
        return True
    if _CONTACT.search(before) or _TO_BE_SEEN.search(before):
        return True
    if mention.term.name != "active_infection":
        return _is_unnamed_example(scene, mention)
    earlier = [m.term.name for m in scene.reading.of("finding") if m.start < mention.start]
    if mention.term.part == "treatment":
        return "active_infection" not in earlier and _REQUIRING.search(before) is not None
    bracket = scene.reading.bracket(mention.start)
    if bracket and _AT_RISK.search(scene.text, 0, bracket[0] + 12):
        return True
    if _THESE.search(before):
        return True
    return _TOWARDS.search(before) is not None or (not _NAMED.isdisjoint(earlier) and _SHOWS.search(before) is not None)


def _is_unnamed_example(scene: Scene, mention: Mention) -> bool:
    """ "Severe infection such as hepatitis or pneumonia": any inflammation of the liver."""
    zone = scene.zones.at(mention.start, Sort.EXAMPLE)
    if zone is None or scene.text[mention.start : mention.end].lower() != "hepatitis":
        return False
    return "vir" not in scene.text[max(0, zone.cue - 30) : zone.cue].lower()


def _is_only_planned(scene: Scene, mention: Mention, start: int) -> bool:
    """ "Scheduled to take part in another trial": what is to come is no state that a person can tell today."""
    begin = max(start, mention.start - _LIST)
    if scene.kind is Kind.INCLUSION and _AGREES.search(scene.text, begin, mention.start):
        return True
    plan = _PLAN.search(scene.text, begin, mention.start)
    if not plan or _DONE.search(scene.text, begin, mention.start):
        return False
    _, end = scene.reading.segment(mention.start)
    return not any(mention.end <= w.start < end and w.sort == "back" for w in scene.reading.windows)
