"""What a text names, once: names that are taken back are gone, and a placebo has swallowed what it looks like."""

from dataclasses import dataclass

from trials.drugs.cells import car_mentions, is_car, names_car
from trials.drugs.data import WORDS
from trials.drugs.folding import Words, words_of
from trials.drugs.lexicon import Mention, mentions_in
from trials.drugs.parts import Parts, parts_of
from trials.drugs.stems import armed, by_stem

_BEFORE = frozenset(WORDS["taken_back_before"])
_AFTER = frozenset(WORDS["taken_back_after"])
_NOT_GIVEN = frozenset(WORDS["not_given"])
_SALTS = frozenset(WORDS["salts"])
NOISE = frozenset(WORDS["noise"]) | frozenset(WORDS["joiners"])
_MADE_LIKE = frozenset(WORDS["made_like"])
# Kinds that are no medicine: they may be what "methotrexate education" is about.
_NO_MEDICINE = frozenset({"support", "test", "device", "exercise", "food", "surgery", "radiation"})
_MOCKS = frozenset({"placebo", "sham", "vehicle"})
_NEAR_BEFORE, _NEAR_AFTER = 3, 2  # words: "withdrawal of background methotrexate", "methotrexate polyglutamate levels"
_LONGEST = 4000  # signs of a text that are read; names are far shorter


_NOTHING = Parts([], [], [0], [False], [False])


@dataclass(frozen=True, slots=True)
class Reading:
    """`covered` are the words that some name explains, also one that was taken back or swallowed."""

    words: Words
    parts: Parts
    mentions: list[Mention]
    covered: frozenset[int]


def _with_stems(words: Words, mentions: list[Mention]) -> list[Mention]:
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    stems = ((at, by_stem(word)) for at, word in enumerate(words.keys) if at not in covered)
    found = [*mentions, *(Mention(drug, at, at + 1) for at, drug in stems if drug)]
    return [_armed(mention, words) for mention in found]


def _armed(mention: Mention, words: Words) -> Mention:
    following = words.keys[mention.end] if mention.end < len(words) else ""
    drug = armed(mention.drug, following) if mention.drug and following else None
    return Mention(drug, mention.start, mention.end + 1) if drug else mention


def _near(mention: Mention, words: Words, parts: Parts) -> list[str]:
    """The words just before and after a mention, in its own part."""
    own = parts.of[mention.start]
    first = max(mention.start - _NEAR_BEFORE, 0)
    around = range(first, min(mention.end + _NEAR_AFTER, len(words)))
    return [words.keys[at] for at in around if parts.of[at] == own]


def _is_salt(mention: Mention, words: Words, parts: Parts) -> bool:
    """Whether an unknown name, a code with its number included, stands right before in the same part."""
    at = mention.start - 1
    while at > 0 and words.keys[at].isdigit() and words.gaps[at] in ("", "-"):
        at -= 1
    if at < 0 or parts.of[at] != parts.of[mention.start]:
        return False
    return words.keys[at] not in NOISE and not words.keys[at].isdigit()


def _is_given(mention: Mention, words: Words, parts: Parts) -> bool:
    if mention.drug is None:
        return False
    before = words.keys[mention.start - 1] if mention.start else ""
    if mention.drug.kind in _MOCKS:
        return before != "in"  # "alprostadil in vehicle"
    if is_car(mention.drug):
        return True
    if words.keys[mention.start] in _SALTS and _is_salt(mention, words, parts):
        return False
    if before in _BEFORE or (mention.end < len(words) and words.keys[mention.end] in _AFTER):
        return False
    return mention.drug.kind in _NO_MEDICINE or _NOT_GIVEN.isdisjoint(_near(mention, words, parts))


def _swallowed(mock: Mention, mentions: list[Mention], words: Words, parts: Parts) -> set[int]:
    """The parts whose drugs a placebo is made to look like: its own, and in brackets, "to match A and B"."""
    own = parts.of[mock.start]
    swallowed = {own}
    made_like = mock.end < len(words) and words.keys[mock.end] in _MADE_LIKE
    last = own
    while last + 1 < len(parts.first) and _goes_on(words, parts, last + 1, parts.depth[mock.start], made_like):
        last += 1
        swallowed.add(last)
    # "dapagliflozin/rosuvastatin placebo"; "omalizumab/placebo" is either of the two.
    twin = any(parts.of[mention.start] == own and mention.start < mock.start for mention in mentions)
    if twin and own and parts.slashed[own]:
        swallowed.add(own - 1)
    return swallowed


def _goes_on(words: Words, parts: Parts, part: int, depth: int, made_like: bool) -> bool:
    """Whether a part still tells what a placebo is: in brackets after it, or by "and", "or", "/" after "to match A"."""
    first = parts.first[part]
    if parts.depth[first] > depth:
        return True
    return made_like and (parts.slashed[part] or words.keys[first - 1] in ("and", "or"))


def _without_looks(mentions: list[Mention], words: Words, parts: Parts) -> list[Mention]:
    """The mentions without those that a placebo, sham or vehicle only looks like."""
    mocks = [mention for mention in mentions if mention.drug and mention.drug.kind in _MOCKS]
    if not mocks:
        return mentions
    swallowed = set().union(*(_swallowed(mock, mentions, words, parts) for mock in mocks))
    return [mention for mention in mentions if mention in mocks or parts.of[mention.start] not in swallowed]


def _without_classes(mentions: list[Mention], parts: Parts) -> list[Mention]:
    """The mentions without the classes that a substance in the same part, or a named CAR product, says more exactly."""
    exact = [mention for mention in mentions if mention.drug and not mention.drug.generic]
    named = {parts.of[mention.start] for mention in exact}
    cells = any(mention.drug and mention.drug.kind.startswith(("cart", "car-")) for mention in exact)
    return [
        mention
        for mention in mentions
        if mention.drug
        and (
            not mention.drug.generic or (parts.of[mention.start] not in named and not (cells and is_car(mention.drug)))
        )
    ]


def _is_source(mention: Mention) -> bool:
    """Whether, beside a CAR product, the words tell where its cells come from: "cord blood CAR-T", "CAR NK cells"."""
    drug = mention.drug
    return drug is not None and (drug.kind == "tissue" or (drug.generic and drug.kind in ("immune-cells", "treg")))


def read(text: str) -> Reading:
    """Everything that a text names, in its order."""
    words = words_of(text[:_LONGEST])
    listed = mentions_in(words)
    if not listed and not names_car(words) and not any(by_stem(word) for word in words.keys):
        return Reading(words, _NOTHING, [], frozenset())
    found = _with_stems(words, [one for one in listed if one.drug is None or not is_car(one.drug)])
    parts = parts_of(words, found)
    cars = car_mentions(words, parts.of)
    in_cars = {parts.of[mention.start] for mention in cars}
    found = [one for one in found if not (_is_source(one) and parts.of[one.start] in in_cars)]
    found = sorted([*found, *cars], key=lambda mention: mention.start)
    covered = frozenset(at for mention in (*listed, *found) for at in range(mention.start, mention.end))
    given = _without_looks([mention for mention in found if _is_given(mention, words, parts)], words, parts)
    return Reading(words, parts, _without_classes(given, parts), covered)
