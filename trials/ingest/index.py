"""The search rows of trials, made from what is stored: after every write that changes what a search may ask."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from trials import drugs
from trials.coverage import Coverage
from trials.facets import Facts, facets_of, terms_of
from trials.find.order import STATUS_ORDER
from trials.find.terms import (
    cell_term,
    condition_term,
    country_term,
    drug_term,
    kind_term,
    open_country_term,
    sponsor_term,
    wide_term,
)
from trials.ingest.coverages import coverages
from trials.ingest.turns import writers_turn
from trials.models import Trial, TrialIndex, TrialQuerySet
from trials.places.cells import cell_of
from trials.places.distance import Point
from trials.vocab import RecruitmentStatus

VERSION = 2  # of what a row holds; rows of another version are made anew at the next start
_BATCH = 500
_MOCKS = frozenset({"placebo", "sham", "vehicle"})
_SIGN = "\x1f"  # between terms on their way to the database; no text that can be stored holds it

_READ = """
    SELECT t.id,
        CASE WHEN t.gone_since IS NULL THEN t.overall_status ELSE '' END AS status,
        t.phases, t.study_type, t.sex, t.minimum_age_years,
        ARRAY(SELECT DISTINCT type FROM trials_intervention WHERE trial_id = t.id) AS intervention_types,
        ARRAY(SELECT concat_ws(' ; ', name, array_to_string(other_names, ' ; '))
            FROM trials_intervention WHERE trial_id = t.id ORDER BY position) AS given,
        ARRAY(SELECT DISTINCT type FROM trials_arm WHERE trial_id = t.id) AS arm_types,
        ARRAY(SELECT label FROM trials_arm WHERE trial_id = t.id) AS arm_labels,
        (SELECT agency_class FROM trials_trialsponsor WHERE trial_id = t.id AND role = 'LEAD') AS lead_class,
        ARRAY(SELECT name FROM trials_trialsponsor WHERE trial_id = t.id ORDER BY position) AS sponsors,
        ARRAY(SELECT DISTINCT country_code FROM trials_site WHERE trial_id = t.id AND country_code <> '') AS countries,
        ARRAY(SELECT DISTINCT country_code FROM trials_site WHERE trial_id = t.id AND country_code <> ''
            AND recruiting AND t.gone_since IS NULL) AS open_countries,
        ARRAY(SELECT DISTINCT ARRAY[latitude, longitude] FROM trials_site WHERE trial_id = t.id
            AND latitude IS NOT NULL AND (recruiting OR NOT t.recruiting OR t.gone_since IS NOT NULL)) AS points,
        EXISTS (SELECT FROM trials_contact WHERE trial_id = t.id AND hidden = '' AND kind IN ('CENTRAL', 'SITE')
            AND (phone <> '' OR email <> '')) AS has_contact
    FROM trials_trial AS t WHERE t.id = ANY(%s)
"""
_WRITE = """
    INSERT INTO trials_trialindex (
        trial_id, version, hidden, in_scope, recruiting, list_rank, nct_id, facets, terms, countries,
        open_countries, minimum_age_years, below_age_years, first_posted_on, last_update_posted_on,
        ends_on, titles, texts
    )
    SELECT t.id, %(version)s, coalesce(e.hidden, FALSE), t.in_scope, t.recruiting AND t.gone_since IS NULL,
        coalesce(array_position(%(order)s::text[], t.overall_status::text), cardinality(%(order)s::text[]) + 1)
            + CASE WHEN t.gone_since IS NULL THEN 0 ELSE 100 END,
        coalesce(t.nct_id, ''), made.facets, string_to_array(made.terms, E'\\x1f'),
        string_to_array(made.countries, ','), string_to_array(made.open_countries, ','), t.minimum_age_years,
        t.below_age_years, t.first_posted_on, t.last_update_posted_on, t.ends_on,
        to_tsvector('trials_text', named.words),
        to_tsvector('trials_text', concat_ws(E'\\n', named.words, t.brief_summary, t.eligibility_criteria))
    FROM unnest(%(keys)s::bigint[], %(facets)s::text[], %(terms)s::text[],
        %(countries)s::text[], %(open_countries)s::text[]) AS made (id, facets, terms, countries, open_countries)
    JOIN trials_trial AS t ON t.id = made.id
    LEFT JOIN trials_trialeditorial AS e ON e.trial_id = t.id
    CROSS JOIN LATERAL (SELECT concat_ws(E'\\n', t.brief_title, t.official_title, e.plain_title, t.acronym,
        array_to_string(t.keywords, E'\\n'),
        (SELECT string_agg(text, E'\\n') FROM trials_listedcondition WHERE trial_id = t.id),
        (SELECT string_agg(concat_ws(E'\\n', name, array_to_string(other_names, E'\\n')), E'\\n')
            FROM trials_intervention WHERE trial_id = t.id)) AS words) AS named
    ON CONFLICT (trial_id) DO UPDATE SET
        version = EXCLUDED.version, hidden = EXCLUDED.hidden, in_scope = EXCLUDED.in_scope,
        recruiting = EXCLUDED.recruiting, list_rank = EXCLUDED.list_rank, nct_id = EXCLUDED.nct_id,
        facets = EXCLUDED.facets, terms = EXCLUDED.terms,
        countries = EXCLUDED.countries, open_countries = EXCLUDED.open_countries,
        minimum_age_years = EXCLUDED.minimum_age_years, below_age_years = EXCLUDED.below_age_years,
        first_posted_on = EXCLUDED.first_posted_on,
        last_update_posted_on = EXCLUDED.last_update_posted_on, ends_on = EXCLUDED.ends_on,
        titles = EXCLUDED.titles, texts = EXCLUDED.texts
"""


def index_trials(trial_ids: Iterable[int]) -> None:
    """Make the search rows of these trials anew; within a writer's turn, so that no older row comes after."""
    keys = sorted(set(trial_ids))
    for start in range(0, len(keys), _BATCH):
        _index_at_once(keys[start : start + _BATCH])


def missing() -> TrialQuerySet:
    """The trials whose row is not there, or was made by another version."""
    return Trial.objects.exclude(pk__in=TrialIndex.objects.filter(version=VERSION).values("pk"))


def index_missing() -> None:
    """The same for all that `missing` finds."""
    keys = list(missing().values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        with transaction.atomic():
            writers_turn()
            index_trials(keys[start : start + _BATCH])


def _index_at_once(keys: Collection[int]) -> None:
    columns: dict[str, list[Any]] = {name: [] for name in ("keys", "facets", "terms", "countries", "open_countries")}
    found = coverages(keys)
    for row in _rows(keys):
        facets = facets_of(_facts(row))
        columns["keys"].append(row["id"])
        columns["facets"].append(facets)
        columns["terms"].append(_SIGN.join(_terms(row, facets, found[row["id"]])))
        for name in ("countries", "open_countries"):
            columns[name].append(",".join(row[name]))
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, {"version": VERSION, "order": [*STATUS_ORDER], **columns})


def _rows(keys: Collection[int]) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(keys)])
        names = [column.name for column in cursor.description or ()]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))


def _facts(row: dict[str, Any]) -> Facts:
    called = [*row["given"], *row["arm_labels"]]
    return Facts(
        status=row["status"] or RecruitmentStatus.UNKNOWN,
        phases=tuple(row["phases"]),
        study_type=row["study_type"],
        sex=row["sex"],
        intervention_types=tuple(row["intervention_types"]),
        arm_types=tuple(row["arm_types"]),
        gives_placebo=any(drug.kind in _MOCKS for name in called for drug in drugs.find_all(name)),
        lead_class=row["lead_class"] or "",
        has_contact=row["has_contact"],
        minimum_age_years=row["minimum_age_years"],
    )


def _terms(row: dict[str, Any], facets: str, found: Coverage) -> list[str]:
    given = {drug for name in row["given"] for drug in drugs.find_all(name)}
    return [
        *terms_of(facets),
        *map(condition_term, sorted(found.slugs - found.wide)),
        *map(wide_term, sorted(found.wide)),
        *sorted({drug_term(drug.name) for drug in given}),
        *sorted({kind_term(drug.kind) for drug in given}),
        *(country_term(code) for code in row["countries"]),
        *(open_country_term(code) for code in row["open_countries"]),
        *sorted({sponsor_term(name) for name in row["sponsors"]}),
        *sorted({cell_term(cell_of(Point(*point))) for point in row["points"]}),
    ]
