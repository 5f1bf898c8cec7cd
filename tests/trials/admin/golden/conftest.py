"""Golden patients beside a study of lupus, for people of 18 to 75 years who are not pregnant."""

from typing import Any

import pytest

from trials.models import GoldenPatient, Trial

PEOPLE: dict[str, dict[str, Any]] = {
    "Lupus, 34": {"age": 34, "diagnosis": ["sle"], "pregnant_or_breastfeeding": False},
    "Lupus, 31, pregnant": {"age": 31, "diagnosis": ["sle"], "pregnant_or_breastfeeding": True},
    "Lupus, 12": {"age": 12, "diagnosis": ["sle"]},
    "Scleroderma, 50": {"age": 50, "diagnosis": ["systemic-sclerosis"]},
}
TEXT = "Inclusion Criteria:\n\n* Systemic lupus erythematosus\n\nExclusion Criteria:\n\n* Pregnancy"
EXPECTED = {"Lupus, 34": "may_fit", "Lupus, 31, pregnant": "may_fit", "Lupus, 12": "does_not_fit"}


@pytest.fixture
def trial(store: Any, study: Any) -> Trial:
    [one] = store(study(1, lambda protocol: protocol["eligibilityModule"].update(eligibilityCriteria=TEXT)))
    return one


@pytest.fixture
def patients(trial: Trial) -> dict[str, GoldenPatient]:
    """Of the second another verdict is expected than the study gives; of the last none."""
    made = {name: GoldenPatient.objects.create(slug=f"p{n}", name=name, answers=answers)
            for n, (name, answers) in enumerate(PEOPLE.items())}  # fmt: skip
    for name, verdict in EXPECTED.items():
        made[name].expected.create(nct_id=trial.nct_id, verdict=verdict, reason="The text says so.")
    return made
