"""Under which conditions stored trials are found, by their links and the criteria that they show."""

from collections import defaultdict
from collections.abc import Iterable

from trials.admission import Admitted
from trials.coverage import Coverage, coverage
from trials.models import TrialCondition
from trials.stored_criteria import stored_criteria


def coverages(trial_ids: Iterable[int]) -> dict[int, Coverage]:
    """The coverage of each of these trials, in two queries for all of them."""
    ids = list(trial_ids)
    links: dict[int, list[tuple[str, str]]] = defaultdict(list)
    linked = TrialCondition.objects.filter(trial__in=ids).order_by("trial", "condition")
    for trial_id, slug, origin in linked.values_list("trial_id", "condition_id", "origin"):
        links[trial_id].append((slug, origin))
    criteria = stored_criteria(ids, of_diagnoses=True)
    return {one: coverage(links.get(one, ()), Admitted(criteria.get(one, ()))) for one in ids}
