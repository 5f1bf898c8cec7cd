"""The field's closed lists, with the registry's own tokens unchanged.

Source: ClinicalTrials.gov API v2 data structure (enumeration types of the study record). Labels for people are added by
the pages, in the language of the page; here are only the tokens and what they mean.
"""

from enum import StrEnum


class Registry(StrEnum):
    CTGOV = "ctgov"
    HAND = "hand"  # entered by an editor from a listing


class RecruitmentStatus(StrEnum):
    """`overallStatus` of a study, `status` of a site."""

    RECRUITING = "RECRUITING"
    NOT_YET_RECRUITING = "NOT_YET_RECRUITING"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION"
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING"
    SUSPENDED = "SUSPENDED"
    COMPLETED = "COMPLETED"
    TERMINATED = "TERMINATED"
    WITHDRAWN = "WITHDRAWN"
    UNKNOWN = "UNKNOWN"  # said to be open, but not verified for two years
    AVAILABLE = "AVAILABLE"  # the last five: expanded access only
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING"
    WITHHELD = "WITHHELD"

    @property
    def is_open(self) -> bool:
        """Whether somebody can ask to join today."""
        return self in OPEN_STATUSES


# A site or study where a patient can ask to join now. Not "by invitation": there the team asks the patient.
OPEN_STATUSES = frozenset({RecruitmentStatus.RECRUITING, RecruitmentStatus.AVAILABLE})

# Open, or about to open: the studies a patient may still plan for.
UPCOMING_STATUSES = OPEN_STATUSES | {RecruitmentStatus.NOT_YET_RECRUITING, RecruitmentStatus.ENROLLING_BY_INVITATION}


def site_is_open(study: RecruitmentStatus | None, site: RecruitmentStatus | None) -> bool:
    """Whether one can ask to join at a site: the study must be open, and the site open or silent.

    Where the study's own status is missing, the site's word holds. A study whose status is not confirmed is not open.
    """
    if study is None:
        return site in OPEN_STATUSES
    return study in OPEN_STATUSES and (site is None or site in OPEN_STATUSES)


class StudyType(StrEnum):
    INTERVENTIONAL = "INTERVENTIONAL"
    OBSERVATIONAL = "OBSERVATIONAL"
    EXPANDED_ACCESS = "EXPANDED_ACCESS"


class Phase(StrEnum):
    EARLY_PHASE1 = "EARLY_PHASE1"
    PHASE1 = "PHASE1"
    PHASE2 = "PHASE2"
    PHASE3 = "PHASE3"
    PHASE4 = "PHASE4"
    NA = "NA"  # interventional, but not of a drug


class Sex(StrEnum):
    ALL = "ALL"
    FEMALE = "FEMALE"
    MALE = "MALE"


ADULT_FROM_YEARS = 18  # the registry's own line between "child" and "adult"


class Allocation(StrEnum):
    RANDOMIZED = "RANDOMIZED"
    NON_RANDOMIZED = "NON_RANDOMIZED"
    NA = "NA"


class InterventionModel(StrEnum):
    SINGLE_GROUP = "SINGLE_GROUP"
    PARALLEL = "PARALLEL"
    CROSSOVER = "CROSSOVER"
    FACTORIAL = "FACTORIAL"
    SEQUENTIAL = "SEQUENTIAL"


class Masking(StrEnum):
    NONE = "NONE"
    SINGLE = "SINGLE"
    DOUBLE = "DOUBLE"
    TRIPLE = "TRIPLE"
    QUADRUPLE = "QUADRUPLE"


class WhoMasked(StrEnum):
    PARTICIPANT = "PARTICIPANT"
    CARE_PROVIDER = "CARE_PROVIDER"
    INVESTIGATOR = "INVESTIGATOR"
    OUTCOMES_ASSESSOR = "OUTCOMES_ASSESSOR"


class PrimaryPurpose(StrEnum):
    TREATMENT = "TREATMENT"
    PREVENTION = "PREVENTION"
    DIAGNOSTIC = "DIAGNOSTIC"
    ECT = "ECT"  # educational, counselling, training
    SUPPORTIVE_CARE = "SUPPORTIVE_CARE"
    SCREENING = "SCREENING"
    HEALTH_SERVICES_RESEARCH = "HEALTH_SERVICES_RESEARCH"
    BASIC_SCIENCE = "BASIC_SCIENCE"
    DEVICE_FEASIBILITY = "DEVICE_FEASIBILITY"
    OTHER = "OTHER"


class ObservationalModel(StrEnum):
    COHORT = "COHORT"
    CASE_CONTROL = "CASE_CONTROL"
    CASE_ONLY = "CASE_ONLY"
    CASE_CROSSOVER = "CASE_CROSSOVER"
    ECOLOGIC_OR_COMMUNITY = "ECOLOGIC_OR_COMMUNITY"
    FAMILY_BASED = "FAMILY_BASED"
    DEFINED_POPULATION = "DEFINED_POPULATION"
    NATURAL_HISTORY = "NATURAL_HISTORY"
    OTHER = "OTHER"


class TimePerspective(StrEnum):
    RETROSPECTIVE = "RETROSPECTIVE"
    PROSPECTIVE = "PROSPECTIVE"
    CROSS_SECTIONAL = "CROSS_SECTIONAL"
    OTHER = "OTHER"


class ArmType(StrEnum):
    EXPERIMENTAL = "EXPERIMENTAL"
    ACTIVE_COMPARATOR = "ACTIVE_COMPARATOR"
    PLACEBO_COMPARATOR = "PLACEBO_COMPARATOR"
    SHAM_COMPARATOR = "SHAM_COMPARATOR"
    NO_INTERVENTION = "NO_INTERVENTION"
    OTHER = "OTHER"


class InterventionType(StrEnum):
    DRUG = "DRUG"
    BIOLOGICAL = "BIOLOGICAL"
    DEVICE = "DEVICE"
    PROCEDURE = "PROCEDURE"
    RADIATION = "RADIATION"
    BEHAVIORAL = "BEHAVIORAL"
    GENETIC = "GENETIC"
    DIETARY_SUPPLEMENT = "DIETARY_SUPPLEMENT"
    COMBINATION_PRODUCT = "COMBINATION_PRODUCT"
    DIAGNOSTIC_TEST = "DIAGNOSTIC_TEST"
    OTHER = "OTHER"


class OutcomeType(StrEnum):
    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"
    OTHER = "OTHER"


class SponsorRole(StrEnum):
    LEAD = "LEAD"
    COLLABORATOR = "COLLABORATOR"


class AgencyClass(StrEnum):
    INDUSTRY = "INDUSTRY"
    NIH = "NIH"
    FED = "FED"
    OTHER_GOV = "OTHER_GOV"
    NETWORK = "NETWORK"
    INDIV = "INDIV"
    AMBIG = "AMBIG"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class ContactKind(StrEnum):
    CENTRAL = "CENTRAL"  # whom to ask about the study as a whole
    SITE = "SITE"  # whom to ask at one site
    OFFICIAL = "OFFICIAL"  # who answers for the study; not somebody to call


class DateKind(StrEnum):
    """The dated events of a study; the words of `statusModule`."""

    FIRST_POSTED = "FIRST_POSTED"
    START = "START"
    PRIMARY_COMPLETION = "PRIMARY_COMPLETION"
    COMPLETION = "COMPLETION"
    LAST_UPDATE_POSTED = "LAST_UPDATE_POSTED"
    STATUS_VERIFIED = "STATUS_VERIFIED"
    RESULTS_FIRST_POSTED = "RESULTS_FIRST_POSTED"


class DatePrecision(StrEnum):
    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


class DateType(StrEnum):
    ACTUAL = "ACTUAL"
    ESTIMATED = "ESTIMATED"


class Origin(StrEnum):
    """Why a shown value differs from the registry's newest record."""

    REPAIRED = "REPAIRED"  # the registry's value was certainly wrong; a rule put it right
    FILLED = "FILLED"  # the newest record lacks it; an earlier version of the same record has it
    HIDDEN = "HIDDEN"  # kept, but not shown until an editor says so
    FLAGGED = "FLAGGED"  # shown as written; a rule doubts it
    EDITED = "EDITED"  # an editor changed what is shown


class Verdict(StrEnum):
    """Whether a study may fit a person, as far as their answers and its criteria tell."""

    MAY_FIT = "may_fit"
    DOES_NOT_FIT = "does_not_fit"
    UNKNOWN = "unknown"
