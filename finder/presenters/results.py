"""The list of studies: heading, cards, pages, filters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.forms import StudySearch
from finder.presenters import words
from finder.presenters.cards import Card
from finder.presenters.condition_list import name_of
from finder.presenters.filters import Filters, filters, new_since, page_url
from finder.presenters.found import found_cards
from finder.presenters.more import More, beyond, wider
from finder.presenters.place_fields import PlaceFields, place_fields
from finder.presenters.readings import Question, ReadAs, corrections, place_problem, questions
from finder.presenters.sorting import Sorting, sorting
from finder.presenters.text_chips import text_chips
from finder.presenters.ways_on import WayOn, ways_on
from trials.find import Search, counts_of, keys_of_page, without_missing_words
from trials.models import Trial
from trials.partner_sites import own_trials

PAGE_SIZE = 20


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
    place: PlaceFields
    read_as: tuple[ReadAs, ...]
    questions: tuple[Question, ...]
    left_out: str
    words_note: str
    sorting: Sorting
    nothing: str
    ways_on: tuple[WayOn, ...]
    wider: More | None
    more: tuple[More, ...]
    page_note: str
    previous_url: str
    next_url: str
    map_url: str
    feed_url: str
    alerts_url: str
    table_url: str


def results(
    asked: StudySearch,
    path: str,
    trigger: str,
    today: date,
    stale_after_months: int,
    own_names: Sequence[str] = (),
) -> Results:
    """`own_names` are those of a clinic: unless another order is asked for, what is open there comes first."""
    own = frozenset(own_trials(own_names))
    search = without_missing_words(asked.search)
    search = search if search.sort else replace(search, first=own)
    counts = counts_of(search, new_since(today))
    page = _Page.of(asked.page, counts.total)
    return Results(
        heading=_heading(counts.total, asked),
        canonical=path if page.number == 1 else page_url(path, asked.parameters, page.number),
        announcement=_studies(counts.total),
        cards=found_cards(asked, search, _listed(search, page, today), today, stale_after_months, own),
        filters=filters(asked, counts, text_chips(asked, search, path), path, trigger, today),
        problems=tuple(filter(None, (*asked.problems, place_problem(asked)))),
        text=asked.text,
        place=place_fields(asked, path, trigger),
        read_as=corrections(asked, path),
        questions=questions(asked, path),
        left_out=asked.search.text if search.text != asked.search.text else "",
        words_note=_words_note(asked),
        sorting=sorting(asked, path, trigger),
        nothing="" if counts.total else _nothing(asked),
        ways_on=() if counts.total else ways_on(asked, path),
        wider=wider(asked, counts, path),
        more=tuple(beyond(asked, search, path)),
        page_note=_page_note(page),
        previous_url=page_url(path, asked.parameters, page.number - 1) if page.number > 1 else "",
        next_url=page_url(path, asked.parameters, page.number + 1) if page.number < page.last else "",
        map_url=page_url(reverse("studies_map"), asked.parameters, 1),
        feed_url=_for_programs("studies_feed", asked),
        alerts_url=_for_programs("alerts", asked),
        table_url=_for_programs("studies_csv", asked),
    )


def _nothing(asked: StudySearch) -> str:
    """Why the list is empty: by the filters, or by words alone that nothing has."""
    text, near = asked.search.text, asked.search.near
    narrowing = near if near and near.radius_km is not None else None
    if not text or replace(asked.search, text="", near=narrowing, sort="", all_diseases=False, wide=False) != Search():
        return _("No study fits all your filters")
    sentence = ngettext("No study has the word “%(text)s”", "No study has the words “%(text)s”", len(text.split()))
    return sentence % {"text": text}


def _words_note(asked: StudySearch) -> str:
    """What was made of a text in which nothing of our lists is named."""
    if not asked.search.text or asked.typed.reading.parts:
        return ""
    sentence = _("“%(text)s” names no condition or treatment on our lists. We looked for the words in each study.")
    return sentence % {"text": asked.search.text}


def _for_programs(name: str, asked: StudySearch) -> str:
    """The same list for programs; none without the place that was typed, for they would follow another search."""
    return "" if asked.unknown_place else page_url(reverse(name), asked.parameters, 1)


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


def _page_note(page: _Page) -> str:
    if page.last < 2:
        return ""
    return _("Page %(page)s of %(pages)s") % {"page": words.number(page.number), "pages": words.number(page.last)}
