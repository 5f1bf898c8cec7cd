"""Items that ran together because the record lost the line break, or the number, between them."""

import re
from collections import Counter
from collections.abc import Iterable

_CLEAN = re.compile(r";\s+(?=[A-Z][a-z])")
_VERB = re.compile(
    r"(?<=[a-z)\d])\s+(?=(Had|Has|Have|Is|Are|Must|Received|Receiving|Patients?|Subjects?|Participants?)\s+[a-z])"
)
_LABEL = re.compile(r"(?<=[a-z)])\s+(?=[A-Z][\w/ -]{1,30}: ([A-Z]\w+))")
_LABELLED = re.compile(r"[A-Z][\w/, -]{0,40}: ([A-Z]\w+)")


def lost_item(text: str, start: int, end: int) -> int | None:
    """Where the second of two items run together begins, if there is exactly one clean break between them."""
    places = [match.end() for match in _CLEAN.finditer(text, start, end)]
    return places[0] if len(places) == 1 else None


def run_together(text: str, spans: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Of siblings, those in which a second item begins in mid-sentence, by number, with the place.

    Certain only where the words that begin it also begin two of the siblings: "… of the study Had pulmonary …"
    in a list of "Had a diagnostic …", "Had an average …"; or where both are labelled alike ("UC: Initiation …").
    """
    spans = list(spans)
    if len(spans) < 2:
        return {}
    firsts = Counter(text[start : start + 30].split(" ", 1)[0] for start, _ in spans)
    labelled = Counter(match[1] for start, end in spans if (match := _LABELLED.match(text, start, end)))
    found: dict[int, int] = {}
    for number, (start, end) in enumerate(spans):
        breaks = [match for match in _VERB.finditer(text, start + 40, end) if firsts[match[1]] > 1]
        breaks += [match for match in _LABEL.finditer(text, start + 40, end) if labelled[match[1]] > 1]
        if len(breaks) == 1:
            found[number] = breaks[0].end()
    return found
