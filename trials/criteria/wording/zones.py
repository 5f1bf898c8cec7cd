"""Stretches of a criterion in which words do not count as they stand: exceptions, conditions, permissions,
examples, opinion."""

import re
from dataclasses import dataclass
from enum import StrEnum

from trials.criteria.wording.reading import Reading
from trials.criteria.wording.terms import Mention

_CLAUSE_END = re.compile(r",|\b(?:that|which|who|within|during|but)\b|\s[-–]\s")
_WORD = re.compile(r"[\s-]*[\w']+")
_CLAUSE_START = re.compile(r"[,:(]|\)(?=\s+[A-Z][a-z])")  # "(HCV positive) A history of … is permitted"
# Where a negation ends: "no active nephritis and moderately active lupus", "no pregnancy, but …".
_TURN = re.compile(
    r"\b(?:but|however|unless|although)\b|, ?with\b|"
    r"\band (?=(?:must|have|has|had|is|are|was|were|"
    r"agree|at least|with|willing|moderate\w*|a negative|patients?|subjects?)\b|[<>≤≥])",
    re.IGNORECASE,
)
# "Nephritis that is active and without chronic damage, or lupus that is active": the "without" ends at the comma.
_RELATIVE = re.compile(r"\b(?:that|which|who)\b", re.IGNORECASE)
_NEXT_RELATIVE = re.compile(r", or (?=(?:[\w-]+ ){1,4}(?:that|which|who)\b)", re.IGNORECASE)
# "Patients taking X must be on a stable dose": a condition, not a demand for X.
_IF_TAKING = re.compile(
    r"\s*(?:the |any |all )?(?:patients?|subjects?|participants?|individuals|those|people|"
    r"persons)\s+(?:\(?s\)?\s*)?(?:who (?:are|were|have been) |that are |currently |being |"
    r"already )*"
    r"(?:treated with|on|taking|receiving|using|who (?:take|use|"
    r"receive))\b[^.;]{0,250}?\b(?:must|should|need to|are required|is required|have to|may|"
    r"will need|can)\b",
    re.IGNORECASE,
)


class Sort(StrEnum):
    EXCEPTION = "exception"
    CONDITION = "conditional"
    PERMISSION = "permission"
    EXAMPLE = "example"
    NEGATION = "negation"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Zone:
    """From `start` up to `end` of the text; `cue` is where the word that makes it stands."""

    sort: Sort
    start: int
    end: int
    cue: int


@dataclass(frozen=True, slots=True)
class Zones:
    all: tuple[Zone, ...]

    def at(self, place: int, sort: Sort) -> Zone | None:
        return next((zone for zone in self.all if zone.sort is sort and zone.start <= place < zone.end), None)

    def of(self, sort: Sort) -> list[Zone]:
        return [zone for zone in self.all if zone.sort is sort]


def zones_of(reading: Reading) -> Zones:
    found: list[Zone] = []
    for cue in reading.cues:
        make = _MAKERS.get(cue.term.sort)
        if make:
            zone = make(reading, cue)
            if zone:
                found.append(zone)
    for start, end in reading.segments:
        if _IF_TAKING.match(reading.text, start, end):
            found.append(Zone(Sort.CONDITION, start, end, start))
    return Zones(tuple(found))


def _limit(reading: Reading, place: int) -> int:
    """The end of the bracket or, outside one, of the sentence that a place stands in."""
    bracket = reading.bracket(place)
    return bracket[1] if bracket else reading.segment(place)[1]


def _exception(reading: Reading, cue: Mention) -> Zone:
    end = _limit(reading, cue.start)
    rest = reading.text[cue.end : cue.end + 40]
    # "Except for the following situations: …", "Exception: …" run on to the end of the criterion.
    if reading.text[: cue.start].rstrip(" (").endswith((".", ";")) or rest.startswith(":"):
        end = len(reading.text) if not reading.bracket(cue.start) else end
    return Zone(Sort.EXCEPTION, cue.start, end, cue.start)


def _other_than(reading: Reading, cue: Mention) -> Zone:
    limit = _limit(reading, cue.start)
    stop = _CLAUSE_END.search(reading.text, cue.end, limit)
    return Zone(Sort.EXCEPTION, cue.start, stop.start() if stop else limit, cue.start)


def _conditional(reading: Reading, cue: Mention) -> Zone:
    """A condition governs its whole sentence when it opens it, otherwise what follows it."""
    start, end = reading.segment(cue.start)
    opens = not reading.text[start : cue.start].strip(" -•*")
    return Zone(Sort.CONDITION, start if opens else cue.start, end, cue.start)


def _permission(reading: Reading, cue: Mention) -> Zone:
    """The clause that says what is allowed: back to the comma or bracket before it, on to its end."""
    bracket = reading.bracket(cue.start)
    start, end = bracket or reading.segment(cue.start)
    commas = [
        match.end()
        for match in _CLAUSE_START.finditer(reading.text, start, cue.start)
        if (inside := reading.bracket(match.end())) is None or inside == bracket
    ]
    return Zone(Sort.PERMISSION, commas[-1] if commas else start, end, cue.start)


def _example(reading: Reading, cue: Mention) -> Zone:
    return Zone(Sort.EXAMPLE, cue.start, _limit(reading, cue.start), cue.start)


def _negation(reading: Reading, cue: Mention) -> Zone:
    end = _limit(reading, cue.start)
    if reading.text[cue.start : cue.end].lower() == "non":
        own = _WORD.match(reading.text, cue.end, end)  # "non-smokers with any of …": the next word alone
        return Zone(Sort.NEGATION, cue.end, own.end() if own else end, cue.start)
    turn = _TURN.search(reading.text, cue.end, end)
    if _RELATIVE.search(reading.text, reading.segment(cue.start)[0], cue.start):
        turn = min(filter(None, (turn, _NEXT_RELATIVE.search(reading.text, cue.end, end))), key=_start, default=None)
    return Zone(Sort.NEGATION, cue.end, turn.start() if turn else end, cue.start)


def _start(match: re.Match[str]) -> int:
    return match.start()


_MAKERS = {
    "exception": _exception,
    "other_than": _other_than,
    "conditional": _conditional,
    "permission": _permission,
    "example": _example,
    "negation": _negation,
}
