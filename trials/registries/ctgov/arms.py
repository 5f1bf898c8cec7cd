"""Arms, interventions and outcomes of a ClinicalTrials.gov record."""

from typing import Any

from trials import vocab as v
from trials.records import Arm, Intervention, Outcome
from trials.registries.ctgov.values import body, line, lines, rows, token
from trials.registries.ledger import Ledger

_PATH = "protocolSection.armsInterventionsModule"
_OUTCOMES = {
    v.OutcomeType.PRIMARY: "primaryOutcomes",
    v.OutcomeType.SECONDARY: "secondaryOutcomes",
    v.OutcomeType.OTHER: "otherOutcomes",
}


def read_arms(module: dict[str, Any], ledger: Ledger) -> tuple[Arm, ...]:
    return tuple(
        Arm(
            label=line(row, "label", f"{_PATH}.armGroups[{i}]", ledger),
            type=token(row, "type", v.ArmType, f"{_PATH}.armGroups[{i}]", ledger),
            description=body(row.get("description")),
        )
        for i, row in rows(module, "armGroups")
    )


def read_interventions(module: dict[str, Any], arms: tuple[Arm, ...], ledger: Ledger) -> tuple[Intervention, ...]:
    places = {arm.label: i for i, arm in enumerate(arms) if arm.label}
    found = []
    for i, row in rows(module, "interventions"):
        path = f"{_PATH}.interventions[{i}]"
        labels = lines(row, "armGroupLabels", path, ledger)
        found.append(
            Intervention(
                name=line(row, "name", path, ledger),
                type=token(row, "type", v.InterventionType, path, ledger),
                description=body(row.get("description")),
                other_names=lines(row, "otherNames", path, ledger),
                arms=tuple(sorted({places[label] for label in labels if label in places})),
            )
        )
    return tuple(found)


def read_outcomes(module: dict[str, Any], ledger: Ledger) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            type=kind,
            measure=line(row, "measure", f"protocolSection.outcomesModule.{key}[{i}]", ledger),
            description=body(row.get("description")),
            time_frame=line(row, "timeFrame", f"protocolSection.outcomesModule.{key}[{i}]", ledger),
        )
        for kind, key in _OUTCOMES.items()
        for i, row in rows(module, key)
    )
