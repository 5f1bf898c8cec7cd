"""Headings of sections: what lets people in, what keeps them out, what comes after enrolment."""

import re
from dataclasses import dataclass
from typing import Literal

Sort = Literal["inclusion", "exclusion", "ignored"]

LONGEST = 160  # characters of a heading: what follows is text

_HINT = re.compile(r"clusion|ligibility|criteri", re.IGNORECASE)
_LEAD = re.compile(r"[\W_]{0,8}+(?:(?:\d{1,2}|[ivxIVX]{1,4}|[A-Za-z])[.)]\s{0,3}|\d{1,2}\.\d{1,2}\.?\s)?+[\W_]{0,4}+")
_CRITERIA = re.compile(
    r"(?P<part>(?:part|phase|cohort|group|arm|stage|step|visit|study) ?[\w-]{1,5}(?: [a-z]{1,10})? ?[:–-] ?)?"
    r"(?P<before>(?:[\w/&'’()-]{1,20}[ ,]{1,2}){0,5}?)"
    r"(?P<non>non[- ]?)?I?(?P<sort>inclusion\w{0,4}|exclusion\w{0,4}|in-?eligibility|eligibility)"
    r"(?P<both> ?(?:/|and|&|or) ?(?:exclusion|inclusion))? {1,2}(?:c[a-z]{1,3}|ri)t[a-z]{0,2}r[a-z]{1,6}\b"
    r"(?P<after>[^:.;\n]{0,90})(?P<end>[:.]|$)",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    r"(?:key |main |major )?(?P<sort>inclusion|exclusion) criteria(?= [A-Z][\w,-]{1,20} \w[^\n]{12,})", re.IGNORECASE
)
_OF = re.compile(
    r"(?P<before>(?:[\w-]{1,12} ){0,2}?)(?:criteria|criterion|reasons?|conditions) (?:for|of) "
    r"(?:the )?(?P<sort>non-?inclusion|inclusion|exclusion|eligibility)\b(?P<after>[^:.;\n]{0,60})(?P<end>[:.]|$)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:key |main |major )?(?P<sort>non-?inclusions?|inclusions?|exclusions?)\b"
    r"(?P<after> ?\([^)]{0,60}\)| for [\w ]{1,40})? ?(?P<end>[:;]|$)",
    re.IGNORECASE,
)
_IGNORED = re.compile(
    r"(?:[\w-]{1,14} ){0,3}?(?:drop-? ?outs?|withdrawal|discontinuation|termination|elimination|stopping|removal|exit)"
    r"(?: \w{1,12}){0,2} criteri\w{1,2}\b[^:.;\n]{0,40}(?P<end>[:.]|$)",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(
    r"\b(?:meet|meets|meeting|met|fulfil\w*|satisf\w*|who|whom|must|not|any|has|have|having|apply|applies|may|can|could"
    r"|see|per|all|as|no|none|other)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:$|[(\[–,/-]|(?:for|of|at|in|on|to|during|specific|applicable|related|common|both|part|phase|group|cohort|arm"
    r"|stage|period|include|includes|including|are|were|is|all|as|the following|only|[IVX1-9A-D]$)\b)",
    re.IGNORECASE,
)

_BULLET_AFTER = re.compile(r"\s*[-*•·●▪]\s")


@dataclass(frozen=True, slots=True)
class Heading:
    """`end`: where the heading's words end. `cohort`: it speaks of a part of the people, or of the study, only."""

    sort: Sort
    end: int
    cohort: bool = False


def heading_at(text: str, start: int, end: int) -> Heading | None:
    """The section heading that the line from `start` to `end` begins with, or None."""
    if not _HINT.search(text, start, min(end, start + 2 * LONGEST)):
        return None  # every heading has one of these words; most lines have none
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    # A mark may eat the first letter of "I. Inclusion"; and "A" alone is no mark: try the bare line as well.
    bulleted = at > start and not text[start].isalnum()
    for begin in dict.fromkeys((at, start)):
        found = _heading(text, begin, min(end, begin + LONGEST), end)
        if found:
            bare = bulleted and text[begin].islower() and text[found.end - 1] not in ":."
            return None if bare and " " in text[begin : found.end].strip() else found
    return None


def _heading(text: str, at: int, limit: int, end: int) -> Heading | None:
    if ignored := _IGNORED.match(text, at, limit):
        return Heading("ignored", ignored.end()) if _ends(ignored, limit, end) else None
    found = _CRITERIA.match(text, at, limit) or _OF.match(text, at, limit)
    bare = None if found else _BARE.match(text, at, limit)
    if bare:
        proper = bare["end"] in {":", ";"} or text[at:limit].isupper() or len(text[at:limit].split()) == 1
        found = bare if proper and not text[at].islower() else None
    if not found or not _ends(found, limit, end) or not _plausible(found):
        return _running_on(text, at, limit)
    parts = found.groupdict()
    out = bool(parts.get("non")) or parts["sort"].lower().startswith(("ex", "inel", "in-el", "non"))
    return Heading("exclusion" if out else "inclusion", found.end(), _is_cohort(parts))


def _running_on(text: str, at: int, limit: int) -> Heading | None:
    """ "Exclusion criteria Patients with …": a heading whose colon was lost, so a capital letter must follow."""
    found = _RUNS_ON.match(text, at, limit)
    if not found or not text[at].isupper() or not text[found.end() + 1].isupper():
        return None
    return Heading("exclusion" if found["sort"].lower() == "exclusion" else "inclusion", found.end())


def _ends(found: re.Match[str], limit: int, end: int) -> bool:
    return found["end"] != "" or limit == end


def _plausible(found: re.Match[str]) -> bool:
    """Whether the words round "inclusion criteria" are those of a heading, not of a sentence."""
    parts = found.groupdict()
    before, after = parts.get("before") or "", (parts["after"] or "").strip()
    if _NO_HEADING.search(before):
        return False
    if found["end"] == ":":
        return not re.search(r"\b(?:may apply|met|was|defined)\b", after, re.IGNORECASE)
    if found["end"] == ".":
        return len(before.split()) <= 2 and (not after or after.startswith("("))
    titled = all(word[0].isupper() or not word[0].isalpha() for word in f"{before} {after}".split())
    if not after:
        return len(before.split()) <= (5 if titled else 3)
    if titled and len(after.split()) <= 3:
        return True
    short = len(after.split()) <= 9 and not re.search(
        r"\b(?:apply|applies|met|must|will|were|was|may|see)\b", after, re.I
    )
    return short and bool(_AFTER.match(after)) and len(before.split()) <= 3


def _is_cohort(parts: dict[str, str | None]) -> bool:
    after = (parts.get("after") or "").lower()
    if parts.get("part"):
        return True
    words = re.search(
        r"\b(?:for|of|group|cohort|part|arm|stage|period|patients|controls|volunteers|healthy|phase)\b", after
    )
    return bool(words) and not re.search(
        r"\b(?:all|both|and)\b|study\s*$|^\s*for (?:the )?(?:patients|subjects|participants)\s*$", after
    )


def bullets_follow(text: str, at: int, end: int) -> bool:
    return bool(_BULLET_AFTER.match(text, at, end))
