"""Which look-back belongs to which fact."""

import re

from trials.criteria.model import Within
from trials.criteria.quantities import Window
from trials.criteria.rules.clauses import NOW, Clauses
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention

_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
BACK = ("back",)


def window_for(
    scene: Scene, start: int, end: int, sorts: tuple[str, ...] = BACK, *, among: list[int] | None = None
) -> Within | None:
    """The look-back of what stands at `start`…`end`: the first after it in its sentence, else one that leads the list.

    `among` holds the places of all facts that could own a look-back; one that follows another fact first is not ours
    when it precedes us. Several in a row ("30 days or 5 half-lives") give the one in days.
    """
    low, high = scene.reading.segment(start)
    windows = [w for w in scene.reading.windows if low <= w.start < high and w.sort in sorts]
    after = [w for w in windows if w.start >= start]
    if after:
        return as_within(_one_of(scene, after))
    leading = [w for w in windows if not any(low <= place < w.start for place in among or [])]
    return as_within(_one_of(scene, leading)) if leading else None


def window_of(scene: Scene, clauses: Clauses, place: int, sorts: tuple[str, ...] = BACK) -> Within | None:
    """The look-back of the medicine at `place`: one that introduces it ("4 weeks for X", "within 4 weeks: X; Y"), the
    first after it in its clause, one before it there, or else one that the rest of its list shares."""
    windows = [
        w
        for w in scene.reading.windows
        if w.sort in sorts and not _RATE.search(scene.text, max(0, w.start - 8), w.start)
    ]
    if not windows:
        return None
    leading = _introducing(scene, windows, place)
    if leading:
        return as_within(_one_of(scene, leading))
    low, high = clauses.scope(place)
    after = [w for w in windows if place <= w.start < high and not _introduces(scene, w)]
    if after:
        return as_within(_one_of(scene, after))
    medicines = [m.start for m in scene.reading.of("treatment", "drug")]
    before = [w for w in windows if low <= w.start < place and not any(low <= m < w.start for m in medicines)]
    if before:
        return as_within(_one_of(scene, before))
    start, end = scene.reading.segment(place)
    if NOW.search(scene.text, low, high):
        return None
    number = clauses.number(place)
    mine = [w for w in windows if place <= w.start < high]
    if mine:
        return as_within(_one_of(scene, mine[:1]))
    later = [w for w in windows if place <= w.start < end and not _introduces(scene, w)]
    if later and clauses.at(later[0].start).alone:
        return None  # "biologics, X use in the last 28 days, …": the list has given up sharing
    later = [w for w in later if not _is_in_change(clauses, number, w)]
    if later:
        return as_within(_one_of(scene, later))
    opening = [w for w in windows if start <= w.start < place and not any(start <= m < w.start for m in medicines)]
    return as_within(_one_of(scene, opening)) if opening else None


_OWN_TIME = re.compile(
    r"[\s®™]*(?:\([^()]{0,40}\))?\s*(?:[:(=–-]|for|at least|≥)[\s(]*(?:at least|≥|>|within)?\s*", re.IGNORECASE
)
_LIST = re.compile(r"[\s,/®™]*(?:(?:and|or|and/or)\s+)?", re.IGNORECASE)
_FOR_THIS = re.compile(r"\s*(?:for|with|in case of|if)\s+(?:\w+\s+)?", re.IGNORECASE)


def own_time(scene: Scene, mention: Mention, place: int) -> Within | None:
    """A bare time that a list of washouts gives each medicine: "Rituximab: 6 months", "(6 months for rituximab)"."""
    if place != mention.start:
        return None
    bare = [w for w in scene.reading.windows if w.sort in ("bare", "for", "at_least")]
    bracket = scene.reading.bracket(place)
    for window in bare:
        inside = bracket is not None and bracket[0] < window.start and window.end <= place
        if inside and (_FOR_THIS.fullmatch(scene.text, window.end, place) or _named_between(scene, window.end, place)):
            return as_within(window)
    end = mention.end
    for other in scene.reading.of("treatment", "drug"):
        if other.start >= end and _LIST.fullmatch(scene.text, end, other.start):
            end = other.end
    after = next((w for w in bare if w.start >= end), None)
    listed = (
        after is not None
        and _OWN_TIME.fullmatch(scene.text, end, after.start)
        and not _RUNS_ON.match(scene.text, after.end)
    )
    return as_within(after) if after and listed else None


_RUNS_ON = re.compile(r"[\s)]*(?:treatment|therapy|of treatment|duration|course|or (?:more|longer))\b", re.IGNORECASE)


def _named_between(scene: Scene, start: int, end: int) -> bool:
    """Another medicine of the same short list follows the time: "(6 months for X or Y)"."""
    first = next((m for m in scene.reading.of("treatment", "drug") if start <= m.start < end), None)
    if first is None or not _FOR_THIS.fullmatch(scene.text, start, first.start):
        return False
    return re.fullmatch(r"\s*(?:,|or|and|/)\s*(?:other\s+)?", scene.text[first.end : end]) is not None


def window_of_state(scene: Scene, start: int, end: int, place: int) -> Within | None:
    """How long a dose was stable: the time said after the word at `place`, else the nearest before it."""
    known = [
        w
        for w in scene.reading.windows
        if start <= w.start < end and w.sort not in ("after", "test", "fallback", "at_most")
    ]
    after = [w for w in known if w.end > place and w.start < place + 200]
    if after:
        return as_within(after[0])
    return as_within(known[-1]) if known else None


def _is_in_change(clauses: Clauses, number: int, window: Window) -> bool:
    other = clauses.at(window.start)
    return other.change and other != clauses.all[number]


_RATE = re.compile(r"\b(?:once|twice|times)\s*$", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"(?:\s+(?:before|prior to|of|to) [^,;:.()]{1,40})?\s*(?::|\(?\s*(?:for|with|"
    r"of treatment with)\s+(?!the treatment|any reason|at least|more|≥|>))",
    re.IGNORECASE,
)


def _introduces(scene: Scene, window: Window) -> re.Match[str] | None:
    """ "4 weeks for X", "within 4 weeks: X; Y"."""
    found = _INTRODUCES.match(scene.text, window.end)
    if not found:
        return None
    near = found.end() + (3 if found[0].endswith(":") else 30)
    named = any(found.end() <= m.start <= near for m in scene.reading.of("treatment", "drug"))
    return found if named or found[0].endswith(":") else None


def _introducing(scene: Scene, windows: list[Window], place: int) -> list[Window]:
    before = [w for w in scene.reading.windows if w.end <= place]
    if not before or before[-1] not in windows:
        return []
    found = _introduces(scene, before[-1])
    if not found:
        return []
    colon = found[0].endswith(":")
    if not colon and scene.reading.segment(place) != scene.reading.segment(before[-1].start):
        return []
    return before[-1:]


def _one_of(scene: Scene, windows: list[Window]) -> Window:
    """The first; but of neighbours joined by "or" one in plain time before one in half-lives."""
    first = windows[0]
    group = [first]
    for window in windows[1:]:
        if window.start - group[-1].end > 25:
            break
        group.append(window)
    plain = [w for w in group if w.unit in _DAYS]
    if len(plain) > 1 and first.unit in _DAYS and _are_alternatives(scene, plain):
        return min(plain, key=lambda w: w.amount * _DAYS[w.unit])
    if first.unit in _DAYS or not plain or "unknown" in scene.text[first.end : plain[0].end + 40].lower():
        return first
    return plain[0]


def _are_alternatives(scene: Scene, windows: list[Window]) -> bool:
    """ "Within 7 days before A or 72 hours before B", with no medicine between and no condition for the second."""
    start, end = windows[0].end, windows[-1].start
    return (
        re.search(r"\bor\b", scene.text[start:end]) is not None
        and not any(start <= m.start < end for m in scene.reading.of("treatment", "drug"))
        and re.match(r"[^.;,]{0,40}\b(?:if|when|for)\b", scene.text[windows[-1].end :]) is None
    )


def as_within(window: Window) -> Within:
    if window.unit == "hours":
        return Within(window.amount / 24, "days")
    return Within(window.amount, window.unit)


def shortest(windows: list[Within | None]) -> Within | None:
    """Of several look-backs for one fact the shorter counts; half-lives count only where nothing else is said."""
    stated = [w for w in windows if w is not None]
    plain = [w for w in stated if w.unit in _DAYS]
    if plain:
        return min(plain, key=lambda w: w.amount * _DAYS[w.unit])
    return stated[0] if stated else None
