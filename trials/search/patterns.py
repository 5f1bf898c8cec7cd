"""Parts of a search that have a form instead of a name: ids of studies, ages, phases, distances."""

import re
from collections.abc import Callable, Iterator

from trials.search.model import Kind

Found = tuple[Kind, int, int, tuple[str, ...], bool]
OLDEST_AGE_YEARS = 120
_KM_PER_MILE = 1.609344
_MONTHS_PER_YEAR = 12
_FLAGS = re.IGNORECASE

_NCT = re.compile(r"(?<![A-Za-z0-9])NCT[\s-]*0*(\d{8})(?!\d)", _FLAGS)
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

_YEARS = r"(?:years?|yrs?|yr)"
_ANOS = r"a(?:ñ|n)(?:os|itos)"
_SOMEBODY_IS = r"(?:i\s+am|i['’]?m|she\s+is|she['’]?s|he\s+is|he['’]?s|who\s+is|is|(?:just\s+)?turned|turning)"
_NO_YEARS = r"(?!\s*(?:kg|lbs?|weeks?|months?|days?|hours?|miles?|km|years?|%|st|cm|ft|mg|meses|semanas))(?![.,]\d)"
_N_YEARS = r"(?P<n>\d{1,3})"
_AGES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        # "15-year-old", "70 y/o", "8 yo", "18 months old"
        rf"\b{_N_YEARS}[\s-]*(?:{_YEARS})?[\s-]+of\s+age(?!\w)",
        rf"\b{_N_YEARS}[\s-]*{_YEARS}[\s-]*(?:olds?|young)(?!\w)",
        rf"\b{_N_YEARS}[\s-]*(?:y/o|y\.o\.?|yo)(?!\w)",
        r"\b(?P<m>\d{1,2})[\s-]*(?:months?|mos?)[\s-]*old(?!\w)",
        # "aged 70", "age: 8"; not "ages 5 to 17"
        rf"\b(?:aged?|ages)\s*(?:of|is|:|=)?\s*{_N_YEARS}(?:\s*(?:years|yrs|y))?(?![\w-])(?!\s*(?:to|-|–|and)\s*\d)",
        # "I am 34", "she's 12"; not "I am 5 months pregnant" or "I am 80 kg"
        rf"\b{_SOMEBODY_IS}\s+{_N_YEARS}(?!\w){_NO_YEARS}",
        # "12 años de edad", "edad 12", "tengo 45", "de 12 años"; not "de 12 años de evolución"
        rf"\b{_N_YEARS}\s*{_ANOS}\s+de\s+edad(?!\w)",
        rf"\b(?:edad(?:\s+de)?|tengo|tiene|cumpl\w+)\s*:?\s*{_N_YEARS}(?:\s*{_ANOS})?(?!\w){_NO_YEARS}",
        rf"\bde\s+{_N_YEARS}\s*{_ANOS}(?!\w)(?!\s+(?:de\s+)?(?:evoluci|diagn|enferm))",
        rf"(?:年龄|年纪)?\s*[:：]?\s*{_N_YEARS}\s*(?:周岁|岁)",
        r"(?P<m>\d{1,2})\s*个月大",
    )
)
# "Female, 40", "40 female"; "7 años" alone may be how long somebody has been ill.
_SEX = r"(?:female|male|woman|man|girl|boy|mujer|hombre|niña|niño|女性?|男性?)"
_AGE_BY_SEX = re.compile(
    rf"(?<!\w){_SEX}\s*,?\s*{_N_YEARS}(?!\w)(?!\s*%)|\b{_N_YEARS.replace('<n>', '<m>')}\s*,?\s*(?={_SEX}(?!\w))", _FLAGS
)
_MAYBE_AGE = re.compile(rf"\b{_N_YEARS}\s*{_ANOS}(?!\w)(?!\s+(?:de\s+)?(?:evoluci|diagn|enferm))", _FLAGS)
_NO_AGE_BEFORE_ANOS = re.compile(r"(?:llevo|lleva|por|hace|con|últimos|ultimos|tras|unos)\s*$", _FLAGS)
# What people write in forums: "34F", "(M, 52)" is left alone.
_AGE_AND_SEX = re.compile(r"(?<![\w./-])(?P<n>\d{2})\s?(?P<sex>[FM])(?![\w])")
_NO_AGE_BEFORE = re.compile(
    r"(?:over|above|below|under|than|least|most|until|since|from|to|age of diagnosis|hace|desde|durante|más|mas|menos"
    r"|mayor(?:es)?|menor(?:es)?|超过|以上|大于|小于|不到|-|–)\s*(?:(?:the\s+age\s+of|aged?|de)\s+)?$",
    _FLAGS,
)
_NO_AGE_AFTER = re.compile(
    r"^\s*(?:以上|以下|至|到|[-–]\s*\d|to\s+\d|(?:and|or)\s+(?:over|older|up|under|younger|above|below)|\+|plus\b)",
    _FLAGS,
)


def ids_in(text: str) -> Iterator[Found]:
    """Ids of studies: an NCT id, one of ours, or eight digits that are all of the text."""
    for match in _NCT.finditer(text):
        yield Kind.STUDY_ID, match.start(), match.end(), (f"NCT{match[1]}",), True
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


def _age(match: re.Match[str], text: str) -> str | None:
    """The age in years that a match tells, or None where it is a limit or out of range."""
    groups = match.groupdict()
    years = int(groups["n"]) if groups.get("n") else int(groups["m"]) / _MONTHS_PER_YEAR
    if not 0 < years <= OLDEST_AGE_YEARS:
        return None
    if _NO_AGE_BEFORE.search(text[: match.start()]) or _NO_AGE_AFTER.match(text[match.end() :]):
        return None
    return f"{round(years, 2):g}"


def ages_in(text: str) -> Iterator[Found]:
    """Ages of a person. How long somebody has been ill is none, nor is a limit ("over 65")."""
    for pattern in _AGES:
        for match in pattern.finditer(text):
            if (age := _age(match, text)) is not None:
                yield Kind.AGE, match.start(), match.end(), (age,), True
    for match in _AGE_BY_SEX.finditer(text):
        name = "n" if match["n"] else "m"
        if int(match[name]) <= OLDEST_AGE_YEARS:
            yield Kind.AGE, match.start(name), match.end(name), (f"{int(match[name])}",), True
    for match in _MAYBE_AGE.finditer(text):
        if (age := _age(match, text)) and not _NO_AGE_BEFORE_ANOS.search(text[: match.start()]):
            yield Kind.AGE, match.start(), match.end(), (age,), False
    for match in _AGE_AND_SEX.finditer(text):
        yield Kind.AGE, match.start("n"), match.end("n"), (match["n"],), True
        yield Kind.SEX, match.start("sex"), match.end(), ("FEMALE" if match["sex"] == "F" else "MALE",), True


READERS: tuple[Callable[[str], Iterator[Found]], ...] = (ids_in, phases_in, radii_in, ages_in)
