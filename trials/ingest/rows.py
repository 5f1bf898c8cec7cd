"""`StudyRecord` → rows. Knows the columns of every part of a trial; asks nothing of the database."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from trials import models as m
from trials import vocab as v
from trials.ingest.conditions import term_key
from trials.models.site import contact_fingerprint
from trials.records import Contact, StudyRecord
from trials.registries.ctgov import end_of

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    m.Arm: ("id", "trial_id", "position", "label", "type", "description"),
    m.Intervention: ("id", "trial_id", "position", "name", "type", "description", "other_names"),
    m.ArmIntervention: ("arm_id", "intervention_id"),
    m.Outcome: ("trial_id", "position", "type", "measure", "description", "time_frame"),
    m.TrialSponsor: ("trial_id", "position", "role", "name", "agency_class"),
    m.SecondaryId: ("trial_id", "position", "identifier", "type", "domain", "link"),
    m.TrialDate: ("trial_id", "kind", "date", "precision", "type"),
    m.Site: (
        *("id", "trial_id", "position", "facility", "city", "state", "postal_code", "country_code", "country_text"),
        *("latitude", "longitude", "status", "recruiting"),
    ),
    m.Contact: (
        *("trial_id", "site_id", "position", "kind", "name", "role", "phone", "email", "affiliation", "hidden"),
    ),
    m.ListedCondition: ("trial_id", "position", "term_id", "text"),
    m.TrialCondition: ("trial_id", "condition_id", "origin", "matched"),
    m.FieldNote: ("trial_id", "version_id", "origin", "path", "rule", "written", "shown"),
}
# Parts go before what they point to.
DELETE_ORDER: tuple[type[Model], ...] = (
    *(m.ArmIntervention, m.Arm, m.Intervention, m.Contact, m.Site, m.Outcome, m.TrialSponsor, m.SecondaryId),
    *(m.TrialDate, m.ListedCondition, m.TrialCondition),
)


def trial_values(record: StudyRecord) -> dict[str, Any]:
    """The columns of the trial itself; None and unknown tokens become empty text where the column holds text."""
    design, eligibility = record.design, record.eligibility
    updated, posted = record.date_of(v.DateKind.LAST_UPDATE_POSTED), record.date_of(v.DateKind.FIRST_POSTED)
    parts = {
        **{name: getattr(record, name) for name in _OF_RECORD},
        **{name: getattr(design, name) for name in _OF_DESIGN},
        **{name: getattr(eligibility, name) for name in _OF_ELIGIBILITY},
    }
    texts = {name: value if value is not None else "" for name, value in parts.items()}
    return {
        **texts,
        **{name: list(texts[name]) for name in ("keywords", "mesh_terms", "phases", "who_masked")},
        "registry": record.registry,
        "enrollment_count": design.enrollment_count,
        "eligibility_criteria": eligibility.criteria_text,
        "minimum_age_years": eligibility.minimum_age_years,
        "below_age_years": eligibility.below_age_years,
        "healthy_volunteers": eligibility.healthy_volunteers,
        "has_results": record.has_results,
        "recruiting": record.overall_status in v.OPEN_STATUSES,
        "first_posted_on": posted.date if posted else None,
        "last_update_posted_on": updated.date if updated else None,
        "ends_on": end_of(record),
    }


_OF_RECORD = (
    *(
        "nct_id",
        "listing_url",
        "org_study_id",
        "brief_title",
        "official_title",
        "acronym",
        "brief_summary",
        "detailed_description",
    ),
    *("detailed_description", "keywords", "mesh_terms", "overall_status", "last_known_status", "why_stopped"),
)
_OF_DESIGN = (
    *("study_type", "phases", "allocation", "intervention_model", "primary_purpose", "masking", "who_masked"),
    *("observational_model", "time_perspective", "enrollment_type"),
)
_OF_ELIGIBILITY = ("minimum_age_text", "maximum_age_text", "sex", "gender_description", "study_population")


@dataclass
class PartRows:
    """The rows of all parts of a batch of trials. `ids` hands out reserved primary keys where parts name each other."""

    ids: dict[type[Model], Iterator[int]]
    rows: dict[type[Model], list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, trial_id: int, record: StudyRecord, shown: frozenset[str], hidden: frozenset[str]) -> None:
        self._arms(trial_id, record)
        self._sites(trial_id, record, shown, hidden)
        for n, contact in enumerate(record.contacts):
            self._contact(trial_id, None, n, contact, shown, hidden)
        for n, o in enumerate(record.outcomes):
            self.rows[m.Outcome].append((trial_id, n, o.type, o.measure, o.description, o.time_frame))
        for n, s in enumerate(record.sponsors):
            self.rows[m.TrialSponsor].append((trial_id, n, s.role, s.name, s.agency_class or ""))
        for n, i in enumerate(record.secondary_ids):
            self.rows[m.SecondaryId].append((trial_id, n, i.identifier, i.type, i.domain, i.link))
        for d in record.dates:
            self.rows[m.TrialDate].append((trial_id, d.kind, d.date, d.precision, d.type or ""))
        for n, text in enumerate(record.conditions):
            self.rows[m.ListedCondition].append((trial_id, n, term_key(text), text))

    def _arms(self, trial_id: int, record: StudyRecord) -> None:
        arm_ids = [next(self.ids[m.Arm]) for _ in record.arms]
        for n, (arm_id, a) in enumerate(zip(arm_ids, record.arms, strict=True)):
            self.rows[m.Arm].append((arm_id, trial_id, n, a.label, a.type or "", a.description))
        for n, i in enumerate(record.interventions):
            key = next(self.ids[m.Intervention])
            names = list(i.other_names)
            self.rows[m.Intervention].append((key, trial_id, n, i.name, i.type or "", i.description, names))
            self.rows[m.ArmIntervention] += [(arm_ids[arm], key) for arm in i.arms]

    def _sites(self, trial_id: int, record: StudyRecord, shown: frozenset[str], hidden: frozenset[str]) -> None:
        for position, s in zip(record.site_positions, record.sites, strict=True):
            key = next(self.ids[m.Site])
            recruiting = v.site_is_open(record.overall_status, s.status)
            place = (s.facility, s.city, s.state, s.postal_code, s.country_code, s.country_text)
            row = (key, trial_id, position, *place, s.latitude, s.longitude, s.status or "", recruiting)
            self.rows[m.Site].append(row)
            for n, contact in enumerate(s.contacts):
                self._contact(trial_id, key, n, contact, shown, hidden)

    def _contact(
        self, trial_id: int, site_id: int | None, n: int, c: Contact, shown: frozenset[str], hidden: frozenset[str]
    ) -> None:
        """An editor's decision on the contact wins over the rule."""
        rule = c.hidden
        if shown or hidden:
            fingerprint = contact_fingerprint(c.kind, c.name, c.affiliation)
            rule = "" if fingerprint in shown else "editor" if fingerprint in hidden else rule
        row = (trial_id, site_id, n, c.kind, c.name, c.role, c.phone, c.email, c.affiliation, rule)
        self.rows[m.Contact].append(row)
