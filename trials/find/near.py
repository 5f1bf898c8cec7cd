"""Which sites are near a place, and how near. A site counts as what its study is: of an open study only open sites."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, FloatField, Func, OuterRef, Q, QuerySet

from trials.find.search import Near, Search
from trials.find.terms import cell_term
from trials.models import Site, TrialIndex, list_order
from trials.places.cells import cells_within
from trials.places.distance import EARTH_RADIUS_KM, Point

_REACHES_KM = (300.0, 25_000.0)  # where cells help, and if that fills no page, all the earth

# The haversine of `trials.places.distance`, in the database. Statements are put together of such pieces of our own;
# whatever comes from outside travels as a parameter.
_KM = """(CASE WHEN {latitude} IS NOT NULL THEN 2 * {radius} * asin(least(1, sqrt(
    power(sin(radians({latitude} - %s) / 2), 2)
    + cos(radians(%s)) * cos(radians({latitude})) * power(sin(radians({longitude} - %s) / 2), 2)))) END)"""

# What gives keys from a place on, so many, and all rows that they are of.
_Source = tuple[Callable[[int, int], list[int]], QuerySet[TrialIndex]]


@dataclass(frozen=True, slots=True)
class NearestSite:
    """The site of a trial that is nearest to a place, an open one where it has any, and how many it has.

    `km` is None where the registry gives no coordinates; `open_sites` and `sites` count it, too.
    """

    city: str
    country_code: str
    status: str
    is_open: bool
    km: float | None
    open_sites: int
    sites: int


class _Km(Func):
    """Kilometres from a point to the site; as an expression, so that the point travels as a parameter."""

    output_field = FloatField()

    def __init__(self, point: Point) -> None:
        super().__init__(F("latitude"), F("longitude"))
        self.point = point

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        latitude, longitude = (compiler.compile(source)[0] for source in self.source_expressions)
        return _km_sql(latitude, longitude), _km_parameters(self.point)


def _km_sql(latitude: str, longitude: str) -> str:
    return _KM.format(radius=EARTH_RADIUS_KM, latitude=latitude, longitude=longitude)


def _km_parameters(point: Point) -> list[float]:
    return [point.latitude, point.latitude, point.longitude]


def within(rows: QuerySet[TrialIndex], near: Near, country_code: str = "") -> QuerySet[TrialIndex]:
    """The rows of trials with a site that counts within the radius, and in the country where one is given."""
    circle = _sites_that_count().annotate(km=_Km(near.point)).filter(km__lte=near.radius_km)
    if country_code:
        circle = circle.filter(country_code=country_code)
    return _in_cells(rows, near.point, near.radius_km or 0.0).filter(Exists(circle))


_COUNTS = "(s.recruiting OR NOT x.recruiting)"


def _sites_that_count() -> QuerySet[Site]:
    """Of the row around it."""
    of_row = ExpressionWrapper(OuterRef("recruiting"), output_field=BooleanField())
    sites = Site.objects.annotate(of_open=of_row).order_by()
    return sites.filter(Q(recruiting=True) | Q(of_open=False), trial=OuterRef("pk"))


def _in_cells(rows: QuerySet[TrialIndex], point: Point, radius_km: float) -> QuerySet[TrialIndex]:
    """Those of the rows that may have a site within the radius, as far as the index can say."""
    cells = cells_within(point, radius_km)
    return rows if cells is None else rows.filter(terms__overlap=[cell_term(cell) for cell in cells])


def countries_within(rows: QuerySet[TrialIndex], near: Near) -> dict[str, int]:
    """Of these trials, how many have a site that counts within the radius, per ISO code of its country."""
    chosen, parameters = rows.order_by().values("pk", "recruiting").query.sql_with_params()
    sql = f"""
        SELECT s.country_code, count(DISTINCT s.trial_id)
        FROM ({chosen}) AS x (trial_id, recruiting) JOIN trials_site AS s ON s.trial_id = x.trial_id
        WHERE {_COUNTS} AND s.country_code <> '' AND {_km_sql("s.latitude", "s.longitude")} <= %s
        GROUP BY s.country_code
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *_km_parameters(near.point), near.radius_km])
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Ranking:
    """By which sites trials are ordered: by how near they are, all in the country `first` before all others, and only
    those in the country `only`; empty means no country.
    """

    near: Near
    first: str = ""
    only: str = ""


def nearest_first(groups: Sequence[QuerySet[TrialIndex]], ranking: Ranking, *, first: int, count: int) -> list[int]:
    """The keys of `count` trials from place `first` of the list that has the nearest first.

    With a radius, the rows are `within` it. The trials of one group come before those of the next; those of which no
    site that counts has coordinates come last of all.
    """
    keys: list[int] = []
    for take, every in _sources(groups, ranking):
        found = take(first, count - len(keys))
        if found:
            first = 0
        elif first:
            first -= every.count()
        keys += found
        if len(keys) == count:
            break
    return keys


def _sources(groups: Sequence[QuerySet[TrialIndex]], ranking: Ranking) -> Iterator[_Source]:
    """One after the other: most lists end in the first group."""
    located = _sites_that_count().filter(latitude__isnull=False)
    if ranking.only:
        located = located.filter(country_code=ranking.only)
    for group in groups:
        yield partial(_of_group, group, ranking), group.filter(Exists(located))
    for group in groups if ranking.near.radius_km is None else ():
        rest = group.exclude(Exists(located)).order_by(*list_order())
        yield partial(_as_listed, rest), rest


def _as_listed(rows: QuerySet[TrialIndex], first: int, count: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[first : first + count])


def _of_group(rows: QuerySet[TrialIndex], ranking: Ranking, first: int, count: int) -> list[int]:
    found: list[tuple[int, bool]] = []
    for reach_km in _REACHES_KM if ranking.near.radius_km is None else (ranking.near.radius_km,):
        found = _nearest(rows, ranking, reach_km, first, count)
        if len(found) == count and all(at_home or not ranking.first for _, at_home in found):
            break  # whatever lies farther comes after these
    return [key for key, _ in found]


def _nearest(
    rows: QuerySet[TrialIndex], ranking: Ranking, reach_km: float, first: int, count: int
) -> list[tuple[int, bool]]:
    """Keys of trials with a site within reach, nearest first, and whether one of these is in the country that comes
    first.
    """
    point = ranking.near.point
    chosen, parameters = _in_cells(rows, point, reach_km).order_by().values(*_ORDERED_BY).query.sql_with_params()
    # Without a country that comes first all are alike in the first column, and the distance decides.
    sql = f"""
        SELECT trial_id, bool_or(at_home), min(km) FILTER (WHERE at_home) AS home_km, min(km) AS km
        FROM (
            SELECT x.*, coalesce(s.country_code = NULLIF(%s, ''), FALSE) AS at_home,
                {_km_sql("s.latitude", "s.longitude")} AS km
            FROM ({chosen}) AS x (trial_id, recruiting, list_rank, changed_on, nct_id)
            JOIN trials_site AS s ON s.trial_id = x.trial_id
            WHERE {_COUNTS} AND (%s = '' OR s.country_code = %s)
        ) AS near
        WHERE km <= %s
        GROUP BY trial_id, list_rank, changed_on, nct_id
        ORDER BY home_km NULLS LAST, km, list_rank, changed_on DESC NULLS LAST, nct_id
        OFFSET %s LIMIT %s
    """  # noqa: S608
    only = ranking.only
    with connection.cursor() as cursor:
        cursor.execute(sql, [ranking.first, *_km_parameters(point), *parameters, only, only, reach_km, first, count])
        return [(key, at_home) for key, at_home, *_ in cursor.fetchall()]


_ORDERED_BY = ("pk", "recruiting", "list_rank", "last_update_posted_on", "nct_id")


_NEAREST_SITES = f"""
    SELECT trial_id, city, country_code, status, is_open, km, open_sites, sites FROM (
        SELECT s.trial_id, s.city, s.country_code, s.status, is_open, km,
            count(*) FILTER (WHERE is_open) OVER trial AS open_sites,
            count(*) OVER trial AS sites,
            row_number() OVER (trial ORDER BY is_open DESC, km NULLS LAST, s.position) AS place
        FROM trials_site AS s JOIN trials_trialindex AS x ON x.trial_id = s.trial_id
        CROSS JOIN LATERAL (SELECT {_km_sql("s.latitude", "s.longitude")} AS km,
            s.recruiting AND x.recruiting AS is_open) AS seen
        WHERE s.trial_id = ANY(%s) AND (%s = '' OR s.country_code = %s) WINDOW trial AS (PARTITION BY s.trial_id)
    ) AS placed WHERE place = 1
"""  # noqa: S608


def nearest_sites(search: Search, trial_ids: Iterable[int]) -> dict[int, NearestSite]:
    """For each trial with sites that the search may mean, the one that is nearest: of a search in one country, there.

    One query for all of them; none, and no answer, without a place to measure from.
    """
    if search.near is None:
        return {}
    parameters: list[Any] = [
        *_km_parameters(search.near.point), list(trial_ids), search.country, search.country,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST_SITES, parameters)
        return {row[0]: NearestSite(*row[1:]) for row in cursor.fetchall()}
