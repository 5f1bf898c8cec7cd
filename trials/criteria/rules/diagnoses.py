"""Which diseases a person must have, or must not."""

import re
from collections.abc import Iterator

from trials.criteria.model import Kind, Within
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.hierarchy import hierarchy
from trials.criteria.rules.looking_back import window_for
from trials.criteria.rules.spoken_of import OF_A_CLASS, let_off, op_of
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_WEAK = re.compile(
    r"\b(?:severe|moderate|unstable|uncontrolled|rapidly progressive|requiring|persistent|"
    r"life[- ]threatening|end[- ]stage)\b",
    re.IGNORECASE,
)
_WEAK_AFTER = re.compile(
    r"\s*(?:[(\[][^)\]]*[)\]]\s*)*(?:that |which |who )?(?:is |are )?"
    r"(?:requir\w+|involving|affecting|WHO|NYHA|functional class|"
    r"(?:undergoing|receiving|on|under) (?:\w+ )?(?:dialysis|treatment|therapy)\b)",
    re.IGNORECASE,
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
# "one of the following connective tissue diseases: …": the list says which are meant.
_LISTS = re.compile(r"\s*(?:\([^()]*\)\s*)?:\s*\S")
# Organ and vascular diagnoses that come on top of a systemic disease: "systemic sclerosis with ILD" asks for both.
ON_TOP = frozenset({
    "pulmonary-arterial-hypertension", "ild", "ipf", "progressive-pulmonary-fibrosis", "raynaud", "lupus-nephritis",
    "neuropsychiatric-lupus", "aps",
})  # fmt: skip
_OR = re.compile(r"\bor\b|/|,", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)?")  # "SSc-PAH (limited or dcSSc)": that "or" is another's
MOST_DISEASES = 40
_EITHER = re.compile(r"\(\s*(?:either|both|limited|diffuse|including)\b", re.IGNORECASE)


def diagnosis_facts(scene: Scene) -> Iterator[Fact]:
    groups: dict[tuple[str, bool, Within | None, bool], list[Mention]] = {}
    mentions = [m for m in scene.reading.of("diagnosis") if not _is_pah_not_studied(scene, m)]
    if len(mentions) > MOST_DISEASES:
        return  # a list without end is no criterion
    for mention in mentions:
        op = op_of(scene, mention)
        if op is None or _is_narrowing(scene, mention, mentions):
            continue
        on_top = scene.kind is Kind.INCLUSION and op == "in" and _comes_on_top(scene, mention, mentions)
        groups.setdefault((op, _is_partial(scene, mention), _within(scene, mention), on_top), []).append(mention)
    if scene.kind is Kind.INCLUSION and _OPEN_LIST.search(scene.text):
        groups = {key: found for key, found in groups.items() if key[0] != "in"}  # others are let in as well
    asked = {m.term.name for key, found in groups.items() if key[0] == "in" for m in found}
    for (op, partial, within, _), found in groups.items():
        if op == "not in" and asked.issuperset(m.term.name for m in found):
            continue  # "RA, who did not suffer from … and came for an RA visit"
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


def _is_pah_not_studied(scene: Scene, mention: Mention) -> bool:
    """Pulmonary arterial hypertension is a diagnosis where it is under study, else a finding."""
    return mention.term.name == "pulmonary-arterial-hypertension" and mention.term.name not in scene.own


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
        if _OR.search(_IN_BRACKETS.sub("", scene.text[low.end : high.start])) is None:
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


_OPEN_LIST = re.compile(
    r"\b(?:diagnos\w+|diseases?|conditions?)\b[^.;]{0,40}\bnot limited to\b|\bnot limited to,? (?:\w+ ){0,3}diagnos",
    re.IGNORECASE,
)
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
        return _MODERATE_TO_SEVERE.search(scene.text, start, mention.start) is not None
    if mention.term.part == "kind" or let_off(scene, mention) is not None:
        return True
    if mention.term.name in scene.own and not _is_bare(scene, mention):
        return True
    before = scene.text[max(start, mention.start - 40) : mention.start]
    if OF_A_CLASS.search(before.rstrip()) or _is_weak_example(scene, mention):
        return True
    weak = _WEAK.search(before)
    if weak and _OR_ACTIVE.search(before[: weak.start()]):
        weak = None  # "active or unstable": the first alone is enough
    return weak is not None or _WEAK_AFTER.match(scene.text, mention.end, end) is not None


def _is_weak_example(scene: Scene, mention: Mention) -> bool:
    """ "Uncontrolled disease (including multiple sclerosis)", "involvement secondary to RA such as fibrosis"."""
    zone = scene.zones.at(mention.start, Sort.EXAMPLE)
    if zone is None:
        return False
    start, _ = scene.reading.segment(zone.cue)
    return _OF_ITS_OWN.search(scene.text, max(start, zone.cue - 90), zone.cue) is not None


_OF_ITS_OWN = re.compile(
    r"\b(?:severe|uncontrolled|unstable)\b[^.;:]{0,60}$|\b(?:secondary|due|related) to (?:\w+ ){1,3}\W*$", re.IGNORECASE
)


def _is_bare(scene: Scene, mention: Mention) -> bool:
    """Nothing but the disease is named. A study that excludes its own disease means only some of those who have it."""
    start, end = scene.reading.segment(mention.start)
    rest = f"{scene.text[start : mention.start]} {scene.text[mention.end : end]}"
    return _PLAIN_WORDS.fullmatch(rest) is not None


_PLAIN_WORDS = re.compile(
    r"(?:[\W\d]|\b(?:patients?|subjects?|participants?|with|who|have|has|had|an?|the|any|known|active|current|diagnos(?:is|ed)|"
    r"history|presence|of|or|and|no|not|without)\b)*",
    re.IGNORECASE,
)
_OR_ACTIVE = re.compile(r"\b(?:active|acute|current|known)\s+or\s+$", re.IGNORECASE)
_MODERATE_TO_SEVERE = re.compile(
    r"\bmoderate(?:ly)?(?: active)?(?: to |/| or |-to-)severe(?:ly)?(?: active)?(?: adult)?\s+$", re.IGNORECASE
)
_SYMPTOMATIC = re.compile(r"\bsymptomatic\s+$", re.IGNORECASE)
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
