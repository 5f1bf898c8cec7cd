"""Where the text and the record's own fields differ (ages, sex, diseases), and what is not there at all."""

import re
from collections.abc import Iterator, Sequence

from trials.conditions import ancestors, find_in_text
from trials.criteria.checks.wording import quoted
from trials.criteria.model import Criterion, Kind, Rule, Study, Warning_

_AGE_FIELD = re.compile(r"\s*(\d{1,4}(?:\.\d{1,2})?)\s*(year|month|week|day|hour|minute)s?\s*$", re.IGNORECASE)
_YEARS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25, "hour": 1 / 8766, "minute": 1 / 525960}
_AGE_WORDS = re.compile(
    r"\b(?:aged?|ages|years? old|years? of age|year-olds?|adults?|child(?:ren)?|adolescents?|minors?|infants?)\b",
    re.IGNORECASE,
)
_BOTH_SEXES = re.compile(
    r"\b(?:(?:fe)?males?|(?:wo)?men)(?:,? (?:and|or|and/or) |/)(?:(?:fe)?males?|(?:wo)?men)\b(?! partner)",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(r"\b(?:either sex|both (?:sexes|genders)|all genders|gender unlimited)\b", re.IGNORECASE)
_DUTY = re.compile(r"\b(?:must|should|will|shall|if|agrees?)\b", re.IGNORECASE)  # of the men or women among them
_CUT_LIST = re.compile(r"(?:\.\.\.|…)\s*(?:and \d{1,4} more|\(see full|see full)", re.IGNORECASE)
_HANGING = re.compile(
    r"(?:,|\b(?:and|or|the|of|with|to|for|by|in|a|an|at|than|from|including|prior|within))\s*$|\.\.\.\s*$|…\s*$"
)
_REFUSAL = re.compile(
    r"\s*(?:no\b|not\b|without\b|absence\b|negative\b|does not\b|do not\b|has no\b|have no\b)", re.IGNORECASE
)
_TOO_WIDE = frozenset({"autoimmune-disease", "rheumatic-disease"})  # every study of ours is one of these
_NO_LIMIT = 90  # years: registries write 99 or 100 where there is no upper limit
_NEARLY = 0.02  # years: what rounding months and weeks may cost


def years_of(field: str) -> float | None:
    """ "18 Years" → 18.0, "6 Months" → 0.5; None for "N/A", nothing, or what is no age."""
    match = _AGE_FIELD.match(field)
    return float(match[1]) * _YEARS[match[2].lower()] if match else None


def _agree(value: float, strict: bool, field: float | None) -> bool:
    """ "> 17", "≥ 18" and a loose "> 18" all agree with a field of 18 years; so does "< 76" with 75."""
    if field is None:
        return value == 0 or value >= _NO_LIMIT
    return abs(value - field) < _NEARLY or (strict and abs(value - field) <= 1 + _NEARLY)


def _age_limits(criteria: Sequence[Criterion]) -> list[tuple[str, float, Criterion]]:
    """The age limits that the inclusion criteria state for everybody."""
    return [
        (rule.op, float(rule.value), criterion)
        for criterion in criteria
        if criterion.kind is Kind.INCLUSION
        for rule in criterion.rules
        if rule.attribute == "age" and isinstance(rule.value, float | int) and not (rule.applies_to or rule.partial)
    ]


def ages(criteria: Sequence[Criterion], study: Study) -> Iterator[Warning_]:
    """Text against `minimumAge` and `maximumAge`. With several groups, the widest range of the text counts."""
    fields = {">": years_of(study.minimum_age), "<": years_of(study.maximum_age)}
    if (fields["<"] or 0) >= _NO_LIMIT:
        fields["<"] = None
    if not any(fields.values()):
        return
    stated = _age_limits(criteria)
    if not stated:
        if not any(_AGE_WORDS.search(criterion.text) for criterion in criteria):
            words = " – ".join(field for field in (study.minimum_age, study.maximum_age) if years_of(field))
            yield Warning_("age_only_structured", None, words)
        return
    for direction, named in ((">", study.minimum_age), ("<", study.maximum_age)):
        field = fields[direction]
        here = [one for one in stated if one[0].startswith(direction)]
        if not here and not field:
            continue
        op, value, criterion = (min if direction == ">" else max)(here or stated, key=lambda one: one[1])
        if not here or not _agree(value, op in "<>", field):
            yield Warning_("age_disagrees", criterion.id, f"{quoted(criterion.text, 0, 80)} / {named or 'N/A'}")


def sex(criteria: Sequence[Criterion], study: Study) -> Iterator[Warning_]:
    """Text against the field `sex`: "male or female" in a study for women, or a study for all that wants men only."""
    field = study.sex.upper()
    for criterion in criteria:
        if criterion.kind is not Kind.INCLUSION:
            continue
        if field in ("FEMALE", "MALE"):
            match = _BOTH_SEXES.search(criterion.text) or _EVERYBODY.search(criterion.text)
            if match:
                yield Warning_("sex_disagrees", criterion.id, f"{match[0]} / {study.sex}")
        if criterion.parent or _DUTY.search(criterion.text):
            continue
        if any(_contradicts(rule, field) for rule in criterion.rules):
            yield Warning_("sex_disagrees", criterion.id, f"{quoted(criterion.text, 0, 80)} / {study.sex}")


def _contradicts(rule: Rule, field: str) -> bool:
    if rule.attribute != "sex" or rule.op != "in" or not isinstance(rule.value, tuple):
        return False
    if rule.any_of is not None or rule.applies_to or rule.partial:
        return False
    return len(rule.value) == 1 if field == "ALL" else field in ("FEMALE", "MALE") and field.lower() not in rule.value


def missing(criteria: Sequence[Criterion], source: str) -> Iterator[Warning_]:
    """Nothing found, half of it not found, or a text that ends in the middle of a sentence."""
    kinds = {criterion.kind for criterion in criteria}
    if not kinds:
        yield Warning_("criteria_missing", None)
    elif Kind.EXCLUSION not in kinds:
        yield Warning_("exclusion_missing", None)
    elif Kind.INCLUSION not in kinds:
        yield Warning_("inclusion_missing", None)
    for match in _CUT_LIST.finditer(source):
        yield Warning_("text_cut_off", None, match[0])
    end = source[-200:].rstrip()
    if kinds and _HANGING.search(end):
        yield Warning_("text_cut_off", None, end[-60:])


def diseases_named(criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """Slugs of the conditions that inclusion criteria name, in order: a search for them must find the study.

    What exclusions name is left out, and an inclusion that refuses a disease ("No history of …").
    """
    wanted = (c.text for c in criteria if c.kind is Kind.INCLUSION and not _REFUSAL.match(c.text))
    return tuple(sorted({found.slug for text in wanted for found in find_in_text(text) if found.certain}))


def diseases(criteria: Sequence[Criterion], study: Study) -> Iterator[Warning_]:
    """Diseases in the criteria that the record's own conditions and title don't name: a search by those misses them."""
    listed = {found.slug for text in (*study.conditions, study.title) for found in find_in_text(text)}
    covered = _TOO_WIDE | listed | {wider for slug in listed for wider in ancestors(slug)}
    asking = [criterion for criterion in criteria if any(rule.attribute == "diagnosis" for rule in criterion.rules)]
    for slug in diseases_named(asking or criteria):
        if slug not in covered:
            yield Warning_("disease_only_in_criteria", None, slug)
