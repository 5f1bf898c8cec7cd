"""What an exclusion lets off: an exception takes something out of a finding, so that a plain yes no longer decides."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort, Zone

# Exceptions that take nothing out of the attribute: hepatitis A is neither B nor C, nicotine no drug of abuse.
_BESIDE_IT = {
    "hepatitis_b": re.compile(r"\bhepatitis A\b(?!\s*(?:,|and|or))", re.IGNORECASE),
    "hepatitis_c": re.compile(r"\bhepatitis A\b(?!\s*(?:,|and|or))", re.IGNORECASE),
    "live_vaccine": re.compile(
        r"\b(?:inactivated|killed|non-?\s?live|injectable|injected|subunit|mRNA)\b", re.IGNORECASE
    ),
    "substance_abuse": re.compile(r"\b(?:nicotine|tobacco|caffeine|smoking)\b", re.IGNORECASE),
}


def has_exception(scene: Scene, attribute: str, mentions: list[Mention]) -> bool:
    """An exception after one of these and before the next other term takes something out of it."""
    others = [m.start for m in scene.reading.of("finding") if m.term.name != attribute]
    for zone in scene.zones.of(Sort.EXCEPTION)[:_MOST]:
        before = [m.start for m in mentions if m.start < zone.cue]
        if not before or _is_beside(scene, attribute, zone):
            continue
        if any(before[-1] < place < zone.cue for place in others) and not _names_it(scene, attribute, zone):
            continue
        if attribute != "other_autoimmune" or not _says_which_other(scene, zone):
            return True
    if attribute in ("hepatitis_b", "hepatitis_c"):
        return False  # which of the tests counts is read elsewhere
    return scene.kind is Kind.EXCLUSION and _is_let_off_in_part(scene, attribute, mentions)


def _names_it(scene: Scene, attribute: str, zone: Zone) -> bool:
    """ "… infections (such as hepatitis, but excluding fungal infections of nail beds)"."""
    named = scene.reading.of("finding", "none")
    return any(zone.start <= m.start < zone.end and m.term.name == attribute for m in named)


def _is_beside(scene: Scene, attribute: str, zone: Zone) -> bool:
    beside = _BESIDE_IT.get(attribute)
    return beside is not None and beside.search(scene.text, zone.start, zone.end) is not None


def _says_which_other(scene: Scene, zone: Zone) -> bool:
    """ "Any autoimmune disease other than SLE": that is what another autoimmune disease means."""
    named = [m.term for m in scene.reading.of("diagnosis") if zone.start <= m.start < zone.end]
    return bool(named) and all(term.name in scene.own for term in named)


def _is_let_off_in_part(scene: Scene, attribute: str, mentions: list[Mention]) -> bool:
    """ "Cancer (basal cell carcinoma is allowed)", "Cancer. Subjects with carcinoma in situ may be included."."""
    for zone in scene.zones.of(Sort.PERMISSION)[:_MOST]:
        if not any(m.start < zone.start for m in mentions) or _is_beside(scene, attribute, zone):
            continue
        bracket = scene.reading.bracket(zone.cue)
        if bracket and not any(0 <= bracket[0] - m.end <= _NEAR for m in mentions):
            continue
        if bracket and not any(bracket[0] < m.start < bracket[1] for m in _others(scene, attribute)):
            return True
        if any(m.term.name == attribute and zone.start <= m.start < zone.end for m in scene.reading.of("finding")):
            return True
    return False


def _others(scene: Scene, attribute: str) -> list[Mention]:
    return [m for m in scene.reading.of("finding", "diagnosis", "treatment", "drug") if m.term.name != attribute]


_MOST = 20  # exceptions of one criterion
_NEAR = 90  # characters between a finding and the bracket that allows some of it
