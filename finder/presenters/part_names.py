"""What the parts of a typed search are called on the page."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.condition_list import name_of
from trials import labels
from trials import vocab as v
from trials.search import Kind, Part

_TOLD_IN_YEARS = 2  # the age from which years are told, not months
_ROUNDED = 0.1  # months that rounded years may be off
_WEEKS_PER_YEAR = 52.18


def part_label(part: Part, asked: StudySearch) -> words.Text:
    said = words.listing(value_name(part.kind, value) for value in part.values)
    if part.kind is Kind.DRUG_KIND:  # its names are whole explanations
        said = part.matched
    if part.kind is Kind.PLACE and part.values[0] in asked.typed.places:
        said = asked.typed.places[part.values[0]][0].label
    if part.kind in (Kind.SET_ASIDE, Kind.UNKNOWN_PLACE):
        said = part.matched
    pattern = _LABELS.get(part.kind)
    return str(pattern()) % {"name": said} if pattern else said


_LABELS: dict[Kind, Callable[[], str]] = {
    Kind.CONDITION: lambda: _("Condition: %(name)s"),
    Kind.DRUG: lambda: _("Treatment: %(name)s"),
    Kind.DRUG_KIND: lambda: _("Treatment: %(name)s"),
    Kind.SPONSOR: lambda: _("Sponsor: %(name)s"),
    Kind.PLACE: lambda: _("Near: %(name)s"),
    Kind.RADIUS: lambda: _("Within %(name)s km"),
    Kind.COUNTRY: lambda: _("Country: %(name)s"),
    Kind.AGE: lambda: _("Age %(name)s"),
    Kind.OVER_AGE: lambda: _("Age %(name)s"),
    Kind.UNKNOWN_PLACE: lambda: _("Not used: %(name)s"),
    Kind.SET_ASIDE: lambda: _("Not used: %(name)s"),
}
_VOCABULARIES = {Kind.STATUS: v.RecruitmentStatus, Kind.PHASE: v.Phase, Kind.STUDY_TYPE: v.StudyType}


def value_name(kind: Kind, value: str) -> str:
    """What a value is called on the page."""
    if kind is Kind.CONDITION:
        return name_of(value)
    if kind in _VOCABULARIES:
        return str(labels.label(_VOCABULARIES[kind], value))
    if kind is Kind.DRUG:
        return _(value)
    if kind is Kind.COUNTRY:
        return words.country_name(value)
    if kind in (Kind.AGE, Kind.OVER_AGE):
        return _age(float(value))
    if kind is Kind.RADIUS:
        return words.number(float(value))
    if kind is Kind.PLACEBO:
        return _("No placebo is named")
    if kind is Kind.SEX:
        return _("Open to women and girls") if value == v.Sex.FEMALE else _("Open to men and boys")
    return _("Takes children") if kind is Kind.CHILDREN else value


def _age(years: float) -> str:
    """Years; of somebody who is younger than two, months, or weeks where these are no whole months."""
    months = years * 12
    if years >= _TOLD_IN_YEARS or years.is_integer():
        return words.number(years)
    whole = abs(months - round(months)) < _ROUNDED
    return words.age_limit(f"{round(months)} months" if whole else f"{round(years * _WEEKS_PER_YEAR)} weeks")
