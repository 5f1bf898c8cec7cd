"""A text cut into clauses, each with the medicines it speaks of, and the words for past, present, failure, steadiness.

"On methotrexate for 3 months and at a stable dose for 4 weeks or previous use of rituximab" has three; the second
names no medicine and belongs to the first.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from trials.criteria.rules.facts import Scene

_OPENER = re.compile(
    r"(?:,\s*|;\s*|\s)(?P<link>and/or|and|or|but|who|which)?\s*\b(?:that\s+|who\s+|which\s+|the\s+|an?\s+(?=changes?\b)|patients?\s+|"
    r"subjects?\s+|participants?\s+|they\s+|you\s+|then\s+)*"
    r"(?:(?P<verb>have|has|had|having|are|is|be|been|must|should|was|were|received|receiv(?:es|ing)|takes?|taking|"
    r"took|taken|treated|on|with)"
    r"|(?P<change>unstable|dose changes?|changes?|intended|planned|anticipat\w+|expect\w+|initiation|need for)"
    r"|(?P<state>(?:at |on )?(?:an? |the )?stable|no|not|prior|previous\w*|past|current\w*|concurrent\w*|"
    r"concomitant\w*|ongoing|history|inadequate|insufficient|failed|failure|intoleran\w+|refractory|within|"
    r"any use|unchanged|their|[\w/-]+ use (?:in|within|during|of)))\b",
    re.IGNORECASE,
)
_USED_IN = re.compile(r"[\w/-]+ use (?:in|within|during)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:(?:in addition|and|also),?\s+)?(?:the |these |this |that |all |any |such )*(?:dos(?:e|es|age|ages)|"
    r"treatments?|therap(?:y|ies)|medications?|drugs?|agents?|it|they|must|should|with|at a|stable|including|"
    r"includes?)\b",
    re.IGNORECASE,
)
FAILED = re.compile(
    r"\b(?:fail(?:s|ed|ing|ures?)?|inadequate(?:ly)?|insufficient(?:ly)?|incomplete(?:ly)?|unsatisfactory|"
    r"sub-?\s?optimal|poor(?:ly)?|lack of (?:response|efficacy|effect)|"
    r"no (?:significant |adequate |clinical )?response|not (?:adequately |sufficiently )?(?:respond\w*|"
    r"controlled)|non-?\s?respon\w+|refractory|resistan(?:t|ce)|unresponsive\w*|"
    r"ineffective\w*|inefficacy|unsuccessful(?:ly)?|without (?:any )?success|intoleran\w+|despite|in spite of|"
    r"unable to tolerate|(?:in)?ability to tolerate|"
    r"have not achieved|loss of response)\b(?! to thrive)",
    re.IGNORECASE,
)
STABLE = re.compile(
    r"\b(?:stable|stably|unchanged|unchanging|non-?\s?changing|constant|steady|stabili[sz]ed|"
    r"(?:no|without(?: a)?) (?:dose |dosage )?(?:changes?|adjustments?)|fixed[- ]dose|"
    r"(?:remain(?:ed)?|kept|been) fixed|"
    r"same (?:\w+ )?(?:dos(?:e|age)|regimen))\b"
    r"(?!\s+(?:(?:clinical|medical|cardiac|pulmonary|renal|coronary|lung|kidney)\s+)?(?:disease(?![- ]modif)|"
    r"conditions?|angina|clinical|state|status|course|medical|function)\b)",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:ha(?:ve|s|d)|having)(?:\s+(?!to\b|no\b)\w+){0,3}?\s+(?:used|taken|received|undergone|tried|exposed|"
    r"treated)\b|\breceived\b|\breceipt\b|\bexpos(?:ed|ure)\b|\btook\b|\bwere treated\b"
    r"|\bhistory of\b|\bprior\b(?! to\b)|\bprevious(?:ly)?\b|\bever\b|\bpast\b|\bat any time\b|\bpre-?treated\b|"
    r"\bearlier\b|\bpreceding\b|\bhad used\b|\bexperienced\b|\bbefore\s*[.;]?$",
    re.IGNORECASE,
)
NOW = re.compile(
    r"\b(?:current(?:ly)?|ongoing|concomitant(?:ly)?|concurrent(?:ly)?|at (?:the time of )?(?:screening|baseline|"
    r"entry|enrol\w+|inclusion)|on the day of|simultaneous\w*|presently)\b",
    re.IGNORECASE,
)


class _Opening(NamedTuple):
    """What the words that open a clause say of it; see `Clause`."""

    link: str = ""
    fresh: bool = False
    change: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """`fresh`: it opens with a verb of its own, where a "not" ends. `change`: it speaks of changes or plans.
    `alone`: it names its medicine and its time ("X use in the last 28 days"), which no other shares."""

    start: int
    end: int
    segment: int
    link: str = ""
    fresh: bool = False
    change: bool = False
    alone: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Clauses:
    scene: Scene
    all: tuple[Clause, ...]

    def number(self, place: int) -> int:
        return max(bisect_right([clause.start for clause in self.all], place) - 1, 0)

    def at(self, place: int) -> Clause:
        return self.all[self.number(place)]

    def scope(self, place: int) -> tuple[int, int]:
        """From the start of the clauses without a medicine before it, to the end of those after it."""
        number = self.number(place)
        first, last = number, number
        while first and not self.all[first - 1].named and self.all[first - 1].segment == self.all[number].segment:
            first -= 1
        if first and self.all[first - 1].segment == self.all[number].segment:
            first = number  # they belong to the medicine before them
        while last + 1 < len(self.all) and self._goes_on(number, last + 1):
            last += 1
        return self.all[first].start, self.all[last].end

    def _goes_on(self, number: int, after: int) -> bool:
        clause = self.all[after]
        if clause.named or clause.change:
            return False
        text = self.scene.text
        return clause.segment == self.all[number].segment or _GOES_ON.match(text, clause.start, clause.end) is not None


def clauses_of(scene: Scene) -> Clauses:
    """The clauses of a text; its sentences are never joined, its brackets never cut."""
    medicines = [m.start for m in scene.reading.of("treatment", "drug")]
    found: list[Clause] = []
    for segment, (start, end) in enumerate(scene.reading.segments):
        cut, said = start, _Opening()
        for opener in _OPENER.finditer(scene.text, start, end):
            if not _opens(scene, opener, cut):
                continue
            found.append(_clause(medicines, cut, opener.start(), segment, said))
            cut, said = opener.start(), _opening(opener)
        found.append(_clause(medicines, cut, end, segment, said))
    return Clauses(scene, tuple(found))


def _opens(scene: Scene, opener: re.Match[str], cut: int) -> bool:
    """Only after a word that joins: "and", a comma; "or with X" opens nothing, "X, with stable doses" does."""
    comma = opener[0][0] in ",;"
    link = (opener["link"] or "").lower()
    if not (comma or link) or opener.start() - cut < 3 or scene.reading.bracket(opener.start()):
        return False
    return (opener["verb"] or "").lower() != "with" or (comma and not link)


def _opening(opener: re.Match[str]) -> _Opening:
    link = (opener["link"] or "").lower()
    alone = not link and _USED_IN.fullmatch(opener["state"] or "") is not None
    return _Opening(link, opener["verb"] is not None, opener["change"] is not None, alone)


def _clause(medicines: list[int], start: int, end: int, segment: int, said: _Opening) -> Clause:
    named = any(start <= place < end for place in medicines)
    return Clause(start, end, segment, said.link, said.fresh, said.change, said.alone, named)
