"""The parts of a study for programs. None means that the registry does not say; what a page hides is not here."""

from collections.abc import Iterable
from dataclasses import dataclass

from finder.presenters.about import condition_views
from trials import models as m
from trials import vocab as v


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion in the registry's words; `parent` is the id of the one that it stands under."""

    id: str
    kind: str
    parent: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ConditionDetail:
    """A condition of our list; `from_criteria`: only the rules on who can join name it."""

    slug: str
    name: str
    from_criteria: bool


@dataclass(frozen=True, slots=True)
class StudyDate:
    """`date` is as exact as the registry tells it: 2026, 2026-11 or 2026-11-22."""

    kind: str
    date: str
    precision: str
    type: str | None


@dataclass(frozen=True, slots=True)
class Design:
    allocation: str | None
    intervention_model: str | None
    primary_purpose: str | None
    masking: str | None
    who_masked: tuple[str, ...]
    observational_model: str | None
    time_perspective: str | None


@dataclass(frozen=True, slots=True)
class Arm:
    label: str
    type: str | None
    description: str | None
    interventions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intervention:
    name: str
    type: str | None
    description: str | None
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    type: str
    measure: str
    description: str | None
    time_frame: str | None


@dataclass(frozen=True, slots=True)
class Sponsor:
    role: str
    name: str
    agency_class: str | None


@dataclass(frozen=True, slots=True)
class SecondaryId:
    identifier: str
    type: str | None
    domain: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Contact:
    kind: str
    name: str | None
    role: str | None
    phone: str | None
    email: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class Site:
    """`status` None: as the whole study. Coordinates in degrees."""

    facility: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    country: str | None
    status: str | None
    open_to_join: bool
    latitude: float | None
    longitude: float | None
    contacts: tuple[Contact, ...]


def criteria(trial: m.Trial) -> tuple[Criterion, ...]:
    """In reading order, a parent before its children."""
    rows = list(trial.criteria.all())
    keys = {row.pk: row.key for row in rows}
    return tuple(
        Criterion(row.key, row.kind, keys.get(row.parent_id) if row.parent_id else None, row.text) for row in rows
    )


def condition_details(trial: m.Trial) -> tuple[ConditionDetail, ...]:
    return tuple(ConditionDetail(one.slug, one.name, one.from_criteria) for one in condition_views(trial))


_LENGTHS = {v.DatePrecision.YEAR: 4, v.DatePrecision.MONTH: 7, v.DatePrecision.DAY: 10}  # of 2026-11-22


def dates(trial: m.Trial) -> tuple[StudyDate, ...]:
    """In the order of the calendar."""
    rows = sorted(trial.dates.all(), key=lambda row: (row.date, row.kind))
    return tuple(StudyDate(row.kind, exact(row), row.precision, row.type or None) for row in rows)


def exact(row: m.TrialDate) -> str:
    """ISO 8601, no more exact than the registry tells it."""
    return row.date.isoformat()[: _LENGTHS[v.DatePrecision(row.precision)]]


def design(trial: m.Trial) -> Design:
    return Design(
        allocation=trial.allocation or None,
        intervention_model=trial.intervention_model or None,
        primary_purpose=trial.primary_purpose or None,
        masking=trial.masking or None,
        who_masked=tuple(trial.who_masked),
        observational_model=trial.observational_model or None,
        time_perspective=trial.time_perspective or None,
    )


def arms(trial: m.Trial) -> tuple[Arm, ...]:
    return tuple(
        Arm(arm.label, arm.type or None, arm.description or None, tuple(one.name for one in arm.interventions.all()))
        for arm in trial.arms.all()
    )


def interventions(trial: m.Trial) -> tuple[Intervention, ...]:
    return tuple(
        Intervention(one.name, one.type or None, one.description or None, tuple(one.other_names))
        for one in trial.interventions.all()
    )


def outcomes(trial: m.Trial) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(one.type, one.measure, one.description or None, one.time_frame or None) for one in trial.outcomes.all()
    )


def sponsors(trial: m.Trial) -> tuple[Sponsor, ...]:
    return tuple(Sponsor(one.role, one.name, one.agency_class or None) for one in trial.sponsors.all())


def secondary_ids(trial: m.Trial) -> tuple[SecondaryId, ...]:
    """The sponsor's own id first."""
    own = [SecondaryId(trial.org_study_id, "ORG_STUDY_ID", None, None)] if trial.org_study_id else []
    others = (
        SecondaryId(one.identifier, one.type or None, one.domain or None, one.link or None)
        for one in trial.secondary_ids.all()
    )
    return (*own, *others)


def shown_contacts(trial: m.Trial) -> list[m.Contact]:
    """Those that the page of the study shows."""
    return [one for one in trial.contacts.all() if not one.hidden and (one.name or one.phone or one.email)]


def contacts(trial: m.Trial) -> tuple[Contact, ...]:
    """Those of the study as a whole; a site's are in the site."""
    return _contacts(one for one in shown_contacts(trial) if one.kind != v.ContactKind.SITE)


def _contacts(rows: Iterable[m.Contact]) -> tuple[Contact, ...]:
    return tuple(
        Contact(
            row.kind,
            row.name or None,
            row.role or None,
            row.phone or None,
            row.email or None,
            row.affiliation or None,
        )
        for row in rows
    )


def sites(trial: m.Trial) -> tuple[Site, ...]:
    """In the registry's own order."""
    of_site: dict[int | None, list[m.Contact]] = {}
    for one in shown_contacts(trial):
        of_site.setdefault(one.site_id, []).append(one)
    return tuple(
        Site(
            facility=site.facility or None,
            city=site.city or None,
            state=site.state or None,
            postal_code=site.postal_code or None,
            country=site.country_code or None,
            status=site.status or None,
            open_to_join=site.recruiting and not trial.gone_since,
            latitude=site.latitude,
            longitude=site.longitude,
            contacts=_contacts(of_site.get(site.pk, ())),
        )
        for site in trial.sites.all()
    )
