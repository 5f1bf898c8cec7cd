"""The filters of the list: every choice is a link, every choice made can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.chips import Address, Chip, Parameters, chips
from finder.presenters.condition_list import condition_name, name_of, on_home_page
from trials import labels
from trials import vocab as v
from trials.facets import NO, YES
from trials.find import Counts, country_counts
from trials.language import name_key

Choice = tuple[str, words.Text, str]  # value, label, count


@dataclass(frozen=True, slots=True)
class Option:
    """`id` stays the same from answer to answer, so that a swap in place can keep the focus."""

    id: str
    label: words.Text
    url: str
    active: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    heading: str
    options: tuple[Option, ...]
    open: bool

    @property
    def id(self) -> str:
        return f"f-{self.name}"


@dataclass(frozen=True, slots=True)
class Filters:
    """`hidden_for_age` and `hidden_for_text` are what those two forms carry along; `chosen` says how many are."""

    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    age: str
    age_open: bool
    open: bool
    chosen: str
    hidden_for_age: Parameters
    hidden_for_text: Parameters


def filters(
    asked: StudySearch, counts: Counts, text_chips: Iterable[Chip], path: str, trigger: str, today: date
) -> Filters:
    """Build the filters; `trigger` is the id of the link that asked, whose group stays open."""
    address = Address(path, asked.parameters)
    facets = tuple(facet for facet in _facets(asked, counts, address, trigger, today) if facet.options)
    ages = [value for name, value in asked.parameters if name == "age"]
    chosen = sum(name not in _NOT_AMONG_THEM for name, _value in asked.parameters)
    return Filters(
        facets=facets,
        chips=(*text_chips, *chips(asked, address)),
        clear_url=path,
        age=ages[0] if ages else "",
        age_open=bool(ages) or trigger.startswith("f-age"),
        open=trigger.startswith("f-"),
        chosen=words.number(chosen) if chosen else "",
        hidden_for_age=tuple(p for p in asked.parameters if p[0] != "age"),
        hidden_for_text=tuple(p for p in asked.parameters if p[0] not in {"q", "near", "radius"}),
    )


# Fields of a form of their own, and what narrows nothing.
_NOT_AMONG_THEM = {"q", "near", "radius", "sort", "scope"}


def page_url(path: str, parameters: Parameters, page: int) -> str:
    """The address of a page of the list; the first has no number."""
    numbered = parameters if page == 1 else (*parameters, ("page", str(page)))
    return f"{path}?{urlencode(numbered)}" if numbered else path


def scope_url(path: str, parameters: Parameters, scope: str) -> str:
    """The same search, reaching farther."""
    kept = tuple(p for p in parameters if p[0] != "scope")
    return f"{path}?{urlencode((*kept, ('scope', scope)))}"


def _facets(asked: StudySearch, counts: Counts, address: Address, trigger: str, today: date) -> Iterable[Facet]:
    build = _FacetBuilder(address, trigger)
    yield build.tokens("status", _("Status"), v.RecruitmentStatus, counts.of("status"), several=True, open_=True)
    yield build.tokens("phase", _("Phase"), v.Phase, counts.of("phase"), several=True)
    yield build.facet("country", _("Country"), _country_choices(country_counts(counts.search)))
    yield build.facet("condition", _("Condition"), _condition_choices(asked))
    yield build.facet(
        "sex", _("Sex"), [("female", _("Open to women and girls"), ""), ("male", _("Open to men and boys"), "")]
    )
    yield build.facet("children", _("Children"), _yes(_("Takes children"), counts.of("children")))
    yield build.tokens("type", _("Kind of study"), v.StudyType, counts.of("type"))
    kinds = counts.of("intervention")
    yield build.tokens("intervention", _("Kind of treatment"), v.InterventionType, kinds, several=True)
    yield build.facet("placebo", _("Placebo"), _placebo_choices(counts.of("placebo")))
    yield build.tokens("sponsor", _("Who runs it"), v.AgencyClass, counts.of("sponsor"), several=True)
    yield build.facet("contact", _("Contact"), _yes(_("Names somebody to ask"), counts.of("contact")))
    yield build.facet("since", _("New studies"), _since_choices(counts.recent, today))


def _yes(label: str, counts: Mapping[str, int]) -> list[Choice]:
    return [("yes", label, words.number(counts[YES]))] if counts.get(YES) else []


def _placebo_choices(counts: Mapping[str, int]) -> list[Choice]:
    labelled = ((YES, _("Some people get a placebo or a sham")), (NO, _("No placebo is named")))
    return [(value, label, words.number(counts[value])) for value, label in labelled if counts.get(value)]


NEW_DAYS = (30, 90, 365)


def new_since(today: date) -> list[date]:
    """The days since which new studies are counted."""
    return [today - timedelta(days=days) for days in NEW_DAYS]


def _since_choices(counts: Sequence[int], today: date) -> list[Choice]:
    labels_ = (_("Posted in the last 30 days"), _("Posted in the last 90 days"), _("Posted in the last year"))
    days = (day.isoformat() for day in new_since(today))
    return [(day, label, words.number(n)) for day, label, n in zip(days, labels_, counts, strict=False) if n]


@dataclass(frozen=True, slots=True)
class _FacetBuilder:
    address: Address
    trigger: str

    def tokens(
        self,
        name: str,
        heading: str,
        vocabulary: type[StrEnum],
        counts: Mapping[str, int],
        *,
        several: bool = False,
        open_: bool = False,
    ) -> Facet:
        """Choices of a closed list, in its order, those that would find nothing left out."""
        offered = [t.value for t in vocabulary if counts.get(t) or self.address.has(name, t)]
        choices = [(t, labels.label(vocabulary, t), words.number(counts.get(t, 0))) for t in offered]
        return self.facet(name, heading, choices, several=several, open_=open_)

    def facet(
        self, name: str, heading: str, choices: Iterable[Choice], *, several: bool = False, open_: bool = False
    ) -> Facet:
        options = tuple(
            Option(
                id=f"f-{name}-{value.lower()}",
                label=label,
                url=self.address.toggled(name, value, several=several),
                active=self.address.has(name, value),
                count=count,
            )
            for value, label, count in choices
        )
        chosen = any(option.active for option in options)
        return Facet(name, heading, options, open_ or chosen or self.trigger.startswith(f"f-{name}-"))


def _country_choices(counts: dict[str, int]) -> list[Choice]:
    named = [(code, words.country_name(code), words.number(count)) for code, count in counts.items()]
    return sorted(named, key=lambda choice: name_key(str(choice[1])))


def _condition_choices(asked: StudySearch) -> list[Choice]:
    """Our main conditions; one that the text names already stands as a chip."""
    offered = {condition.slug: condition_name(condition) for condition in on_home_page()}
    for chosen in (value for name, value in asked.parameters if name == "condition"):
        offered.setdefault(chosen, name_of(chosen))
    return [(slug, name, "") for slug, name in offered.items() if slug not in asked.text_conditions]
