"""Limits on what is measured: "eGFR < 30 mL/min" → "Your kidney function (eGFR) is less than 30 mL/min."."""

import re

from trials.plain_language.casing import small
from trials.plain_language.eligibility.lexicon import measures, terms
from trials.plain_language.eligibility.names import drug_name
from trials.plain_language.eligibility.things import plain_english
from trials.plain_language.expressions import English, Expression, Said, Series, Sign
from trials.plain_language.tongue import mark as _

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_OPERATORS = (
    (
        _("at least %(number)s"),
        r"≥|at least|minimum(?: of)?|a minimum of|greater than or equal to|equal to or greater than|not "
        r"less than|no less than",
    ),
    (
        _("at most %(number)s"),
        r"≤|at most|up to|maximum(?: of)?|a maximum of|less than or equal to|equal to or less than|not "
        r"more than|no more than|not exceeding",
    ),
    (_("more than %(number)s"), r">|more than|greater than|above|over|exceeding|higher than|exceeds|in excess of"),
    (_("less than %(number)s"), r"<|less than|below|under|lower than|fewer than"),
)
_SIGN = "|".join(pattern for _message, pattern in _OPERATORS)
_OP = "|".join(rf"(?P<op{place}>{pattern})" for place, (_message, pattern) in enumerate(_OPERATORS))
_NAME = r"(?P<name>[^≥≤<>=\d]?[^≥≤<>=]{1,90}?)"
_LINK = (
    r"\s*(?:,|:|\b(?:is|are|was|were|of|must be|should be|has to be|value|level|levels|result|results|"
    r"equal to)\b)*\s*"
)
_LIMIT = re.compile(rf"{_NAME}{_LINK}(?:{_OP})\s*(?P<number>{_NUMBER})\s*(?P<unit>.*)", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"{_NAME}{_LINK}(?:between|from|in the range of|range of|ranging from)?\s*"
    rf"(?P<low>{_NUMBER})\s*(?P<low_unit>[^\s\d]*)"
    rf"\s*(?:-|to|and)\s*(?P<high>{_NUMBER})\s*(?P<unit>.*)",
    re.IGNORECASE,
)
# Units that all languages write alike. What else stands after a number is words.
_UNIT = re.compile(
    r"\s*(?:%|(?:mg|g|µg|mcg|μg|ng|pg|kg|µmol|μmol|umol|mmol|IU|U|mL|ml|L|l|dL|dl|cm|mm|ms|msec|mmHg|"
    r"bpm|h|hr|min|s|d|day|m2|m\^2|1\.73\s?m2|1\.73\s?m\^2|m²|1\.73\s?m²|"
    r"x\s?10\^?\d+|×\s?10\^?\d+|10\^?\d+|mm3|mm\^3|mm³|uL|µL|μL|cells|g/g|mg/g)(?:\s?/\s?|\s(?=x|×|10)|(?=/)|$))*",
)
_PLURAL = re.compile(
    r"(?:\b(?:platelets|neutrophils|lymphocytes|leu[ck]ocytes|transaminases|levels|counts|scores|tests|"
    r"cells|enzymes|values|joints)|ALT and AST.*|\band\b.*)$",
    re.IGNORECASE,
)
_NOT_A_MEASURE = re.compile(
    r"\b(?:who|which|from|between|aged|that|with|history|use|dose|doses|treatment|therapy|prior|if|must|patients?|subjects?|"
    r"no|not|have|has|diagnosis|for|than|any|age|aged|or|and|as|evidenced|defined|uncontrolled|during|"
    r"due|by|severe|disease|with(?:out)?|after|before|on|within|outside|beyond|except|"
    r"excluding|may|might|can|will|planned|receiv\w+|taking|taken|consum\w+|up|at|to)\b|[.;]|\b(?:in|of)$|(?:emia|aemia|penia|osis|itis|group)$",
    re.IGNORECASE,
)
_TIMES_ULN = re.compile(r"\s*times the upper limit of normal", re.IGNORECASE)
_PERCENT_PREDICTED = re.compile(r"\s*%\s*(?:of\s+)?(?:the\s+)?predicted(?:\s+(?:value|normal))?", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:points?)", re.IGNORECASE)


_JOINT = re.compile(r"\s*(?:,\s*(?:and/or|or|and)?|;\s*(?:or|and)?|\b(?:or|and)\b)\s+", re.IGNORECASE)
_DOSE = re.compile(
    r"\s*(?:mg|g|mcg|µg|grams?|milligrams?)(?:\s*/\s*kg)?\s*(?:/\s*(?:day|d|week|wk)|per day|a day|"
    r"daily|once|twice|per week|weekly)\b.*",
    re.IGNORECASE,
)


_HAS_LIMIT = re.compile(rf"(?:{_SIGN})\s*\d|\d\D{{0,12}}\s*(?:-|to|and)\s*\d", re.IGNORECASE)
_BARE_WEIGHT = re.compile(rf"(?:{_SIGN})\s*{_NUMBER}\s*kg", re.IGNORECASE)
_ONE = re.compile(rf"(?:{_SIGN})\s*\d", re.IGNORECASE)
_LONGEST = 300  # characters: what is longer says more than limits


def limit_sentence(text: str) -> Expression | None:
    """The sentence on one limit or several, if the whole text is that."""
    if len(text) > _LONGEST or not _HAS_LIMIT.search(text):
        return None
    clause = _several(text) or _limit(f"weight {text}" if _BARE_WEIGHT.fullmatch(text) else text)
    return Said(_("%(clause)s."), {"clause": clause}) if clause else None


def _several(text: str) -> Expression | None:
    """ "WBC < 3 or platelets < 75": each limit of its own, all joined by the same word."""
    parts, joints, start = [], set(), 0
    for found in _JOINT.finditer(text):
        if _ONE.search(text, start, found.start()):
            parts.append(text[start : found.start()])
            joints.add("or" if "or" in found.group().lower() else "and" if "and" in found.group().lower() else "")
            start = found.end()
    parts.append(text[start:])
    limits = [_limit(part) for part in parts]
    if len(parts) < 2 or not all(limits) or len(joints - {""}) != 1:
        return None
    return Series(tuple(limit for limit in limits if limit), either="or" in joints)


def _limit(text: str) -> Expression | None:
    found = _LIMIT.fullmatch(text) or _BETWEEN.fullmatch(text)
    if found is None:
        return None
    name = re.sub(
        r"^(?:a|an|the|your|baseline|current|with|has|have|having)\s+(?:a\s+|an\s+)?",
        "",
        found["name"].strip(" ,:("),
        flags=re.IGNORECASE,
    )
    amount = _amount(found)
    known = measures().whole(name)
    if name.count("(") != name.count(")") or found["unit"].count("(") != found["unit"].count(")"):
        return None
    if amount is None or (known is None and (_NOT_A_MEASURE.search(name) or not re.search(r"[A-Za-z]{2}", name))):
        return None
    if _DOSE.fullmatch(found["unit"]) and not name.lower().endswith(("dose", "doses")):
        if drug_name(name) is None and terms().whole(name) is None:
            return None
        name, known = f"dose of {small(name)}", None
    if known and _is_sayable(amount):
        message = _("your %(measure)s are %(amount)s") if _PLURAL.search(known) else _("your %(measure)s is %(amount)s")
        return Said(message, {"measure": Said(known), "amount": amount})
    words = known or plain_english(small(name))
    verb = "are" if _PLURAL.search(words) else "is"
    return English(f"your {words} {verb} {_english(found)}")


def _is_sayable(amount: Expression) -> bool:
    return isinstance(amount, Said)


def _amount(found: re.Match[str]) -> Expression | None:
    groups = found.groupdict()
    unit = (groups["unit"] or "").strip()
    if "low" in groups:
        if groups["low_unit"] and not unit.startswith(groups["low_unit"]):
            return English("")
        high = _with_unit(groups["high"], unit)
        return (
            Said(_("between %(low)s and %(high)s"), {"low": Sign(groups["low"]), "high": high}) if high else English("")
        )
    with_unit = _with_unit(groups["number"], unit)
    message = next(message for place, (message, _pattern) in enumerate(_OPERATORS) if groups[f"op{place}"])
    return Said(message, {"number": with_unit}) if with_unit else English("")


def _with_unit(number: str, unit: str) -> Expression | None:
    """The number with its unit, where all languages can say it."""
    unit = unit.strip()
    if not unit:
        return Sign(number)
    if _TIMES_ULN.fullmatch(unit):
        return Said(_("%(number)s times the upper limit of normal"), {"number": Sign(number)})
    if _PERCENT_PREDICTED.fullmatch(unit):
        return Said(_("%(number)s%% of the predicted value"), {"number": Sign(number)})
    if _POINTS.fullmatch(unit):
        return Said(_("%(number)s points"), {"number": Sign(number)})
    if _UNIT.fullmatch(unit):
        return Sign(f"{number}{'' if unit.startswith('%') else ' '}{unit}")
    return None


def _english(found: re.Match[str]) -> str:
    groups = found.groupdict()
    unit = plain_english(groups["unit"] or "")
    gap = "" if unit.startswith("%") or not unit else " "
    if "low" in groups:
        return f"between {groups['low']}{groups['low_unit']} and {groups['high']}{gap}{unit}"
    message = next(message for place, (message, _pattern) in enumerate(_OPERATORS) if groups[f"op{place}"])
    return f"{message % {'number': groups['number']}}{gap}{unit}"
