"""The chips of a typed text as its list has them: what counts, with distances as they were typed."""

import re
from collections.abc import Iterator
from dataclasses import replace

from finder.forms import StudySearch
from finder.presenters import readings
from finder.presenters.chips import Address, Chip, Parameters, chips
from finder.presenters.distance import KM_IN_A_MILE, measures_in_miles, within_words
from finder.presenters.filters import page_url
from finder.typed import Typed
from trials.find import Search
from trials.search import Kind, Part, Reading

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ROUNDING = 0.005  # of a distance, which is read to four digits


def text_chips(asked: StudySearch, search: Search, path: str) -> Iterator[Chip]:
    """`search` is what was looked for in the end: words that were left out of it narrow nothing, and have no chip."""
    counting = _without_words(asked.typed) if search.text != asked.search.text else asked.typed
    others = tuple(part for part in counting.reading.parts if part.kind is not Kind.RADIUS)
    reading = Reading(others, counting.reading.rest)
    yield from readings.text_chips(replace(asked, typed=replace(counting, reading=reading)), path)
    radius = radius_typed(asked)
    if radius:
        label = within_words(float(radius.values[0]), miles=in_miles(asked))
        yield Chip("read-radius", label, page_url(path, _with_text(asked, asked.typed.without(radius)), 1))


def filter_names(asked: StudySearch, search: Search) -> list[str]:
    """What is asked for beside conditions, each as its chip names it."""
    reading = asked.typed.reading
    others = tuple(part for part in reading.parts if part.kind is not Kind.CONDITION)
    typed = replace(asked.typed, reading=Reading(others, reading.rest))
    kept = tuple(one for one in asked.parameters if one[0] != "condition")
    unnamed = replace(asked, typed=typed, parameters=kept)
    found = (*text_chips(unnamed, search, ""), *chips(unnamed, Address("", kept)))
    return [str(chip.label) for chip in found]


def radius_typed(asked: StudySearch) -> Part | None:
    """The part of the text that says how far; None where a field says it, or nothing is there to measure from."""
    if not asked.place or any(name == "radius" for name, _value in asked.parameters):
        return None
    return next((part for part in asked.typed.certain if part.kind is Kind.RADIUS), None)


def in_miles(asked: StudySearch) -> bool:
    """Whether distances are told in miles, too: by what was typed, else as in the country of the place."""
    typed = radius_typed(asked)
    if typed is None:
        return measures_in_miles(asked.place.country_code if asked.place else "")
    km = float(typed.values[0])
    numbers = (float(number.replace(",", ".")) for number in _NUMBER.findall(typed.matched))
    return any(abs(number * KM_IN_A_MILE - km) <= _ROUNDING * km for number in numbers)


def _without_words(typed: Typed) -> Typed:
    """Without free words, and without drugs that no list of ours has: those are looked for as words."""
    parts = tuple(part for part in typed.reading.parts if part.kind is not Kind.DRUG or _is_listed(typed, part))
    return replace(typed, reading=Reading(parts, ()))


def _is_listed(typed: Typed, part: Part) -> bool:
    return bool(replace(typed, reading=Reading((part,), ())).treatments) or not part.certain


def _with_text(asked: StudySearch, text: str) -> Parameters:
    replaced = ((name, text if name == "q" else value) for name, value in asked.parameters)
    return tuple((name, value) for name, value in replaced if value)
