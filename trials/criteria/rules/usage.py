"""How a text speaks of a medicine: as one that is taken, or only named, feared, changed or needed."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.background import is_allowed, is_excepted
from trials.criteria.rules.classes import is_bare_target
from trials.criteria.rules.clauses import FAILED, NOW, PAST, STABLE, Clauses
from trials.criteria.rules.facts import Scene
from trials.criteria.rules.feared import is_feared
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_CHANGED = re.compile(
    r"\b(?:chang(?:es?|ed|ing)|adjust\w+|initiat(?:ion|ing)|introduction|escalation|modifications?|increases? in|"
    r"dose increase|switch(?:es|ed|ing)?)\b(?!\s+(?:of|in) (?:disease|condition))",
    re.IGNORECASE,
)
_CHANGED_AFTER = re.compile(
    r"\s*(?:\w+ )?(?:dose |dosage |regimen )?(?:chang(?:es?|ed)|adjust\w+|modifications?|increases?|initiation|"
    r"introduction|intensification|escalation)\b",
    re.IGNORECASE,
)
_ONLY_NEEDED = re.compile(
    r"\b(?:requir\w+|need(?:s|ed|ing)?|necessitat\w+|worsen with|with or without|before start\w*|"
    r"after completion of|candidates? for,?|preclude the use of|prevent the use of|eligib\w+ for|"
    r"withhold\w*|antagoni[sz]e|(?:to|will|can|may|about to|planned to|scheduled to|decided to|intend\w* to|"
    r"going to) (?:\w+ ){0,2}(?:begin|start|initiate|receive|continue|be (?:treated|given))|"
    r"(?:begin|start|initiat)(?:ing|ion)?|indicat\w+ for|prescri(?:bed|ption)|cost of|product containing|"
    r"mechanism of|effects? of|setting of|context of|due to|caused by|induced by|associated with|unrelated to)"
    r"\s+(?:\S+\s+){0,4}$|\b(?:after|following|until) (?:the |their )?(?:last|final|first) (?:dose|administration|"
    r"infusion|injection)s? of (?:\S+ ){0,2}$"
    r"|\b(?:during|after|before|prior to) (?:\S+ ){0,4}?(?:treatment|therapy|initiat\w+|start\w*)(?: (?:with|"
    r"of))?(?: \S+){0,2} $|\b(?:improve\w*|better|remission)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_FOR_DISEASE = re.compile(
    r"\b(?:diseases?|disorders?|conditions?|illness(?:es)?|asthma|COPD|exacerbations?|flares?|"
    r"infections?)\b[^.;]{0,40}?\brequir\w+\b[^.;]{0,45}$",
    re.IGNORECASE,
)
_PLANNED_ONLY = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|anticipat\w+|expect\w+|intend\w*|schedul\w+|future|will require|need for|"
    r"likely to)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_MOLECULE = re.compile(
    r"\(\s*(?:including |e\.g\.,? )?(?:small molecules?|chemical|drugs?,? (?:or )?(?:device|vaccine))", re.IGNORECASE
)
_NEVER_TAKEN = re.compile(
    r"^\s*where \S+ (?:\S+ )?$|^\s*where $|\S,? (?:for|in) (?:those )?(?:patients|subjects|participants|"
    r"those) (?:who|that) (?:have |had )?(?:been )?"
    r"(?:received|taken|treated with) $|\bwash(?:ed)?[ -]?out (?:of )?$|\b(?:elimination|metabolism|"
    r"(?:serum|blood|plasma|trough) levels?|concentrations?|clearance|mechanism|"
    r"excretion|risks?) of (?:\S+ )?$|"
    r"\b(?:irrespective|regardless) of (?:\S+ )?$|\bnon[- ]?$|\b(?:taper|"
    r"wean|reduce|decrease)\w* (?:\S+ ){0,3}$"
    r"|\b(?:unable|unwilling|refus\w+|unwillingness|inability)\b[^.;]{0,40}\b(?:stop|discontinue|"
    r"withdraw)\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_SORT_OF_TRIAL = re.compile(
    r"\b(?:investigational|study drugs?|trial)\b[^.;]{0,120}(?:half-?li(?:fe|ves)|days|weeks|months)\s+"
    r"(?:\([^()]{0,30}\)\s*)?(?:for|if|in the case of) (?:an? )?$",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\b(?:response|responders?|responded|responding) (?:to|with)\b", re.IGNORECASE)
_TRIAL_DRUG = re.compile(
    r"\binvestigational (?:drugs?|agents?|products?|medic\w+|medicinal products?)?\s*(?:/|\bor\b|\band\b)\s*$",
    re.IGNORECASE,
)
_WASHED_OUT = re.compile(
    r"[^.;]{0,60}?\b(?:requir\w+ [^.;]{0,25}wash|must (?:be|have been) (?:washed|stopped|discontinued|withdrawn))|"
    r"[^.;]{0,80}?\bmust have\b(?! (?:not|no|elapsed|passed))|\s*wash-?\s?out",
    re.IGNORECASE,
)
_HEADS_A_GROUP = re.compile(
    r"[- ]*(?:na[iï]ve|experienced|treated)[- ]+(?:population|patients?|participants?|subjects?|group|cohort|"
    r"arm)\b|(?: (?:agents?|drugs?))?(?: (?:clinical|research))? (?:trials?|stud(?:y|ies))\b|"
    r"(?: or \w+)? (?:conditions?|states?|disorders?|diseases?|status|candidates?)\b|[- ]*(?:associated|"
    r"induced|related|intoleran\w+|allerg\w+|hypersensitiv\w+|toxicity|contraindicat\w+)\b|"
    r"(?: (?:treatment|therapy|doses?))? (?:is|are) defined as\b",
    re.IGNORECASE,
)

_AS_FAR_BACK = 300
_FOR_A = re.compile(r"\b(?:for|if|of|in case of) an? (?:non-?\s?)?$", re.IGNORECASE)
_COMPOUND = re.compile(r"\s*(?:compound|product|entity)s?\b", re.IGNORECASE)


def counts(scene: Scene, clauses: Clauses, mention: Mention) -> bool:
    """The medicine is taken, not only named: no exception, condition, permission, allergy, change or need."""
    place, zones = mention.start, scene.zones
    if is_bare_target(scene, mention):
        return False
    if is_excepted(scene, place) or zones.at(place, Sort.CONDITION) or is_allowed(scene, place, mention.end):
        return False
    if _is_equivalent(scene, mention) or is_feared(scene, clauses, mention):
        return False
    start, end = scene.reading.segment(place)
    clause = clauses.at(place)
    changed = _CHANGED.search(scene.text, clause.start, place) or _CHANGED_AFTER.match(scene.text, mention.end, end)
    if changed and (scene.kind is Kind.EXCLUSION or not STABLE.search(scene.text, start, end)):
        return False
    before = scene.text[max(start, place - _AS_FAR_BACK) : place]
    if (_FOR_DISEASE.search(before) and not is_past_need(scene, place)) or _HEADS_A_GROUP.match(
        scene.text, mention.end
    ):
        return False
    looks_back = any(w.sort == "back" and start <= w.start < end for w in scene.reading.windows)
    planned = clause.change or _PLANNED_ONLY.search(scene.text[clause.start : place])
    if (
        _is_anchor(scene, mention)
        or _is_said_of_those(scene, mention, end)
        or (scene.kind is Kind.INCLUSION and _NO_NEW.search(before))
    ):
        return False
    if mention.term.name == "biologic" and _is_of_a_trial(scene, mention, before):
        return False
    if _answers(before) or _NEVER_TAKEN.search(before) or _is_washed_out(scene, mention.end, end):
        return False
    if (scene.kind is Kind.EXCLUSION and _PEOPLE_IN_NEED.search(before)) or is_past_need(scene, place):
        return True
    if _ONLY_NEEDED.search(before) or (
        planned and not (NOW.search(before) or PAST.search(before) or "unstable" in before.lower())
    ):
        return looks_back and scene.kind is Kind.EXCLUSION
    return True


def _is_of_a_trial(scene: Scene, mention: Mention, before: str) -> bool:
    """Only a sort of investigational product: "3 months for a biologic compound"."""
    if _COMPOUND.match(scene.text, mention.end) and _FOR_A.search(before) and "investigational" in before.lower():
        return True
    return _TRIAL_DRUG.search(before) is not None or _SORT_OF_TRIAL.search(before) is not None


_NO_NEW = re.compile(
    r"\b(?:no|not|without)\b[^.;,]{0,30}\b(?:new|newly|increas\w+|start\w*|chang\w+|initiat\w+|adjust\w+|escalat\w+)\b"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_PEOPLE_IN_NEED = re.compile(
    r"\b(?:subjects|patients|participants|individuals|those) (?:who )?(?:(?:currently|are) )?requir(?:e|ing) "
    r"(?:\w+[ -]){0,3}$|"
    r"^\W*(?:currently )?requir(?:es?|ing) (?:continu\w+|ongoing|chronic|current|concomitant|regular|concurrent|"
    r"repeated)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\bfor (?:more|longer|at least|greater|>|≥|over)", re.IGNORECASE)


def is_past_need(scene: Scene, place: int) -> bool:
    """ "A disease that has required steroids within 3 months": it tells of some of those who took them."""
    start, end = scene.reading.segment(place)
    return (
        scene.kind is Kind.EXCLUSION
        and _FOR_DISEASE.search(scene.text, max(start, place - _AS_FAR_BACK), place) is not None
        and any(w.sort == "back" and place <= w.start < end for w in scene.reading.windows)
        and _LASTING.search(scene.text, place, end) is None
    )


_OF_THOSE = re.compile(r"\s*for (?:those|patients|subjects|participants) (?:who|that|previously|with)\b", re.IGNORECASE)


def _is_said_of_those(scene: Scene, mention: Mention, end: int) -> bool:
    """ "For those who have received X, the last X is less than 4 weeks ago": the second X says what is meant."""
    start, _ = scene.reading.segment(mention.start)
    return (
        scene.kind is Kind.EXCLUSION
        and _OF_THOSE.match(scene.text, start) is not None
        and any(m.term.name == mention.term.name and mention.end < m.start < end for m in scene.reading.of("treatment"))
    )


def _is_washed_out(scene: Scene, start: int, end: int) -> bool:
    """ "X must be washed out", "X requires a wash-out of 30 days": an order; `washed_out` reads its time."""
    return scene.kind is Kind.EXCLUSION and _WASHED_OUT.match(scene.text, start, end) is not None


_ANCHOR = re.compile(
    r"\b(?:prior to|before|of|after|following|until|from)\s+(?:the |their |his )?(?:first|initial|planned|"
    r"second)\s+(?:\w+\s+){0,2}"
    r"(?:dose|infusion|administration|injection|treatment)s?\s+(?:of|with)\s+(?:\S+\s+){0,2}$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\s+(?:of|to|the|start\w*|initiat\w+|receiving|first|treatment|with|administration|dose|infusion|their|"
    r"planned))*\s*",
    re.IGNORECASE,
)


_USED_IN = re.compile(r"\b(?:use|used|usage|treatment|therapy|intake|administration|receipt)\s*,?\s*$", re.IGNORECASE)


def _is_anchor(scene: Scene, mention: Mention) -> bool:
    """ "Within 4 weeks of rituximab", "before the first dose of rituximab": only a date."""
    if _ANCHOR.search(scene.text, max(0, mention.start - 80), mention.start):
        return True
    for window in scene.reading.windows:
        gap = scene.text[window.end : mention.start] if window.sort == "back" and window.end < mention.start else None
        if gap and len(gap) < 40 and _LINK.fullmatch(gap):
            used = _USED_IN.search(scene.text, max(0, window.start - 30), window.start)
            return (" of " in gap and not used) or scene.text[: window.end].rstrip().lower().endswith(
                ("prior to", "before", "preceding")
            )
    return False


def _answers(before: str) -> bool:
    """A response to it, not a lack of one."""
    return _ANSWER.search(before) is not None and not FAILED.search(before)


_OWN_TIME = re.compile(r"[\[(]\s*\d+ (?:days?|weeks?|months?|years?) (?:for|with|of|if)\b", re.IGNORECASE)


def _is_equivalent(scene: Scene, mention: Mention) -> bool:
    bracket = scene.reading.bracket(mention.start)
    if bracket is None:
        return False
    inside = scene.text[bracket[0] : bracket[1]]
    return bool(
        re.match(r"[\[(][^)\]]{0,25}equivalent|[\[(]?or equal", inside, re.IGNORECASE)
        or (re.match(r"[\[(]≤?\s*\d", inside) and not _OWN_TIME.match(inside))
        or _MOLECULE.match(inside),
    )


def head_of_list(scene: Scene, mention: Mention) -> int | None:
    """Where the list that a medicine stands in is introduced: before a colon, "including", "these agents include"."""
    zone = scene.zones.at(mention.start, Sort.EXAMPLE)
    if zone is not None:
        before = [m for m in scene.reading.of("treatment", "drug", "finding") if m.end <= zone.cue]
        if before:
            return before[-1].start
    start, _ = scene.reading.segment(mention.start)
    if start == 0:
        return None
    colon = scene.text.rfind(":", 0, mention.start)
    if colon < 0 and scene.text[:start].rstrip().endswith(";"):
        return next((m.start for m in scene.reading.of("treatment", "drug") if m.start < start), None)
    return colon if colon > 0 else scene.reading.segments[0][0] if zone is not None else None
