"""Stretches of time in a text, and what each one is: a look-back, a washout, a stability period, a duration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trials.criteria.quantities.numbers import reading, single_blanks, value_of
from trials.criteria.quantities.spans import is_span


@dataclass(frozen=True, slots=True)
class Window:
    """`amount` of `unit` (hours, days, weeks, months, years, half_lives). `start` to `end` covers the whole phrase.

    `sort` says what the stretch of time is:
      back      look-back, anything in it counts: "within 4 weeks", "in the past year", "2 weeks before", "1 month ago"
      earlier   the event lies at least that far back: "more than 4 weeks ago", "at least 30 days before"
      at_least  lasting: "for at least 8 weeks", "for > 6 months"
      at_most   lasting: "for less than 2 weeks", "up to 5 days"
      for       lasting, no comparison stated: "for 4 weeks", "lasting 3 days"
      stable    no change during it: "stable for 4 weeks", "unchanged for > 6 weeks", "no dose change within 4 weeks"
      test      the age of a test result or biopsy: "echocardiogram within 6 months"
      after     ahead: "until 1 year after", "in the next 6 months", "for 90 days following the last dose"
      fallback  holds only where the one before it is not known: "5 half-lives (or 6 months if unknown)"
      bare      none of these: "4-week", "3 months"
    "30 days or 5 half-lives, whichever is longer" gives two windows of one sort.
    """

    amount: float
    unit: str
    start: int
    end: int
    sort: str


_UNITS = {"h": "hours", "d": "days", "w": "weeks", "m": "months", "y": "years"}
_UNIT = re.compile(
    r"[ -]{0,3}(?:(?:calendar|full|consecutive|complete|continuous|whole) )?"
    r"(?:(?:(?:drug|elimination|plasma|terminal|serum|biological|times|x|the|known|reported|product|multiples"
    r"|of) ){0,4}(?P<half>half[ -]?li(?:fe|ves))"
    r"|(?P<unit>hours?|hrs?|days?|weeks?|wks?|months?|mos?|mths?|years?|yrs?|d|h|y|w)(?:\.(?= ?[a-z])"
    r"|\(s\))?)(?![a-z])'?"
)
_UNNUMBERED = re.compile(
    r"(?:past|last|prior|previous|preceding)[ -](?P<one>day|week|month|year)(?![a-z])|an? (?P<a>day|week|month"
    r"|year)(?![a-z])|(?<=within the )(?P<the>day|week|month|year)(?= (?:prior|before|preceding|previous))"
)
_NAMED_DAY = re.compile(r" ?-?\d")
_TO = re.compile(r" ?(?:-|to|or|~) ?")
_HINT = re.compile(r"day|week|month|year|hour|half|wk|yr|mo|hr|\d ?[dhwy](?![a-z])")
_RATE = re.compile(
    r" ?(?:/|per|a|each|every|out of) (?:day|week|month|year|wk)| ?/ ?(?:day|d|week|wk|month|year|yr)(?![a-z])"
)
_AGE = re.compile(
    r"[ ,)(-]{0,3}(?:inclusive[ ,)]{0,2})?(?:old|of ages?|in age|of life|y\.?o|(?:of )?gestation|and older"
    r"|or older|or over|and over|and above)(?![a-z])"
)
_REACH = 40

_LAST = r"(?:past|last|previous|prior|preceding|recent|first|immediate)"
_MOST = (
    r"(?:<|≤|(?:less|lass|fewer|shorter|(?:not|no) (?:more|longer|greater)) th[ae]n(?: or equal to)?"
    r"|at most|maximum(?: of)?|up to)[ =]*"
)
_LEAST = (
    r"(?:>|≥|(?:more|greater|longer|no less|not less) th[ae]n(?: or equal to)?|at least|(?:a )?minimum(?: of)?"
    r"|over|exceeding)[ =]*"
)
_FILL = (
    r"(?:(?:the|a|an|approximately|about|around|(?:the )?(?:longer|greater|shorter|later|maximum) of(?: either)?"
    r"|period of|course of|time of|window of|\() ?){0,4}"
)
_LEAD = re.compile(
    rf"(?P<back>(?<![a-z])(?:within|in|during|over|for|throughout|since|at any time (?:in|during|within)|from) {_FILL}"
    rf"(?:(?:immediately|most) )?{_LAST} (?:or (?:last|prior|previous) )?{_FILL})$"
    rf"|(?P<within>(?<![a-z])(?:within|with in|during|in) ?{_FILL}(?:{_MOST})?)$"
    rf"|(?P<last>(?<![a-z])(?:past|last|previous|preceding|prior) )$"
    rf"|(?P<for_least>(?<![a-z])(?:for|lasting|lasts|of|duration(?: of)?|over|since|during) ?{_FILL}{_LEAST}{_FILL})$"
    rf"|(?P<for_most>(?<![a-z])(?:for|lasting|lasts|of|duration(?: of)?) ?{_FILL}{_MOST}{_FILL})$"
    rf"|(?P<least>(?<![a-z]){_LEAST}{_FILL})$"
    rf"|(?P<most>(?<![a-z]){_MOST}{_FILL})$"
    rf"|(?P<next>(?<![a-z])(?:next|following|coming|subsequent|another|additional) )$"
    rf"|(?P<until>(?<![a-z])(?:until|till|through|to) {_FILL})$"
    rf"|(?P<for>(?<![a-z])(?:for|since|lasting|lasts|duration(?: of)?|over|period of) {_FILL})$"
)
_TRAIL = re.compile(
    r"[ ,)]{0,2}(?:(?:in duration |or (?:more|longer|greater|less) |immediately |directly |or more |period )?"
    r"(?:(?P<before>prior(?: to)?|before|preceding|ago|previous(?: to| of)?|previously|earlier|leading up to"
    r"|in advance|beforehand)"
    r"|(?P<after>after|following|post|beyond|from the last|from last|later)|(?P<since>since|from|of (?:start"
    r"|entry|screening|randomi))"
    r"|(?P<longer>or (?:more|longer|greater)|duration|in duration))(?![a-z])"
    r"|(?P<unknown> if[^.;()]{0,50}un(?:known|available)| if[^.;()]{0,50}not known))"
)
_STABLE = re.compile(
    r"(?<![a-z])(?:stable|stably|unchanged|constant|steady|stabili[sz]ed|no(?: dose)? (?:change|adjust"
    r"|modif)\w{0,9}|not (?:been )?changed|without (?:a )?(?:dose )?change)(?:[^.;,]|[.,](?=\d)){0,90}$"
)
_NOT = re.compile(r"(?<![a-z])(?:no|not|without|never|nor)(?![a-z])")
_OR_MORE = re.compile(r" or (?:more|longer|greater)")
_STEADY = ("stab", "chang", "const", "stead", "adjust", "modif")  # a quick look before the search
_STABLE_AFTER = re.compile(r"[^.;,]{0,12}(?:of|on|at) (?:a |the )?(?:same|stable)")
_TEST = re.compile(
    r"(?<![a-z])(?:(?:biops(?:y|ies)|tests?|tested|testing|echocardiogra\w{1,4}|echo|hrct|ct|mri|scans?|x-?rays?"
    r"|radiograph\w{0,4}"
    r"|imaging|catheteri[sz]ation|spirometry|pfts?|laborator(?:y|ies)|labs?|mammogra\w{1,3}|ecg"
    r"|colonoscopy)(?![a-z])[^.;]{0,30}"
    r"|(?:measured|assessed|evaluated|documented|obtained|confirmed)(?![a-z])[^.;]{0,9})$"
)
_BETWEEN = re.compile(
    r"[ ,()]{0,3}(?:\(?[a-z]{3,12}[ )]{1,2}){0,2}(?:(?:or|and|/|,) ?){1,2}\(? ?(?:within )?(?:at least |for "
    r"|for at least )?| ?\( ?"
)


@dataclass(frozen=True, slots=True)
class _Time:
    amount: float
    unit: str
    start: int
    end: int


def windows(text: str) -> tuple[Window, ...]:
    """Every stretch of time in `text` that is no age and no rate, in reading order. Linear; never raises."""
    short, back = single_blanks(text)
    low, numbers = reading(short)
    if not _HINT.search(low):
        return ()
    found: list[Window] = []
    end = 0
    for time in sorted([*_numbered(low, numbers), *_unnumbered(low)], key=lambda time: time.start):
        if time.start >= end and (window := _window(low, time, end)):
            _append(found, window, low, time.start)
            end = window.end
    if short is text:
        return tuple(found)
    return tuple(replace(one, start=back(one.start), end=back(one.end - 1) + 1) for one in found)


def _numbered(low: str, numbers: tuple[re.Match[str], ...]) -> Iterator[_Time]:
    last: re.Match[str] | None = None
    for match in numbers:
        unit = _UNIT.match(low, match.end())
        if unit and not (unit["unit"] in ("day", "week", "month", "d") and _NAMED_DAY.match(low, unit.end())):
            first = last if last and _TO.fullmatch(low, last.end(), match.start()) else match
            name = "half_lives" if unit["half"] else _UNITS[unit["unit"][0]]
            yield _Time(value_of(first["number"]), name, first.start(), unit.end())
        last = None if unit else match


def _unnumbered(low: str) -> Iterator[_Time]:
    for match in _UNNUMBERED.finditer(low):
        if not low[match.start() - 1 : match.start()].isalnum():
            start = match.start("one") if match["one"] else match.start()
            yield _Time(1.0, _UNITS[(match["a"] or match["one"] or match["the"])[0]], start, match.end())


def _window(low: str, time: _Time, earliest: int) -> Window | None:
    if _AGE.match(low, time.end) or _RATE.match(low, time.end):
        return None
    lead = _LEAD.search(low, max(earliest, time.start - _REACH), time.start)
    if not lead and low.startswith("a", time.start):  # "three times a week"
        return None
    trail = _TRAIL.match(low, time.end)
    if (
        not trail
        and time.unit in ("years", "months", "weeks")
        and not is_span(low, time.start, time.end, time.amount, time.unit, time.end)
    ):
        return None
    start = lead.start() if lead else time.start
    sort = _sort(lead.lastgroup if lead else None, trail.lastgroup if trail else None, low, start, time.end)
    return Window(time.amount, time.unit, start, trail.end() if trail else time.end, sort)


def _append(found: list[Window], window: Window, low: str, start: int) -> None:
    """Alternatives share their sort: in "30 days or 5 half-lives prior to" both look back."""
    last = found[-1] if found else None
    gap = low[last.end : start] if last else ""
    if last and len(gap) < 40 and _BETWEEN.fullmatch(gap):
        if window.sort in ("bare", "for"):
            window = replace(window, sort=last.sort)
        elif last.sort == "bare" and window.sort != "fallback":
            found[-1] = replace(last, sort=window.sort)
    found.append(window)


def _sort(lead: str | None, trail: str | None, low: str, start: int, end: int) -> str:
    if trail == "unknown":
        return "fallback"
    if trail == "after" or lead in ("next", "until"):
        return "after"
    sort = _LASTING.get(lead or "", "bare")
    if lead == "for_most" and trail == "before" and "up to" in low[start:end]:
        sort = "back"  # "use for up to 4 weeks before randomization"
    elif lead in ("least", "most") and trail in ("before", "since"):
        sort = "earlier" if lead == "least" else "back"
    elif (lead == "most" and low[start - 1 : start] == "(") or (lead is None and trail in ("before", "since")):
        sort = "back"
    elif lead is None and trail == "longer":
        sort = "at_least"
    return _by_clause(sort, low, start, end)


_LASTING = {
    "back": "back", "within": "back", "last": "back", "for_least": "at_least", "for_most": "at_most",
    "least": "at_least", "most": "at_most", "for": "for",
}  # fmt: skip


def _by_clause(sort: str, low: str, start: int, end: int) -> str:
    clause = low[max(0, start - 120) : start]
    steady = sort != "at_most" and any(word in clause for word in _STEADY)
    stable = _STABLE.search(clause) if steady else None
    if (stable and not _NOT.search(stable[0], 3)) or (sort != "back" and _STABLE_AFTER.match(low, end)):
        return "stable"
    if sort == "for" and _OR_MORE.match(low, end):
        return "at_least"
    return "test" if sort == "back" and _TEST.search(low, max(0, start - 50), start) else sort
