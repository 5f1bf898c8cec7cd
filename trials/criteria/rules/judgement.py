"""Facts that an investigator judges, or that are only examples of "any other condition": the study team asks about
them."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.facts import Fact, Scene

_RELATIVE = re.compile(r"\b(?:that|which|who|whose|making|capable of|sufficient(?:ly)?|such as to)\b", re.IGNORECASE)
_BY_THE_WAY = re.compile(
    r"\b(?:as )?per\s+(?:the\s+)?(?:\w+\s+)?(?:(?:investigator|study doctor)\W*\w*\s*\w*|assessment|clinician|"
    r"physician)|\bas (?:assessed|determined|judged|confirmed) by\s+(?:the )?\w+",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\bor\b|\band (?:any )?other\b", re.IGNORECASE)
_NEVER_LEFT = frozenset({"age", "contraception", "pregnant_or_breastfeeding", "sex", "healthy_volunteer"})
# A disease named as excluded stays excluded, though "it might confound" the study.
_NAMED = frozenset({"diagnosis", "other_autoimmune"})


def without_judged(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """Facts without those left to the study team. One whose weight is judged, though the state is named, stays as
    partial."""
    kept = []
    for fact in facts:
        place = None if fact.attribute in _NEVER_LEFT else _judged_at(scene, fact)
        if place is None or (scene.kind is Kind.INCLUSION and fact.attribute == "diagnosis"):
            kept.append(fact)
        elif not _is_left(scene, fact, place):
            fact.partial = fact.partial or _is_weighed(scene, fact, place)
            kept.append(fact)
    return kept


def _is_left(scene: Scene, fact: Fact, place: int) -> bool:
    if fact.failed:
        return False  # "failure, as determined by the physician" is still a failure
    if fact.unit:
        return place < fact.start and _is_wide(scene, fact)
    if _is_wide(scene, fact):
        return not _is_listed_before(scene, fact, place)
    if fact.start > place:
        return False
    start, end = scene.reading.segment(fact.start)
    if not scene.reading.has(start, end, "opinion_of"):
        return False
    last_or = None
    for match in _ALTERNATIVE.finditer(scene.text, start, _clause_at(scene, start, place)):
        last_or = match.start()
    return last_or is None or fact.end > last_or


def _is_listed_before(scene: Scene, fact: Fact, place: int) -> bool:
    """ "Serious conditions, including: A, B or any condition that may interfere": only the last is judged."""
    start, _ = scene.reading.segment(fact.start)
    listed = _INCLUDING.search(scene.text, 0, fact.start)
    last = list(_OR_ANY.finditer(scene.text, max(start, fact.end), place)) if place > fact.end else []
    return listed is not None and bool(last)


_INCLUDING = re.compile(r"\b(?:including|includes?|such as)\b(?:,? but not limited to)?\s*:", re.IGNORECASE)
_OR_ANY = re.compile(
    r"\bor (?:any )?(?:other )?(?:\w+ ){0,2}(?:conditions?|diseases?|illness(?:es)?|disorders?)\b", re.IGNORECASE
)


def _is_weighed(scene: Scene, fact: Fact, place: int) -> bool:
    """ "Cardiac insufficiency that precludes participation", "abuse or other factors which make adherence
    impossible"."""
    if fact.unit or fact.attribute in _NAMED or fact.start > place:
        return False
    start, end = scene.reading.segment(fact.start)
    if scene.reading.has(start, end, "opinion_of"):
        return False
    clause = _clause_at(scene, start, place)
    ors = [match.start() for match in _ALTERNATIVE.finditer(scene.text, start, clause)]
    if not ors or fact.end > ors[-1]:
        return True
    return re.match(r"or (?:any )?other\b", scene.text[ors[-1] :], re.IGNORECASE) is not None


def _clause_at(scene: Scene, start: int, place: int) -> int:
    """Where the clause begins that ends in judgement: "disease making participation difficult or that would put …"."""
    comma = max(scene.text.rfind(", ", start, place), start)
    opened = _RELATIVE.search(scene.text, comma, place)
    return opened.start() if opened else place


def _judged_at(scene: Scene, fact: Fact) -> int | None:
    """Where the sentence of a fact turns to judgement, if it does."""
    start, end = scene.reading.segment(fact.start)
    judged = scene.reading.cues_in(start, end, "judged")
    people = scene.reading.cues_in(start, end, "opinion_of")
    if fact.attribute in _NAMED and not people:
        judged = []
    aside = [match.span() for match in _BY_THE_WAY.finditer(scene.text, start, end)]
    opinion = [cue for cue in scene.reading.cues_in(start, end, "opinion") if people]
    places = [cue.start for cue in judged]
    places += [cue.start for cue in opinion if not any(low <= cue.start < high for low, high in aside)]
    return min(places, default=None)


def _is_wide(scene: Scene, fact: Fact) -> bool:
    start, end = scene.reading.segment(fact.start)
    wide = scene.reading.cues_in(start, end, "catch_all")
    return bool(wide) and wide[0].start <= fact.start


def left_to_the_team(scene: Scene, fact: Fact) -> bool:
    place = _judged_at(scene, fact)
    return place is not None and _is_left(scene, fact, place)
