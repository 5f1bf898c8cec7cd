"""A list of studies as a table in CSV, in the order of the list on the page.

The file begins with a byte order mark: without one, Excel reads UTF-8 as the alphabet of the computer's country. A cell
that a spreadsheet would take for a formula gets an apostrophe before it.
"""

import csv
import io
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from finder.feeds.listing import listed
from finder.forms import StudySearch
from finder.presenters.about import in_reading_order
from finder.presenters.study import REGISTRY_URL
from trials import vocab as v
from trials.find import Search, nearest_sites
from trials.models import Intervention, TrialCondition, TrialSponsor
from trials.site_counts import SiteCount, site_counts

logger = logging.getLogger(__name__)
T = TypeVar("T")
LEAD = v.SponsorRole.LEAD
BATCH = 500  # studies in memory at a time
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # Excel takes wide signs for narrow ones
_SEPARATOR = " | "  # within a cell; a comma or semicolon may be that of the whole table


@dataclass(frozen=True, slots=True)
class _Row:
    """A study's fields by name, and its parts; `page` is the address of the list of studies."""

    of: Mapping[str, Any]
    count: SiteCount
    conditions: Sequence[tuple[str, str]]
    interventions: Sequence[str]
    sponsors: Sequence[str]
    page: str
    km: float | None

    @property
    def title(self) -> str:
        """As on a card of the list."""
        titles = (self.of["editorial__plain_title"], self.of["brief_title"], self.of["official_title"])
        return next(filter(None, titles), self.of["nct_id"])

    @property
    def gone(self) -> bool:
        return self.of["gone_since"] is not None


COLUMNS: dict[str, Callable[[_Row], object]] = {
    "nct_id": lambda row: row.of["nct_id"],
    "title": lambda row: row.title,
    "status": lambda row: row.of["overall_status"],
    "open_to_join": lambda row: row.of["recruiting"] and not row.gone,
    "study_type": lambda row: row.of["study_type"],
    "phases": lambda row: row.of["phases"],
    "conditions": lambda row: [condition.slug for condition in in_reading_order(row.conditions)],
    "minimum_age_years": lambda row: row.of["minimum_age_years"],
    "below_age_years": lambda row: row.of["below_age_years"],
    "sex": lambda row: row.of["sex"],
    "enrollment_count": lambda row: row.of["enrollment_count"],
    "enrollment_type": lambda row: row.of["enrollment_type"],
    "lead_sponsor": lambda row: row.sponsors,
    "interventions": lambda row: row.interventions,
    "site_count": lambda row: row.count.sites,
    "open_site_count": lambda row: 0 if row.gone else row.count.open_sites,
    "countries": lambda row: row.count.countries,
    "first_posted": lambda row: row.of["first_posted_on"],
    "registry_last_update": lambda row: row.of["last_update_posted_on"],
    "read_at": lambda row: row.of["last_read_at"],
    "gone_since": lambda row: row.of["gone_since"],
    "is_sample": lambda row: row.of["is_sample"],
    "url": lambda row: f"{row.page}{row.of['nct_id']}/",
    "registry_url": lambda row: (
        f"{REGISTRY_URL}{row.of['nct_id']}" if row.of["registry"] == v.Registry.CTGOV else row.of["listing_url"]
    ),
}
NEAR_COLUMNS: dict[str, Callable[[_Row], object]] = {  # of a list that looks from a place
    "distance_km": lambda row: None if row.km is None else round(row.km, 1),
}
_FIELDS = (
    "pk", "nct_id", "brief_title", "official_title", "editorial__plain_title", "overall_status", "recruiting",
    "gone_since", "study_type", "phases", "minimum_age_years", "below_age_years", "sex", "enrollment_count",
    "enrollment_type", "first_posted_on", "last_update_posted_on", "last_read_at", "is_sample", "registry",
    "listing_url",
)  # fmt: skip


def table(asked: StudySearch, list_address: str) -> Iterator[str]:
    """The file piece by piece; `list_address` is that of the list of studies, below which each study's page stands.

    The database keeps the place in the list (a cursor on the server), and rows are plain values: objects with their
    parts would hold each other until Python looks for such rings, so that memory would grow with the list.
    """
    columns = {**COLUMNS, **NEAR_COLUMNS} if asked.search.near else COLUMNS
    yield _BYTE_ORDER_MARK + _lines([list(columns)])
    found = iter(listed(asked).values(*_FIELDS).iterator(chunk_size=BATCH))
    while batch := list(islice(found, BATCH)):
        rows = _rows(batch, asked.search, list_address)
        yield _lines([[_cell(column(row)) for column in columns.values()] for row in rows])


def told_if_broken(pieces: Iterable[str], sentence: str) -> Iterator[str]:
    """The pieces; should they break off, the `sentence` as a last line: the server ends both kinds of answer alike."""
    try:
        yield from pieces
    except Exception:
        logger.exception("A table broke off.", extra={"event": "table_broken"})
        yield _lines([[sentence]])


def _rows(batch: Sequence[Mapping[str, Any]], search: Search, page: str) -> Iterator[_Row]:
    """Four queries for the parts of all; one more where distances are asked for."""
    keys = [of["pk"] for of in batch]
    counts, nearest = site_counts(keys), nearest_sites(search, keys)
    links = TrialCondition.objects.filter(trial__in=keys).values_list("trial_id", "condition_id", "origin")
    conditions = _grouped((key, (slug, origin)) for key, slug, origin in links)
    given = Intervention.objects.filter(trial__in=keys).order_by("trial_id", "position").values_list("trial_id", "name")
    interventions = _grouped(given)
    sponsors = _grouped(TrialSponsor.objects.filter(trial__in=keys, role=LEAD).values_list("trial_id", "name"))
    for of in batch:
        key = of["pk"]
        count = counts.get(key, SiteCount())
        parts = (conditions.get(key, ()), interventions.get(key, ()), sponsors.get(key, ()))
        yield _Row(of, count, *parts, page, nearest[key].km if key in nearest else None)


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _cell(value: object) -> str:
    """Dates as ISO 8601 writes them, several values with a bar between them, nothing where nothing is stated."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case datetime():
            return value.isoformat(timespec="seconds")
        case list() | tuple():
            return guarded(_SEPARATOR.join(map(str, value)))
    return guarded(str(value))


def guarded(text: str) -> str:
    """The text so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(rows: list[list[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)  # lines end in CR LF, as RFC 4180 has it
    return written.getvalue()
