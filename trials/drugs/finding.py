"""The product that the name of an intervention means, and all products that a text names."""

from functools import lru_cache

from trials.drugs.catalogue import Drug
from trials.drugs.data import WORDS
from trials.drugs.reading import NOISE, Reading, read

_CONTEXT = frozenset(WORDS["context"])
_BEFORE_ALL = frozenset({"after", "following", "before"})
_FEW = 2  # unknown words after a comma that may be one more product; more of them explain the first
_CARE = frozenset({"usual-care", "no-treatment"})
_MOCKS = frozenset({"placebo", "sham", "vehicle"})


def _span(reading: Reading) -> range:
    """The words that tell of the product: "after preconditioning with A and B, C" is C, "C in patients with D" is C."""
    keys = reading.words.keys
    start = 0
    if keys and keys[0] in _BEFORE_ALL:
        start = next((at for at in range(1, len(keys)) if "," in reading.words.gaps[at]), len(keys))
    first = min((mention.start for mention in reading.mentions if mention.start >= start), default=len(keys))
    end = next(
        (at for at in range(first + 1, len(keys)) if keys[at] in _CONTEXT and at not in reading.covered), len(keys)
    )
    return range(start, end)


def _unknown(reading: Reading, span: range) -> dict[int, int]:
    """How many words of each part are neither named nor noise; what stands in brackets only explains."""
    counts: dict[int, int] = {}
    for at in span:
        word = reading.words.keys[at]
        known = at in reading.covered or word in NOISE or word.isdigit()
        if not known and not reading.parts.depth[at]:
            part = reading.parts.of[at]
            counts[part] = counts.get(part, 0) + 1
    return counts


def _has_partner(reading: Reading, span: range, named: set[int]) -> bool:
    """Whether something that the list does not know is given together with what it knows."""
    for part, count in _unknown(reading, span).items():
        if part in named:
            continue
        first_known = min(named)
        strong = reading.parts.strong[max(part, first_known)] if part < first_known else reading.parts.strong[part]
        if strong or count <= _FEW:
            return True
    return False


@lru_cache(maxsize=1 << 13)
def find(name: str) -> Drug | None:
    """The one product that the name of an intervention means.

    None where it names nothing of the list, or several things ("rituximab + cyclophosphamide"; see `find_all`), or one
    of them together with something unknown: saying nothing is better than telling of the wrong one. What a placebo
    looks like is not named by it: "placebo to match belimumab" is the placebo.
    """
    reading = read(name)
    if not reading.mentions:
        return None
    span = _span(reading)
    inside = [mention for mention in reading.mentions if mention.start in span]
    found = dict.fromkeys(mention.drug for mention in inside if mention.drug)
    if len(found) > 1 and not all(drug.kind in _MOCKS for drug in found):
        return _care(reading, span)
    if not found or _has_partner(reading, span, {reading.parts.of[mention.start] for mention in inside}):
        return None
    return next(iter(found))


def _care(reading: Reading, span: range) -> Drug | None:
    """Usual care, where the other names only say what it is: "standard of care (rituximab or azathioprine)"."""
    first = next((mention for mention in reading.mentions if mention.start in span), None)
    if first is None or first.drug is None or first.drug.kind not in _CARE:
        return None
    rest = reading.words.gaps[first.end : first.end + 1]
    explained = bool(rest) and ("(" in rest[0] or ":" in rest[0])
    return first.drug if explained or reading.words.keys[first.end : first.end + 1] == ["with"] else None


@lru_cache(maxsize=1 << 12)
def find_all(text: str) -> tuple[Drug, ...]:
    """Every product that a text names, each once, in its order.

    A class is left out beside a substance in the same part of the text: "rituximab (anti-CD20 antibody)".
    """
    return tuple(dict.fromkeys(mention.drug for mention in read(text).mentions if mention.drug))
