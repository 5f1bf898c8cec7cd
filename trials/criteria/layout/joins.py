"""How a parent's children combine: "all of", "any of", "at least three of"; and which siblings are alternatives."""

import re

from trials.criteria.model import Join, Kind

_WORDS = {
    word: value
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})"
_COUNT = re.compile(
    rf"(?<!following )(?<!of the )(?P<more>more than |> ?)?\b\(?(?P<n>{_NUMBER})\)?(?: \(\d{{1,2}}\))?"
    r"(?: or more)?(?: (?:out )?of\b| or more\b|(?: (?:additional|other|more))?(?: [\w()-]{1,14}){0,6}"
    r" (?:the following|listed below|specified below|below)\b)",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all(?: of)?(?: the)?|each of|both|every)\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|either|one or more|at least one|one of|some of)\b", re.IGNORECASE)
_ALL_WEAK = re.compile(
    r"\b(?:meet|meets|meeting|fulfil\w*|satisf\w+|must have|defined by|and) the following\b|\btriad\b|\bdefined as\b"
    r"|\bas follows\b|\bfollowing (?:\w+ )?(?:criteria|conditions|requirements)\b|\bfunctions?\b[^.]{0,40}:?$",
    re.IGNORECASE,
)
_ANY_WEAK = re.compile(r"\b(?:includ\w+|such as|e\.g|or the following)\b", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:except|exception|exceptions|apart from|other than|unless|excluding|with the exclusion of)\b[^.]*$", re.I
)
_ALLOWED = re.compile(r"\b(?:allowed|permitted|permissible|acceptable|may be)\b", re.IGNORECASE)
COHORT = re.compile(
    r"\b(?:patients?|groups?|cohorts?|part|arms?|controls?|subjects?|participants?|volunteers?|healthy|individuals|population|strat(?:um|a)"
    r"|donors?|cases|arthritis|lupus|sclerosis|scleroderma|myositis|vasculitis|sle|ssc|ra|ln|ild|pah|ssc-pah)\b"
    r"|\bcriterion\b|-\w+ criteria\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^for (?:the )?|,? (?:only|(?:the following )?(?:additional )?(?:criteria )?appl(?:y|ies))$|\bthe following\b.*$",
    re.I,
)
_EVERYBODY = re.compile(r"\b(?:all|both|every|each)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:must|should|have|has|had|is|are|be|following|defined|meet|meets|with|who|receiving|of|if|not|for|history"
    r"|at least|any)\b",
    re.IGNORECASE,
)


def join_of(words: str, kind: Kind, connectors: list[str]) -> Join:
    """The join that a parent's words, its section and its children's connectors state; None where nothing does."""
    exception = _EXCEPT.search(words)
    if exception and len(exception[0]) < 60:
        return None
    plain = " ".join(words.split())
    stated = _stated(plain)
    if stated is not None:
        return stated
    if "or" in connectors:
        return "any"
    if "and" in connectors:
        return "all"
    hinted = _last(plain, [(_ALL_WEAK, "all"), (_ANY_WEAK, "any")])
    if hinted and not (hinted[1] == "all" and kind is Kind.EXCLUSION and "defined" not in plain):
        return hinted[1] if not _ALLOWED.search(plain) else None
    if kind is Kind.EXCLUSION:
        return "any"
    if is_cohort(words):
        return "all" if words.rstrip().endswith(":") else None
    return None


def _stated(words: str) -> Join:
    """The last quantifier in the words: "at least 4 of the 11 criteria, at least 1 of which must be" is "any"."""
    places = [place for place in (_last(words, [(_ALL, "all"), (_ANY, "any")]),) if place]
    places += [(match.start() + 1, join) for match in _COUNT.finditer(words) if (join := _counted(match))]
    if not places or (_ALLOWED.search(words) and not words.rstrip().endswith("following:")):
        return None
    return max(places, key=lambda place: place[0])[1]


def _last(words: str, patterns: list[tuple[re.Pattern[str], Join]]) -> tuple[int, Join] | None:
    """The place and meaning of the last match of any of the patterns."""
    places = [(match.start(), join) for pattern, join in patterns for match in pattern.finditer(words)]
    return max(places, key=lambda place: place[0]) if places else None


def _counted(match: re.Match[str]) -> Join:
    word = match["n"].lower()
    number = int(word) if word.isdigit() else _WORDS.get(word, 0)
    if match["more"]:
        number += 1
    return "any" if number == 1 else number or None


def is_title(words: str) -> bool:
    """Whether the words are a heading's, not a sentence's."""
    return len(words.split()) <= 6 and not _SENTENCE.search(words)


LONGEST_TOPIC = 8  # words
_TOPIC = re.compile(
    r"\b(?:ex|in)clusions?(?: criteria)?(?: for (?:general )?safety)?\s*(?:\([^)]*\))?\s*:$|"
    r"^general(?: (?:medical|safety))?(?: (?:concerns?|conditions?))?\s*:$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:patients?|groups?|cohorts?|parts?|arms?|controls?|subjects?|participants?|volunteers?|healthy|donors?|stud(?:y|ies))\b",
    re.IGNORECASE,
)


def is_topic(words: str, kind: Kind) -> bool:
    """Whether a title only sorts what follows by its matter ("Medical history exclusions:"): it states nothing."""
    if "exclusion" in words.lower() and kind is not Kind.EXCLUSION:
        return False
    return (
        len(words) <= 120
        and len(words.split()) <= LONGEST_TOPIC
        and _TOPIC.search(words) is not None
        and not _PEOPLE.search(words)
    )


def is_cohort(words: str) -> bool:
    """Whether a parent's words only name a part of the people ("SLE group:", "Healthy controls:", "Part A")."""
    bare = _FOR.sub("", words.rstrip(" :").split(",")[0])
    short = len(bare) <= 90 and len(bare.split()) <= 9
    if _EVERYBODY.search(bare):
        return False
    return (
        short
        and bool(COHORT.search(bare))
        and not _SENTENCE.search(re.sub(r"\bpatients? with\b", "", bare, flags=re.I))
    )
