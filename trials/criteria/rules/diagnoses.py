"""Which diseases a person must have, or must not."""

import re
from collections.abc import Iterator

from trials.criteria.model import Kind, Within
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.hierarchy import hierarchy
from trials.criteria.rules.looking_back import window_for
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_WEAK = re.compile(
    r"\b(?:severe|moderate|unstable|uncontrolled|rapidly progressive|requiring|persistent|"
    r"life[- ]threatening|end[- ]stage)\b",
    re.IGNORECASE,
)
_WEAK_AFTER = re.compile(
    r"\s*(?:[(\[][^)\]]*[)\]]\s*)*(?:that |which )?(?:requir\w+|WHO|NYHA|functional class)", re.IGNORECASE
)
_DIAGNOSED = re.compile(r"\bdiagnos\w*\b", re.IGNORECASE)
# Words that make a mention a demand for the disease itself.
_DEFINES = re.compile(
    r"\b(?:diagnos\w*|criteria|criterion|classif\w+|meets?|meeting|fulfil\w*|suffer\w*|"
    r"history of|confirmed|documented|established|definite|biopsy)\b",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"\b(?:with|have|has|having)\s+(?:an? |the |known |either |primary |adult |definite |"
    r"a history of )*$",
    re.IGNORECASE,
)
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
# "one of the following connective tissue diseases: …": the list says which are meant.
_LISTS = re.compile(r"\s*(?:\([^()]*\)\s*)?:\s*\S")
# "RA, SpA and PsA: initiation of …": the words before the colon say for whom.
_LABEL = re.compile(r"\s*[A-Z][\w ,/&-]{1,40}:\s")
_COMPLICATION = re.compile(r"\b(?:secondary to|due to|complications? of|caused by)\b[^()]*$", re.IGNORECASE)
_SEVERE_FIRST = re.compile(
    r"(?:(?:patients?|subjects?|participants?)\s+)?(?:with|who have|having)\s+(?:known |active |"
    r"current |very )*(?:severe|unstable|uncontrolled|life[- ]threatening)",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\b(?:without|no)\s+(?:an? |the |any )?(?:diagnosis of |evidence of )?$", re.IGNORECASE)
# Organ and vascular diagnoses that come on top of a systemic disease: "systemic sclerosis with ILD" asks for both.
ON_TOP = frozenset({
    "pulmonary-arterial-hypertension", "ild", "ipf", "progressive-pulmonary-fibrosis", "raynaud", "lupus-nephritis",
    "neuropsychiatric-lupus", "aps",
})  # fmt: skip
_OR = re.compile(r"\bor\b|/|,", re.IGNORECASE)
_EITHER = re.compile(r"\(\s*(?:either|both|limited|diffuse|including)\b", re.IGNORECASE)


def diagnosis_facts(scene: Scene) -> Iterator[Fact]:
    groups: dict[tuple[str, bool, Within | None, bool], list[Mention]] = {}
    mentions = [m for m in scene.reading.of("diagnosis") if not _is_venous(scene, m)]
    for mention in mentions:
        op = _op(scene, mention)
        if op is None or _is_narrowing(scene, mention, mentions):
            continue
        on_top = scene.kind is Kind.INCLUSION and op == "in" and _comes_on_top(scene, mention, mentions)
        groups.setdefault((op, _is_partial(scene, mention), _within(scene, mention), on_top), []).append(mention)
    for (op, partial, within, _), found in groups.items():
        slugs = _without_wider(scene, found)
        yield Fact(
            "diagnosis",
            op,
            slugs,
            found[0].start,
            found[-1].end,
            partial=partial,
            within=within,
            mere=_is_mere(scene, found),
        )


def _is_venous(scene: Scene, mention: Mention) -> bool:
    """Pulmonary arterial hypertension is a diagnosis where it is under study, else a finding."""
    return mention.term.name == "pulmonary-arterial-hypertension" and mention.term.name not in scene.own


def _op(scene: Scene, mention: Mention) -> str | None:
    """ "in", "not in", or None where the disease is only spoken of."""
    place, zones, slug = mention.start, scene.zones, mention.term.name
    if zones.at(place, Sort.EXCEPTION) or zones.at(place, Sort.PERMISSION) or zones.at(place, Sort.CONDITION):
        return None
    start, end = scene.reading.segment(place)
    if _ONLY_ABOUT.match(scene.text, mention.end, end) or _ONLY_FOR.search(scene.text[start:place]):
        return None
    if scene.kind is Kind.EXCLUSION and _OTHER_CAUSE.match(scene.text, mention.end, end):
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
        return "not in" if zones.at(place, Sort.NEGATION) else "in"
    if slug == "other" or scene.is_heading or (slug in scene.own and not _leads(scene, mention)):
        return None
    if slug in scene.own and _HISTOLOGY.search(scene.text, start, end):
        return None  # a class of the disease that is asked for anyway
    return "in"


def _leads(scene: Scene, mention: Mention) -> bool:
    """In an exclusion the disease under study is excluded only where the criterion is about it: "Severe or unstable
    SSc"."""
    before = scene.text[: mention.start].strip()
    after = scene.text[mention.end : mention.end + 20]
    if re.match(
        r"\s*(?:\([^)]*\)\s*)?(?:patients?|subjects?|participants?)?\s*(?:with|who|whose|:|for|greater|longer|of)\b",
        after,
    ):
        return False
    if _SEVERE_FIRST.fullmatch(before):
        return True
    if re.search(r"\b\w+-?(?:induced|associated|related)$", before, re.IGNORECASE) or re.match(
        r"\s*(?:in |with )?overlap", after
    ):
        return False
    return len(before.split()) <= 4 and not re.search(
        r"\b(?:patients?|subjects?|for|in|with|of|due|to|by)\b", before, re.IGNORECASE
    )


def _is_narrowing(scene: Scene, mention: Mention, mentions: list[Mention]) -> bool:
    """ "systemic sclerosis (either limited or diffuse)": the bracket only says that both kinds are meant."""
    bracket = scene.reading.bracket(mention.start)
    if bracket is None or not _EITHER.match(scene.text, bracket[0]):
        return False
    before = [m for m in mentions if m.end <= bracket[0]]
    return bool(before) and before[-1].term.name in hierarchy().get(mention.term.name, frozenset())


def _comes_on_top(scene: Scene, mention: Mention, mentions: list[Mention]) -> bool:
    """An organ diagnosis beside a systemic one, not as its alternative, is a demand of its own."""
    if mention.term.name not in ON_TOP:
        return False
    start, end = scene.reading.segment(mention.start)
    others = [m for m in mentions if start <= m.start < end and m.term.name not in ON_TOP]
    for other in others:
        low, high = sorted((mention, other), key=lambda m: m.start)
        if _OR.search(scene.text, low.end, high.start) is None:
            return True
    return False


def _without_wider(scene: Scene, found: list[Mention]) -> tuple[str, ...]:
    """ "SSc and dcSSc" asks for the narrower; a list of examples or alternatives keeps all."""
    slugs = list(dict.fromkeys(m.term.name for m in found))
    if len(slugs) > 1 and _LISTS.match(scene.text, found[0].end) and slugs[0] in hierarchy().get(slugs[1], frozenset()):
        return tuple(slugs[1:])
    if scene.kind is Kind.EXCLUSION or len(slugs) != 2:
        return tuple(slugs)
    first, second = found[0], found[-1]
    between = scene.text[first.end : second.start]
    if slugs[0] in hierarchy().get(slugs[1], frozenset()) and not re.search(r"\bor\b|such as|includ", between):
        return (slugs[1],)
    return tuple(slugs)


def _is_mere(scene: Scene, found: list[Mention]) -> bool:
    """The disease is named without being asked for ("Active SLE"): it counts only where no other criterion asks for
    it."""
    if scene.kind is Kind.EXCLUSION:
        return False
    start, end = scene.reading.segment(found[0].start)
    if scene.is_heading or _STATE.match(scene.text, start, end):
        return True
    before = scene.text[start : found[0].start]
    return len(before.split()) > 3 and not _HAVING.search(before) and _DEFINES.search(scene.text, start, end) is None


_STATE = re.compile(
    r"\s*(?:have |has |with |patients? with |moderate(?:ly)? |to |severe(?:ly)? |currently |"
    r"clinically |or |refractory |relapsed |stable |mild |inactive |quiescent )*(?:active|"
    r"refractory|relaps\w+|recurrent|"
    r"severe|moderate|stable)\b(?! lupus nephritis)",
    re.IGNORECASE,
)


def _is_partial(scene: Scene, mention: Mention) -> bool:
    start, end = scene.reading.segment(mention.start)
    if scene.kind is Kind.INCLUSION:
        if mention.term.name == "pulmonary-arterial-hypertension":
            return _CLASS.match(scene.text, mention.end, end) is not None or bool(
                _SYMPTOMATIC.search(scene.text[start : mention.start])
            )
        return False
    if mention.term.part == "kind":
        return True
    before = scene.text[max(start, mention.start - 40) : mention.start]
    weak = _WEAK.search(before)
    if weak and _OR_ACTIVE.search(before[: weak.start()]):
        weak = None  # "active or unstable": the first alone is enough
    return weak is not None or _WEAK_AFTER.match(scene.text, mention.end, end) is not None


_OR_ACTIVE = re.compile(r"\b(?:active|acute|current|known)\s+or\s+$", re.IGNORECASE)
_SYMPTOMATIC = re.compile(r"\bsymptomatic\s+$", re.IGNORECASE)
_HISTOLOGY = re.compile(r"\bclass(?:es)?\s+(?:I|V|\d|\()", re.IGNORECASE)
_CLASS = re.compile(r"\s*(?:\([^)]*\)\s*)?,?\s*(?:in |with |of )?(?:WHO|NYHA|functional class|class)\b", re.IGNORECASE)


def _within(scene: Scene, mention: Mention) -> Within | None:
    start, end = scene.reading.segment(mention.start)
    if scene.kind is Kind.INCLUSION:
        if mention.term.name not in ON_TOP or not _DIAGNOSED.search(scene.text, start, end):
            return None
        return window_for(scene, mention.start, mention.end)
    others = [m.start for m in scene.reading.of("finding", "treatment", "drug") if mention.end <= m.start < end]
    backs = [w.start for w in scene.reading.windows if mention.end <= w.start < end and w.sort == "back"]
    if backs and others and min(others) < backs[0] and not scene.reading.bracket(others[0]):
        return None  # "a history of RA, or cancer within 5 years"
    return window_for(scene, mention.start, mention.end)
