"""English that follows from putting words together: small letters, articles, doubled words."""

import re

from trials.plain_language.casing import small
from trials.plain_language.eligibility.nouns import head_of

_COUNTABLE = re.compile(
    r"\b(?:disorder|condition|infection|tumou?r|lesion|finding|ulcer|illness|allergy|need|score|history|"
    r"diagnosis|flare|problem|level|"
    r"test|result|transplant|device|implant|reaction|ability|plan|wound|injury|fracture|mass|nodule|"
    r"catheter|pacemaker|count|rash|"
    r"heartbeat|response|syndrome|deficiency|abscess|seizure|relapse|method|replacement|stroke|heart "
    r"attack|lymphoma|hernia|"
    r"blood clot|vaccine|medical reason|partner|donor|virus|episode|exacerbation|sign|symptom|marker|"
    r"contraindication|stent|graft)$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:a|an|the|any|no|some|your|this|these|those|each|every|either|neither|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|"
    r"another|other|all|both|more|less|fewer|at least|at most|most|many|several|such|which|what|\d\S*)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:at|in|on|by|for|from|with|during|before|after|within)\b", re.IGNORECASE)
_ADJECTIVES = (
    r"(?:severe|active|serious|long-term|sudden \(acute\)|medically important|major|known or suspected|known|suspected|"
    r"moderate to severe|recent|"
    r"repeated|untreated|current)"
)
_ARTICLE_INSIDE = re.compile(rf"(?:\ba\s+)?(?P<words>(?:{_ADJECTIVES}\s+)+)an?\s+")
_DOUBLED = re.compile(r"\b(an?|the|at least|at most|more than|less than|and|or|of|to|you|your)\s+\1\b", re.IGNORECASE)
_TWO_ARTICLES = re.compile(r"\b(?:an?|the|any|no|another|your)\s+(an?|the)\s+", re.IGNORECASE)
# "You are willing to take part and has signed": the second verb still has the registry's subject.
_THIRD_PERSON = re.compile(
    r"(?P<you>You (?:(?!\b(?:that|which|who|whose|where|if)\b)[^.;:(])*?(?:\b(?:and|or),? |, ))(?P<verb>has|is)\b"
)
_AN = re.compile(r"(?<![\w(])(?P<a>an?|^An?)\s+(?P<word>(?!(?:or|and|in|is|are|of|on|at|if)\b)[\w-]{2,})")
_VOWEL = re.compile(r"(?:[aei]|o(?!ne\b|nce)|u(?!ni|ri|se)|hour|honest)", re.IGNORECASE)
_LETTER_VOWEL = re.compile(r"[AEFHILMNORSX][A-Z0-9]")


def noun_phrase(text: str) -> str:
    """The text as the object of a sentence, with the article that English asks for before some nouns."""
    text = small(text)
    head = head_of(text).strip()
    named = text[:1].isupper() and head.endswith("syndrome")  # "Down syndrome" is one alone
    if not named and not _PLACED.match(text) and not _DETERMINED.match(text) and _COUNTABLE.search(head):
        text = f"a {text}"
    return text


def tidy(text: str) -> str:
    """A finished sentence without the traces of its making."""
    while (found := _THIRD_PERSON.match(text)) is not None:
        text = f"{found['you']}{'have' if found['verb'] == 'has' else 'are'}{text[found.end() :]}"
    text = _ARTICLE_INSIDE.sub(_article_first, text)
    text = _THE_COUNTRY.sub(r"\g<before> the ", text)
    text = _TWO_ARTICLES.sub(_one_article, text)
    text = _DOUBLED.sub(r"\1", text)
    text = _AN.sub(_fitting, text)
    text = re.sub(r"\s+([,.;:)])", r"\1", re.sub(r"\s+", " ", text))
    text = re.sub(r"\b([a-z]{4,})/\1\b", r"\1", text)
    return re.sub(r"[.;,]+([.:])$", r"\1", text)


_THE_COUNTRY = re.compile(
    r"\b(?P<before>in|and|or|,) (?=United (?:States|Kingdom|Arab Emirates)|Netherlands|Philippines|"
    r"Czech Republic|Dominican Republic)"
)


def _article_first(found: re.Match[str]) -> str:
    """ "severe an infection" → "a severe infection"."""
    return f"a {found['words']}"


def _one_article(found: re.Match[str]) -> str:
    first = found.group().split()[0]
    return f"{first} "


def _fitting(found: re.Match[str]) -> str:
    """ "a" or "an", as the next word sounds."""
    word, written = found["word"], found["a"]
    open_sound = _LETTER_VOWEL.match(word) if word.isupper() and len(word) > 1 else _VOWEL.match(word)
    article = "an" if open_sound else "a"
    return f"{article.capitalize() if written[0].isupper() else article} {word}"
