"""When a yes to an attribute leaves open whether the text is met: severities, classes, one kind of many."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from trials.criteria.model import Kind
from trials.criteria.rules import viruses
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.lexicon import data
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.words import key
from trials.criteria.wording.zones import Sort

Phrase = tuple[str, ...]
# Phrases by their first word: a look-up per word of the text, however many phrases there are.
Phrases = dict[str, tuple[Phrase, ...]]

_BEFORE, _AFTER = 5, 7  # words within which a qualifier belongs to a term
_TITER = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:titer|titre)?\s*(?:[>≥]=?\s*|of\s+at\s+least\s+)?1\s*:\s*\d+")
_STOPS = frozenset({"or", "and", "including", "such", "like"})
_TIMES = frozenset({"current", "ongoing", "history", "of", "known", "a", "present"})
# An alternative that holds for anybody who has the state at all: "active or uncontrolled infection".
_UNQUALIFIED = frozenset({"active", "acute", "current", "ongoing", "any", "serious", "significant", "requiring"})
_FILLING = frozenset({"known", "suspected", "history", "of", "a", "an", "the", "treatment", "with", "having", "and"})
_QUALIFIED = frozenset({"recurrent", "systemic"})
_NEIGHBOURS = 20  # mentions on either side that may belong to one list
_ALTERNATIVES = 8  # words in which a list of qualifiers is read
_COUNTED = re.compile(
    r"(?:[≥>]\s*=?\s*\d+|\b(?:\d+|two|three|four|five|six)\s+or\s+more|\bmore than (?:\d+|one|two|three)|"
    r"\bat least (?:\d+|two|three))\s+"
    r"(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\s+(?:in|of|at|on|to)\s+(?:(?:the|either|any|a|an|both|one|his|her|their)\s+){0,2}(?:\w+\s+)?"
    r"(?:hands?|skin|mouth|teeth|tooth|lungs?|urinary|wounds?|joints?|digits?|fingers?|ulcers?|f(?:oo|ee)t|legs?|"
    r"bones?|eyes?|ears?|knees?|hips?|injection|site|nails?|glands?)\b",
    re.IGNORECASE,
)
_BY_GERM = re.compile(r"\s+(?:with|by|due to|caused by)\s+(?!HIV\b|TB\b)[A-Z]")
_GERM = re.compile(r"(?:[A-Z]{2,}[-\s]?\d*|\w+(?:virus|coccus|coccal|pylori))[-\s]+$")


# "Requiring hospitalization or IV antibiotics within 4 weeks, or oral antibiotics within 2 weeks": any that is treated.
_ANY_ANTIBIOTIC = re.compile(
    r"[^.;]{0,80}?\b(?:hospitali[sz]ation,? or|intravenous|IV|i\.v\.|parenteral)\b"
    r"[^.;]{0,90}?\bor (?:with |use of |completion of )?oral\b|"
    r"[^.;]{0,40}?\boral(?:ly)? (?:or|and/or) (?:intravenous|IV|parenteral)",
    re.IGNORECASE,
)
# "Infection, which has one or more of the following:": what stands under it narrows it.
_DEFINED_UNDER = re.compile(
    r"[^.;:]{0,40}?\b(?:which|that|who|with)\b[^.;:]{0,40}\b(?:one|any|at least one)\b"
    r"[^.;:]{0,40}\bfollowing\b[^.;:]{0,20}:\s*$",
    re.IGNORECASE,
)
# "Infections or illness (requiring hospitalization or parenteral therapy)".
_HOSPITAL = re.compile(
    r"[^.;,()]{0,20}\((?:that |which )?(?:requir\w+|need\w+|leading to)[^()]{0,40}"
    r"\b(?:hospitali|parenteral|intravenous|IV\b)(?![^()]*\boral)|"
    r"[^.;,()]{0,70}\b(?:that|which)\s+(?:ha[sd] )?(?:requir|need|caus|led to|result)\w*\s+(?:\w+\s+){0,3}"
    r"(?:hospitali|parenteral|intravenous|IV\b)",
    re.IGNORECASE,
)
_TREATED = frozenset({"stem_cell_transplant", "car_t"})
_ORGANS = frozenset({"liver_disease", "heart_disease", "other_lung_disease"})
_OPENED = re.compile(r"\s*\(")
_THAT_IS = re.compile(r"\(\s*i\.?\s?e\b", re.IGNORECASE)


def index(words: Iterable[Phrase]) -> Phrases:
    by_first: dict[str, list[Phrase]] = {}
    for phrase in words:
        if phrase:
            by_first.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(found) for first, found in by_first.items()}


@cache
def phrases(name: str) -> Phrases:
    """A list of `findings.toml` that holds for all attributes, e.g. "strong" or "negative"."""
    return index(key(word) for word in data("findings")[name])


@cache
def _qualifiers(attribute: str) -> Phrases:
    found: dict[str, Any] = data("findings")
    entry = found[attribute]
    words = {key(word) for word in (*found["weakeners"], *entry.get("weakeners", []))}
    return index(sorted(words - {key(word) for word in entry.get("harmless", [])}))


@cache
def _harmless(attribute: str) -> Phrases:
    return index(key(word) for word in data("findings")[attribute].get("harmless", []))


def is_weak(scene: Scene, mention: Mention) -> bool:
    """Qualified so that a plain yes does not settle it: "severe asthma", "class III heart failure", ANA above 1:80."""
    attribute = mention.term.name
    if attribute == "tuberculosis" and viruses.is_any_tuberculosis(scene, mention):
        return False
    if attribute == "tuberculosis" and viruses.is_past_tuberculosis(scene, mention):
        return True
    qualifiers = _qualifiers(attribute)
    before, after = _beside(scene, mention)
    if is_alternative(scene, mention):
        return False
    if next(_held(before, qualifiers), None) is not None:
        return True
    weak = set(_held(after, qualifiers))
    if weak and takes_any_antibiotic(scene, mention):
        weak = set()
    if weak and not _is_harmless(weak, set(_held(after, _harmless(attribute)))):
        return True
    if attribute == "active_infection" and _is_one_infection(scene, mention):
        return True
    if attribute in _TREATED and scene.kind is Kind.INCLUSION:
        return True  # asked for together with a relapse
    if attribute == "active_infection" and _HOSPITAL.match(scene.text, mention.end):
        return not takes_any_antibiotic(scene, mention)
    if attribute == "active_infection" and _DEFINED_UNDER.match(scene.text, mention.end):
        return True
    if attribute in _ORGANS and _is_spelt_out(scene, mention):
        return True
    return _TITER.match(scene.text, mention.end) is not None or _is_weak_example(scene, mention)


def takes_any_antibiotic(scene: Scene, mention: Mention) -> bool:
    return mention.term.name == "active_infection" and _ANY_ANTIBIOTIC.match(scene.text, mention.end) is not None


def _is_spelt_out(scene: Scene, mention: Mention) -> bool:
    """ "Liver disease (i.e. cirrhosis)", "liver disease (ALT raised)": only what the bracket says is meant."""
    if not _OPENED.match(scene.text, mention.end):
        return False
    opened = scene.text.find("(", mention.end)
    if _THAT_IS.match(scene.text, opened):
        return True
    bracket = scene.reading.bracket(opened)
    return bracket is not None and any(
        bracket[0] < m.start < bracket[1] and m.term.name.startswith(("alt", "ast"))
        for m in scene.reading.of("measure")
    )


def has_beside(scene: Scene, mention: Mention, wanted: Phrases) -> bool:
    return any(next(_held(side, wanted), None) is not None for side in _beside(scene, mention))


def words_before(scene: Scene, mention: Mention) -> list[str]:
    return _beside(scene, mention)[0]


def is_alternative(scene: Scene, mention: Mention) -> bool:
    """ "Active, chronic or recurrent infection": one of the qualifiers alone would settle it."""
    words, qualifiers = scene.reading.words, _qualifiers(mention.term.name)
    begin = _first(scene, mention)
    joined = "or" in words.norms[mention.first : mention.last]
    found: list[list[str]] = [[]]  # the alternatives, last first
    for number in range(begin - 1, max(-1, begin - _ALTERNATIVES), -1):
        norm = words.norms[number]
        if words.breaks[number + 1] and number + 1 < begin + 1:
            found.append([])
        if norm == "or":
            joined = True
            found.append([])
        elif norm in _UNQUALIFIED or norm in _FILLING or norm in qualifiers:
            found[-1].append(norm)
        else:
            break
    if mention.term.part in _QUALIFIED and found[0]:
        found.pop(0)  # it stands with the qualifier that the term itself has
    ever = "history" in words.norms[max(0, begin - _ALTERNATIVES) : begin]
    return joined and any(
        not _FILLING.issuperset(one)
        and not (ever and _TIMES.issuperset(one))
        and _UNQUALIFIED.union(_FILLING).issuperset(one)
        for one in found
    )


def _first(scene: Scene, mention: Mention) -> int:
    """Its first word; of a list with one head, the first word of the list."""
    mentions = scene.reading.mentions
    place = bisect_left(mentions, mention.start, key=lambda m: m.start)
    near = mentions[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
    return min((m.first for m in near if m.term.sort == "finding" and m.last == mention.last), default=mention.first)


def _beside(scene: Scene, mention: Mention) -> tuple[list[str], list[str]]:
    """The words of the same clause just before and just after."""
    words = scene.reading.words
    low, high = scene.reading.segment(mention.start)
    qualifiers = _qualifiers(mention.term.name)
    begin = first = _first(scene, mention)
    while first > 0 and begin - first < _BEFORE and words.starts[first - 1] >= low:
        norm = words.norms[first - 1]
        if words.breaks[first] and (norm,) not in qualifiers.get(norm, ()) and norm not in _UNQUALIFIED:
            break
        first -= 1
    last = mention.last
    while last < len(words.norms) and last - mention.last < _AFTER and words.ends[last] <= high:
        if words.breaks[last] or words.norms[last] in _STOPS:
            break
        last += 1
    return words.norms[first:begin], words.norms[mention.last : last]


def _is_harmless(weak: set[Phrase], allowed: set[Phrase]) -> bool:
    """ "Infection that requires treatment": the qualifier is one that this attribute allows."""
    return all(any(set(phrase) <= set(other) for other in allowed) for phrase in weak)


def _is_one_infection(scene: Scene, mention: Mention) -> bool:
    """Of one place, by one germ, or counted: "infection in either hand", "RSV infection", "three infections"."""
    before = scene.text[max(0, mention.start - 40) : mention.start]
    if _BY_GERM.match(scene.text, mention.end):
        return True
    return bool(_PLACE.match(scene.text, mention.end) or _COUNTED.search(before) or _GERM.search(before))


def _is_weak_example(scene: Scene, mention: Mention) -> bool:
    """ "Any other severe disease such as liver disease": the severity before "such as" governs every example."""
    zone = scene.zones.at(mention.start, Sort.EXAMPLE)
    if zone is None or mention.term.name in _SEVERE_ANYWAY:
        return False
    start, _ = scene.reading.segment(zone.cue)
    words = scene.reading.words
    head = [norm for norm, place in zip(words.norms, words.starts, strict=True) if start <= place < zone.cue]
    return not _SEVERE.isdisjoint(head[-8:])


_SEVERE_ANYWAY = frozenset({"kidney_failure", "organ_transplant", "stem_cell_transplant", "hiv"})
_SEVERE = frozenset({"severe", "uncontrolled", "unstable", "severely"})


def _held(norms: list[str], wanted: Phrases) -> Iterator[Phrase]:
    """The phrases that stand in these words."""
    for first, norm in enumerate(norms):
        for phrase in wanted.get(norm, ()):
            if tuple(norms[first : first + len(phrase)]) == phrase:
                yield phrase
