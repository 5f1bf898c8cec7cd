"""What is wrong with a draft. One that fails any check is dropped; one that passes them all is still only a draft."""

import re
import unicodedata
from enum import StrEnum

from trials.drafting.passages import Passage
from trials.drafting.sameness import Reader, denies_alike, same_limits, same_names, same_numbers
from trials.plain_language.eligibility.guard import is_safe
from trials.plain_language.linter import findings
from trials.plain_language.model import Section
from trials.plain_language.readability import grade, measure, words_of

LONGEST_TEXT = 600  # characters
MOST_WORDS = 20  # of one sentence
HIGHEST_GRADE = 8.0  # Flesch-Kincaid, of one draft

LANG = "en"  # the only one whose grade, rules and names we can read


class Objection(StrEnum):
    """Why there is no draft, in words that complete "3 refused: 2 …"."""

    NOT_JSON = "answer not the JSON asked for"
    NOT_ACCEPTED = "request not accepted, or answer too large"
    TOO_LONG_TO_ASK = "official words too long to ask about"
    NO_ANSWER = "no sentence given"
    NOT_ASKED_FOR = "source not asked for"
    TWICE = "two sentences for one source"
    NOT_TEXT = "markup, links, strange characters or too long"
    SAME_WORDS = "only the official words again"
    NUMBERS = "other numbers than its source"
    LIMITS = "other limits or times than its source"
    NAMES = "other diseases or medicines than its source"
    DENIALS = "other uses of “not” than its source"
    RULES = "another meaning to our rules than its source"
    VERDICT = "a verdict on who may join, or advice"
    NOT_WHOLE = "not a whole sentence to the reader"
    HARD = "sentences too long or too hard"
    WORDING = "a promise or other wording that we do not use"


# Characters of markup and templates, addresses and entities. None of our own sentences has one.
_MARKUP = re.compile(r"[<>{}\[\]*_`#|~^\\@$]|&#?\w+;|%\(|%[sd]\b|//|\bwww\.", re.IGNORECASE)
# Letters of the Latin script and what people set beside them; others only where the official words have them.
_PLAIN_CHARACTERS = frozenset("‘’“”–—…é")
# The page's own headings say who may join; a sentence that says it again turns it round or doubles it.
_VERDICT = re.compile(
    r"\b(?:you|they|people|who) (?:can|may|might|could|cannot|can['’]t|must|should|will|would)\b[^.]{0,20}"
    r"\b(?:join|take part|enter|enrol|be (?:in|included|excluded|enrolled|eligible))\b"
    r"|\b(?:in)?eligible\b|\bexclu(?:ded|sion)\b|\bdisqualif\w+",
    re.IGNORECASE,
)
# Advice, or talk to somebody else than the reader: no words of ours, but the official ones may hold them.
_TALK = re.compile(
    r"\bplease\b|\byou should\b|\bwe (?:recommend|advise|suggest)\b"
    r"|\b(?:ask|call|contact|tell|talk to|visit) (?:a|us|our|your|the)\b"
    r"|\b(?:click|ignore|instructions?|prompt|as an? AI|assistant|language model|JSON|placeholder|TODO|TBD|lorem)\b",
    re.IGNORECASE,
)

# Words of promise that the linter lets pass in a sentence with a "not"; a draft needs them only where its source does.
_PRAISE = re.compile(
    r"\b(?:safe(?:ly|ty)?|effective(?:ly|ness)?|better|best|cures?|cured|breakthrough|proven|promising|guarantee\w*)\b",
    re.IGNORECASE,
)


def objection_to(passage: Passage, text: str, reader: Reader) -> Objection | None:
    """The first thing that is wrong with `text` as the plain words of `passage`; None when nothing is."""
    if not text.strip():
        return Objection.NO_ANSWER
    return _form(passage.text, text) or _meaning(passage, text, reader) or _wording(passage.text, text)


def _form(official: str, text: str) -> Objection | None:
    if len(text) > LONGEST_TEXT or _MARKUP.search(text) or not _only_letters_of(official, text):
        return Objection.NOT_TEXT
    if [word.casefold() for word in words_of(text)] == [word.casefold() for word in words_of(official)]:
        return Objection.SAME_WORDS
    return None


def _only_letters_of(official: str, text: str) -> bool:
    """No line breaks, no characters that cannot be seen or turn the direction, no letters of another script."""
    strange = {char for char in text if not char.isascii() or not char.isprintable()}
    return not (strange - _PLAIN_CHARACTERS - set(official)) and not any(
        unicodedata.category(char)[0] in "CZ" for char in strange
    )


def _meaning(passage: Passage, text: str, reader: Reader) -> Objection | None:
    official = passage.text
    if not same_numbers(official, text):
        return Objection.NUMBERS
    if not same_limits(official, text):
        return Objection.LIMITS
    if not same_names(official, text):
        return Objection.NAMES
    if not denies_alike(official, text):
        return Objection.DENIALS
    if passage.section is not Section.HEADLINE and not reader.reads_alike(passage.source, text):
        return Objection.RULES
    return None


def _wording(official: str, text: str) -> Objection | None:
    if _VERDICT.search(text) or (_TALK.search(text) and not _TALK.search(official)):
        return Objection.VERDICT
    if findings(text, LANG) or _praise(text) - _praise(official):
        return Objection.WORDING
    if not is_safe(official, text):
        return Objection.NOT_WHOLE
    return Objection.HARD if measure([text]).longest > MOST_WORDS or grade(text) > HIGHEST_GRADE else None


def _praise(text: str) -> set[str]:
    return {word.lower() for word in _PRAISE.findall(text)}
