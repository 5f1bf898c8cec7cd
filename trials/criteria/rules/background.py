"""Where a text only regulates a medicine: allows it, excepts it, sets a condition for those on it, or denies it."""

import re
from itertools import pairwise

from trials.criteria.model import Kind
from trials.criteria.rules.clauses import FAILED, Clauses
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.zones import Sort

_CONDITION = re.compile(
    r"\s*(?:(?:however|but|or|and),?\s+)?(?:if|when|where|in case|(?:for |in |concomitant |background |"
    r"other |all |any )?(?:patients?|subjects?|"
    r"participants?|individuals|those)"
    r"(?: (?:who|that|are|is|were|have|been|currently|already|being|also|previously|either)){0,4} (?:on|taking|"
    r"receiving|using|treated with|take|use|receive|received))\b",
    re.IGNORECASE,
)
_FOR_THOSE = re.compile(r"\s*(?:for|in) (?:those|patients|subjects|participants|individuals)\b", re.IGNORECASE)
_DEMAND = re.compile(
    r"\b(?:must|should|need to|required to|have to|will need|shall|may|can|will (?:be|have))\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\(?\s*,?\s*\b(?:if|when|where) (?:taking|taken|used|using|on|applicable|receiving|present|any|ongoing|"
    r"prescribed|they)\b|\bincluding those (?:on|taking|receiving) no\b|\bis being taken\b|\bare being (?:taken|"
    r"used)\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"\b(?:allowed|permitted|permissible|(?<!considered )acceptable(?! to)|allowable|may (?:also )?(?:be (?:tak|"
    r"enrol|includ|us|allow|permit|eligib|consider|on\b|treat|given|continu|receiv)\w*|have|continue|receive|take|"
    r"use|participate|enrol\w*|enter)|can (?:be(?! na[iï]ve)|continue|participate|enrol\w*)|could be|"
    r"not (?:be )?exclu\w+|not an? exclu\w+|"
    r"are eligible|is eligible|eligible if|remain eligible|not required|optional)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not|never|nor|no longer)\s+(?:be\s+)?$", re.IGNORECASE)
_CONTRAST = re.compile(
    r"[,;]\s+(?:with|but|however|although|though|while|whereas)\b|[:(]|\s[-–]\s|\bwith the use\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"[\s(),/]*(?:(?:and|or|and/or|oral|parenteral|low[- ]dose|any|"
    r"other)[\s,/]*)*(?:\([^()]{0,30}\)\s*,?\s*(?:and |or )?)?"
)
_INCLUDING = re.compile(r",\s*(?:including|such as)[^:;.]{0,25}(?:limited to|:)", re.IGNORECASE)
_ALLOWED_LIST = re.compile(r"\b(?:allowable|allowed|permitted|permissible)\b[^.:]{0,80}:", re.IGNORECASE)
_INLINE_IF = re.compile(
    r"\b(?:if|for those) (?:already |currently )?(?:on|taking|receiving|using)\s+(?:\w+\s+){0,2}$|"
    r"\bfor (?:those )?(?:patients |subjects |participants )?(?:who|that) (?:have |had )?(?:been )?(?:received|"
    r"taken|treated with|previously treated with) $",
    re.IGNORECASE,
)
_NAIVE_AFTER = re.compile(r"[^.;,:]{0,50}?[\s)-]na[iï]ve\b", re.IGNORECASE)
_NAIVE_BEFORE = re.compile(r"\bna[iï]ve (?:to|for|of)\s+(?:\S+\s+){0,5}$", re.IGNORECASE)


def is_excepted(scene: Scene, place: int) -> bool:
    """It stands in an exception, or in the list that "other than X, Y or Z" opens."""
    zone = scene.zones.at(place, Sort.EXCEPTION)
    if zone is not None:
        return _INCLUDING.search(scene.text, zone.cue, place) is None and not _is_past(scene, zone.cue, place)
    start, _ = scene.reading.segment(place)
    for zone in scene.zones.of(Sort.EXCEPTION):
        if not start <= zone.cue < place or scene.reading.bracket(zone.cue):
            continue
        listed = [m for m in scene.reading.of("treatment", "drug") if zone.cue < m.start <= place]
        if (
            listed
            and listed[0].start < zone.end
            and _is_one_list(scene, [scene.text[a.end : b.start] for a, b in pairwise(listed)])
        ):
            return True
    return False


def _is_one_list(scene: Scene, links: list[str]) -> bool:
    """ "A or B, or C": the comma after the "or" begins something else."""
    return all(_LISTED.fullmatch(link) for link in links) and not any(
        one.strip() in ("or", "and") and other.lstrip().startswith(",") for one, other in pairwise(links)
    )


def _is_past(scene: Scene, cue: int, place: int) -> bool:
    """The exception is a short list, whose look-back lies between: "apart from X in the 12 weeks before, and for Y"."""
    listed = [m for m in scene.reading.of("treatment", "drug") if cue < m.start <= place]
    if scene.text[cue : cue + 6].lower() == "unless" or not listed or listed[0].start > cue + 40:
        return False
    return any(listed[0].end <= w.start < place for w in scene.reading.windows)


def allows(scene: Scene) -> bool:
    """It only says what is permitted, such as a heading of a list does."""
    return any(not _NOT_YET.search(scene.text, 0, m.start()) for m in _ALLOWED.finditer(scene.text))


def is_allowed(scene: Scene, start: int, end: int) -> bool:
    """It stands in a clause that ends in "is permitted", or in a sentence that says so; "is not permitted" forbids."""
    low, high = scene.reading.segment(start)
    for match in _ALLOWED.finditer(scene.text, low, high):
        if _NOT_YET.search(scene.text, low, match.start()) and not match[0].lower().startswith("not"):
            continue
        bracket = scene.reading.bracket(match.start())
        if bracket and not bracket[0] <= start < bracket[1]:
            continue
        if start >= _permission_from(scene, low, match.start()):
            return True
    return _ALLOWED_LIST.search(scene.text, 0, start) is not None


def _permission_from(scene: Scene, low: int, place: int) -> int:
    breaks = [
        m.end()
        for m in _CONTRAST.finditer(scene.text, low, place)
        if scene.reading.bracket(m.start()) in (None, scene.reading.bracket(place))
    ]
    if breaks and scene.text[breaks[-1] - 1] != "(":
        return breaks[-1]
    if scene.kind is Kind.EXCLUSION:
        comma = scene.text.rfind(", ", low, place)
        finite = re.search(r"\b(?:is|are|will be|were)\s+(?:\w+\s+)?$", scene.text[low:place], re.IGNORECASE)
        if finite and not any(low <= w.start < comma for w in scene.reading.windows):
            return low
        piece = scene.text[comma + 2 : place] if comma >= 0 else ""
        if re.search(r"\w{4}", piece) and not re.match(r"(?:and|or|including|is|are)\b", piece):
            return comma
    return low


def is_conditional(scene: Scene, place: int) -> bool:
    """Background that is only regulated: "patients taking X must …", "X, if taken, …" asks nobody to take X."""
    start, end = scene.reading.segment(place)
    opening = _CONDITION.match(scene.text, start, end)
    if opening:
        supposed = (
            opening[0]
            .strip()
            .lower()
            .removeprefix("however")
            .lstrip(", ")
            .startswith(("if", "when", "in case", "or if", "and if", "but if"))
        )
        for_those = scene.kind is Kind.INCLUSION and _FOR_THOSE.match(scene.text, start) is not None
        if supposed or for_those or (place - opening.end() < 120 and _DEMAND.search(scene.text, place, end)):
            return True
    return _ASIDE.search(scene.text, start, end) is not None or is_inline(scene, place)


def is_inline(scene: Scene, place: int) -> bool:
    """ "Or, if already on X, …"."""
    return _INLINE_IF.search(scene.text, max(0, place - 40), place) is not None


_NO_OR_STABLE = re.compile(
    r"\b(?:either )?(?:no|not on|not taking|not receiving) [^.;:]{0,50}?\bor (?:(?:at|on|taking|receiving|be on|"
    r"with) )?(?:an? )?(?:stable|unchanged|constant)\b",
    re.IGNORECASE,
)


def is_one_choice(scene: Scene, place: int) -> bool:
    """ "On either no medicine or a stable dose of …": nobody must take what follows."""
    found = _NO_OR_STABLE.search(scene.text, 0, place)
    return found is not None and scene.text.find(". ", found.end(), place) < 0


def is_naive(scene: Scene, place: int) -> bool:
    """ "Methotrexate- or leflunomide-naive", "naive to biologics"."""
    return (
        _NAIVE_AFTER.match(scene.text, place) is not None
        or _NAIVE_BEFORE.search(scene.text, max(0, place - 60), place) is not None
    )


_FORBIDDEN = re.compile(
    r"[^.;:]{0,40}?\b(?:(?:must|should|may|can|shall|will) ?not (?:have been |be |to be )?(?:used|taken|"
    r"given|administered|"
    r"received|prescribed|started)|(?:is|are|was|were|has been|have been|had been) (?:not|never) (?:used|taken|given|"
    r"administered|received)|ha(?:s|ve) not been (?:used|taken|given|administered|received)|(?:is|are) (?:prohibited|"
    r"forbidden))\b",
    re.IGNORECASE,
)


def is_forbidden(scene: Scene, place: int) -> bool:
    """ "X must not be used for 4 weeks" asks for people without it."""
    return scene.kind is Kind.INCLUSION and _FORBIDDEN.match(scene.text, place) is not None


_WHERE = re.compile(r"\s*where\b", re.IGNORECASE)


def is_negated(scene: Scene, clauses: Clauses, place: int) -> bool:
    """A "no" before it reaches it: "non-biologic" and "no response to" are none, and a new verb ends it."""
    if is_naive(scene, place):
        return True
    zone = scene.zones.at(place, Sort.NEGATION)
    if zone is None or _WHERE.match(scene.text, scene.reading.segment(place)[0]):
        return False
    cue = scene.text[zone.cue : zone.start].lower()
    if cue.startswith(("non", "lack", "absence")) or any(
        m.start() <= zone.cue < m.end() for m in FAILED.finditer(scene.text)
    ):
        return False
    own, of_cue = clauses.number(place), clauses.number(zone.cue)
    return own == of_cue or not any(c.fresh for c in clauses.all[of_cue + 1 : own + 1])
