"""What is said of everybody who takes part: the person taken out, what is left is told to the reader."""

import re

from trials.plain_language.eligibility.fixed import fixed_sentence
from trials.plain_language.eligibility.forms import APPLIES, HAD, HAVE
from trials.plain_language.eligibility.heads import begun
from trials.plain_language.eligibility.measures import limit_sentence
from trials.plain_language.eligibility.nouns import is_event, is_state, is_statement
from trials.plain_language.eligibility.things import plain_english
from trials.plain_language.expressions import English, Expression

PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|persons?|people|volunteers?|those|candidates?)"
PERSON = re.compile(
    rf"(?:(?:all|any|eligible|study|the|a|an|each|every|enrolled|potential|male or female|male and "
    rf"female|female or male)\s+)*{PEOPLE}\b"
    r"(?:'s)?\s*,?\s*(?:(?:who|that|which|he|she)\s+)?(?:(?:must|should|shall|will|need to|needs to|"
    r"has to|have to)\s+)?",
    re.IGNORECASE,
)
_YOU = re.compile(r"you(?:r|rs)?\b", re.IGNORECASE)
_OBLIGED = re.compile(r"(?:who\s+)?(?:must|should|shall|will|need to|has to|have to)\s+", re.IGNORECASE)
_VIEW = re.compile(
    r"(?:(?:who|is|are),?\s+)?,?\s*in the (?:opinion|judge?ment|view) of (?:the\s+)?(?:principal\s+)?(?:investigators?|"
    r"study doctor|physician),\s*",
    re.IGNORECASE,
)
# What begins so names nothing that could apply to somebody.
_NO_NAME = re.compile(
    r"(?:with|without|due|nothing|nobody|if|for|when|where|while|during|at|in|as|because|since|that|which|who|see|"
    r"note|all|age|aged|the following)\b",
    re.IGNORECASE,
)
# "HPV vaccine not given": neither had nor not had by the words alone.
_DENIED = re.compile(r"^(?:(?!\b(?:that|which|who|where|if)\b).)*\b(?:not|never|nothing)\b", re.IGNORECASE)
_ACTS = re.compile(r"(?:speaks|takes|uses|lives|wears|works|attends|smokes|weighs|drinks|receives)\b", re.IGNORECASE)
_BEFORE_NOW = re.compile(r"(?:any\s+)?(?:prior|previous|past|earlier)\b", re.IGNORECASE)
_MUST = re.compile(r"\b(?:must|should|shall|need|needs|has to|have to)\s*$", re.IGNORECASE)
_DEED = re.compile(
    r"(?:not\s+)?(?:give|provide|sign|read|attend|return|complete|follow|use|avoid|refrain|stop|undergo|"
    r"continue|remain|speak|live|reside|present|"
    r"show|accept|comply|commit|participate|take|receive|practice|abstain|maintain|discontinue|consent|"
    r"cooperate|fulfil|demonstrate)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"(?:placed|treated|affected|referred|admitted|hospitali[sz]ed|exposed|vaccinated|living|residing|"
    r"working|attending|suspected|known|"
    r"scheduled|planned|considered|deemed|judged|enrolled|unable|eligible|intolerant|dependent|resistant|"
    r"refractory|under|not)\b",
    re.IGNORECASE,
)


def of_anybody(clause: str) -> Expression | None:
    """The sentence of a clause that speaks of no group of its own; None where no safe one is known."""
    if _YOU.match(clause):
        return English(f"{plain_english(clause)}.")
    person = PERSON.match(clause)
    rest = clause[person.end() :] if person else clause
    obliged = None if person else _OBLIGED.match(rest)
    if obliged:
        rest = rest[obliged.end() :]
    if view := _VIEW.match(rest):
        rest = f"{rest[view.end() :]}, in the opinion of the investigator"
    if person and (fixed := fixed_sentence(rest)):
        return fixed
    known, sentence = begun(rest)
    if known:
        return sentence
    if (obliged or (person and _MUST.search(person.group()))) and rest.lower().startswith("not "):
        return English(f"You must {plain_english(rest)}.")
    if person and _PARTICIPLE.match(rest):
        return English(f"You are {plain_english(rest)}.")
    if (obliged or (person and _MUST.search(person.group()))) and _DEED.match(rest):
        return English(f"You must {plain_english(rest)}.")
    if (limit := limit_sentence(rest)) is not None:
        return limit
    return None if person or obliged else _of_a_phrase(rest)


def _of_a_phrase(rest: str) -> Expression | None:
    """The sentence of words without a person: a statement, an event, a state, or the name of something else."""
    if is_statement(rest):
        return English(f"{plain_english(rest)}.")
    if _DENIED.search(rest) or _ACTS.match(rest):
        return None
    if _BEFORE_NOW.match(rest):
        return None  # "prior biologic therapy" is had no more
    if is_event(rest):
        return HAD.of(rest)
    if is_state(rest):
        return HAVE.of(rest)
    return None if _NO_NAME.match(rest) else APPLIES.of(rest)
