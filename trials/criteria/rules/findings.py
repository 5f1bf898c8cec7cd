"""Yes-or-no facts: infections, cancer, organs, history. Which words settle one, and which leave it open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from trials.criteria.model import Kind, Within
from trials.criteria.rules import viruses
from trials.criteria.rules.dates import Dates
from trials.criteria.rules.exceptions import has_exception
from trials.criteria.rules.facts import Fact, Scene
from trials.criteria.rules.judgement import left_to_the_team
from trials.criteria.rules.presence import ANTIBODIES, counts
from trials.criteria.rules.proof import is_detailed
from trials.criteria.rules.seen import is_of_a_kind, is_seen
from trials.criteria.rules.weakness import has_beside, is_alternative, is_weak, phrases
from trials.criteria.wording.lexicon import data
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort, Zone

ELSEWHERE = frozenset({"pregnant_or_breastfeeding", "contraception", "healthy_volunteer"})
REQUIRED = ANTIBODIES | {"biopsy_proven"}
_TESTS = ("test", "partial_test")
_SETTLING = frozenset({"whole", "test", "false", "wide"})
# Their parts are the qualified forms of the same thing: "active or severe infection" is any active infection.
_BY_QUALIFIER = frozenset({"recurrent", "systemic"})
_INFECTIONS = frozenset({"active_infection", "hiv", "hepatitis_b", "hepatitis_c", "tuberculosis"})
_NEAR_WORDS = 4
# "Not achieving remission of leukemia" denies the remission.
_NOT_DONE = re.compile(
    r"not (?:yet )?(?:a?chiev|reach|respon|obtain|toler|improv|control|cured|resolv)\w*", re.IGNORECASE
)
# "A disease of the nerves that lupus does not explain, for example: …": the list shares it.
_OF_ANOTHER_CAUSE = re.compile(r"\b(?:does|do|did|can) ?not explain\b", re.IGNORECASE)
_LIST = 200  # characters that a list before a mention can take
_MOST = 60  # findings read of one criterion; more is no criterion that people wrote
_NEGATIVE_FOR = re.compile(r"\bnegative\b(?:(?!\bpositive\b|\bbut\b|[.;]).)*$", re.IGNORECASE)
_FOLLOWS = re.compile(r"\b(?:as follows|as defined below|defined as)\s*:", re.IGNORECASE)
_DETAINED = re.compile(r"\b(?:compulsorily|involuntarily|detained|imprison\w+|incarcerat\w+)\b", re.IGNORECASE)
_HEADING = re.compile(r"\s*(?:exclusion|inclusion) criteria\b", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    """What a criterion says of one attribute."""

    mentions: list[Mention] = field(default_factory=list)
    weak: list[bool] = field(default_factory=list)
    windows: list[Within | None] = field(default_factory=list)


def finding_facts(scene: Scene) -> Iterator[Fact]:
    named = [m for m in scene.reading.of("finding") if m.term.name not in ELSEWHERE][:_MOST]
    if (
        not named
        or _DETAINED.search(scene.text)
        or is_under_exception(scene)
        or (scene.kind is Kind.EXCLUSION and _HEADING.match(scene.text))
    ):
        return
    places = [m.start for m in scene.reading.of("finding", "treatment", "drug", "diagnosis")]
    dates = Dates(scene, places)
    states: dict[tuple[str, bool], _State] = {}
    for mention in named:
        attribute, value = mention.term.name, _value(scene, mention)
        state = states.get((attribute, value)) or _State()
        if not _adds(scene, mention, value, state):
            continue
        states[attribute, value] = state
        state.mentions.append(mention)
        state.weak.append(_is_weak(scene, mention))
        state.windows.append(dates.of(mention))
    for (attribute, value), state in states.items():
        if scene.kind is Kind.EXCLUSION and not value and (attribute, True) in states:
            continue  # what lets a positive one off
        place = _place(scene, state)
        yield Fact(
            attribute, "is", value, place.start, place.end, within=dates.joint(state.mentions, state.windows),
            partial=_is_partial(scene, attribute, state),
        )  # fmt: skip


def _place(scene: Scene, state: _State) -> Mention:
    """The mention that settles it, else the first; one before a limit is defined by it, so rather one after it."""
    settling = [
        m for m, weak in zip(state.mentions, state.weak, strict=True) if m.term.part in _SETTLING and not weak
    ] or state.mentions[:1]
    limited = any(settling[0].end <= number.start < settling[-1].start for number in scene.reading.numbers)
    return settling[-1] if limited else settling[0]


def _adds(scene: Scene, mention: Mention, value: bool, state: _State) -> bool:
    """It counts, nobody judges it, and it is no mere example of what the same criterion has named before."""
    zone = scene.zones.at(mention.start, Sort.EXAMPLE)
    if zone and any(before.end <= zone.cue for before in state.mentions) and _is_aside(scene, zone):
        return False
    if zone and _exemplifies_another(scene, mention, zone):
        return False
    if not counts(scene, mention, value):
        return False
    return not left_to_the_team(scene, Fact(mention.term.name, "is", value, mention.start, mention.end))


def _is_aside(scene: Scene, zone: Zone) -> bool:
    """ "(e.g. …)", "such as …"; what "including" adds is said in earnest."""
    return scene.reading.bracket(zone.cue) is not None or not scene.text.lower().startswith("includ", zone.cue)


def _exemplifies_another(scene: Scene, mention: Mention, zone: Zone) -> bool:
    """What CNS lupus includes, or "zoster (e.g. involvement of the brain)", is no disease of its own."""
    before = [m for m in scene.reading.of("finding", "diagnosis") if m.end <= zone.cue]
    if not before or mention.term.name in _INFECTIONS:
        return False
    if mention.term.name == "cns_disease" and any(m.term.name == "neuropsychiatric-lupus" for m in before):
        return True
    return before[-1].term.name == "active_infection" and scene.reading.bracket(zone.cue) is not None


def is_under_exception(scene: Scene) -> bool:
    """It stands under "… apart from:", so it names what is let off."""
    if scene.lead is None or not scene.lead.text.rstrip().endswith(":"):
        return False
    text = scene.lead.text.rstrip()
    return any(zone.end >= len(text) and len(text) - zone.cue < 60 for zone in scene.lead.zones.of(Sort.EXCEPTION))


def _value(scene: Scene, mention: Mention) -> bool:
    if mention.term.part == "false":
        return False
    if mention.term.part in _TESTS and has_beside(scene, mention, phrases("negative")):
        return False
    start, _ = scene.reading.segment(mention.start)
    if (
        scene.kind is Kind.INCLUSION
        and mention.term.name in _INFECTIONS
        and _NEGATIVE_FOR.search(scene.text[max(start, mention.start - _LIST) : mention.start])
    ):
        return False
    negated = _denied(scene, mention)
    if not negated or _NOT_DONE.match(scene.text, negated.cue):
        return True
    if scene.kind is Kind.INCLUSION:
        return False
    words = scene.reading.words
    between = [n for n in range(mention.first) if words.starts[n] >= negated.cue]
    return not (mention.term.name in REQUIRED and len(between) <= _NEAR_WORDS)


def _denied(scene: Scene, mention: Mention) -> Zone | None:
    """The negation that a mention stands in; a "non-" takes back the next word alone."""
    for zone in scene.zones.of(Sort.NEGATION):
        if zone.start <= mention.end - 1 < zone.end:
            alone = scene.text[zone.cue : zone.start].lower() == "non"
            if not alone or 0 <= mention.start - zone.start <= 1:
                return zone
    return None


def _is_weak(scene: Scene, mention: Mention) -> bool:
    if mention.term.name == "biopsy_proven":
        return is_detailed(scene, mention)
    return is_weak(scene, mention)


def _is_partial(scene: Scene, attribute: str, state: _State) -> bool:
    if attribute == "drug_allergy" or has_exception(scene, attribute, state.mentions):
        return True
    if attribute in ("hepatitis_b", "hepatitis_c"):
        return viruses.needs_replication(scene, state.mentions)
    named = _without_title(scene, list(zip(state.mentions, state.weak, strict=True)))
    strong = {m.term.part for m, weak in named if not weak}
    if attribute == "tuberculosis" and viruses.is_example_of_active(scene, state.mentions[0]):
        return True
    if attribute == "major_surgery" and not any(state.windows):
        return True
    if attribute == "cns_disease" and _OF_ANOTHER_CAUSE.search(scene.text, 0, state.mentions[0].start):
        return True
    if all(is_seen(scene, m) or is_of_a_kind(scene, m) for m in state.mentions):
        return True
    if strong & _SETTLING or _is_any(scene, state):
        return False
    entry = data("findings")[attribute]
    return not any(set(parts) <= strong for parts in entry.get("complete", []))


def _without_title(scene: Scene, named: list[tuple[Mention, bool]]) -> list[tuple[Mention, bool]]:
    """Without a title ("Infections: …", "infection, as follows: …"): what comes after it says what it means."""
    follows = _FOLLOWS.search(scene.text, named[0][0].end)
    if follows and any(m.start > follows.end() for m, _ in named):
        return [one for one in named if one[0].start > follows.end()]
    return named[1:] if len(named) > 1 and scene.text.startswith(":", named[0][0].end) else named


def _is_any(scene: Scene, state: _State) -> bool:
    return any(m.term.part in _BY_QUALIFIER and is_alternative(scene, m) for m in state.mentions)
