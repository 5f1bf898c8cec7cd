"""What every registry is normalised into: one frozen `StudyRecord` and its parts.

None means that the registry does not say; an empty tuple, that it lists none. Texts are the registry's own words.
"""

from dataclasses import dataclass, field
from datetime import date

from trials import vocab as v


class RecordError(ValueError):
    """A registry record, or a value in one, that we cannot read: a sentence on what is wrong."""


@dataclass(frozen=True, slots=True)
class Note:
    """Why a value that we show is not just what the registry's record says: the ledger line of one field.

    `path` is the field's path in the record ("protocolSection.contactsLocationsModule.locations[1].country"), `rule`
    the name of the rule, `written` what the registry wrote, `shown` what we show instead.
    """

    origin: v.Origin
    path: str
    rule: str
    written: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class RecordDate:
    """A date as precise as the registry gives it; `date` is the first day of a month or year named without a day."""

    kind: v.DateKind
    date: date
    precision: v.DatePrecision
    type: v.DateType | None = None


@dataclass(frozen=True, slots=True)
class SecondaryId:
    """Another identifier of the study: `type` is the registry's token (EUDRACT_NUMBER, CTIS, NIH, REGISTRY, …)."""

    identifier: str
    type: str = ""
    domain: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Sponsor:
    role: v.SponsorRole
    name: str
    agency_class: v.AgencyClass | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    label: str
    type: v.ArmType | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """What is tested or compared; `arms` holds positions in `StudyRecord.arms`."""

    name: str
    type: v.InterventionType | None = None
    description: str = ""
    other_names: tuple[str, ...] = ()
    arms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    type: v.OutcomeType
    measure: str
    description: str = ""
    time_frame: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or desk to ask. `hidden` names the rule that hides it until an editor has looked, or is empty."""

    kind: v.ContactKind
    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    affiliation: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A place where the study runs. `country_code` is ISO 3166-1 alpha-2; `status` None means as the whole study."""

    facility: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country_code: str = ""
    country_text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    status: v.RecruitmentStatus | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may take part, as far as the record's own fields say.

    Ages in years: `minimum_age_years` is the first age let in, `below_age_years` the first age that is too old ("75
    Years" lets people in until their 76th birthday, so 76); None means no limit stated.
    """

    criteria_text: str = ""
    minimum_age_years: float | None = None
    below_age_years: float | None = None
    minimum_age_text: str = ""
    maximum_age_text: str = ""
    sex: v.Sex | None = None
    healthy_volunteers: bool | None = None
    gender_description: str = ""
    study_population: str = ""


@dataclass(frozen=True, slots=True)
class Design:
    study_type: v.StudyType | None = None
    phases: tuple[v.Phase, ...] = ()
    allocation: v.Allocation | None = None
    intervention_model: v.InterventionModel | None = None
    primary_purpose: v.PrimaryPurpose | None = None
    masking: v.Masking | None = None
    who_masked: tuple[v.WhoMasked, ...] = ()
    observational_model: v.ObservationalModel | None = None
    time_perspective: v.TimePerspective | None = None
    enrollment_count: int | None = None
    enrollment_type: v.DateType | None = None


@dataclass(frozen=True, slots=True)
class StudyRecord:
    nct_id: str
    registry: v.Registry = v.Registry.CTGOV
    listing_url: str = ""  # of a study entered by hand: the page that its words come from
    brief_title: str = ""
    official_title: str = ""
    acronym: str = ""
    org_study_id: str = ""
    secondary_ids: tuple[SecondaryId, ...] = ()
    overall_status: v.RecruitmentStatus | None = None
    last_known_status: v.RecruitmentStatus | None = None
    why_stopped: str = ""
    dates: tuple[RecordDate, ...] = ()
    brief_summary: str = ""
    detailed_description: str = ""
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    design: Design = field(default_factory=Design)
    arms: tuple[Arm, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    eligibility: Eligibility = field(default_factory=Eligibility)
    sponsors: tuple[Sponsor, ...] = ()
    sites: tuple[Site, ...] = ()
    site_positions: tuple[int, ...] = ()  # each site's place in the registry's own list, duplicates left out
    contacts: tuple[Contact, ...] = ()  # central contacts and officials; a site's own are in the site
    has_results: bool | None = None
    notes: tuple[Note, ...] = ()

    def date_of(self, kind: v.DateKind) -> RecordDate | None:
        return next((d for d in self.dates if d.kind == kind), None)
