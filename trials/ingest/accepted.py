"""Conditions that only the criteria name: a study that accepts people with lupus is found under lupus.

Only what an inclusion asks for as a diagnosis counts, never an exclusion, and never a disease in passing. The criteria
are those that are shown, so an editor's correction counts, too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from trials.conditions import ConditionLink, ConditionMap, ancestors, find_in_text
from trials.criteria.model import Kind
from trials.models import Criterion, TrialCondition


def accepted_diseases(trial_ids: Iterable[int]) -> dict[int, tuple[ConditionLink, ...]]:
    """For each trial the conditions that its stored inclusion criteria name as a diagnosis, in reading order."""
    asking = Criterion.objects.filter(
        trial__in=list(trial_ids),
        kind=Kind.INCLUSION,
        rules__contains=[{"attribute": "diagnosis", "op": "in"}],
    )
    found: dict[int, dict[str, ConditionLink]] = {}
    for trial_id, text, rules in asking.order_by("trial", "position").values_list("trial_id", "text", "rules"):
        links = found.setdefault(trial_id, {})
        for link in _named(text, rules):
            links.setdefault(link.slug, link)
    return {trial_id: tuple(links.values()) for trial_id, links in found.items()}


def with_accepted(mapping: ConditionMap, accepted: Iterable[ConditionLink]) -> ConditionMap:
    """The mapping with what the criteria add; nothing where the record names the condition, or a narrower one."""
    named = {slug for link in mapping.links for slug in (link.slug, *ancestors(link.slug))}
    return replace(mapping, links=(*mapping.links, *(link for link in accepted if link.slug not in named)))


def _named(text: str, rules: Iterable[Mapping[str, Any]]) -> Iterable[ConditionLink]:
    asked = {
        slug for rule in rules if rule["attribute"] == "diagnosis" and rule["op"] == "in" for slug in rule["value"]
    }
    for found in find_in_text(text):
        if found.certain and asked & {found.slug, *ancestors(found.slug)}:
            yield ConditionLink(found.slug, TrialCondition.FROM_CRITERIA, found.matched)
