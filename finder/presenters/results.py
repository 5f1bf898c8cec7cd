"""The list of studies: heading, cards, pages, filters."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.cards import Card, cards
from finder.presenters.condition_list import name_of
from finder.presenters.filters import Filters, all_diseases_url, filters, page_url
from trials.find import find_trials, in_list_order, other_disease_count
from trials.models import Trial

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Results:
    heading: str
    announcement: str
    cards: list[Card]
    filters: Filters
    problems: tuple[str, ...]
    text: str
    unknown_text: str  # what was typed, when it names no condition of ours
    unused_words: str
    suggestions: tuple[tuple[str, str], ...]  # slug and name
    more_note: str
    more_url: str
    page_note: str
    previous_url: str
    next_url: str


def results(asked: StudySearch, path: str, trigger: str, today: date, stale_after_months: int) -> Results:
    trials = in_list_order(find_trials(asked.search)).select_related("editorial").prefetch_related("interventions")
    page: Page[Trial] = Paginator(trials, PAGE_SIZE).get_page(asked.page)
    total = page.paginator.count
    more = other_disease_count(asked.search)
    return Results(
        heading=_heading(total, asked),
        announcement=_studies(total),
        cards=cards(list(page.object_list), today, stale_after_months),
        filters=filters(asked, path, trigger),
        problems=asked.problems,
        text=asked.text,
        unknown_text=asked.search.text,
        unused_words=asked.unused_words,
        suggestions=tuple((slug, name_of(slug)) for slug in asked.suggestions),
        more_note=_more_note(more),
        more_url=all_diseases_url(path, asked.parameters) if more else "",
        page_note=_page_note(page),
        previous_url=page_url(path, asked.parameters, page.number - 1) if page.has_previous() else "",
        next_url=page_url(path, asked.parameters, page.number + 1) if page.has_next() else "",
    )


def _studies(count: int) -> str:
    if not count:
        return _("No studies")
    return ngettext("%(count)s study", "%(count)s studies", count) % {"count": words.number(count)}


def _heading(total: int, asked: StudySearch) -> str:
    if asked.named:
        names = words.listing(name_of(slug) for slug in asked.named)
        return _("%(condition)s: %(studies)s") % {"condition": names, "studies": _studies(total).lower()}
    return _studies(total)


def _more_note(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s more study in our database is about another disease.",
        "%(count)s more studies in our database are about other diseases.",
        count,
    ) % {"count": words.number(count)}


def _page_note(page: Page[Trial]) -> str:
    pages = page.paginator.num_pages
    if pages < 2:
        return ""
    return _("Page %(page)s of %(pages)s") % {"page": words.number(page.number), "pages": words.number(pages)}
