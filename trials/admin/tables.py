"""A trial's parts as plain tables for its page on the desk: read-only, bounded, each with its way to the full list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trials.admin.base import list_url, row_url
from trials.models import Trial

LIMIT = 25  # rows of a part that are shown on the trial's page

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Cell:
    text: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`total` is the number of rows there are; `rows` holds the first of them, `url` leads to all."""

    title: Text
    head: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    total: int
    url: str = ""


def trial_tables(trial: Trial) -> list[Table]:
    """All parts of a trial, each by one query."""
    builders: tuple[Callable[[Trial], Table], ...] = (
        *(_conditions, _listed, _arms, _interventions, _outcomes, _dates, _sponsors, _secondary_ids),
        *(_sites, _contacts, _notes, _versions),
    )
    return [builder(trial) for builder in builders]


def _table(
    title: Text, head: Sequence[Text], found: QuerySet[Any], row: Callable[[Any], Iterable[object]], url: str = ""
) -> Table:
    rows = list(found[: LIMIT + 1])
    total = found.count() if len(rows) > LIMIT else len(rows)
    return Table(title, head, [_cells(row(one)) for one in rows[:LIMIT]], total, url)


def _cells(values: Iterable[object]) -> list[Cell]:
    return [value if isinstance(value, Cell) else Cell(str(value)) for value in values]


def _row_link(model: str, row: Model, text: object) -> Cell:
    return Cell(str(text), row_url(model, row.pk))


def _conditions(trial: Trial) -> Table:
    return _table(
        _("Our conditions"),
        (_("condition"), _("from"), _("the record's words")),
        trial.condition_links.select_related("condition").order_by("condition__name"),
        lambda one: (_row_link("condition", one.condition, one.condition), one.origin, one.matched),
    )


def _listed(trial: Trial) -> Table:
    return _table(
        _("Conditions as the registry lists them"),
        (_("as written"), _("state")),
        trial.listed_conditions.select_related("term"),
        lambda one: (_row_link("conditionterm", one.term, one.text), one.term.get_state_display()),
    )


def _arms(trial: Trial) -> Table:
    return _table(
        _("Study groups (arms)"),
        (_("label"), _("kind"), _("description")),
        trial.arms.all(),
        lambda one: (one.label, one.get_type_display(), one.description),
    )


def _interventions(trial: Trial) -> Table:
    return _table(
        _("Interventions"),
        (_("name"), _("kind"), _("in the arms"), _("other names")),
        trial.interventions.prefetch_related("arms"),
        lambda one: (
            *(one.name, one.get_type_display()),
            *("; ".join(arm.label for arm in one.arms.all()), ", ".join(one.other_names)),
        ),
    )


def _outcomes(trial: Trial) -> Table:
    return _table(
        _("Outcomes"),
        (_("kind"), _("measure"), _("time frame")),
        trial.outcomes.all(),
        lambda one: (one.get_type_display(), one.measure, one.time_frame),
    )


def _dates(trial: Trial) -> Table:
    return _table(
        _("Dates"),
        (_("event"), _("date"), _("precise to"), _("kind")),
        trial.dates.order_by("date", "kind"),
        lambda one: (one.get_kind_display(), one.date, one.get_precision_display(), one.get_type_display()),
    )


def _sponsors(trial: Trial) -> Table:
    return _table(
        _("Sponsors"),
        (_("role"), _("name"), _("kind")),
        trial.sponsors.all(),
        lambda one: (one.get_role_display(), one.name, one.get_agency_class_display()),
    )


def _secondary_ids(trial: Trial) -> Table:
    return _table(
        _("Other study numbers"),
        (_("number"), _("kind"), _("given by")),
        trial.secondary_ids.all(),
        lambda one: (one.identifier, one.type, one.domain),
    )


def _sites(trial: Trial) -> Table:
    return _table(
        _("Sites"),
        (_("facility"), _("city"), _("country"), _("status")),
        trial.sites.all(),
        lambda one: (
            *(_row_link("site", one, one.facility or _("Unnamed site")), one.city),
            *(one.country_code or one.country_text, one.get_status_display()),
        ),
        list_url("site", f"trial__id__exact={trial.pk}"),
    )


def _contacts(trial: Trial) -> Table:
    return _table(
        _("Contacts"),
        (_("name"), _("kind"), _("affiliation"), _("site"), _("hidden by")),
        trial.contacts.select_related("site").order_by("hidden", "kind", "position").reverse(),
        lambda one: (
            *(_row_link("contact", one, one), one.get_kind_display()),
            *(one.affiliation, one.site or "", one.hidden),
        ),
        list_url("contact", f"trial__id__exact={trial.pk}"),
    )


def _notes(trial: Trial) -> Table:
    return _table(
        _("Field notes: what we repaired, filled, hid or edited"),
        (_("origin"), _("field"), _("rule"), _("the registry wrote"), _("we show")),
        trial.field_notes.order_by("pk"),
        lambda one: (
            *(_row_link("fieldnote", one, one.get_origin_display()), one.path),
            *(one.rule, one.written, one.shown),
        ),
        list_url("fieldnote", f"trial__id__exact={trial.pk}"),
    )


def _versions(trial: Trial) -> Table:
    return _table(
        _("Versions of the record"),
        (_("last update posted"), _("read at"), _("read from"), _("complete"), _("shown")),
        trial.versions.defer("payload"),
        lambda one: (
            *(_row_link("recordversion", one, one.version_date or "?"), f"{one.fetched_at:%Y-%m-%d %H:%M}"),
            *(one.source, _("yes") if one.is_complete else _("no"), _("yes") if one.is_basis else _("no")),
        ),
        list_url("recordversion", f"trial__id__exact={trial.pk}"),
    )
