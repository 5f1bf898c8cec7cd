"""What the database holds, without keys and clocks: equal for two databases that show and keep the same."""

import hashlib
from typing import Any

from trials import models as m

_OWN_CLOCK = {"id", "gone_since", "stored_at"}
_PARTS = (
    *(m.Arm, m.Intervention, m.Outcome, m.TrialSponsor, m.SecondaryId, m.TrialDate, m.Site, m.Contact),
    *(m.ListedCondition, m.TrialCondition, m.FieldNote, m.RecordVersion),
    *(m.Criterion, m.CriteriaReading, m.CriteriaCorrection),
)


def snapshot() -> dict[str, list[Any]]:
    """Table → its rows, sorted; other rows are named by what they say, never by their key."""
    tables = {"Trial": _rows(m.Trial), "ConditionTerm": _rows(m.ConditionTerm), "Condition": _rows(m.Condition)}
    tables |= {model.__name__: _rows(model, "trial__nct_id") for model in _PARTS}
    tables["Contact of site"] = sorted(
        m.Contact.objects.values_list("trial__nct_id", "site__position", "name", "position"), key=str
    )
    tables["ArmIntervention"] = sorted(
        m.ArmIntervention.objects.values_list(
            "arm__trial__nct_id", "arm__position", "intervention__trial__nct_id", "intervention__position"
        )
    )
    tables["FieldNote version"] = sorted(
        m.FieldNote.objects.values_list("trial__nct_id", "path", "version__content_hash"), key=str
    )
    tables["Criterion parent"] = sorted(
        m.Criterion.objects.exclude(parent=None).values_list(
            "trial__nct_id", "key", "parent__trial__nct_id", "parent__key"
        )
    )
    return tables


def unequal(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> list[str]:
    """The tables that differ: rows by the thousand take minutes to be told apart."""
    return [name for name in one | other if one.get(name) != other.get(name)]


def digest() -> str:
    return hashlib.sha256(repr(snapshot()).encode()).hexdigest()


def _rows(model: Any, *names: str) -> list[Any]:
    columns = [f.attname for f in model._meta.concrete_fields if f.name not in _OWN_CLOCK and not _is_key(f)]
    return sorted(model.objects.values_list(*names, *columns), key=str)


def _is_key(field: Any) -> bool:
    return bool(field.is_relation) and field.related_model in (m.Trial, m.Site, m.RecordVersion, m.Criterion)
