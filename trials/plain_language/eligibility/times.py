"""Look-backs and spans of time: "within 6 months prior to screening" → "in the 6 months before screening"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from trials.plain_language.expressions import Counted, Expression, Said
from trials.plain_language.tongue import mark as _
from trials.plain_language.tongue import marks

# A number stays as it is written: a figure or a word.
_WORDS = {
    "one": _("one"),
    "two": _("two"),
    "three": _("three"),
    "four": _("four"),
    "five": _("five"),
    "six": _("six"),
    "seven": _("seven"),
    "eight": _("eight"),
    "nine": _("nine"),
    "ten": _("ten"),
    "twelve": _("twelve"),
}
_UNITS = {
    "hour": (*marks("%(count)s hour", "%(count)s hours"), _("%(number)s hours")),
    "day": (*marks("%(count)s day", "%(count)s days"), _("%(number)s days")),
    "week": (*marks("%(count)s week", "%(count)s weeks"), _("%(number)s weeks")),
    "month": (*marks("%(count)s month", "%(count)s months"), _("%(number)s months")),
    "year": (*marks("%(count)s year", "%(count)s years"), _("%(number)s years")),
    "half-life": (*marks("%(count)s half-life", "%(count)s half-lives"), _("%(number)s half-lives")),
}
_ONES = {
    "hour": _("one hour"),
    "day": _("one day"),
    "week": _("one week"),
    "month": _("one month"),
    "year": _("one year"),
    "half-life": _("one half-life"),
}
_LAST_ONE = {
    "day": _("the last day"),
    "week": _("the last week"),
    "month": _("the last month"),
    "year": _("the last year"),
}

_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(_WORDS)})"
_UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?|half[ -]li(?:fe|ves))"
SPAN = rf"(?:{_NUMBER})(?:\s*\(\d+\))?[\s-]*{_UNIT}"
_WHICHEVER = r"whichever (?:is|was) (?:the )?(?:longer|longest|greater|shorter)"
_SPANS = rf"(?P<span>{SPAN})(?:,?\s+or\s+(?P<other>{SPAN}))?(?:\s*[,(]?\s*(?P<which>{_WHICHEVER})\)?,?)?"
_BEFORE = r"(?:prior\s+to|before|preceding|previous\s+to|pre-)"
_ANCHORS: tuple[tuple[str, str], ...] = (
    (_("screening"), r"(?:the\s+)?(?:screening|screening visit|screen|(?:the\s+)?screening (?:period|phase))"),
    (_("randomisation"), r"(?:the\s+)?randomi[sz]ation"),
    (
        _("the start of the study"),
        r"(?:the\s+)?(?:baseline(?: visit)?|start of (?:the )?(?:study|trial)|study start|beginning of "
        r"(?:the )?(?:study|trial)|study(?: initiation)?|trial)",
    ),
    (
        _("joining the study"),
        r"(?:the\s+)?(?:(?:study|trial)\s+)?(?:enrol?lment|entry|inclusion|enrol?ling|registration|entering|"
        r"recruitment|study participation|participation)(?:\s+(?:in|into|to|in to)\s+(?:the|this)\s+(?:study|"
        r"trial))?",
    ),
    (
        _("the first dose of the study drug"),
        r"(?:the\s+)?(?:first|initial)?\s*(?:dose|dosing|administration|infusion|injection)(?:\s+of\s+(?:the\s+)?(?:study|"
        r"investigational|trial)\s+(?:drug|medication|medicine|treatment|product|agent|medicinal product))|"
        r"(?:the\s+)?(?:study|investigational|trial) (?:drug|medication|treatment|product) (?:administration|"
        r"dosing)|(?:the\s+)?first study (?:drug|medication|treatment)(?: dose| administration)?|(?:the "
        r")?initiation of (?:the )?study (?:drug|medication|treatment)",
    ),
    (_("the first dose"), r"(?:the\s+)?(?:first|initial)\s+(?:dose|dosing|administration|infusion|injection)|dosing"),
    (
        _("signing the consent form"),
        r"(?:the\s+)?(?:signing(?: of)?\s+)?(?:the\s+|of\s+)*(?:informed\s+)?consent(?:\s+form)?(?: signature)?|"
        r"(?:the\s+)?signing of (?:the )?(?:ICF|informed consent(?: form)?)",
    ),
    (
        _("treatment in the study"),
        r"(?:the\s+)?(?:study treatment|start of (?:the )?study treatment|treatment with (?:the )?study "
        r"(?:drug|medication))",
    ),
    (_("the first visit"), r"(?:the\s+)?first (?:study )?visit|visit 1"),
    (_("Day 1 of the study"), r"(?:study\s+)?day\s+1(?:\s+of\s+(?:the\s+)?study)?"),
    (_("surgery"), r"(?:the\s+)?surgery"),
)
_ANCHOR = "|".join(pattern for _message, pattern in _ANCHORS)
_AT_END = rf"(?:\s*[,(]?\s*(?P<after>{_WHICHEVER})\)?)?\s*\)?$"
_LOOK_BACKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[,(]?\s*\b(?:(?:within|in|during|over)\s+)?(?:the\s+)?(?:last|past|previous|prior|preceding)\s+{_SPANS}"
        rf"(?:\s+{_BEFORE}\s+(?P<before>{_ANCHOR}))?{_AT_END}",
        rf"[,(]?\s*\b(?:within|in|during|less than)\s+(?:the\s+|a\s+period\s+of\s+)?{_SPANS}\s+"
        rf"(?:immediately\s+)?{_BEFORE}\s+(?P<before>{_ANCHOR}){_AT_END}",
        rf"[,(]?\s*\bwithin\s+{_SPANS}\s+(?:of|from)\s+(?P<of>{_ANCHOR}){_AT_END}",
        rf"[,(]?\s*\bwithin\s+(?:the\s+)?{_SPANS}{_AT_END}",
        rf"[,(]?\s*\b(?:(?:within|in|during|over)\s+)?the\s+(?:last|past|previous|preceding)\s+(?P<one>day|"
        rf"week|month|year){_AT_END}",
    )
)


@dataclass(frozen=True, slots=True)
class LookBack:
    """`when` can be said after a verb: "in the last 6 months"; `rest` is what stood before it."""

    rest: str
    when: Expression


def look_back(text: str) -> LookBack | None:
    """The look-back that a text ends with, if it does."""
    for pattern in _LOOK_BACKS:
        if found := pattern.search(text):
            return LookBack(text[: found.start()].rstrip(" ,("), _when(found.groupdict()))
    return None


def _when(found: dict[str, str | None]) -> Expression:
    if one := found.get("one"):
        return Said(_("in %(time)s"), {"time": Said(_LAST_ONE[one.lower()])})
    time = _spans(found)
    if before := found.get("before"):
        return Said(_("in the %(time)s before %(event)s"), {"time": time, "event": anchor(before)})
    if of := found.get("of"):
        return Said(_("within %(time)s of %(event)s"), {"time": time, "event": anchor(of)})
    return Said(_("in the last %(time)s"), {"time": time})


def _spans(found: dict[str, str | None]) -> Expression:
    first = span(found["span"] or "")
    if not found.get("other"):
        return first
    both = {"time": first, "other": span(found["other"] or "")}
    which = (found.get("which") or found.get("after") or "").lower()
    if not which:
        return Said(_("%(time)s or %(other)s"), both)
    if "short" in which:
        return Said(_("%(time)s or %(other)s, whichever is shorter,"), both)
    return Said(_("%(time)s or %(other)s, whichever is longer,"), both)


def span(text: str) -> Expression:
    """A number and a unit of time, as `SPAN` matches them."""
    number = re.match(_NUMBER, text, re.IGNORECASE)
    if number is None:
        raise ValueError(f"no span of time: {text!r}")
    written = number.group().lower()
    unit = _unit(re.sub(r"^\s*\(\d+\)", "", text[number.end() :]).strip(" -").lower())
    if written in _WORDS:
        return Said(_ONES[unit]) if written == "one" else Said(_UNITS[unit][2], {"number": Said(_WORDS[written])})
    return Counted(*_UNITS[unit][:2], float(written))


def _unit(word: str) -> str:
    if word.startswith("half"):
        return "half-life"
    return {"hr": "hour", "wk": "week", "yr": "year"}.get(word.rstrip("s"), word.rstrip("s"))


_ANCHOR_FINDERS: tuple[tuple[str, Callable[[str], object]], ...] = tuple(
    (message, re.compile(pattern, re.IGNORECASE).fullmatch) for message, pattern in _ANCHORS
)


def anchor(text: str) -> Expression:
    """The event that a look-back counts from."""
    words = " ".join(text.split())
    return Said(next(message for message, matches in _ANCHOR_FINDERS if matches(words)))
