"""What a bare noun phrase names: a state that one has ("severe asthma"), or an event that one has had ("surgery")."""

import re

from trials.plain_language.eligibility.lexicon import terms

_STATES = re.compile(
    r"\b(?:diseases?|disorders?|syndromes?|infections?|cancers?|malignanc(?:y|ies)|failure|insufficiency|"
    r"impairment|dysfunction|conditions?|"
    r"abnormalit(?:y|ies)|illness(?:es)?|hypertension|diabetes(?: mellitus)?|asthma|lesions?|ulcers?|"
    r"ulcerations?|involvement|symptoms?|"
    r"deficiency|deficiencies|immunodeficiency|allergy|allergies|hypersensitivity|pain|obesity|cirrhosis|"
    r"epilepsy|dementia|"
    r"depression|dependence|abuse|alcoholism|arthritis|lupus|sclerosis|fibrosis|hemorrhage|bleeding|"
    r"tumou?rs?|neoplasms?|"
    r"positivity|arrhythmias?|cardiomyopath(?:y|ies)|angina|hepatitis|HIV|pneumonia|tuberculosis|contraindications?|"
    r"\w{3,}(?:itis|osis|oma|emia|aemia|pathy|pathies|penia|algia|plegia|uria|trophy|megaly|ectasis))\b",
    re.IGNORECASE,
)
_EVENTS = re.compile(
    r"\b(?:surger(?:y|ies)|surgical procedures?|operations?|transplant(?:ation)?s?|transfusions?|vaccinations?|"
    r"vaccines?|immuni[sz]ations?|"
    r"infarctions?|strokes?|injur(?:y|ies)|hospitali[sz]ations?|embolism|fractures?|trauma|splenectomy|"
    r"amputations?|radiotherapy|"
    r"chemotherapy|radiation therapy|cerebrovascular accidents?|biops(?:y|ies))\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"^(?:(?!\b(?:that|which|who|where|if|unless|whose)\b).)*\b(?:is|are|was|were|meets?|must|should|"
    r"will|shall|may|can|cannot|could|"
    r"does|do|allowed|eligible|excluded)\b",
    re.IGNORECASE,
)
_LONGEST_TERM = 5  # words
_MOST_TAILS = 3
# The noun that carries a phrase stands before the first of these.
_TAIL = re.compile(
    r"\s*(?:[,;:(]|\b(?:with|without|that|which|who|in|of|at|on|for|to|from|due|requiring|within|during|"
    r"other|such|including|as|"
    r"by|defined|where|not|except|excluding|if|prior|before|after|or|and|under|while|shown|proven|confirmed|treated|needing|seen|found|documented|diagnosed|leading|resulting|judged|considered|involving|limiting|despite|affecting|"
    r"caused|associated|related)\b)",
    re.IGNORECASE,
)


def head_of(text: str) -> str:
    """The words up to the noun that the phrase is about: "severe asthma" of "severe asthma with an infection"."""
    found = _TAIL.search(text)
    return text[: found.start()] if found and found.start() else text


def is_statement(text: str) -> bool:
    """Whether the words have a verb of their own ("organ function meets …")."""
    return _STATEMENT.search(text) is not None


def is_state(text: str) -> bool:
    """Whether the words name what one can have."""
    return any(_names_a_state(head) for head in _heads(text))


def _names_a_state(head: str) -> bool:
    words = head.split()
    known = any(terms().whole(" ".join(words[-count:])) for count in range(1, min(_LONGEST_TERM, len(words)) + 1))
    return known or _ends_with(_STATES, head)


def _heads(text: str) -> list[str]:
    """Where the noun may end: "known active, clinically significant infection of any kind" has it before "of"."""
    ends = [found.start() for found in _TAIL.finditer(text) if found.start()][:_MOST_TAILS]
    return [text[:end].strip(" ,") for end in ends] or [text]


def is_event(text: str) -> bool:
    return _ends_with(_EVENTS, head_of(text).strip())


def _ends_with(nouns: re.Pattern[str], head: str) -> bool:
    return any(found.end() == len(head) for found in nouns.finditer(head))
