"""A page of a list of studies for programs."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from finder.feeds.items import About, StudyItem, about, items, with_item_parts
from finder.feeds.listing import listed
from finder.feeds.problems import NoSuchPageError
from finder.feeds.reading import DEFAULT_PAGE_SIZE
from finder.forms import StudySearch
from finder.presenters.filters import Parameters, page_url


@dataclass(frozen=True, slots=True)
class StudyList:
    """`count` is of all pages; `next` and `previous` are addresses."""

    count: int
    page: int
    page_size: int
    pages: int
    next: str | None
    previous: str | None
    studies: list[StudyItem]
    about: About


def study_list(
    asked: StudySearch, page_size: int, request: HttpRequest, today: date, stale_after_months: int
) -> StudyList:
    """Raises NoSuchPageError. The first page is always there, if only empty."""
    paginator = Paginator(with_item_parts(listed(asked)), page_size)
    if asked.page > paginator.num_pages:
        raise NoSuchPageError
    page = paginator.page(asked.page)
    found = items(list(page.object_list), request, today, stale_after_months)
    sized: Parameters = asked.parameters
    if page_size != DEFAULT_PAGE_SIZE:
        sized = (*sized, ("page_size", str(page_size)))

    def address(number: int) -> str:
        return request.build_absolute_uri(page_url(reverse("api_studies"), sized, number))

    return StudyList(
        count=paginator.count,
        page=page.number,
        page_size=page_size,
        pages=paginator.num_pages,
        next=address(page.number + 1) if page.has_next() else None,
        previous=address(page.number - 1) if page.has_previous() else None,
        studies=found,
        about=about(),
    )
