"""Under which conditions stored trials are found, by their links and the criteria that they show."""

from collections import defaultdict
from collections.abc import Iterable

from trials.admission import Admitted
from trials.coverage import Coverage, coverage
from trials.criteria.model import Criterion, Kind, rule_from_json
from trials.models import Criterion as CriterionRow
from trials.models import TrialCondition

_FIELDS = ("trial_id", "pk", "key", "kind", "parent_id", "join", "any_of", "text", "rules")
_ASKS = [{"attribute": "diagnosis"}]


def coverages(trial_ids: Iterable[int]) -> dict[int, Coverage]:
    """The coverage of each of these trials, in two queries for all of them."""
    ids = list(trial_ids)
    links: dict[int, list[tuple[str, str]]] = defaultdict(list)
    linked = TrialCondition.objects.filter(trial__in=ids).order_by("trial", "condition")
    for trial_id, slug, origin in linked.values_list("trial_id", "condition_id", "origin"):
        links[trial_id].append((slug, origin))
    criteria = _criteria(ids)
    return {one: coverage(links.get(one, ()), Admitted(criteria.get(one, ()))) for one in ids}


def _criteria(ids: list[int]) -> dict[int, list[Criterion]]:
    """The criteria of those trials that speak of a diagnosis at all, in reading order."""
    speaking = CriterionRow.objects.filter(trial__in=ids, rules__contains=_ASKS).values("trial")
    rows = CriterionRow.objects.filter(trial__in=speaking).order_by("trial", "position").values_list(*_FIELDS)
    keys: dict[int, str] = {}
    found: dict[int, list[Criterion]] = defaultdict(list)
    for trial_id, pk, key, kind, parent_id, join, any_of, text, rules in rows:
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
    return found
