"""What a text says of one medicine: taken or not, when, how long ago, at a stable dose, after failure."""

import re
from dataclasses import dataclass

from trials.criteria.model import Kind, Within
from trials.criteria.rules.background import (
    is_forbidden,
    is_naive,
    is_negated,
)
from trials.criteria.rules.clauses import FAILED, NOW, PAST, STABLE, Clauses
from trials.criteria.rules.facts import Scene
from trials.criteria.rules.looking_back import as_within, own_time, window_of, window_of_state
from trials.criteria.rules.narrowing import is_partial
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_LASTING = ("at_least", "for")
_IF = re.compile(r"\b(?:if|in case of|when)\b[^.;,()]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Use:
    """How the text means one medicine."""

    negated: bool = False
    within: Within | None = None
    partial: bool = False
    ever: bool = False
    stable: bool = False
    failed: bool = False

    @property
    def is_stated(self) -> bool:
        return bool(self.within or self.ever or self.stable or self.failed)


def own_use(scene: Scene, clauses: Clauses, mention: Mention, place: int) -> Use | None:
    negated = is_negated(scene, clauses, place) or (place == mention.start and is_forbidden(scene, mention.end))
    if scene.kind is Kind.EXCLUSION:
        return (
            None if negated and _is_left_out(scene, mention, place) else _excluded_use(scene, clauses, mention, place)
        )
    low, high = clauses.scope(place)
    stable = _says(STABLE, scene, clauses, place)
    failed = not stable and _says(FAILED, scene, clauses, place)
    if failed and negated:
        return None
    within: Within | None = None
    if stable:
        said = next((m for m in STABLE.finditer(scene.text, low, high) if not _is_aside(scene, m.start())), None)
        if said is not None:
            within = window_of_state(scene, low, high, said.start())
        else:
            within = window_of(scene, clauses, place, ("stable",)) or window_of(
                scene, clauses, place, (*_LASTING, "earlier", "back")
            )
    elif negated:
        within = window_of(scene, clauses, place, ("back", *_LASTING, "earlier"))
    elif not failed:
        within = window_of(scene, clauses, place)
    partial = place == mention.start and is_partial(scene, clauses, mention, failed, stable or negated)
    ever = within is None and not stable and not failed and (is_naive(scene, place) or _is_ever(scene, clauses, place))
    return Use(negated and not stable, within, partial, ever, stable, failed)


_SINCE_LAST = re.compile(
    r"\boff\b|\b(?:last|latest) (?:time|dose|infusion|injection|administration|treatment|use)\b|\binterval\b|"
    r"\btime since\b",
    re.IGNORECASE,
)
_FORBIDDEN_FOR = re.compile(
    r"[^.;]{0,50}?\b(?:(?:are|is|be) (?:excluded|prohibited|forbidden|disallowed)|not (?:allowed|"
    r"permitted)|must not (?:have been|be))\b",
    re.IGNORECASE,
)
_LEFT_OFF = re.compile(
    r"[^.;]{0,160}?\b(?:must|should|need to|have to) (?:have )?(?:been |be )?(?:withdrawn|stopped|discontinued|off|"
    r"washed out)\b",
    re.IGNORECASE,
)


_ELAPSED = re.compile(r"\b(?:must|should) have (?:elapsed|passed)\b", re.IGNORECASE)


def _time_off(scene: Scene, mention: Mention) -> Within | None:
    """ "Those on X should have stopped it for at least 90 days": who took it within these is kept out."""
    start, end = scene.reading.segment(mention.start)
    if _ELAPSED.search(scene.text, start, end):
        between = [w for w in scene.reading.windows if start <= w.start < end and w.unit != "half_lives"]
        return as_within(between[0]) if between else None
    found = _LEFT_OFF.match(scene.text, mention.end)
    if not found:
        return None
    lasting = [
        w for w in scene.reading.windows if found.end() <= w.start < end and w.sort in (*_LASTING, "earlier", "back")
    ]
    return as_within(lasting[0]) if lasting else None


def _is_left_out(scene: Scene, mention: Mention, place: int) -> bool:
    """ "Has not received X" keeps out who did not; "must not have received X" is meant as any exclusion is."""
    zone = scene.zones.at(mention.start, Sort.NEGATION)
    if zone is None or place != mention.start:
        return is_naive(scene, mention.start) and place == mention.start
    sloppy = re.search(
        r"\b(?:must|should|may|can|shall)\s*$|^\s*no\s*$|\b(?:must|should|can|may|shall) ?not\b",
        scene.text[: zone.start],
        re.IGNORECASE,
    )
    if sloppy or mention.start - zone.start > 45:
        return False
    return not any(zone.start <= m.start < mention.start for m in scene.reading.of("treatment", "drug"))


# "Inadequate response to X", "failed at least two X": it was X that failed, not a heart or an asthma under X.
_FAILED_ON = re.compile(
    r"\b(?:response|respon(?:d|ded|ding|ders?)|unresponsive\w*|unresponsiveness|non-?\s?respon\w+|failures?|efficacy|resistance|"
    r"resistant|refractory|intolerance|intolerant|tolerate)\b(?: \([^()]*\))?(?: (?:or|and) \w+)?"
    r" (?:(?:treatment|therapy) )?(?:to|of|on|with)\b[^.;]{0,100}$|"
    r"\b(?:failed|failing|failure (?:of|on|to|with)|no respon\w+) (?!\w+ cell)[^.;]{0,60}$",
    re.IGNORECASE,
)


def has_failed(scene: Scene, mention: Mention) -> bool:
    """ "Inadequate response to X, at a stable dose over the past 4 weeks": it failed, and it is taken."""
    if scene.kind is Kind.EXCLUSION:
        return False
    start, _ = scene.reading.segment(mention.start)
    failed = _FAILED_ON.search(scene.text, start, mention.start)
    return failed is not None and STABLE.search(scene.text, failed.start(), mention.start) is None


_VAGUE_TIME = re.compile(
    r"\bwithin (?:an? |the )?(?:appropriate|certain|specified|required|protocol|defined|adequate|given|following)\b",
    re.IGNORECASE,
)


def _excluded_use(scene: Scene, clauses: Clauses, mention: Mention, place: int) -> Use | None:
    low, high = clauses.scope(place)
    if place == mention.start and _is_stable(scene, mention):
        return None
    sorts: tuple[str, ...] = ("back", "at_most") if _SINCE_LAST.search(scene.text, low, place) else ("back",)
    if _FORBIDDEN_FOR.match(scene.text, mention.end):
        sorts = ("back", "earlier", *_LASTING)
    within = window_of(scene, clauses, place, sorts)
    off = _time_off(scene, mention) if within is None else None
    within = within or off or own_time(scene, mention, place)
    after_failure = FAILED.search(scene.text, low, high) is not None
    failed = after_failure and _FAILED_ON.search(scene.text, low, place) is not None
    vague = _VAGUE_TIME.search(scene.text, low, high) is not None
    ever = within is None and not failed and not vague and (after_failure or _is_ever(scene, clauses, place))
    partial = place == mention.start and (
        (after_failure and not failed) or is_partial(scene, clauses, mention, failed, False)
    )
    return Use(False, within, partial and (off is None or mention.term.part == "narrower"), ever, failed=failed)


def _is_stable(scene: Scene, mention: Mention) -> bool:
    """ "X at a stable dose": background that an exclusion does not mean; "dose not stable" it does."""
    named = [m for m in scene.reading.of("treatment", "drug") if m.term.name != mention.term.name]
    for match in STABLE.finditer(scene.text, max(0, mention.start - 60), mention.end + 60):
        low, high = sorted((match.start(), mention.start))
        away = scene.text[max(0, match.start() - 20) : match.start()].lower()
        if _is_aside(scene, match.start()) or re.search(r"\bnot\b", away) or any(low < m.start < high for m in named):
            continue
        if scene.reading.segment(match.start()) == scene.reading.segment(mention.start):
            return True
    return False


def _is_aside(scene: Scene, place: int) -> bool:
    """In an exception, or in a condition: "(other than a stable dose of X)", "if intolerant"."""
    return (
        scene.zones.at(place, Sort.EXCEPTION) is not None
        or _IF.search(scene.text, max(0, place - 40), place) is not None
    )


def _says(pattern: re.Pattern[str], scene: Scene, clauses: Clauses, place: int) -> bool:
    """The medicine's own clause says it, or one before it that no new verb or other such word parts from it."""
    low, high = clauses.scope(place)
    if any(not _is_aside(scene, m.start()) for m in pattern.finditer(scene.text, low, high)):
        return True
    number = clauses.number(place)
    while number and not clauses.all[number].fresh and clauses.all[number].segment == clauses.all[number - 1].segment:
        number -= 1
        clause = clauses.all[number]
        if pattern.search(scene.text, clause.start, clause.end):
            return not any(p.search(scene.text, low, place) for p in (STABLE, FAILED, PAST, NOW))
    return False


def _is_ever(scene: Scene, clauses: Clauses, place: int) -> bool:
    """Past use counts: a word before the medicine says so, or the only word about time after it."""
    low, high = clauses.scope(place)
    spans = [(w.start, w.end) for w in scene.reading.windows]
    past = [m.start() for m in PAST.finditer(scene.text, low, high) if not any(a <= m.start() < b for a, b in spans)]
    if any(start < place for start in past):
        return True
    if NOW.search(scene.text, low, place):
        return False
    return bool(past) and not NOW.search(scene.text, place, high)
