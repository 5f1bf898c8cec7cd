"""The list of studies: heading, cards, pages, filters."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.cards import Card, cards
from finder.presenters.condition_list import name_of
from finder.presenters.filters import Filters, all_diseases_url, condition_url, filters, page_url
from finder.presenters.ways_on import WayOn, ways_on
from trials.find import Search, counts_of, keys_of_page, other_disease_count
from trials.models import Trial

PAGE_SIZE = 20
MOST_COUNTED = 1_000  # studies of other diseases; how many more there are tells nobody anything


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
    words_note: str
    listed_note: str
    unused_words: str
    suggestions: tuple[tuple[str, str], ...]  # address and name
    ways_on: tuple[WayOn, ...]
    more_note: str
    more_url: str
    page_note: str
    previous_url: str
    next_url: str


def results(asked: StudySearch, path: str, trigger: str, today: date, stale_after_months: int) -> Results:
    counts = counts_of(asked.search)
    page = _Page.of(asked.page, counts.total)
    more = other_disease_count(asked.search, most=MOST_COUNTED + 1)
    return Results(
        heading=_heading(counts.total, asked),
        canonical=path if page.number == 1 else page_url(path, asked.parameters, page.number),
        announcement=_studies(counts.total),
        cards=cards(
            _listed(asked.search, page, today),
            today,
            stale_after_months,
            country=asked.search.country,
            for_age=asked.search.age_years is not None,
        ),
        filters=filters(asked, counts, path, trigger),
        problems=asked.problems,
        text=asked.text,
        words_note=_words_note(asked),
        listed_note=_listed_note() if asked.search.text and counts.total else "",
        unused_words=asked.unused_words,
        suggestions=tuple((condition_url(path, asked.parameters, slug), name_of(slug)) for slug in asked.suggestions),
        ways_on=() if counts.total else ways_on(asked, path),
        more_note=_more_note(more),
        more_url=all_diseases_url(path, asked.parameters) if more else "",
        page_note=_page_note(page),
        previous_url=page_url(path, asked.parameters, page.number - 1) if page.number > 1 else "",
        next_url=page_url(path, asked.parameters, page.number + 1) if page.number < page.last else "",
    )


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
    shown = Trial.objects.visible().select_related("editorial").prefetch_related("interventions").in_bulk(keys)
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


def _words_note(asked: StudySearch) -> str:
    """What was made of a text that names no condition for certain."""
    if not asked.search.text:
        return ""
    values = {"text": asked.search.text}
    if asked.unsure:
        return _("“%(text)s” can mean more than one thing.") % values
    return _("“%(text)s” is not a condition on our list.") % values


def _listed_note() -> str:
    return _("These studies have your words in a title, condition, keyword or treatment name.")


def _more_note(count: int) -> str:
    if not count:
        return ""
    if count > MOST_COUNTED:
        return _("More than %(count)s more studies in our database are about other diseases.") % {
            "count": words.number(MOST_COUNTED)
        }
    return ngettext(
        "%(count)s more study in our database is about another disease.",
        "%(count)s more studies in our database are about other diseases.",
        count,
    ) % {"count": words.number(count)}


def _page_note(page: _Page) -> str:
    if page.last < 2:
        return ""
    return _("Page %(page)s of %(pages)s") % {"page": words.number(page.number), "pages": words.number(page.last)}
