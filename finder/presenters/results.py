"""The list of studies: heading, cards, pages, filters."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.cards import Card
from finder.presenters.condition_list import name_of
from finder.presenters.filters import Filters, filters, new_since, page_url, scope_url
from finder.presenters.found import found_cards
from finder.presenters.readings import (
    Choice,
    Question,
    ReadAs,
    corrections,
    other_places,
    place_problem,
    questions,
    text_chips,
)
from finder.presenters.sorting import SortChoice, sort_choices
from finder.presenters.ways_on import WayOn, ways_on
from trials.find import (
    Search,
    counts_of,
    keys_of_page,
    other_disease_count,
    wide_count,
    without_missing_words,
)
from trials.models import Trial

PAGE_SIZE = 20
RADII_KM = (25.0, 50.0, 100.0, 250.0, 500.0)
MOST_COUNTED = 100  # studies beyond the search; how many more there are tells nobody anything


@dataclass(frozen=True, slots=True)
class More:
    """Studies beyond the search, and the search for them, too."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Results:
    """`canonical` is the path that stands for this page: filters make no page of their own, page numbers do."""

    heading: str
    canonical: str
    announcement: str
    cards: list[Card]
    filters: Filters
    problems: tuple[str, ...]
    text: str
    near: str
    radius: str
    radii: tuple[tuple[str, str], ...]
    read_as: tuple[ReadAs, ...]
    questions: tuple[Question, ...]
    left_out: str
    words_note: str
    from_place: str
    other_places: tuple[Choice, ...]
    sorting: tuple[SortChoice, ...]
    ways_on: tuple[WayOn, ...]
    more: tuple[More, ...]
    page_note: str
    previous_url: str
    next_url: str
    map_url: str
    feed_url: str
    table_url: str


def results(asked: StudySearch, path: str, trigger: str, today: date, stale_after_months: int) -> Results:
    search = without_missing_words(asked.search)
    counts = counts_of(search, new_since(today))
    page = _Page.of(asked.page, counts.total)
    given = dict(asked.parameters)
    problem = place_problem(asked)
    return Results(
        heading=_heading(counts.total, asked),
        canonical=path if page.number == 1 else page_url(path, asked.parameters, page.number),
        announcement=_studies(counts.total),
        cards=found_cards(asked, search, _listed(search, page, today), today, stale_after_months),
        filters=filters(asked, counts, text_chips(asked, path), path, trigger, today),
        problems=(*asked.problems, problem) if problem else asked.problems,
        text=asked.text,
        near=asked.near.place.label if asked.near and asked.near.place else given.get("near", ""),
        radius=given.get("radius", ""),
        radii=_radii(given.get("radius", "")),
        read_as=corrections(asked, path),
        questions=questions(asked, path),
        left_out=asked.search.text if search != asked.search else "",
        words_note=_words_note(asked),
        from_place=asked.place.label if asked.place else "",
        other_places=other_places(asked, path),
        sorting=sort_choices(asked, path),
        ways_on=() if counts.total else ways_on(asked, path),
        more=_more(asked, search, path),
        page_note=_page_note(page),
        previous_url=page_url(path, asked.parameters, page.number - 1) if page.number > 1 else "",
        next_url=page_url(path, asked.parameters, page.number + 1) if page.number < page.last else "",
        map_url=page_url(reverse("studies_map"), asked.parameters, 1),
        feed_url=page_url(reverse("studies_feed"), asked.parameters, 1),
        table_url=page_url(reverse("studies_csv"), asked.parameters, 1),
    )


def _words_note(asked: StudySearch) -> str:
    """What was made of a text in which nothing of our lists is named."""
    if not asked.search.text or asked.typed.reading.parts:
        return ""
    sentence = _("“%(text)s” names no condition or treatment on our lists. We looked for the words in each study.")
    return sentence % {"text": asked.search.text}


def _radii(chosen: str) -> tuple[tuple[str, str], ...]:
    """How far one may go, and what was asked for where that is none of these."""
    values = sorted({*RADII_KM, *([float(chosen)] if chosen else [])})
    said = ((f"{value:g}", _("Within %(name)s km") % {"name": words.number(value)}) for value in values)
    return (("", _("Any distance")), *said)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    last: int

    @classmethod
    def of(cls, asked: int, total: int) -> "_Page":
        """The page that is asked for, or the last there is."""
        last = max(1, -(-total // PAGE_SIZE))
        return cls(min(asked, last), last)


def _listed(search: Search, page: _Page, today: date) -> list[Trial]:
    """The trials of the page with what their cards show. One that was taken off a moment ago is left out."""
    keys = keys_of_page(search, first=(page.number - 1) * PAGE_SIZE, count=PAGE_SIZE, today=today)
    shown = Trial.objects.visible().for_cards().in_bulk(keys)
    return [shown[key] for key in keys if key in shown]


def _studies(count: int) -> str:
    if not count:
        return _("No studies")
    return ngettext("%(count)s study", "%(count)s studies", count) % {"count": words.number(count)}


def _heading(total: int, asked: StudySearch) -> str:
    if asked.named:
        names = words.listing(name_of(slug) for slug in asked.named)
        return _("%(condition)s: %(studies)s") % {"condition": names, "studies": _studies(total).lower()}
    return _studies(total)


def _more(asked: StudySearch, search: Search, path: str) -> tuple[More, ...]:
    """Studies that name only a wide group of diseases, and those of diseases that are not ours."""
    wide = wide_count(search, most=MOST_COUNTED + 1)
    others = other_disease_count(search, most=MOST_COUNTED + 1)
    found = []
    if wide:
        sentence = ngettext(
            "%(count)s more study names a wide group of diseases, such as “autoimmune diseases”. It may take yours.",
            "%(count)s more studies name a wide group of diseases, such as “autoimmune diseases”. They may take yours.",
            wide,
        )
        found.append(More(sentence % {"count": words.number(wide)}, scope_url(path, asked.parameters, "wide")))
    if others > MOST_COUNTED:
        sentence = _("More than %(count)s other studies in our database are about other diseases.")
        values = {"count": words.number(MOST_COUNTED)}
        found.append(More(sentence % values, scope_url(path, asked.parameters, "all")))
    elif others:
        sentence = ngettext(
            "%(count)s more study in our database is about another disease.",
            "%(count)s more studies in our database are about other diseases.",
            others,
        )
        found.append(More(sentence % {"count": words.number(others)}, scope_url(path, asked.parameters, "all")))
    return tuple(found)


def _page_note(page: _Page) -> str:
    if page.last < 2:
        return ""
    return _("Page %(page)s of %(pages)s") % {"page": words.number(page.number), "pages": words.number(page.last)}
