"""How a study is built (`designModule`)."""

from typing import Any

from trials import vocab as v
from trials.records import Design
from trials.registries.ctgov.values import number, sub, token, tokens
from trials.registries.ledger import Ledger


def read_design(module: dict[str, Any], ledger: Ledger) -> Design:
    path = "protocolSection.designModule"
    info, enrollment = sub(module, "designInfo"), sub(module, "enrollmentInfo")
    masking = sub(info, "maskingInfo")
    count = number(enrollment.get("count"), 0, 2**31 - 1)
    return Design(
        study_type=token(module, "studyType", v.StudyType, path, ledger),
        phases=tokens(module, "phases", v.Phase, path, ledger),
        allocation=token(info, "allocation", v.Allocation, path, ledger),
        intervention_model=token(info, "interventionModel", v.InterventionModel, path, ledger),
        primary_purpose=token(info, "primaryPurpose", v.PrimaryPurpose, path, ledger),
        masking=token(masking, "masking", v.Masking, path, ledger),
        who_masked=tokens(masking, "whoMasked", v.WhoMasked, path, ledger),
        observational_model=token(info, "observationalModel", v.ObservationalModel, path, ledger),
        time_perspective=token(info, "timePerspective", v.TimePerspective, path, ledger),
        enrollment_count=int(count) if count is not None else None,
        enrollment_type=token(enrollment, "type", v.DateType, f"{path}.enrollmentInfo", ledger),
    )
