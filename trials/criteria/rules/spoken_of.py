"""Whether a disease that a criterion names is demanded, ruled out, or only spoken of."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort, Zone

# Words after or before which a disease is only spoken of.
_ONLY_ABOUT = re.compile(
    r"\s*(?:\([^)]*\)\s*)?[- ]?\s*(?:(?!and\b|or\b|with\b|who\b)[\w-]+\s)?(?:disease activity|"
    r"activity|therap(?:y|ies)|treatments?|"
    r"medications?|drugs?|SOC|standard of care|flares?|onset|(?:disease )?duration|responder|related|specific|driven|"
    r"manifestations?|symptoms?|rash|headache|crisis|protocol|clinic|registry|cohort)\b",
    re.IGNORECASE,
)
_ONLY_FOR = re.compile(
    r"\b(?:(?:treat\w*|therap\w*|medications?|drugs?|prescribed|regularly|used|required?|"
    r"steroids?|prednisone|surgery|pain) (?:for|of)|treatment with \w+ for|rash of|features of|"
    r"thickening from|involvement of|suspicion of|suspected|suspicion of a new diagnosis of|see people with|"
    r"syndromes? of|manifestations? of|flare of|activity of|symptoms? of|(?:status|class|"
    r"capacity|classes) (?:of|in|for)|secondary to|due to|"
    r"caused by|attributable to|related to|because of|explained by|other than|rather than|"
    r"history of the pathogenesis and|natural history of|protocol|risk (?:of|for)|"
    r"family history of)\s+(?:the |their |active |underlying )*$",
    re.IGNORECASE,
)
_OTHER_CAUSE = re.compile(
    r"[^.;]{0,60}\b(?:for any reason|due to|caused by|secondary to|"
    r"of)\b[^.;]{0,40}\b(?:other than|another)\b|\s*(?:\([^)]*\)\s*)?not (?:due|related|caused)",
    re.IGNORECASE,
)
# "Note: the score counts myositis, pleurisy and vasculitis" asks for none of them.
_NOTE = re.compile(r"\bnotes?\s*:", re.IGNORECASE)
# "RA, SpA and PsA: initiation of …": the words before the colon say for whom.
_LABEL = re.compile(r"\s*[A-Z][\w ,/&-]{1,40}:\s")
_COMPLICATION = re.compile(r"\b(?:secondary to|due to|complications? of|caused by)\b[^()]*$", re.IGNORECASE)
_SEVERE_FIRST = re.compile(
    r"(?:(?:patients?|subjects?|participants?)\s+)?(?:with|who have|having)\s+(?:known |active |"
    r"current |very )*(?:severe|unstable|uncontrolled|life[- ]threatening)",
    re.IGNORECASE,
)
# "Class IV RA", "stage IV RA": a part of those with the disease.
OF_A_CLASS = re.compile(r"\b(?:functional )?(?:class|stage|grade) (?:[IVX]{1,3}|\d)$", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|no)\s+(?:an? |the |any )?(?:diagnosis of |evidence of )?$", re.IGNORECASE)
_OTHERS = re.compile(r"[\s,]*(?:and|or)\s+(?:any\s+)?other\b", re.IGNORECASE)
_LOOKED_AT = 160  # characters before a name in which words can say that it is only spoken of
_HISTOLOGY = re.compile(r"\bclass(?:es)?\s+(?:I|V|\d|\()", re.IGNORECASE)


def op_of(scene: Scene, mention: Mention) -> str | None:
    """ "in", "not in", or None where the disease is only spoken of."""
    place, zones, slug = mention.start, scene.zones, mention.term.name
    if zones.at(place, Sort.EXCEPTION) or zones.at(place, Sort.PERMISSION) or zones.at(place, Sort.CONDITION):
        return None
    start, end = scene.reading.segment(place)
    if _ONLY_ABOUT.match(scene.text, mention.end, end) or _ONLY_FOR.search(
        scene.text[max(start, place - _LOOKED_AT) : place]
    ):
        return None
    if scene.kind is Kind.EXCLUSION and _OTHER_CAUSE.match(scene.text, mention.end, end):
        return None
    if scene.kind is Kind.EXCLUSION and _lets_own_in(scene, mention):
        return None
    if slug in scene.own and _LABEL.match(scene.text, start, end) and place < scene.text.find(":", start):
        return None
    bracket = scene.reading.bracket(place)
    if bracket and _COMPLICATION.search(scene.text, max(start, bracket[0] - 60), bracket[0]):
        return None
    if scene.kind is Kind.EXCLUSION and zones.at(place, Sort.NEGATION) and slug in scene.own:
        return "not in" if _WITHOUT.search(scene.text[start:place]) else None
    if scene.kind is Kind.INCLUSION:
        if slug == "other" and ("other", mention.term.part) not in scene.own_others:
            return None
        if zones.at(place, Sort.NEGATION):
            return "not in"
        return None if _NOTE.search(scene.text, 0, place) else "in"
    if slug == "other" or scene.is_heading or (slug in scene.own and not _leads(scene, mention)):
        return None
    of_a_class = OF_A_CLASS.search(scene.text[start:place].rstrip()) is not None and slug != "lupus-nephritis"
    if slug in scene.own and not of_a_class and _HISTOLOGY.search(scene.text, start, end):
        return None  # a class of the disease that is asked for anyway
    return "in"


def _leads(scene: Scene, mention: Mention) -> bool:
    """In an exclusion the disease under study is excluded only where the criterion is about it: "Severe or unstable
    SSc"."""
    if scene.reading.bracket(mention.start):
        return False  # "Drug-induced myositis (myositis in patients who take …)"
    before = scene.text[: mention.start].strip()
    after = scene.text[mention.end : mention.end + 20]
    if re.match(
        r"\s*(?:\([^)]*\)\s*)?(?:patients?|subjects?|participants?)?\s*(?:with|who|whose|:|for|greater|longer|of)\b",
        after,
    ):
        return False
    if _SEVERE_FIRST.fullmatch(before) or OF_A_CLASS.search(before):
        return True
    if re.search(r"\b\w+-?(?:induced|associated|related)$", before, re.IGNORECASE) or re.match(
        r"\s*(?:in |with )?overlap", after
    ):
        return False
    return len(before.split()) <= 4 and not re.search(
        r"\b(?:patients?|subjects?|for|in|with|of|due|to|by)\b", before, re.IGNORECASE
    )


def let_off(scene: Scene, mention: Mention) -> Zone | None:
    """The exception behind a disease, before the next one: "lupus nephritis, except class V"."""
    _, end = scene.reading.segment(mention.start)
    nexts = [m.start for m in scene.reading.of("diagnosis") if m.start >= mention.end]
    for zone in scene.zones.of(Sort.EXCEPTION):
        if not mention.end <= zone.cue < end or any(mention.end <= place < zone.cue for place in nexts):
            continue
        if not _OTHERS.match(scene.text, mention.end, zone.cue):
            return zone  # but not that of "psoriatic arthritis, or other inflammatory conditions except RA"
    return None


def _lets_own_in(scene: Scene, mention: Mention) -> bool:
    """ "Collagen diseases other than rheumatoid arthritis" in a study of rheumatoid arthritis keeps no patient out."""
    zone = let_off(scene, mention)
    return zone is not None and any(
        zone.start <= m.start < zone.end and m.term.name in scene.own for m in scene.reading.of("diagnosis")
    )
