"""What a visitor typed or chose, checked: a search, and a sentence for each thing that could not be used."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from finder.parameters import Parameters
from finder.places_asked import PlaceAsked, asked_place
from finder.typed import Typed, read_typed
from trials import conditions as vocabulary
from trials import vocab as v
from trials.facets import NO, YES, term
from trials.find import Near, Search, Sort
from trials.find.terms import country_term, open_country_term
from trials.language import is_country
from trials.models import Place
from trials.search import Kind


@dataclass(frozen=True, slots=True)
class StudySearch:
    """A search as the page needs it.

    `parameters` are the usable ones, as they stand in an address; `named` are the slugs of the conditions, first those
    that the text names. `place` is where the search looks from, `near` what was made of the place that was typed in a
    field of its own, or that the text must name and we do not know. `problems` are whole sentences.
    """

    search: Search
    parameters: tuple[tuple[str, str], ...]
    typed: Typed
    named: tuple[str, ...] = ()
    place: Place | None = None
    near: PlaceAsked | None = None
    problems: tuple[str, ...] = ()
    page: int = 1

    @property
    def text(self) -> str:
        return self.typed.text

    @property
    def unknown_place(self) -> str:
        """What was typed as a place and is none, as far as we know."""
        near = self.near
        return near.text if near and not near.place and not near.country_code else ""

    @property
    def text_conditions(self) -> tuple[str, ...]:
        return self.typed.values(Kind.CONDITION)


def read_search(query: QueryDict) -> StudySearch:
    """Check the address's parameters. What cannot be used is left out, and said.

    What is chosen in a field of its own wins over what the text says of the same.
    """
    given = Parameters(query)
    typed = read_typed(given.text("q"))
    chosen = given.several("condition", _known_condition, _("We do not know the condition “%(value)s”."))
    near = asked_place(given.text("near") or typed.unknown_place)
    place = near.place or next(iter(typed.places_named), None)
    search = _chosen(given, near)
    search = replace(_with_typed(search, typed), conditions=_conditions(typed, chosen))
    radius_km = given.radius_km(needless=place is None) or _radius_km(typed)
    if place:
        search = replace(search, near=Near(place.point, place.country_code, radius_km))
    return StudySearch(
        search,
        page=given.page(),
        parameters=tuple(given.kept),
        typed=typed,
        named=tuple(dict.fromkeys((*typed.values(Kind.CONDITION), *chosen))),
        place=place,
        near=near,
        problems=tuple(given.problems),
    )


def _chosen(given: Parameters, near: PlaceAsked) -> Search:
    """What is chosen in fields and links; their order is the one of the address."""
    scope = given.one("scope", _known_scope, _("We do not know the range “%(value)s”."))
    return Search(
        statuses=given.many("status", v.RecruitmentStatus, _("We do not know the status “%(value)s”.")),
        phases=given.many("phase", v.Phase, _("We do not know the phase “%(value)s”.")),
        age_years=given.age(),
        sex=given.one("sex", _known_sex, _("We do not know the sex “%(value)s”.")).upper(),
        country=given.one("country", _known_country, _("We do not know the country “%(value)s”.")) or near.country_code,
        study_type=given.one("type", _member(v.StudyType), _("We do not know the kind of study “%(value)s”.")),
        interventions=given.many(
            "intervention", v.InterventionType, _("We do not know the kind of treatment “%(value)s”.")
        ),
        placebo=given.one("placebo", _yes_or_no, _("The filter on placebo cannot be “%(value)s”.")),
        sponsor_classes=given.many("sponsor", v.AgencyClass, _("We do not know the kind of sponsor “%(value)s”.")),
        has_contact=given.flag("contact"),
        takes_children=given.flag("children"),
        posted_since=given.day("since", _("“%(value)s” is not a date that we can read, such as 2026-01-31.")),
        changed_since=given.day("changed", _("“%(value)s” is not a date that we can read, such as 2026-01-31.")),
        all_diseases=scope == "all",
        wide=scope == "wide",
        sort=given.one("sort", _known_sort, _("We do not know the order “%(value)s”.")),
    )


def _with_typed(search: Search, typed: Typed) -> Search:
    """The search with what only the text says; of several countries, or kinds of study, any will do."""
    ages, sexes, countries = typed.values(Kind.AGE), typed.values(Kind.SEX), typed.values(Kind.COUNTRY)
    types, placebo = typed.values(Kind.STUDY_TYPE), typed.values(Kind.PLACEBO)
    ages = ages or typed.values(Kind.OVER_AGE)
    search = replace(search, statuses=search.statuses or typed.values(Kind.STATUS))
    term_of = open_country_term if search.only_open else country_term
    any_country = map(term_of, countries if not search.country and len(countries) > 1 else ())
    any_type = (term("type", one) for one in (types if not search.study_type and len(types) > 1 else ()))
    groups = (typed.treatments, typed.sponsor_terms, frozenset(any_country), frozenset(any_type))
    return replace(
        search,
        text=typed.words,
        terms=tuple(group for group in groups if group),
        phases=search.phases or typed.values(Kind.PHASE),
        age_years=float(ages[0]) if ages and search.age_years is None else search.age_years,
        sex=search.sex or next(iter(sexes), ""),
        country=search.country or _only(countries),
        study_type=search.study_type or _only(types),
        placebo=search.placebo or next(iter(placebo), ""),
        takes_children=search.takes_children or bool(typed.values(Kind.CHILDREN)),
    )


def _only(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else ""


def _conditions(typed: Typed, chosen: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Who names two in the text may have either; one of those that are chosen must be concerned, too."""
    return tuple(frozenset(slugs) for slugs in (typed.values(Kind.CONDITION), chosen) if slugs)


def _radius_km(typed: Typed) -> float | None:
    return next(map(float, typed.values(Kind.RADIUS)), None)


def _known_condition(value: str) -> str:
    condition = vocabulary.known(value.lower())
    return condition.slug if condition else ""


def _known_sex(value: str) -> str:
    return value.lower() if value.lower() in {"female", "male"} else ""


def _known_country(value: str) -> str:
    return value.upper() if is_country(value.upper()) else ""


def _known_scope(value: str) -> str:
    return value.lower() if value.lower() in {"all", "wide"} else ""


def _known_sort(value: str) -> str:
    return value if value in set(Sort) else ""


def _yes_or_no(value: str) -> str:
    return value if value in {YES, NO} else ""


def _member(tokens: type[StrEnum]) -> Callable[[str], str]:
    return lambda value: value.upper() if value.upper() in tokens.__members__ else ""
