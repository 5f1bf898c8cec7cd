"""Doubts that the wording of one criterion raises: what belongs together, what is excepted, what the team decides."""

import re
from collections.abc import Iterator

from trials.criteria.model import Criterion, Kind, Warning_
from trials.criteria.repair.tokens import words_of

LONGEST = 120  # characters of a criterion that a warning quotes

# "A or B positive and C": does C go with both? "younger than 20 or older than 80 who …": both of them?
_POSITIVE_AND = re.compile(r"\bor\b[^;.]{3,100}?\bpositive,? and\b", re.IGNORECASE)
_AGES_WHO = re.compile(
    r"\b(?:younger|older|under|over|below|above|less|more|greater)\b[^;.]{0,40}?\bor\b[^;.]{0,40}?"
    r"\b(?:years?|months?)\b[^;.,]{0,10}?\b(?:who|which|that|with)\b",
    re.IGNORECASE,
)
_SIGN = r"[<>≤≥]\s?\d"
_LIMITS_MIXED = re.compile(
    rf"{_SIGN}[^;.,()]{{0,60}}?\band\b[^;.,()]{{0,60}}?{_SIGN}[^;.,()]{{0,60}}?\bor\b[^;.,()]{{0,60}}?{_SIGN}"
    rf"|{_SIGN}[^;.,()]{{0,60}}?\bor\b[^;.,()]{{0,60}}?{_SIGN}[^;.,()]{{0,60}}?\band\b[^;.,()]{{0,60}}?{_SIGN}",
)
_LIMITS = words_of("younger older under over below above less more greater").unique
_UNCLEAR: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset({"positive"}), _POSITIVE_AND),
    (_LIMITS, _AGES_WHO),
    (frozenset(), _LIMITS_MIXED),
)
_EXCEPTION = re.compile(
    r"\b(?:except(?:ions?|ing|ed)?|unless|other than|apart from|excluding|with the exclusion of"
    r"|not (?:be )?(?:excluded|exclusionary)|does not apply|do not apply"
    r"|(?:may|can|will|could) be (?:enrolled|included|allowed|permitted|eligible|considered eligible)"
    r"|(?:is|are) (?:allowed|permitted|acceptable|eligible|allowable))\b",
    re.IGNORECASE,
)
_EXCEPTION_WORDS = words_of(
    "except exception exceptions excepting excepted unless other apart excluding exclusion not apply enrolled included "
    "allowed permitted eligible acceptable allowable"
).unique
_FEW = r"(?:\w+ ){0,2}"
_PERSON = r"(?:investigator|researcher|physician|doctor)"
_TEAM = re.compile(
    rf"\b(?:(?:written|signed|voluntar\w+) {_FEW}(?:consent|assent)|consent forms?|informed consent|consent|assent"
    r"|(?:un)?willing(?:ness)?|(?:non[- ]?)?compl(?:y|iance|iant)|co-?operat\w+|adhere(?:nce)?"
    rf"|(?:ab(?:le|ility)|capable|capacity) {_FEW}(?:understand|read|give|provide|follow|complete)"
    rf"|(?:opinion|judge?ment|discretion|view|assessment|decision) of (?:the |an )?{_FEW}{_PERSON}s?"
    rf"|{_PERSON}s?['’]?s?['’]? {_FEW}(?:opinion|judge?ment|discretion|judges?|considers?|believes?|deems?|thinks?"
    r"|determines?|assess\w*|decides?)"
    rf"|(?:deemed|judged|considered|determined|assessed|evaluated) (?:\w+ ){{0,4}}by (?:the |an )?{_FEW}{_PERSON}s?"
    r"|(?:allerg\w+|hypersensitiv\w+) to (?:\w+ ){0,4}(?:experimental|study|investigational|trial|test) "
    r"(?:drugs?|products?|medications?)"
    r"|legal(?:ly)? (?:authori[sz]ed )?(?:representative|guardian))\b",
    re.IGNORECASE,
)
# Every wording above holds one of these words, most criteria none: so the pattern is rarely tried.
_TEAM_WORDS = words_of(
    "consent assent willing unwilling willingness comply compliance compliant noncompliance noncompliant cooperate "
    "cooperation cooperative operate operation adhere adherence able ability capable capacity investigator "
    "investigators researcher researchers physician physicians doctor doctors allergic allergy allergies "
    "hypersensitivity hypersensitive representative guardian"
).unique


def quoted(text: str, start: int, end: int) -> str:
    """The words in question, cut where they are long."""
    words = text[start:end].strip()
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _to_clause_end(text: str, start: int) -> int:
    ends = [place for place in (text.find(sign, start) for sign in (";", ". ")) if place >= 0]
    return min(ends, default=len(text))


def unclear(criterion: Criterion) -> Iterator[Warning_]:
    """ "And" and "or" side by side where either reading makes sense. Nobody may be sent away on one of them."""
    text = criterion.text
    if "or" not in words_of(text).unique:
        return
    words = words_of(text).unique
    for hints, pattern in _UNCLEAR:
        if (not hints or not words.isdisjoint(hints)) and (match := pattern.search(text)):
            yield Warning_("and_or_unclear", criterion.id, quoted(text, *match.span()))
            return


def exception(criterion: Criterion) -> Iterator[Warning_]:
    """An exclusion that does not hold for all it names."""
    if criterion.kind is not Kind.EXCLUSION or words_of(criterion.text).unique.isdisjoint(_EXCEPTION_WORDS):
        return
    if match := _EXCEPTION.search(criterion.text):
        end = _to_clause_end(criterion.text, match.end())
        yield Warning_("exception_inside", criterion.id, quoted(criterion.text, match.start(), end))


def for_the_team(criterion: Criterion) -> Iterator[Warning_]:
    """Consent, compliance, an investigator's opinion: nothing to ask a patient. With a rule, there is something."""
    if criterion.rules or words_of(criterion.text).unique.isdisjoint(_TEAM_WORDS):
        return
    if match := _TEAM.search(criterion.text):
        yield Warning_("asked_by_team", criterion.id, quoted(criterion.text, *match.span()))
