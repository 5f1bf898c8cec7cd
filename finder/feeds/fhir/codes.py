"""The registry's tokens in the code systems of FHIR R5.

A token without an exact counterpart has no code: its own word then stands alone, as `text`. Source: the value sets that
HL7 FHIR 5.0.0 binds to the elements of ResearchStudy.
"""

from typing import Any

from trials import vocab as v

_HL7 = "http://hl7.org/fhir"
_STATUS = v.RecruitmentStatus
_MODEL = v.InterventionModel

# "Suspended" may or may not stop the treatment of who has joined; FHIR has a code for each of both, and none for it.
PROGRESS: dict[str, str] = {
    _STATUS.RECRUITING: "recruiting",
    _STATUS.NOT_YET_RECRUITING: "not-yet-recruiting",
    _STATUS.ENROLLING_BY_INVITATION: "enrolling-by-invitation",
    _STATUS.ACTIVE_NOT_RECRUITING: "active-but-not-recruiting",
    _STATUS.COMPLETED: "completed",
    _STATUS.TERMINATED: "terminated",
    _STATUS.WITHDRAWN: "withdrawn",
}
PHASES: dict[tuple[str, ...], str] = {
    ("EARLY_PHASE1",): "early-phase-1",
    ("PHASE1",): "phase-1",
    ("PHASE1", "PHASE2"): "phase-1-phase-2",
    ("PHASE2",): "phase-2",
    ("PHASE2", "PHASE3"): "phase-2-phase-3",
    ("PHASE3",): "phase-3",
    ("PHASE4",): "phase-4",
    ("NA",): "n-a",
}
PURPOSES: dict[str, str] = {
    v.PrimaryPurpose.TREATMENT: "treatment",
    v.PrimaryPurpose.PREVENTION: "prevention",
    v.PrimaryPurpose.DIAGNOSTIC: "diagnostic",
    v.PrimaryPurpose.SUPPORTIVE_CARE: "supportive-care",
    v.PrimaryPurpose.SCREENING: "screening",
    v.PrimaryPurpose.HEALTH_SERVICES_RESEARCH: "health-services-research",
    v.PrimaryPurpose.BASIC_SCIENCE: "basic-science",
    v.PrimaryPurpose.DEVICE_FEASIBILITY: "device-feasibility",
}
ARMS: dict[str, str] = {
    v.ArmType.EXPERIMENTAL: "experimental",
    v.ArmType.ACTIVE_COMPARATOR: "active-comparator",
    v.ArmType.PLACEBO_COMPARATOR: "placebo-comparator",
    v.ArmType.SHAM_COMPARATOR: "sham-comparator",
    v.ArmType.NO_INTERVENTION: "no-intervention",
    v.ArmType.OTHER: "other-arm-type",
}
OUTCOMES: dict[str, str] = {v.OutcomeType.PRIMARY: "primary", v.OutcomeType.SECONDARY: "secondary"}
PARTIES: dict[str, str] = {
    v.SponsorRole.LEAD: "lead-sponsor",
    v.SponsorRole.COLLABORATOR: "collaborator",
    v.ContactKind.CENTRAL: "general-contact",
    "PRINCIPAL_INVESTIGATOR": "primary-investigator",
    "SUB_INVESTIGATOR": "sub-investigator",
    "STUDY_DIRECTOR": "study-director",
    "STUDY_CHAIR": "study-chair",
}
# By the registry's name of the field and its token.
DESIGN: dict[tuple[str, str], str] = {
    ("studyType", v.StudyType.INTERVENTIONAL): "SEVCO:01001",
    ("studyType", v.StudyType.OBSERVATIONAL): "SEVCO:01002",
    ("studyType", v.StudyType.EXPANDED_ACCESS): "SEVCO:01038",
    ("allocation", v.Allocation.RANDOMIZED): "SEVCO:01003",
    ("allocation", v.Allocation.NON_RANDOMIZED): "SEVCO:01005",
    ("interventionModel", _MODEL.PARALLEL): "SEVCO:01011",
    ("interventionModel", _MODEL.CROSSOVER): "SEVCO:01012",
    ("observationalModel", v.ObservationalModel.CASE_CONTROL): "SEVCO:01013",
    ("timePerspective", v.TimePerspective.CROSS_SECTIONAL): "SEVCO:01027",
    ("whoMasked", v.WhoMasked.PARTICIPANT): "SEVCO:01060",
    ("whoMasked", v.WhoMasked.CARE_PROVIDER): "SEVCO:01061",
    ("whoMasked", v.WhoMasked.OUTCOMES_ASSESSOR): "SEVCO:01062",
}
SYSTEMS: dict[str, str] = {
    "progress": f"{_HL7}/research-study-status",
    "phase": f"{_HL7}/research-study-phase",
    "purpose": f"{_HL7}/research-study-prim-purp-type",
    "arm": f"{_HL7}/research-study-arm-type",
    "outcome": f"{_HL7}/research-study-objective-type",
    "party": f"{_HL7}/research-study-party-role",
    "design": f"{_HL7}/study-design",
    "title": f"{_HL7}/title-type",
    "country": "urn:iso:std:iso:3166",
    "unit": "http://unitsofmeasure.org",
}


def concept(text: str, system: str = "", code: str | None = None) -> dict[str, Any]:
    """A CodeableConcept: the registry's word, and the code for it where there is one."""
    coding = [{"system": SYSTEMS[system], "code": code}] if code else []
    return {"coding": coding, "text": text}
