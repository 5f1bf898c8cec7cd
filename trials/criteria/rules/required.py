"""What an inclusion asks for: a medicine taken now or before, or failed, with no other way in that cannot be told."""

import re

from trials.criteria.rules.background import is_negated, is_one_choice
from trials.criteria.rules.clauses import FAILED, NOW, PAST, STABLE, Clauses
from trials.criteria.rules.facts import Scene
from trials.criteria.rules.usage import head_of_list
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_INSTEAD = re.compile(
    r"\b(?:contra-?indicat\w*|inappropriate|unsuitable|ineligible|not (?:a )?candidates?|refus\w+|declin\w+|"
    r"unwilling\w*|not (?:tolerat\w+ or )?eligible)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:treated|treatment|therap(?:y|ies)|on|receiv\w+|tak(?:e|es|en|ing)|use[ds]?|using|doses?|background|"
    r"standard|regimens?|administ\w+|combination|required)\b",
    re.IGNORECASE,
)
_LEFT_OFF = re.compile(
    r"\b(?:discontinu\w+|withdr\w+|wash(?:ed)?[- ]?out|stopp\w+|off|free of|without)\b",
    re.IGNORECASE,
)
_LEFT_LIST = re.compile(r"\b(?:wash-?\s?out|discontinu\w+|stopp?\w*|withdr\w+)\b[^.]{0,120}:", re.IGNORECASE)
_WASHOUT = re.compile(r"\bwash(?:ed)?[- ]?out\b", re.IGNORECASE)
_OR_NONE = re.compile(
    r"[^.;]{0,120}?\bor no (?:DMARDs?|steroids?|corticosteroids?|treatment|medications?)", re.IGNORECASE
)
_HARDLY = re.compile(r"\b(?:limited or no|no or (?:limited|minimal)|either no|minimal|at most)\b", re.IGNORECASE)
_NAIVE_OR = re.compile(
    r"\beither\b[^.;]{0,40}\bna[iï]ve\b|\bna[iï]ve (?:or|and/or)\b|\bna[iï]ve\b[^.;]{0,30}\bor,? (?:if|"
    r"experienced|have|monotherapy)",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\bwill (?:\w+ )?(?:receive|start|begin|initiate|be (?:\w+ )?(?:started|treated|given|initiated|prescribed|"
    r"restricted))|is to be\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:no|not|without|never|na[iï]ve)\b", re.IGNORECASE)
_ANOTHER_WAY = re.compile(
    r"\bor (?:with )?(?:disease|relapsed? after|recurren\w+|progressi\w+|newly|active|erosive|evidence|documented)\b",
    re.IGNORECASE,
)


def is_required(scene: Scene, clauses: Clauses, mention: Mention) -> bool:
    """In an inclusion a medicine is required only where the text says it is taken, was taken or failed."""
    start, end = scene.reading.segment(mention.start)
    text = scene.text
    if (
        _is_agreed(scene, start, mention.start)
        or _only_for_some(text, start, end)
        or _is_open_list(scene, clauses, mention)
    ):
        return False
    if (
        _HARDLY.search(text, start, mention.start)
        or is_one_choice(scene, mention.end)
        or _OR_NONE.match(text, mention.end)
        or (scene.lead is not None and _WASHOUT.search(scene.lead.text))
        or (":" in text and _LEFT_LIST.search(text, 0, mention.start))
        or _NONE_OR_ONE.search(text, start, end)
        or _lets_naive_in(text, start, mention.start, end)
        or _TO_COME.search(text, clauses.at(mention.start).start, clauses.at(mention.start).end)
    ):
        return False
    if not is_negated(scene, clauses, mention.start) and (
        _LEFT_OFF.search(text, clauses.at(mention.start).start, mention.start)
        or re.search(
            r"\bwash-?\s?out\b|\bsince\b",
            text[start : mention.start],
            re.IGNORECASE,
        )
    ):
        return False
    if _has_other_way(scene, clauses, mention):
        return False
    if scene.lead and _says_when(scene.lead):
        return True
    return any(
        pattern.search(text, start if head is None else 0, end)
        for head in (head_of_list(scene, mention),)
        for pattern in (_TREATED, STABLE, FAILED, PAST, NOW, _NO)
    )


# "Not treated with any biologic, or with one that was stopped": neither side can be stated.
_NONE_OR_ONE = re.compile(r"\b(?:no|not|never)\b[^.;]{0,120}\bor (?:with )?(?:only |at most )?one\b", re.IGNORECASE)


def _lets_naive_in(text: str, start: int, place: int, end: int) -> bool:
    """ "Either naive or experienced"; what "and must be", "despite" say after it is asked of both."""
    found = _NAIVE_OR.search(text, start, end)
    return found is not None and _OF_BOTH.search(text, found.end(), max(place, found.end())) is None


_OF_BOTH = re.compile(r"\b(?:despite|and (?:must|should|be|are|is))\b", re.IGNORECASE)


def _is_agreed(scene: Scene, start: int, place: int) -> bool:
    """Something that people agree to; "before informed consent" is only a date."""
    return any(
        not scene.text[: cue.start].rstrip().lower().endswith(("informed", "of", "the"))
        or scene.text[cue.start : cue.end].lower() != "consent"
        for cue in scene.reading.cues_in(start, place, "willing")
    )


def _only_for_some(text: str, start: int, end: int) -> bool:
    """Those who cannot take it get in another way; "required unless contraindicated" still asks for it."""
    found = _INSTEAD.search(text, start, end)
    return found is not None and not REQUIRED_UNLESS.search(text, start, found.start())


REQUIRED_UNLESS = re.compile(r"\b(?:required|mandatory|must)\b[^.;]{0,80}\bunless\b", re.IGNORECASE)


def _says_when(scene: Scene) -> bool:
    text = scene.text
    return any(pattern.search(text) for pattern in (_TREATED, STABLE, FAILED, PAST, NOW)) or bool(scene.reading.windows)


def _is_open_list(scene: Scene, clauses: Clauses, mention: Mention) -> bool:
    """A medicine outside the vocabulary is one of the alternatives: nobody can tell from the others alone."""
    clause = clauses.at(mention.start)
    for drug in scene.reading.of("drug"):
        if not clause.start <= drug.start < clause.end or scene.zones.at(drug.start, Sort.EXAMPLE):
            continue
        bracket = scene.reading.bracket(drug.start)
        if bracket and not bracket[0] <= mention.start < bracket[1]:
            continue
        low, high = (
            sorted((mention.end, drug.start)) if mention.start < drug.start else sorted((drug.end, mention.start))
        )
        if re.search(r"\bor\b|and/or|/|,", scene.text[low:high]) and not re.search(
            r"\bwith\b|\bplus\b", scene.text[low:high]
        ):
            return True
    return False


def _has_other_way(scene: Scene, clauses: Clauses, mention: Mention) -> bool:
    """ "Failed methotrexate, or has erosive disease": another way in that is no matter of medicines."""
    first = clauses.number(mention.start)
    _, end = scene.reading.segment(mention.start)
    if _ANOTHER_WAY.search(scene.text, mention.end, end):
        return True
    for clause in clauses.all[first + 1 :]:
        if clause.segment != clauses.all[first].segment:
            return False
        piece = scene.text[clause.start : clause.end]
        if (
            clause.link == "or"
            and not clause.named
            and not any(p.search(piece) for p in (FAILED, STABLE, NOW, PAST))
            and not _says_time(scene, clause.start, clause.end)
        ):
            return True
    return False


def _says_time(scene: Scene, start: int, end: int) -> bool:
    return any(start <= w.start < end for w in scene.reading.windows)
