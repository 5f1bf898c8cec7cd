"""Age and sex as the record's own fields say, where no criterion says them."""

from collections.abc import Iterator, Sequence

from trials import vocab as v
from trials.criteria.model import Criterion, Kind
from trials.plain_language.expressions import Counted, Number, Said
from trials.plain_language.record import facts as f
from trials.plain_language.record.facts import Fact, StudyFacts
from trials.plain_language.tongue import mark as _
from trials.plain_language.tongue import marks

# An exclusion of those under 18 says who may join from below, as an inclusion of those over 17 does.
_OTHER_WAY = {"<": ">", ">": "<"}
_ADULT = 18  # years; the registry's "FEMALE" and "MALE" hold of children, too
_WOMAN, _GIRL_TOO = _("You are a woman."), _("You are a woman or a girl.")
_MAN, _BOY_TOO = _("You are a man."), _("You are a man or a boy.")
_LOW, _HIGH = f"{f.ELIGIBILITY}.minimumAge", f"{f.ELIGIBILITY}.maximumAge"


def limit_sentences(study: StudyFacts, criteria: Sequence[Criterion]) -> Iterator[Fact]:
    """What somebody needs to know before the criteria: a limit that stands in a field alone."""
    stated = {(rule.attribute, _direction(rule.op, one.kind)) for one in criteria for rule in one.rules}
    yield from _ages(study, {op for attribute, op in stated if attribute == "age"})
    if not any(attribute == "sex" for attribute, _op in stated):
        yield from _sex(study)


def _sex(study: StudyFacts) -> Iterator[Fact]:
    eligibility = study.record.eligibility
    of_adults = (eligibility.minimum_age_years or 0) >= _ADULT
    if eligibility.sex is v.Sex.FEMALE:
        yield Fact(Said(_WOMAN if of_adults else _GIRL_TOO), (f"{f.ELIGIBILITY}.sex",))
    elif eligibility.sex is v.Sex.MALE:
        yield Fact(Said(_MAN if of_adults else _BOY_TOO), (f"{f.ELIGIBILITY}.sex",))


def _direction(op: str, kind: Kind) -> str:
    return _OTHER_WAY.get(op[0], op[0]) if kind is Kind.EXCLUSION else op[0]


def _ages(study: StudyFacts, stated: set[str]) -> Iterator[Fact]:
    """`stated` holds the directions (">", "<") in which a criterion limits who may join by age; "=" is both."""
    eligibility = study.record.eligibility
    low, below = eligibility.minimum_age_years, eligibility.below_age_years
    low = None if {">", "="} & stated or not _in_years(eligibility.minimum_age_text) else low
    below = None if {"<", "="} & stated or not _in_years(eligibility.maximum_age_text) else below
    if low is not None and below is not None:
        values = {"low": Number(low), "high": Number(below - 1)}
        yield Fact(Said(_("You are %(low)s to %(high)s years old."), values), (_LOW, _HIGH))
    elif low is not None:
        forms = marks("You are %(count)s year or older.", "You are %(count)s years or older.")
        yield Fact(Counted(*forms, low), (_LOW,))
    elif below is not None:
        forms = marks("You are %(count)s year or younger.", "You are %(count)s years or younger.")
        yield Fact(Counted(*forms, below - 1), (_HIGH,))


def _in_years(text: str) -> bool:
    return text.strip().lower().endswith(("year", "years"))
