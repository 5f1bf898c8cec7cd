"""Lines that are no criteria of their own: introductions, notes, connectors."""

import re

_PEOPLE = (
    r"(?:patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|women|men|children|candidates?"
    r"|cases|those|they|you|controls?|respondents|adults|infants|donors|caregivers|parents|learners|students|physicians)"
)
_SHUT_OUT = (
    r"(?:exclu\w{1,6}|ineligible|disqualified|(?:not|cannot|can't|never) (?:be )?"
    r"(?:eligible|included|enrol\w{1,5}|participate|take part|qualify|able to|considered))"
)
_OUT = re.compile(
    rf"(?:[\w'’/-]{{1,16}} ){{0,5}}?{_PEOPLE}\b[^:.;]{{0,90}}?\b{_SHUT_OUT}\b[^:.]{{0,120}}"
    r"(?::$|\b(?:if|they|following|with|who|have|had|are)$)"
    r"|(?:to be )?(?:excluded|not eligible)\b[^:.]{0,40}:$"
    r"|any of the following (?:will|would|shall) exclude\b[^:]{0,80}:$",
    re.IGNORECASE,
)
_BEFORE_PEOPLE = (
    r"(?:(?:in order )?to (?:be |participate|enter|enrol|join|take|qualify)|all|the|each|every|eligible|for|any|both"
    r"|potential|study|this|male|female|adult|[\w-]{1,12})"
)
_ALL = re.compile(
    rf"(?:{_BEFORE_PEOPLE} ?[^:.;]{{0,50}}?)?\b{_PEOPLE}\b[^:.;]{{0,110}}"
    r"(?::$|\b(?:if|following|following criteria|must|have|be|if they|who)$)"
    r"|(?:all |each |any |both )?(?:of )?the following\b[^:.;]{0,80}:$"
    r"|(?:must|should|will|to be (?:eligible|included))\b[^:.;]{0,60}:$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:follow\w*|criteri\w+|eligib\w+|includ\w+|enrol\w*|participat\w+|conditions|requirements|exclu\w+|apply|below)\b"
    rf"|\b{_PEOPLE} (?:must|should|will|are|who|with|have|may|can)(?: be| have| meet)?:?$"
    r"|(?:must|have|be|are|if they|should):?$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\W{0,4}(?:please note|note|notes|nb|n\.b\.|remark|comment|exceptions?|exemptions?|clarification|footnote"
    r"|definitions?)(?:\s?\d)?(?:\s?[:.*)–-]| that\b| regarding\b|,)",
    re.IGNORECASE,
)
_RECORD_NOTE = re.compile(
    r"\W{0,4}(?:notes?: )?(?:(?:for )?(?:more|further|additional) information\b"
    r"|the (?:above )?information (?:above )?(?:is|was) not intended"
    r"|(?:other|additional|further|more) (?:[\w/-]{1,20} ){0,4}(?:criteri\w{1,2}|requirements)[^.:]{0,60}"
    r"(?:\bappl(?:y|ies)|\bexist|$|\.$)|other protocol|inclusion (?:and|&|or) exclusion criteria (?:may|apply)"
    r"|(?:please )?(?:refer to|contact|see|visit) (?:the )?(?:site|study|protocol|investigator|www|http|sponsor)"
    r"|(?:there (?:are|may be) |this is not )[^.]{0,40}(?:criteria|complete|exhaustive)"
    r"|(?:there (?:are|were) )?(?:not applicable|none|na|n/a|not provided"
    r"|no (?:specific |other |further )?(?:in|ex)clusion criteria)\W*$)",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(r"\W{0,3}(?P<word>and/or|and|or|plus)\b\W{0,4}$", re.IGNORECASE)
_LONGEST = 400  # characters of a remark


def excludes(words: str) -> bool:
    """ "Patients will be excluded if they have:": an introduction that opens an exclusion section."""
    return len(words) <= _LONGEST and bool(_OUT.match(_on_one_line(words)))


def introduces(words: str) -> bool:
    """ "Patients must meet all of the following:": a sentence that introduces a whole section, and sets no limit."""
    if len(words) > _LONGEST or any(sign.isdigit() for sign in words):
        return False
    line = _on_one_line(words)
    return bool(_ALL.match(line) and _GENERIC.search(line))


def is_note(words: str) -> bool:
    """A note on the criterion before it."""
    return bool(_NOTE.match(words[:60]))


def is_record_note(words: str) -> bool:
    """A remark on the record as a whole ("Other protocol-defined criteria may apply")."""
    return len(words) <= _LONGEST and bool(_RECORD_NOTE.match(_on_one_line(words)))


def connector(words: str) -> str:
    """ "and" or "or" where that is all the line says, else ""."""
    found = _CONNECTOR.match(words) if len(words) <= 12 else None
    if not found:
        return ""
    return "or" if "or" in found["word"].lower() else "and"


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
