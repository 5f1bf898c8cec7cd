"""The criteria that stored trials show, as the engine's own."""

from collections import defaultdict
from collections.abc import Iterable

from trials.criteria.model import Criterion, Kind, rule_from_json
from trials.models import Criterion as CriterionRow

_FIELDS = ("trial_id", "pk", "key", "kind", "parent_id", "join", "any_of", "rules", "text")


def stored_criteria(trial_ids: Iterable[int], *, of_diagnoses: bool = False) -> dict[int, list[Criterion]]:
    """The criteria of each trial in reading order, without their places in its text; one query for all.

    With `of_diagnoses` only of those trials that have a rule on a diagnosis.
    """
    rows = CriterionRow.objects.filter(trial_id__in=list(trial_ids))
    if of_diagnoses:
        asking = rows.filter(rules__contains=[{"attribute": "diagnosis"}])
        rows = CriterionRow.objects.filter(trial__in=asking.values("trial"))
    keys: dict[int, str] = {}
    found: dict[int, list[Criterion]] = defaultdict(list)
    ordered = rows.order_by("trial_id", "position").values_list(*_FIELDS)
    for trial_id, pk, key, kind, parent_id, join, any_of, rules, text in ordered.iterator(chunk_size=10_000):
        keys[pk] = key
        found[trial_id].append(
            Criterion(
                id=key,
                kind=Kind(kind),
                parent=keys.get(parent_id) if parent_id else None,
                text=text,
                source_start=0,
                source_end=0,
                join=int(join) if join.isdecimal() else join or None,
                any_of=any_of,
                rules=tuple(map(rule_from_json, rules)),
            )
        )
    return dict(found)
