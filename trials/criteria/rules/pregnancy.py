"""Pregnancy and breastfeeding, and contraception: who may not be pregnant, and who must prevent it."""

import re
from collections.abc import Iterator

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.wording.terms import Mention

_PARTNER_ONLY = re.compile(r"\bpregnant partner", re.IGNORECASE)
_OF_A_PARTNER = re.compile(
    r"\bpartners?(?:'s)?\s+(?:from\s+)?(?:to\s+)?$|"
    r"\b(?:contact|intercourse|sex|relations|activity) with (?:an? |any )?$",
    re.IGNORECASE,
)
_OF_MEN = re.compile(r"\b(?:males?|m[ae]n)\b", re.IGNORECASE)
_PREVENTED = re.compile(
    r"\b(?:avoid|prevent)\w*\s+(?:a\s+)?$|\bensure (?:that )?(?:no|there (?:is|are) no)\s+$", re.IGNORECASE
)
# A test that somebody must agree to, or that a procedure is about, is no state of hers.
_TO_BE_TESTED = re.compile(r"\b(?:willing|agree\w*|refus\w+|consent)\b[^.;]{0,60}$", re.IGNORECASE)
_NOT_ASKED = re.compile(
    r"\b(?:not necessary|no need|need not|not required|not need|not applicable|failure of|counsel\w+ on|"
    r"information on)\b|"
    r"\bis (?:an? |considered |regarded |also )*(?:highly |very |acceptable |adequate )*(?:effective|acceptable|"
    r"reliable|adequate)\b",
    re.IGNORECASE,
)
_DEMANDED = re.compile(r"\b(?:must|agree\w*|willing\w*|requir\w+|should|commit\w*|need to)\b", re.IGNORECASE)

_LOOKED_AT = 200  # characters before a mention


def pregnancy_facts(scene: Scene) -> Iterator[Fact]:
    prevented = [m for m in scene.reading.of("finding") if m.term.name == "contraception"]
    named = [m for m in scene.reading.of("finding") if m.term.name == "pregnant_or_breastfeeding"]
    pregnant = [m for m in named if _is_hers(scene, m)]
    if scene.kind is Kind.INCLUSION and named and not pregnant and _DEMANDED.search(scene.text):
        prevented = prevented or named  # "must not make his partner pregnant"
    if prevented and not _PARTNER_ONLY.search(scene.text) and not _is_explained(scene, prevented[0]):
        value = scene.kind is Kind.INCLUSION
        yield Fact("contraception", "is", value, prevented[0].start, prevented[0].end)
    if pregnant and not (prevented and all(_is_prevented(scene, m) for m in pregnant)):
        value = scene.kind is not Kind.INCLUSION
        yield Fact("pregnant_or_breastfeeding", "is", value, pregnant[0].start, pregnant[-1].end)


def _is_hers(scene: Scene, mention: Mention) -> bool:
    """A participant's own pregnancy, not a partner's; under an exclusion a test she will not take is none."""
    before = scene.text[max(0, mention.start - _LOOKED_AT) : mention.start]
    if _OF_A_PARTNER.search(before) and (scene.kind is Kind.INCLUSION or _OF_MEN.search(before)):
        return False
    is_test = "test" in scene.text[mention.start : mention.end].lower()
    return not (is_test and scene.kind is Kind.EXCLUSION and _TO_BE_TESTED.search(before))


def _is_explained(scene: Scene, mention: Mention) -> bool:
    """Which methods count, under a criterion that has already asked for contraception; or that none is needed."""
    start, end = scene.reading.segment(mention.start)
    if _NOT_ASKED.search(scene.text, start, end) and not _DEMANDED.search(scene.text):
        return True
    if scene.kind is Kind.EXCLUSION or scene.lead is None or _DEMANDED.search(scene.text):
        return False
    return any(m.term.name == "contraception" for m in scene.lead.reading.of("finding"))


def _is_prevented(scene: Scene, mention: Mention) -> bool:
    """ "Avoid pregnancy by two methods of contraception": pregnancy is named as what is prevented."""
    return _PREVENTED.search(scene.text[max(0, mention.start - _LOOKED_AT) : mention.start]) is not None
