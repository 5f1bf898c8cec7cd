"""Stored trials onto our conditions anew: after the list learned something, or an editor decided on a term."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Func, Q, TextField, Value

from trials.conditions import ConditionMap, conditions_of
from trials.ingest.accepted import accepted_diseases, with_accepted
from trials.ingest.conditions import EditorTerms, editor_terms, is_in_scope, load_conditions, state_by_list
from trials.ingest.index import index_trials
from trials.ingest.stale import refresh_summaries
from trials.ingest.turns import writers_turn
from trials.models import ConditionTerm, ListedCondition, Trial, TrialCondition, TrialQuerySet

_BATCH = 500
_READ = ("brief_title", "official_title", "keywords", "mesh_terms", "in_scope")

Link = tuple[str, str, str]  # slug, origin, the record's words


@dataclass(frozen=True, slots=True)
class Relinked:
    trials: int
    changed: int


def apply_term(term: ConditionTerm) -> Relinked:
    """Re-link every trial that lists the term, or has it as keyword or MeSH term, after an editor decided on it."""
    words = {
        name: Func(F(name), Value("\n"), function="array_to_string", output_field=TextField())
        for name in ("keywords", "mesh_terms")
    }
    told = Q(words_keywords__icontains=term.text) | Q(words_mesh_terms__icontains=term.text)
    trials = Trial.objects.alias(**{f"words_{name}": value for name, value in words.items()})
    return relink(trials.filter(told | Q(listed_conditions__term=term)))


def relink(trials: TrialQuerySet, on_batch: Callable[[int], None] = lambda done: None) -> Relinked:
    """Work out the conditions anew, from titles, listed conditions, keywords, MeSH terms and criteria; batch by batch.

    `on_batch` is told how many trials are done. Stopped in the middle, it can be run again.
    """
    done = changed = 0
    for keys in _batches(sorted(set(trials.order_by().values_list("pk", flat=True)))):
        changed += relink_at_once(keys)
        done += len(keys)
        on_batch(done)
    return Relinked(done, changed)


def refresh_terms() -> int:
    """Bring the state of the terms that no editor decided on in line with our list; returns how many changed."""
    state = ConditionTerm.State
    changed = []
    for term in ConditionTerm.objects.filter(state__in=[state.MAPPED, state.UNMAPPED]).iterator():
        if term.state != (now := state_by_list(term.text)):
            term.state = now
            changed.append(term)
    ConditionTerm.objects.bulk_update(changed, ["state"], batch_size=_BATCH)
    return len(changed)


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


@transaction.atomic
def relink_at_once(keys: Sequence[int]) -> int:
    """The same for a few trials, by their keys, in one transaction; returns how many changed."""
    writers_turn()
    load_conditions()
    editors, listed, links, accepted = editor_terms(), _listed(keys), _links(keys), accepted_diseases(keys)
    changed: list[int] = []
    for trial in Trial.objects.filter(pk__in=keys).only(*_READ):
        conditions = listed.get(trial.pk, [])
        mapping = with_accepted(_mapping_of(trial, conditions, editors), accepted.get(trial.pk, ()))
        wanted = {(link.slug, link.origin, link.matched) for link in mapping.links}
        in_scope = is_in_scope(mapping, conditions)
        if wanted != links.get(trial.pk, set()) or trial.in_scope != in_scope:
            _replace_links(trial, wanted, in_scope)
            changed.append(trial.pk)
    if changed:
        refresh_summaries(changed)  # sentences name our conditions
    index_trials(keys)
    return len(changed)


def _mapping_of(trial: Trial, listed: list[str], editors: EditorTerms) -> ConditionMap:
    return conditions_of(
        titles=(trial.brief_title, trial.official_title),
        conditions=listed,
        keywords=trial.keywords,
        mesh_terms=trial.mesh_terms,
        editor_synonyms=editors,
    )


def _listed(keys: Sequence[int]) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for trial_id, text in ListedCondition.objects.filter(trial__in=keys).values_list("trial_id", "text"):
        rows.setdefault(trial_id, []).append(text)
    return rows


def _links(keys: Sequence[int]) -> dict[int, set[Link]]:
    rows: dict[int, set[Link]] = {}
    stored = TrialCondition.objects.filter(trial__in=keys)
    for trial_id, slug, origin, matched in stored.values_list("trial_id", "condition_id", "origin", "matched"):
        rows.setdefault(trial_id, set()).add((slug, origin, matched))
    return rows


def _replace_links(trial: Trial, links: set[Link], in_scope: bool) -> None:
    TrialCondition.objects.filter(trial=trial).delete()
    TrialCondition.objects.bulk_create(
        TrialCondition(trial=trial, condition_id=slug, origin=origin, matched=matched)
        for slug, origin, matched in links
    )
    Trial.objects.filter(pk=trial.pk).update(in_scope=in_scope)
