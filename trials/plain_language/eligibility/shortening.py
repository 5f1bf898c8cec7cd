"""Long English sentences cut where the meaning allows: examples and exceptions become sentences of their own."""

import re

from trials.plain_language.eligibility.times import SPAN
from trials.plain_language.readability import measure

_LONG = 21  # words
_HARD = 14.0  # grade
_LONGEST = 25  # words
_FEWEST = 6  # words before a cut
# Sentences in one piece: what is cut off a denial would be affirmed, and of a condition would hold without it.
_WHOLE = re.compile(r"You (?:do not|have not|have no|are not|cannot)\b|No\b|Without\b|If\b", re.IGNORECASE)
_SPAN = re.compile(SPAN, re.IGNORECASE)

_CUTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?P<a>.{12,}?),?\s*\((?:such as|for example,?)\s+(?P<b>.+)\)\.$"), "For example: "),
    (re.compile(r"^(?P<a>.{12,}?),?\s*\((?:except|but not)\s+(?P<b>.+)\)\.$"), "Exception: "),
    (re.compile(r"^(?P<a>.{12,}?)(?<!\bnot),?\s*\(including\s+(?P<b>.+)\)\.$"), "This includes "),
    (re.compile(r"^(?P<a>.{12,}?),?\s+such as:?\s+(?P<b>.+)\.$"), "For example: "),
    (re.compile(r"^(?P<a>.{12,}?)(?<!\bnot),?\s+including\s+(?P<b>.+)\.$"), "This includes "),
    (re.compile(r"^(?P<a>.{12,}?),?\s+except\s+(?P<b>.+)\.$"), "Exception: "),
    (re.compile(r"^(?P<a>.{12,}?),?\s+defined as\s+(?P<b>.+)\.$"), "Defined as: "),
    (re.compile(r"^(?P<a>.{12,}?),?\s*\((?P<b>[^()]+ [^()]+ [^()]+)\)\.$"), "Note: "),
    (re.compile(r"^(?P<a>.{12,}?),?\s+unless\s+(?P<b>.+)\.$"), "This does not count if "),
    (re.compile(r"^(?P<a>.{12,}?);\s+(?:(?P<joint>and|or)\s+)?(?P<b>.{8,})\.$"), ""),
)


# Several limits in one sentence: "your ALT is …, your AST is … or your bilirubin is …".
_YOURS = re.compile(r"(,\s+or\s+|,\s+and\s+|,\s+|\s+or\s+|\s+and\s+)(?=your\b)")
_EXAMPLES = ("For example: ", "This includes ")
_LISTS = (*_EXAMPLES, "Exception: ")
_JUDGED = re.compile(
    r"\b(?:judged|assessed|checked by|deemed|considered|which|that would|whose|in the study doctor's view)\b"
)
# "Such as to interfere with …", "…, not yet improved": what limits the whole stands behind the examples.
_OF_ALL = re.compile(r"^(?:to|that)\b|,\s+(?:that|which|not yet|to)\b")
# What follows holds for both sides, or makes a sentence of its own.
_SHARED = re.compile(r"\b(?:whose|which|who|and will|will not|has not|have not)\b")
# A long sentence's time can stand apart: "Time: within 30 days before screening."
_TIME = re.compile(
    rf"^(?P<a>.{{30,}}?),?\s+(?P<b>(?:at any time\s+)?(?:within|in|during)\s+(?:the\s+)?(?:last\s+|past\s+|"
    rf"previous\s+)?{SPAN}(?:\s+or\s+{SPAN})?(?:,\s*whichever is \w+,?)?"
    r"(?:\s+(?:before|prior to|of|from|preceding)\s+[^,;]{1,60})?)\.$",
    re.IGNORECASE,
)


# Between two statements; in a sentence of names alone, between any two of them.
_JOINT = re.compile(
    r"(?:,\s+|\s+(?=or\b))(?P<joint>and|or)(?=\s+(?:any|have|has|an?|are|is|treatments?|history|use|with|"
    r"without|other|previous|current|known|severe|active|at least|evidence|presence|if|you|take|receive|"
    r"plan)\b)\s+"
)
_LIST_JOINT = re.compile(r",\s+(?:(?:or|and)\s+)?")
_VERB = re.compile(r"\b(?:and|or|will|is|are|was|were|has|have|must|may)\b")
_CONDITION = re.compile(r"\b(?:if|unless|provided|when|as long as)\b", re.IGNORECASE)
_NAMES = re.compile(r"(?:For example:|Exception:|This includes)")


def shortened(sentence: str, *, either: bool = False) -> list[str]:
    """The sentence, or the sentences that it is cut into where it is long or hard.

    `either`: of what stands between semicolons one is enough, as in an exclusion.
    """
    counted = measure([sentence])
    if counted.longest <= _LONG and counted.grade <= _HARD:
        return [sentence]
    if sentence[:4].lower() == "your" and (parts := _YOURS.split(sentence))[1:]:
        joint = "Or" if any("or" in one for one in parts[1::2]) else "And"
        others = [f"{joint} {part.rstrip(' ,.')}." for part in parts[2::2]]
        return [f"{parts[0].rstrip(' ,')}.", *others]
    whole = _WHOLE.match(sentence)
    for pattern, lead in _CUTS:
        if whole and not lead:
            continue
        if (found := pattern.match(sentence)) and _balanced(found["a"]) and _balanced(found["b"]):
            if lead in _LISTS and _JUDGED.search(found["b"]):
                continue  # "such as effusion, judged unsuitable": the judgement belongs to all of it
            if lead in _LISTS and _OF_ALL.search(found["b"]):
                continue
            if lead in _EXAMPLES and _SPAN.search(found["b"]):
                continue  # "including colchicine in the last 3 months": so does the time
            rest = f"{lead or _joint(found, either)}{found['b']}."
            rest = f"{rest[0].upper()}{rest[1:]}"
            return [*shortened(f"{found['a'].rstrip(' ,')}.", either=either), *shortened(rest, either=either)]
    if counted.longest <= _LONGEST:
        return [sentence]
    found = _TIME.match(sentence)
    alone = found and not _SPAN.search(found["a"])  # else it may be the time of the last thing only
    if found and alone and _balanced(found["a"]) and _balanced(found["b"]) and not _VERB.search(found["b"]):
        head = shortened(f"{found['a'].rstrip(' ,')}.")
        joined = any(part.startswith(("Or ", "And ")) for part in head)  # of which of the two would it be the time?
        return [sentence] if joined else [*head, f"Time: {found['b']}."]
    names = _NAMES.match(sentence)
    if names and _CONDITION.search(sentence):
        return [sentence]  # "skin or cervical cancer, if treated": the condition holds for all
    if names:
        return _names_in_two(sentence, names.group())
    return [sentence] if whole else _in_two(sentence)


def _joint(found: re.Match[str], either: bool) -> str:
    return "Or: " if found["joint"] == "or" or (either and found["joint"] != "and") else ""


def _in_two(sentence: str) -> list[str]:
    """A statement that is far too long, cut at the joint nearest its middle: "… . Or …"."""
    middle = _nearest_middle(sentence, _JOINT)
    if middle is None or _SHARED.search(sentence, middle.end()):
        return [sentence]
    if _SPAN.search(sentence, middle.end()) and not _SPAN.search(sentence, 0, middle.start()):
        return [sentence]  # the time may be that of both
    joint = middle["joint"].capitalize()
    return [*shortened(f"{sentence[: middle.start()]}."), *shortened(f"{joint} {sentence[middle.end() :]}")]


def _names_in_two(sentence: str, lead: str) -> list[str]:
    """A long list of examples or exceptions, cut near its middle; either part says what it is a list of."""
    middle = _nearest_middle(sentence, _LIST_JOINT)
    if middle is None:
        return [sentence]
    return [*shortened(f"{sentence[: middle.start()]}."), *shortened(f"{lead} {sentence[middle.end() :]}")]


def _nearest_middle(sentence: str, joint: re.Pattern[str]) -> re.Match[str] | None:
    """The joint at which a sentence comes apart in two halves, if there is one outside brackets."""
    joints = [
        found
        for found in joint.finditer(sentence)
        if _balanced(sentence[: found.start()]) and len(sentence[: found.start()].split()) >= _FEWEST
    ]
    return min(joints, key=lambda found: abs(found.start() - len(sentence) / 2)) if joints else None


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")")
