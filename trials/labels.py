"""What people read for each registry token: whole words, never the raw value."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trials import vocab as v

LABELS: dict[type[StrEnum], dict[str, Promise]] = {
    v.RecruitmentStatus: {
        "RECRUITING": _("Open to join"),
        "NOT_YET_RECRUITING": _("Not open yet"),
        "ENROLLING_BY_INVITATION": _("By invitation only"),
        "ACTIVE_NOT_RECRUITING": _("Running, no longer taking people"),
        "SUSPENDED": _("Paused"),
        "COMPLETED": _("Finished"),
        "TERMINATED": _("Stopped early"),
        "WITHDRAWN": _("Withdrawn before it began"),
        "UNKNOWN": _("Status not known"),
        "AVAILABLE": _("Available outside a study"),
        "NO_LONGER_AVAILABLE": _("No longer available"),
        "TEMPORARILY_NOT_AVAILABLE": _("Not available for now"),
        "APPROVED_FOR_MARKETING": _("Approved for sale"),
        "WITHHELD": _("Details held back by the registry"),
    },
    v.StudyType: {
        "INTERVENTIONAL": _("Tests a treatment or other action"),
        "OBSERVATIONAL": _("Observes people, gives no study treatment"),
        "EXPANDED_ACCESS": _("Gives access outside a study"),
    },
    v.Phase: {
        "EARLY_PHASE1": _("Early phase 1"),
        "PHASE1": _("Phase 1"),
        "PHASE2": _("Phase 2"),
        "PHASE3": _("Phase 3"),
        "PHASE4": _("Phase 4"),
        "NA": _("No phase"),
    },
    v.Sex: {"ALL": _("All sexes"), "FEMALE": _("Women and girls"), "MALE": _("Men and boys")},
    v.Allocation: {
        "RANDOMIZED": _("By chance (randomised)"),
        "NON_RANDOMIZED": _("Not by chance"),
        "NA": _("One group only"),
    },
    v.InterventionModel: {
        "SINGLE_GROUP": _("One group"),
        "PARALLEL": _("Groups side by side"),
        "CROSSOVER": _("Each person gets each treatment in turn"),
        "FACTORIAL": _("Treatments combined in several groups"),
        "SEQUENTIAL": _("Groups one after another"),
    },
    v.PrimaryPurpose: {
        "TREATMENT": _("To treat"),
        "PREVENTION": _("To prevent"),
        "DIAGNOSTIC": _("To find or measure disease"),
        "ECT": _("To teach or train"),
        "SUPPORTIVE_CARE": _("To ease symptoms"),
        "SCREENING": _("To screen"),
        "HEALTH_SERVICES_RESEARCH": _("To study health care"),
        "BASIC_SCIENCE": _("To understand how the body works"),
        "DEVICE_FEASIBILITY": _("To see if a device can work"),
        "OTHER": _("Other"),
    },
    v.Masking: {
        "NONE": _("Everyone knows which treatment is given (open label)"),
        "SINGLE": _("One side does not know which treatment is given"),
        "DOUBLE": _("Two sides do not know which treatment is given"),
        "TRIPLE": _("Three sides do not know which treatment is given"),
        "QUADRUPLE": _("Four sides do not know which treatment is given"),
    },
    v.WhoMasked: {
        "PARTICIPANT": _("you"),
        "CARE_PROVIDER": _("your care team"),
        "INVESTIGATOR": _("the study doctor"),
        "OUTCOMES_ASSESSOR": _("those who measure the results"),
    },
    v.ObservationalModel: {
        "COHORT": _("Follows a group"),
        "CASE_CONTROL": _("Compares people with and without the disease"),
        "CASE_ONLY": _("Looks at people with the disease"),
        "CASE_CROSSOVER": _("Compares different times in the same people"),
        "ECOLOGIC_OR_COMMUNITY": _("Looks at whole communities"),
        "FAMILY_BASED": _("Looks at families"),
        "DEFINED_POPULATION": _("Looks at a defined population"),
        "NATURAL_HISTORY": _("Follows the course of the disease"),
        "OTHER": _("Other"),
    },
    v.TimePerspective: {
        "RETROSPECTIVE": _("Looks back"),
        "PROSPECTIVE": _("Looks forward"),
        "CROSS_SECTIONAL": _("Looks at one point in time"),
        "OTHER": _("Other"),
    },
    v.ArmType: {
        "EXPERIMENTAL": _("Gets what is tested"),
        "ACTIVE_COMPARATOR": _("Gets another active treatment"),
        "PLACEBO_COMPARATOR": _("Gets a placebo"),
        "SHAM_COMPARATOR": _("Gets a sham procedure"),
        "NO_INTERVENTION": _("Gets no study treatment"),
        "OTHER": _("Other group"),
    },
    v.InterventionType: {
        "DRUG": _("Drug"),
        "BIOLOGICAL": _("Biological medicine or cells"),
        "DEVICE": _("Device"),
        "PROCEDURE": _("Procedure"),
        "RADIATION": _("Radiation"),
        "BEHAVIORAL": _("Behaviour"),
        "GENETIC": _("Gene therapy"),
        "DIETARY_SUPPLEMENT": _("Dietary supplement"),
        "COMBINATION_PRODUCT": _("Combination product"),
        "DIAGNOSTIC_TEST": _("Test"),
        "OTHER": _("Other"),
    },
    v.OutcomeType: {"PRIMARY": _("Main"), "SECONDARY": _("Further"), "OTHER": _("Other")},
    v.SponsorRole: {"LEAD": _("Run by"), "COLLABORATOR": _("Together with")},
    v.AgencyClass: {
        "INDUSTRY": _("Company"),
        "NIH": _("US National Institutes of Health"),
        "FED": _("US federal agency"),
        "OTHER_GOV": _("Government body"),
        "NETWORK": _("Research network"),
        "INDIV": _("A person"),
        "AMBIG": _("Not clear"),
        "OTHER": _("University, hospital or other"),
        "UNKNOWN": _("Not known"),
    },
    v.ContactKind: {
        "CENTRAL": _("Study contact"),
        "SITE": _("Site contact"),
        "OFFICIAL": _("Responsible for the study"),
    },
    v.DateKind: {
        "FIRST_POSTED": _("First posted"),
        "START": _("Start"),
        "PRIMARY_COMPLETION": _("Main results measured by"),
        "COMPLETION": _("End"),
        "LAST_UPDATE_POSTED": _("Last changed in the registry"),
        "STATUS_VERIFIED": _("Status last confirmed by the study team"),
        "RESULTS_FIRST_POSTED": _("Results first posted"),
    },
    v.DatePrecision: {"DAY": _("day"), "MONTH": _("month"), "YEAR": _("year")},
    v.DateType: {"ACTUAL": _("actual"), "ESTIMATED": _("planned")},
    v.Origin: {
        "REPAIRED": _("Put right"),
        "FILLED": _("From an earlier version"),
        "HIDDEN": _("Hidden until checked"),
        "FLAGGED": _("In doubt"),
        "EDITED": _("Changed by an editor"),
    },
}


def label(vocabulary: type[StrEnum], token: str) -> Promise | str:
    """What people read for a token; a token that we do not know yet is shown as words, not in capitals."""
    return LABELS[vocabulary].get(token) or token.replace("_", " ").capitalize()


def choices(vocabulary: type[StrEnum]) -> list[tuple[str, Promise]]:
    return list(LABELS[vocabulary].items())
