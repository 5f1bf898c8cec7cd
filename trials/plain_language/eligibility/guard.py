"""Whether a sentence of ours may stand for official words: all numbers kept, nobody else spoken of, short and whole."""

import re
from collections import Counter
from collections.abc import Sequence

from trials.plain_language.eligibility.person import speaks_of_others
from trials.plain_language.linter import findings
from trials.plain_language.readability import measure, words_of

LONGEST = 25  # words of one sentence
HARDEST = 24.0  # Flesch-Kincaid grade of one sentence; above it the official words serve no worse

_FEW = 8  # words: what is hard in a sentence as short as that is a name
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNS = re.compile(r"[≥≤<>=±~]|\*\*|\\")
_BROKEN = re.compile(
    r"\byou (?:have|are|can|cannot|had) (?:have|has|are|is|be|who|that|which|not have|there|must|should|"
    r"will|do|does|of|for|if)\b|"
    r"\b(?:a|an|the|of|to|with|and|or|by|for|in|your|is|are|than)[.:]$|:\s*\S[^.]*:\s|\b(?:an?|the) (?:an?|"
    r"the)\b|\(\s*\)|\bnull\b|\s/\s|^None\b|"
    r"\b(?:have|has) had (?:taken|received|been|used|undergone|or|and)\b|\b(?:have|had) (?:or|and)\b(?! have had)|"
    r"\byour (?:from|at|in|on|grade|of|to|with|by|for)\b|\bAlso: (?:pose|may|would|is|are|has|have)\b|\betc\.\.|"
    r"\b(?:have|had) (?:any )?(?:pregnant|male|female|women|men|mothers)\b|\banother (?:\w+ ){0,2}steroids\b|"
    r"\b(?:except|with) those whose\b|\banother \w+s\b|"
    r", if \w+:|\bbecause of (?:join|take|have|be)\b|\((?:hepatitis [BC])\)|"
    r"^You have (?:had|received|taken|used|been)\b.*\b(?:planned|anticipated|scheduled|expected)\b|"
    r"^You have (?:had|received|taken|used|been)\b.*\bwithin [^.]*\b(?:after|following) (?:the )?"
    r"(?:randomi[sz]ation|screening|enrol|joining|entering|study|first dose)|"
    r"\byour (?:components?|parts|excipients?|ingredients?|metabolites?|derivatives?|analogues?|combinations?)\b|"
    r"\d [²³⁰-⁹]|\b\d+ ?e\d|\bcontrol group\b|\b(?:for|in) (?:the )?(?:healthy )?controls\b|"
    r"^You have (?:(?!\bthat\b)[^.])*\band on\b|"
    r"\breceived given\b|\b(?:previous|prior|earlier) giving\b|\bhad (?:an? )?(?:earlier|previously) \w+ed\b|"
    r"\bhave (?:use|receive|take|undergo) ",
    re.IGNORECASE,
)
# A word said twice: of two official words we have made one, or the registry's own "live or live attenuated".
_DOUBLED = re.compile(r"(?<![\w-])(\w{4,})(?: or| and|,)? \1\b", re.IGNORECASE)
_POINTS_OUT = re.compile(
    r"\b(?:appendix|table \d|see section|investigator's brochure|section \d|listed below|see below|"
    r"described below|specified below|above-mentioned|aforementioned)\b",
    re.IGNORECASE,
)


# Of an exclusion, words that let some in again: under "you may not be able to join if" they would keep them out.
_LETS_IN = re.compile(
    r"\b(?:may|can|will) be (?:enrolled|included|allowed|eligible|considered|able)\b|"
    r"\b(?:is|are) (?:allowed|acceptable|accepted|eligible|permitted)\b|"
    r"\bnot (?:be )?excluded\b|\b(?:is|are|be) considered\b|(?<!not )\b(?:allowed|permitted)\b|"
    r"\bmay join\b|\b(?:can|may) continue\b|\beligible\b",
    re.IGNORECASE,
)


# An exclusion in words of denial or of demand ("must not have …", "no prior …", "must be free of …"): two denials,
# which no sentence untangles safely. "Patients who do not agree …" is one: it says who they are.
_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|persons?|people|volunteers?|candidates?|women|men|you)"
_DENIES = re.compile(
    rf"(?:(?:the|all|any|each|eligible)\s+)*(?:{_PEOPLE}\s+)?(?:(?:who|that)\s+)?"
    r"(?:(?:must|should|may|shall)\s+not|cannot have|no|not(?! able| willing)|without|never)\b|"
    rf"(?:(?:the|all|any|each|eligible)\s+)*(?:{_PEOPLE}\s+)?"
    r"(?:must|should|shall|ha(?:ve|s) to|need to|(?:is|are) required to)\b|"
    rf"(?:the\s+)?(?:{_PEOPLE}\s+)?(?:can|do|does|have|has|are|is)\s+not(?! able| willing)\b",
    re.IGNORECASE,
)


def denies(official: str) -> bool:
    return _DENIES.match(official) is not None


def lets_in(plain: str) -> bool:
    return _LETS_IN.search(plain) is not None


def is_broken(plain: str) -> bool:
    return _BROKEN.search(plain) is not None


def numbers(text: str) -> Counter[str]:
    return Counter(found.replace(",", "").rstrip(".") for found in _DIGITS.findall(text))


def is_safe(official: str, plain: str) -> bool:
    """Whether the plain words say the official ones' numbers, all of them and no others, to the reader, honestly."""
    return (
        set(numbers(official)) == set(numbers(plain))
        and not speaks_of_others(plain)
        and not _SIGNS.search(plain)
        and not is_broken(plain)
        and not _POINTS_OUT.search(plain)
        and (not _DOUBLED.search(plain.replace("have or have", "")) or _DOUBLED.search(official) is not None)
        and plain.count("(") == plain.count(")")
        and plain.count("[") == plain.count("]")
        and not findings(plain, "en")
    )


def is_plain(sentences: Sequence[str], *, names_only: bool = False) -> bool:
    """Whether the sentences are short enough, and the first of them easy enough, to be called plain.

    What follows the first are examples and exceptions: names, as is a fragment of a list (`names_only`).
    """
    counted = measure(sentences)
    first = measure(sentences[:1])
    easy = names_only or first.words <= _FEW or first.grade <= HARDEST
    return counted.longest <= LONGEST and easy and all(map(words_of, sentences))
