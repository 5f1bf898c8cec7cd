"""Parts of a search that have a form instead of a name: ids of studies, ages, phases, distances."""

import re
from collections.abc import Callable, Iterator

from trials.search.ages import Found, ages_in, limits_in
from trials.search.model import Kind

_KM_PER_MILE = 1.609344
_FLAGS = re.IGNORECASE

_NCT = re.compile(r"(?<![A-Za-z0-9])NCT[\s-]*0*(\d(?:[\s-]?\d){7})(?![\s-]?\d)", _FLAGS)
_HAND = re.compile(r"(?<![A-Za-z0-9])HAND[\s-]*(\d{5,28})(?!\d)", _FLAGS)
_DIGITS = re.compile(r"^\s*(\d{8})\s*$")

_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "one": 1, "two": 2, "three": 3, "four": 4, "uno": 1, "dos": 2,
            "tres": 3, "cuatro": 4, "一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}  # fmt: skip
_N = r"(?:iii|ii|iv|i|[1-4]|one|two|three|four|uno|dos|tres|cuatro|[一二三四])"
_N_ZH = r"iii|ii|iv|i|[1-4一二三四]"
_JOIN = r"\s*(?:/|-|–|and|or|to|y|o|e|\+|、|或|和|,)\s*(?:phase\s+|fase\s+)?"
_PHASE = re.compile(
    rf"\b(?P<early>early\s+)?(?:phase|phases|fase|fases|ph)\.?\s*(?P<one>{_N})(?![a-z]{{2}})[abc]?"
    rf"(?:{_JOIN}(?P<two>{_N})[abc]?(?![\w]))?(?!\w)",
    _FLAGS,
)
_PHASE_ZH = re.compile(
    rf"(?P<sure>第)?(?<![a-z])(?P<one>{_N_ZH})(?:[/、和或-](?P<two>{_N_ZH}))?期(?P<trial>\s*的?(?:临床|试验|研究))?",
    _FLAGS,
)

_KM = r"(?:km|kms|kilomet(?:er|re)s?|kil[oó]metros?|公里|千米)"
_MILE = r"(?:miles?|millas?|英里)"
_RADIUS = re.compile(
    r"(?:(?:within|in|under|less than|up to|max(?:imum)?|inside|a menos de|en un radio de|dentro de|hasta|a|方圆)\s*)?"
    rf"(?:a radius of\s*)?(?P<n>\d{{1,4}}(?:[.,]\d)?)\s*(?:(?P<km>{_KM})|(?P<mi>{_MILE}))(?![A-Za-z])"
    r"(?:\s*(?:radius|or less|以内|之内|范围内|内))?",
    _FLAGS,
)


def ids_in(text: str) -> Iterator[Found]:
    """Ids of studies: an NCT id, one of ours, or eight digits that are all of the text."""
    for match in _NCT.finditer(text):
        yield Kind.STUDY_ID, match.start(), match.end(), (f"NCT{re.sub(r'[^0-9]', '', match[1])}",), True
    for match in _HAND.finditer(text):
        yield Kind.STUDY_ID, match.start(), match.end(), (f"HAND-{match[1]}",), True
    if digits := _DIGITS.match(text):
        yield Kind.STUDY_ID, digits.start(1), digits.end(1), (f"NCT{digits[1]}",), True


def _phase_tokens(match: re.Match[str]) -> tuple[str, ...]:
    numbers = [_NUMBERS[match[name].casefold()] for name in ("one", "two") if match[name]]
    if "early" in match.groupdict() and match["early"]:
        return ("EARLY_PHASE1",)
    return tuple(dict.fromkeys(f"PHASE{number}" for number in numbers))


def phases_in(text: str) -> Iterator[Found]:
    """Phases: "phase 2/3", "fase II", "第3期". "III期" alone may be the stage of an illness."""
    for match in _PHASE.finditer(text):
        yield Kind.PHASE, match.start(), match.end(), _phase_tokens(match), True
    for match in _PHASE_ZH.finditer(text):
        sure = bool(match["sure"] or match["trial"])
        end = match.start("trial") if match["trial"] else match.end()
        yield Kind.PHASE, match.start(), end, _phase_tokens(match), sure


def radii_in(text: str) -> Iterator[Found]:
    """Distances, in kilometres: "within 50 miles"."""
    for match in _RADIUS.finditer(text):
        size = float(match["n"].replace(",", "."))
        yield Kind.RADIUS, match.start(), match.end(), (f"{size * (_KM_PER_MILE if match['mi'] else 1):.4g}",), True


# Of the United Kingdom and Canada; our places have none, and half of one is a town far away ("LS", "OX"). No dose.
_POSTCODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]?\s\d(?!mg|ml|mm|cm|kg|km|yr|yo|mo|wk|st|nd|rd|th)[A-Z]{2}|[A-Z]\d[A-Z]\s\d[A-Z]\d)(?![\w-])",
    re.IGNORECASE,
)


def postcodes_in(text: str) -> Iterator[Found]:
    for match in _POSTCODE.finditer(text):
        yield Kind.UNKNOWN_PLACE, match.start(), match.end(), (match.group(),), True


READERS: tuple[Callable[[str], Iterator[Found]], ...] = (ids_in, postcodes_in, phases_in, radii_in, limits_in, ages_in)
