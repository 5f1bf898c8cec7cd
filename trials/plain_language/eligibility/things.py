"""What a sentence is about: a series of terms that we know in every language, or else plain English words."""

import re

from trials.plain_language.eligibility.lexicon import plain_words, qualifiers, terms
from trials.plain_language.eligibility.names import drug_name, glossary_term
from trials.plain_language.eligibility.person import for_you
from trials.plain_language.english import noun_phrase
from trials.plain_language.expressions import English, Expression, Said, Series, Small, Term

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*,\s*(?:(?P<either>or)|and)?\s*|\s+(?:(?P<or>or)|and)\s+", re.IGNORECASE)
_MOST_QUALIFIERS = 3


def thing(text: str) -> Expression:
    """The words of a slot: "severe asthma or COPD" as terms of ours where all are known, else in plain English."""
    return _series(text) or English(noun_phrase(plain_english(text)))


def _series(text: str) -> Expression | None:
    whole = _term(text)
    if whole is not None or "(" in text:
        return whole
    parts, joints, start = [], [], 0
    for found in _SEPARATOR.finditer(text):
        parts.append(text[start : found.start()])
        joints.append(found.group().strip(" ,").lower())
        start = found.end()
    parts.append(text[start:])
    words = {joint for joint in joints if joint}
    known = [_term(part) for part in parts]
    if len(parts) < 2 or len(words) != 1 or not all(known):
        return None
    return Series(tuple(part for part in known if part), either=words == {"or"})


def _known(text: str) -> Expression | None:
    """A term of ours, a word of the glossary, or a drug by its name: what has words in every language."""
    if (plain := terms().whole(text)) is not None:
        return Small(Said(plain))
    if (message := glossary_term(text) or drug_name(text)) is not None:
        return Term(noun_phrase(plain_english(text)), message)
    return None


def _term(text: str) -> Expression | None:
    """One term, with the qualifiers that stand before it."""
    said: list[str] = []
    rest = _ARTICLE.sub("", text.strip())
    while (known := _known(rest)) is None:
        found = qualifiers().start(rest)
        if found is None or len(said) == _MOST_QUALIFIERS:
            return None
        said.append(found[0])
        rest = found[1]
    expression = known
    for qualifier in reversed(said):
        expression = Said(qualifier, {"thing": expression})
    return expression


_NUMERAL = re.compile(r"\d|≥")
_SPOKEN = tuple(
    (re.compile(pattern, re.IGNORECASE), put)
    for pattern, put in (
        (r"\s*[≥]\s*(?=[\d.]|(?:two|three|four|five|six|seven|eight|nine|ten)\b)", " at least "),
        (r"\s*[≤]\s*(?=[\d.])", " at most "),
        (r"\s*>\s*(?=[\d.])", " more than "),
        (r"\s*<\s*(?=[\d.])", " less than "),
        (r"(?<=\d)\s*(mg|g|mcg|μg|µg)\s*/\s*d(?:ay)?\b", r" \1 a day"),
        (r"(?<=\d)\s*(mg|g|mcg|μg|µg)\s*/\s*w(?:ee)?k\b", r" \1 a week"),
        (r"(?<=\d)(mg|kg|cm|mm|ml|mL|months?|years?|weeks?|days?|hours?)\b", r" \1"),
        (r"\b(at least|at most|more than|less than) \1\b", r"\1"),
        (r"\s+", " "),
    )
)


def spoken(text: str) -> str:
    """Signs before numbers as words: "≥ 10 mg/day" → "at least 10 mg a day"."""
    if _NUMERAL.search(text):
        for pattern, put in _SPOKEN:
            text = pattern.sub(put, text)
    return text.strip()


def plain_english(text: str) -> str:
    """The words in plainer English, spoken to the reader. What we have no plainer word for stays."""
    return for_you(plain_words().swapped(spoken(text)))
