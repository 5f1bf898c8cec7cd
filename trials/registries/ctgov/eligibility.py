"""Who may take part, as far as the fields of `eligibilityModule` say; the criteria text is kept as it is."""

from typing import Any

from trials import vocab as v
from trials.records import Eligibility, RecordError
from trials.registries.ctgov.values import body, line, parse_age, states_no_limit, token
from trials.registries.ledger import Ledger


def _age(module: dict[str, Any], key: str, ledger: Ledger) -> tuple[float | None, str]:
    path = "protocolSection.eligibilityModule"
    text = line(module, key, path, ledger)[:40]
    if states_no_limit(text):
        return None, ""
    try:
        return parse_age(text, upper=key == "maximumAge"), text
    except RecordError:
        ledger.add(v.Origin.FLAGGED, f"{path}.{key}", "unread-age", text)
        return None, text


def read_eligibility(module: dict[str, Any], ledger: Ledger) -> Eligibility:
    path = "protocolSection.eligibilityModule"
    minimum, minimum_text = _age(module, "minimumAge", ledger)
    below, maximum_text = _age(module, "maximumAge", ledger)
    if minimum is not None and below is not None and minimum >= below:
        # Nobody could take part: one of the two is wrong, and no limit that may be wrong keeps a person out.
        ledger.add(v.Origin.FLAGGED, f"{path}.minimumAge", "ages-out-of-order", f"{minimum_text} – {maximum_text}")
        minimum = below = None
    volunteers = module.get("healthyVolunteers")
    return Eligibility(
        criteria_text=body(module.get("eligibilityCriteria")),
        minimum_age_years=minimum,
        below_age_years=below,
        minimum_age_text=minimum_text,
        maximum_age_text=maximum_text,
        sex=token(module, "sex", v.Sex, path, ledger),
        healthy_volunteers=volunteers
        if isinstance(volunteers, bool)
        else {"Yes": True, "No": False}.get(str(volunteers)),
        gender_description=body(module.get("genderDescription")),
        study_population=body(module.get("studyPopulation")),
    )
