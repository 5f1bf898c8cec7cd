"""The page about the addresses for programs, with requests that can be tried at once."""

from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from finder.feeds.answering import as_json
from finder.feeds.items import About, about
from finder.feeds.lists import study_list
from finder.feeds.reading import DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE, read
from finder.feeds.table import COLUMNS, NEAR_COLUMNS

_ASKED = {"condition": "sle", "status": "RECRUITING"}


@dataclass(frozen=True, slots=True)
class Example:
    """`address` is whole, so that it can be copied."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Guide:
    """`answer` is what the first example gives, cut to one study."""

    lists: tuple[Example, ...]
    studies: tuple[Example, ...]
    tables: tuple[Example, ...]
    feeds: tuple[Example, ...]
    openapi: str
    answer: str
    columns: tuple[str, ...]
    requests_per_minute: int
    page_size: int
    largest_page_size: int
    about: About


def guide_view(request: HttpRequest, today: date, stale_after_months: int) -> Guide:
    query = urlencode(_ASKED)
    shown = study_list(read(QueryDict(query)), 1, request, today, stale_after_months)

    def example(label: str, name: str, *arguments: str, query: str = "") -> Example:
        path = reverse(name, args=arguments)
        return Example(label, request.build_absolute_uri(f"{path}?{query}" if query else path))

    first = [one.nct_id for one in shown.studies]
    return Guide(
        lists=(
            example(_("Open studies of lupus"), "api_studies", query=query),
            example(_("All studies, one hundred on a page"), "api_studies", query=f"page_size={LARGEST_PAGE_SIZE}"),
        ),
        studies=tuple(
            example(label, name, nct_id)
            for nct_id in first
            for label, name in ((_("One study, whole"), "api_study"), (_("The same as FHIR R5"), "api_study_fhir"))
        ),
        tables=(example(_("Open studies of lupus, as a table"), "studies_csv", query=query),),
        feeds=(
            example(_("What is new in studies of lupus"), "condition_feed", _ASKED["condition"]),
            example(_("What is new in a search of yours"), "studies_feed", query="country=DE"),
        ),
        openapi=request.build_absolute_uri(reverse("api_openapi")),
        answer=as_json(asdict(shown), indent=2),
        columns=(*COLUMNS, *NEAR_COLUMNS),
        requests_per_minute=settings.API_REQUESTS_PER_MINUTE,
        page_size=DEFAULT_PAGE_SIZE,
        largest_page_size=LARGEST_PAGE_SIZE,
        about=about(),
    )
