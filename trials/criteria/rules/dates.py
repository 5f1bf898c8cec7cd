"""The look-backs of findings: which time in a criterion belongs to which of the states that it names."""

import re
from dataclasses import replace

from trials.criteria.model import Within
from trials.criteria.quantities import Window
from trials.criteria.rules.facts import Scene
from trials.criteria.rules.looking_back import as_within, shortest, window_for
from trials.criteria.rules.presence import ANTIBODIES
from trials.criteria.rules.weakness import takes_any_antibiotic
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

# Facts that have no look-back of their own: a window beside them is that of a test or of something else.
_TIMELESS = ANTIBODIES | {
    "hiv", "hepatitis_b", "hepatitis_c", "biopsy_proven", "drug_allergy", "immunodeficiency", "other_autoimmune",
    "car_t", "pulmonary_hypertension",
}  # fmt: skip
_TESTS = ("test", "partial_test")
_ASIDE = 60  # characters after which a bracket tells another story than the word before it
_OR_EVER = re.compile(r"\bor\b[^.;]{0,30}\bhistory of\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
# Look-backs of these alone: "in remission for less than 3 years", "not resolved at least 2 weeks before".
_CLOSE = 150  # characters
_TIMED = {
    "cancer": ("at_most", re.compile("")),
    "active_infection": ("earlier", re.compile(r"resolved", re.IGNORECASE)),
}
_NOT_YET = re.compile(
    r"\b(?:not|n't) (?:yet )?(?:completed|passed|elapsed|had)(?: a| an| at least)*\s*\S?$", re.IGNORECASE
)
_TREATED = re.compile(r"\b(?:or|and) any\b[^.;]{0,120}\b(?:hospitali|antibiotic|treatment|therapy)", re.IGNORECASE)
_FOR_A_KIND = re.compile(
    r"[^.;,]{0,40}?\b(?:for|if|in case of) (?:an? )?(?:non-?\s?)?(?:biologic|small|chemical|drug|vaccine)",
    re.IGNORECASE,
)
_LASTING = frozenset({"liver_disease", "kidney_failure", "heart_disease", "other_lung_disease", "cns_disease"})
_A_HISTORY = re.compile(r"\b(?:,|or|and),? (?:an? |any )?history of\b", re.IGNORECASE)
_MOST = 30  # times in one criterion; more is no criterion that people wrote


class Dates:
    """The times of one criterion. `places` are the starts of all facts that could own one."""

    def __init__(self, scene: Scene, places: list[int]) -> None:
        self._scene = _without_examples(scene)
        self._places = places
        findings = list(scene.reading.of("finding"))
        self._owners = {w: _owners(scene, w, findings) for w in self._scene.reading.windows}
        self._examples = {w: _example(scene, w, findings) for w in self._scene.reading.windows}

    def of(self, mention: Mention) -> Within | None:
        scene, attribute = self._scene, mention.term.name
        if attribute in _TIMELESS or mention.term.part in _TESTS:
            return None
        if attribute == "tuberculosis" and self._is_of_treated(mention):
            return None  # "infection (including tuberculosis) … within 4 weeks"
        windows = scene.reading.windows
        kept = tuple(w for w in windows if not self._is_of_another(mention, w))
        if len(kept) < len(windows):
            scene = replace(scene, reading=replace(scene.reading, windows=kept))
        if attribute == "investigational_drug" and (waited := _waited(scene, mention)):
            return waited
        found = window_for(scene, mention.start, mention.end, among=self._places)
        if found and attribute in _LASTING and self._belongs_to_a_history(mention):
            return None
        if attribute == "investigational_drug" and found:
            found = _of_any_kind(scene, mention, found)
        if found or attribute not in _TIMED:
            return found
        sort, word = _TIMED[attribute]
        close = [w for w in kept if w.sort == sort and mention.end <= w.start < mention.end + _CLOSE]
        return as_within(close[0]) if close and word.search(scene.text, mention.end, close[0].start) else None

    def _belongs_to_a_history(self, mention: Mention) -> bool:
        """ "Severe renal disease, or a history of cancer within 5 years": the time is the history's own."""
        reading = self._scene.reading
        after = [
            w
            for w in reading.windows
            if w.sort == "back" and mention.end <= w.start < reading.segment(mention.start)[1]
        ]
        if not after:
            return False
        history = _A_HISTORY.search(self._scene.text, mention.end, after[0].start)
        return history is not None and any(
            history.end() <= m.start < after[0].start and m.term.name == "cancer" for m in reading.of("finding")
        )

    def _is_of_treated(self, mention: Mention) -> bool:
        """It stands in a bracket, and the times after it are those of another infection that was treated."""
        bracket = self._scene.reading.bracket(mention.start)
        windows = [w for w in self._scene.reading.windows if w.start > mention.end]
        if not bracket or not windows:
            return False
        return _TREATED.search(self._scene.text, bracket[1], min(windows[0].start, bracket[1] + 250)) is not None

    def joint(self, mentions: list[Mention], windows: list[Within | None]) -> Within | None:
        """The shortest look-back; none where "or a history of it" makes any time count."""
        for mention, window in zip(mentions, windows, strict=True):
            if window is None and _OR_EVER.search(self._scene.text, max(0, mention.start - 80), mention.start):
                return None
        return shortest(windows + self._of_each_route(mentions))

    def _is_of_another(self, mention: Mention, window: Window) -> bool:
        """A time in the bracket behind another finding ("angina, recent stroke (within 3 months)") is that one's own.

        So is one before a list of infections with names, and an example's ("including infarction within 6 months, …").
        """
        bracket = self._scene.reading.bracket(window.start)
        if bracket is None:
            return mention.start < self._examples[window]
        if bracket[0] <= mention.start < bracket[1]:
            return False
        if mention.start > window.end:
            return mention.term.name == "tuberculosis"
        return bool(self._owners[window]) and mention.term.name not in self._owners[window]

    def _of_each_route(self, mentions: list[Mention]) -> list[Within | None]:
        """ "IV antibiotics within 4 weeks or oral antibiotics within 2 weeks": the look-backs of both."""
        reading = self._scene.reading
        return [
            as_within(window)
            for mention in mentions[:_MOST]
            if takes_any_antibiotic(self._scene, mention)
            for window in reading.windows
            if window.sort == "back" and mention.end <= window.start < reading.segment(mention.start)[1]
        ]


def _waited(scene: Scene, mention: Mention) -> Within | None:
    """ "Has not yet completed at least 30 days since ending another trial": whoever was in one within these."""
    start, _ = scene.reading.segment(mention.start)
    return next(
        (
            as_within(w)
            for w in scene.reading.windows
            if start <= w.start < mention.start and _NOT_YET.search(scene.text, start, w.start + 1)
        ),
        None,
    )


def _of_any_kind(scene: Scene, mention: Mention, found: Within) -> Within:
    """ "Within 3 months for a biologic or within 1 month for a non-biologic compound": the shorter holds for any."""
    start, end = scene.reading.segment(mention.start)
    kinds = [
        as_within(w)
        for w in scene.reading.windows
        if w.sort == "back" and start <= w.start < end and _FOR_A_KIND.match(scene.text, w.end)
    ]
    return shortest([found, *kinds]) or found


def _owners(scene: Scene, window: Window, findings: list[Mention]) -> frozenset[str]:
    """The findings right behind which the bracket of a time opens."""
    bracket = scene.reading.bracket(window.start)
    return frozenset(m.term.name for m in findings if bracket and 0 <= bracket[0] - m.end <= 1)


def _example(scene: Scene, window: Window, findings: list[Mention]) -> int:
    """Where the examples begin among which a time stands that is one example's own; 0 where it is not."""
    zone = scene.zones.at(window.start, Sort.EXAMPLE)
    if zone is None:
        return 0
    inside = [m.start for m in findings if zone.start <= m.start < zone.end]
    return zone.cue if inside and inside[0] < window.start < inside[-1] else 0


def _without_examples(scene: Scene) -> Scene:
    """A time inside a bracket of examples ("e.g. three episodes in the past year") is no look-back of the whole."""
    zones = scene.zones
    windows = scene.reading.windows[:_MOST]
    around = {bracket for w in windows if (bracket := scene.reading.bracket(w.start))}
    spans = [
        (start if zones.at(start + 1, Sort.EXAMPLE) or zones.at(start + 1, Sort.EXCEPTION) else start + _ASIDE, end)
        for start, end in around
    ]
    kept = tuple(w for w in windows if not any(start < w.start < end for start, end in spans))
    if len(kept) == len(scene.reading.windows):
        return scene
    return replace(scene, reading=replace(scene.reading, windows=kept))
