"""Units after a number: recognised in any usual spelling, given back in one (`mg/dl`, `mg / dL` → "mg/dL")."""

import re

TIME = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "half_lives"})

# One spelling for each unit, and the words it is written with, in small letters.
_WRITTEN = {
    "years": "year years yr yrs yo y", "months": "month months mo mos mth mths", "weeks": "week weeks wk wks w",
    "days": "day days d", "hours": "hour hours hr hrs h", "minutes": "minute minutes min mins",
    "s": "second seconds sec secs s", "ms": "millisecond milliseconds msec msecs ms",
    "mg": "milligram milligrams milligramme milligrammes mg mgs mgm", "ug": "microgram micrograms mcg ug",
    "ng": "nanogram nanograms ng", "pg": "picogram picograms pg", "kg": "kilogram kilograms kg kgs kilo kilos",
    "g": "gram grams gramme grammes gm gms gr g", "lb": "pound pounds lb lbs",
    "dL": "deciliter deciliters decilitre dl", "mL": "milliliter milliliters millilitre millilitres ml cc",
    "uL": "microliter microliters microlitre microl mcl ul", "L": "liter liters litre litres l",
    "mm3": "cmm mmc cumm mm3", "m2": "sqm m2", "cm2": "cm2", "mmHg": "mmhg torr",
    "mm": "millimeter millimeters millimetre millimetres mm",
    "cm": "centimeter centimeters centimetre centimetres cm cms", "um": "micrometer micrometers micron microns um",
    "m": "meter meters metre metres m", "km": "kilometer kilometers km", "mmol": "millimole millimoles mmol",
    "umol": "micromole micromoles micromol umol", "nmol": "nmol", "pmol": "pmol", "mol": "mol", "mEq": "meq",
    "mIU": "miu", "uIU": "uiu", "kIU": "kiu", "IU": "iu", "mU": "mu", "kU": "ku kua", "EU": "eu", "U": "u",
    "units": "unit units", "dB": "db", "D": "diopter diopters dioptre dioptres", "ppm": "ppm", "ppb": "ppb",
    "bpm": "bpm beats", "Gy": "gy", "kPa": "kpa", "cmH2O": "cmh2o", "kcal": "kcal", "%": "% percent",
    "points": "point points pt pts score scores", "SD": "sd sds", "cells": "cell cells", "copies": "copies", "K": "k",
    "drinks": "drink drinks", "times": "time times", "hpf": "hpf", "half_lives": "half-life half-lives", "nL": "nl",
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _WRITTEN.items() for word in words.split()}
_WORD = re.compile(r"%|[a-z]+(?:-li(?:fe|ves))?(?![a-z])\.?|(?:cm|m|mm)\d")
_RAISED = re.compile(r" ?\^? ?\(?([23])\)?(?![\d.])")
_MERCURY = re.compile(r" ?\.?hg(?![a-z])")
_PHRASES = tuple(
    (unit, re.compile(written + r"(?![a-z])"))
    for unit, written in (
        ("years", r"y\.? ?/? ?o\.?"),
        ("mm3", r"cu(?:bic|\.)? ?(?:millimet(?:er|re)s?|mm)"),
        ("m2", r"sq(?:uare|\.)? ?(?:met(?:er|re)s?|m)"),
        (
            "half_lives",
            r"(?:(?:drug|elimination|plasma|terminal|serum|biological|x|times|the|of) ){0,4}half[ -]?li(?:fe|ves)",
        ),
        ("uL", r"micro ?l(?:it(?:er|re)s?)?"),
        ("%", r"per cent"),
        ("percentile", r"(?:st|nd|rd|th) ?(?:per)? ?cent ?iles?"),
        ("SD", r"standard deviations?"),
        ("IU", r"international units"),
        ("drinks", r"(?:alcoholic|standard) drinks?"),
        ("hpf", r"high[ -]power(?:ed)? fields?"),
        ("C", r"(?:° ?c|℃)"),
    )
)
_PHRASE_STARTS = frozenset("ycshdmpstnrxoeit°℃abfp")
# What stands between a mass and its rate: "10 mg of prednisone per day", "0.5 gram urine protein per gram".
_SUBSTANCE = (
    r"(?: (?:of|oral|orally|urine|urinary|protein|albumin|prednison\w{1,3}|methylprednisolone|or|equivalent"
    r"|cells?|pure|alcohol"
    r"|\((?:or )?(?:prednisolone|prednisone|or equivalent|equivalent)\))){1,5}"
)
_PER = re.compile(
    rf"(?: ?[\[(][a-z]{{1,3}}[\])])?(?:{_SUBSTANCE})? ?(?:/|per (?=[a-z0-9])|a (?=day|week|month|year)"
    rf"|each (?=day|week)) ?"
)
_DAILY = re.compile(rf"(?:{_SUBSTANCE})? (?:(?:once )?daily|q\.?d\.?|(?P<week>(?:once )?weekly))(?![a-z])")
_AREA = re.compile(r"1[.,·]73(?: ?(?:m|sq|square).{0,8}?(?:2|²|met(?:er|re)s?|m(?![a-z]))\)?)?")
_DAY_OF_HOURS = re.compile(r"24[ -]?(?:hours?|hrs?|h)(?![a-z])")
_OF_NORMAL = (
    r"(?:(?:above|over|higher|greater|than|of|the|institution|institutional|institution's|laboratory|laboratory's|lab"
    r"|local|central|age|gender|sex|specific|adjusted|appropriate|related|study|site|their|its|respective|reference"
    r"|testing|site's|normal|normals|range|value|or|equal|to)[ -]){0,7}"
)
_LIMIT = (
    r"(?:(?P<uln>uln|unl|upper (?:normal|reference) (?:limits?|range|values?)|upper limits?|normal upper limits?"
    r"|limits? of (?:the )?(?:upper )?normal|max(?:imum|imal)? (?:normal|reference) (?:values?|range))"
    r"|(?P<lln>lln|lower limits?|lower normal limits?))"
)
_TIMES = r"(?:-? ?folds?|-?times?|[x*]|×)"
# "3 x ULN", "3.0ULN", "1.5 times the upper limit of normal", "2.5 x N", "three times normal"
_MULTIPLE = re.compile(
    rf" ?{_TIMES}? ?\(?{_OF_NORMAL}{_LIMIT}(?: of (?:the )?(?:\w{{1,14}} ){{0,2}}?(?:normal|range))?(?![a-z])"
    rf"|[ -]?{_TIMES} ?(?:above |over |the |greater than ){{0,3}}(?P<n>n|nl|normal)(?: ?range)?(?![a-z])"
)
_POWER = re.compile(
    r" ?(?:[x*·]|times)? ?(?:10 ?(?:\^|\*\*|e|exp)? ?[(\[{]?(?P<exp>[3-9]|1[0-2])[)\]}]?|e(?P<e>[3-9]))"
    r" ?(?:cells? ?)?(?:(?P<per>/|per) ?(?P<vol>mm ?\^? ?3|cu\.? ?mm|mm|u ?l|mcl|micro ?l\w*|ml|dl|l(?:iter"
    r"|itre)?)?)?(?![a-z\d])"
)
_PREDICTED = re.compile(
    r" ?\)? ?(?:of )?(?:the |its |their |normal |local |age |adjusted |population |reference |for |value ){0,4}"
    r"(?:predicted|pred\.?|expected)(?![a-z])"
)
_BARE_PREDICTED = re.compile(r" (?:of )?(?:the )?predicted(?![a-z])")
_VOLUME = re.compile(r" ?(?:/|per (?=[a-z])) ?")
_GAP = re.compile(r" {0,3}-? ?")


def unit_after(plain: str, original: str, start: int) -> tuple[str, int]:
    """The unit that begins at `start`, behind a number, and where it ends; ("", start) without one.

    `original` tells D (dioptre) from d (day): both texts have the same length.
    """
    if start >= len(plain):
        return "", start
    begin = _GAP.match(plain, start).end()  # type: ignore[union-attr]  # matches the empty string too
    found = _one_word(plain, begin)
    if not found or found[0] == "times":
        found = _multiple(plain, start) or _power(plain, start) or found or _phrase(plain, begin)
        if found and found[0].startswith(("x ", "10^")):
            return found
    if found:
        unit, end = found
        return ("D", end) if original[begin:end] == "D" else _compound(plain, unit, end)
    if per := _VOLUME.match(plain, start):
        return _denominator(plain, "", per.end()) or ("", start)
    if bare := _BARE_PREDICTED.match(plain, start):
        return "predicted", bare.end()
    return "", start


def _one_word(plain: str, start: int) -> tuple[str, int] | None:
    if not (word := _WORD.match(plain, start)):
        return None
    written = word[0]
    unit, end = _UNIT_OF.get(written.rstrip(".")), word.end()
    if not unit:
        return None
    if written in ("m", "mm", "cm") and (power := _RAISED.match(plain, end)):
        return f"{unit}{power[1]}", power.end()
    if unit == "mm" and (mercury := _MERCURY.match(plain, end)):
        return "mmHg", mercury.end()
    if written[-1] == "." and (len(written) > 4 or unit not in TIME):
        end -= 1  # the end of a sentence, not of an abbreviation
    return unit, end


def _phrase(plain: str, start: int) -> tuple[str, int] | None:
    if plain[start : start + 1] in _PHRASE_STARTS:
        for unit, written in _PHRASES:
            if match := written.match(plain, start):
                return unit, match.end()
    return None


def _atom(plain: str, start: int) -> tuple[str, int] | None:
    return _one_word(plain, start) or _phrase(plain, start)


def _multiple(plain: str, start: int) -> tuple[str, int] | None:
    if not (match := _MULTIPLE.match(plain, start)):
        return None
    return ("x LLN" if match["lln"] else "x ULN"), match.end()


def _power(plain: str, start: int) -> tuple[str, int] | None:
    match = _POWER.match(plain, start)
    if not match or not (match["per"] or "^" in match[0] or "x" in match[0]):
        return None
    volume = _spelt_volume(match["vol"])
    return f"10^{match['exp'] or match['e']}" + (f"/{volume}" if volume else ""), match.end()


def _spelt_volume(written: str | None) -> str:
    short = (written or "").replace(" ", "").replace("^", "")
    if not short:
        return ""
    if short.startswith(("mm", "cu")):
        return "mm3"
    if short.startswith(("ul", "mc", "micro")):
        return "uL"
    return {"ml": "mL", "dl": "dL"}.get(short, "L")


def _compound(plain: str, unit: str, end: int) -> tuple[str, int]:
    """Adds what follows the first part: "% predicted", "mg/day", "mL/min/1.73m2"."""
    if unit == "%" and (match := _PREDICTED.match(plain, end)):
        return "% predicted", match.end()
    if match := _DAILY.match(plain, end):
        return f"{unit}/{'week' if match['week'] else 'day'}", match.end()
    for _ in range(2):
        per = _PER.match(plain, end)
        found = _denominator(plain, unit, per.end()) if per else None
        if not found:
            break
        again = f"/{found[0].rsplit('/', 1)[-1]}"  # "10 mg/day or equivalent/day"
        unit, end = (unit if unit.endswith(again) else found[0]), found[1]
    return unit, end


def _denominator(plain: str, unit: str, start: int) -> tuple[str, int] | None:
    if match := _AREA.match(plain, start):
        return f"{unit}/1.73m2", match.end()
    if match := _DAY_OF_HOURS.match(plain, start):
        return f"{unit}/day", match.end()
    if not (found := _atom(plain, start)):
        return None
    part, end = found
    single = {"years": "year", "months": "month", "weeks": "week", "days": "day", "hours": "h", "minutes": "min"}
    return f"{unit}/{single.get(part, part)}", end
