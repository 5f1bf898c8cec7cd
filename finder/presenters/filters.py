"""The filters of the list: every choice is a link, every choice made can be taken back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.condition_list import condition_name, name_of, on_home_page
from trials import labels
from trials import vocab as v
from trials.find import Counts, country_counts
from trials.language import name_key

Parameters = tuple[tuple[str, str], ...]


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
class Chip:
    id: str
    label: words.Text
    url: str


@dataclass(frozen=True, slots=True)
class Filters:
    """`hidden_for_age` and `hidden_for_text` are what those two forms carry along."""

    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    age: str
    age_open: bool
    open: bool
    hidden_for_age: Parameters
    hidden_for_text: Parameters


def filters(asked: StudySearch, counts: Counts, path: str, trigger: str) -> Filters:
    """Build the filters; `trigger` is the id of the link that asked, whose group stays open."""
    address = _Address(path, asked.parameters)
    facets = tuple(facet for facet in _facets(asked, counts, address, trigger) if facet.options)
    ages = [value for name, value in asked.parameters if name == "age"]
    return Filters(
        facets=facets,
        chips=tuple(_chips(asked, address)),
        clear_url=path,
        age=ages[0] if ages else "",
        age_open=bool(ages) or trigger.startswith("f-age"),
        open=trigger.startswith("f-"),
        hidden_for_age=tuple(p for p in asked.parameters if p[0] != "age"),
        hidden_for_text=tuple(p for p in asked.parameters if p[0] != "q"),
    )


@dataclass(frozen=True, slots=True)
class _Address:
    path: str
    parameters: Parameters

    def toggled(self, name: str, value: str, *, several: bool) -> str:
        """The same search with the value chosen, or taken back when it is."""
        if (name, value) in self.parameters:
            return self.without(name, value)
        kept = self.parameters if several else tuple(p for p in self.parameters if p[0] != name)
        return self._url((*kept, (name, value)))

    def without(self, name: str, value: str) -> str:
        return self._url(tuple(p for p in self.parameters if p != (name, value)))

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.parameters

    def _url(self, parameters: Parameters) -> str:
        return f"{self.path}?{urlencode(parameters)}" if parameters else self.path


def page_url(path: str, parameters: Parameters, page: int) -> str:
    """The address of a page of the list; the first has no number."""
    numbered = parameters if page == 1 else (*parameters, ("page", str(page)))
    return f"{path}?{urlencode(numbered)}" if numbered else path


def condition_url(path: str, parameters: Parameters, slug: str) -> str:
    """The same search for one of our conditions, in place of the words that were typed."""
    kept = tuple(p for p in parameters if p[0] not in {"q", "condition"})
    return f"{path}?{urlencode((*kept, ('condition', slug)))}"


def all_diseases_url(path: str, parameters: Parameters) -> str:
    return f"{path}?{urlencode((*parameters, ('scope', 'all')))}"


def _facets(asked: StudySearch, counts: Counts, address: _Address, trigger: str) -> Iterable[Facet]:
    build = _FacetBuilder(address, trigger)
    yield build.tokens("status", _("Status"), v.RecruitmentStatus, counts.of("status"), several=True, open_=True)
    yield build.tokens("phase", _("Phase"), v.Phase, counts.of("phase"), several=True)
    yield build.facet("country", _("Country"), _country_choices(country_counts(asked.search)))
    yield build.facet("condition", _("Condition"), _condition_choices(asked))
    yield build.facet(
        "sex", _("Sex"), [("female", _("Open to women and girls"), ""), ("male", _("Open to men and boys"), "")]
    )
    yield build.tokens("type", _("Kind of study"), v.StudyType, counts.of("type"))


Choice = tuple[str, words.Text, str]  # value, label, count


@dataclass(frozen=True, slots=True)
class _FacetBuilder:
    address: _Address
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
    if chosen := dict(asked.parameters).get("condition"):
        offered.setdefault(chosen, name_of(chosen))
    return [(slug, name, "") for slug, name in offered.items() if slug not in asked.text_conditions]


def _chips(asked: StudySearch, address: _Address) -> Iterable[Chip]:
    for place, (name, value) in enumerate(asked.parameters, start=1):
        yield Chip(f"chip-{place}", _CHIP_LABELS[name](value, asked), address.without(name, value))


def _text_label(text: str, asked: StudySearch) -> str:
    if asked.text_conditions:
        return words.listing(name_of(slug) for slug in asked.text_conditions)
    return _("Words: %(text)s") % {"text": text}


_CHIP_LABELS: dict[str, Callable[[str, StudySearch], words.Text]] = {
    "q": lambda value, asked: _text_label(value, asked),
    "condition": lambda value, asked: name_of(value),
    "status": lambda value, asked: labels.label(v.RecruitmentStatus, value),
    "phase": lambda value, asked: labels.label(v.Phase, value),
    "type": lambda value, asked: labels.label(v.StudyType, value),
    "age": lambda value, asked: _("Age %(age)s") % {"age": words.number(float(value))},
    "sex": lambda value, asked: _("Open to women and girls") if value == "female" else _("Open to men and boys"),
    "country": lambda value, asked: words.country_name(value),
    "scope": lambda value, asked: _("All diseases"),
}
