"""Conditions: our list into the database, a record's words onto it, and an editor's word on what maps to none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from trials import conditions as vocabulary
from trials.conditions import ConditionMap, conditions_of, fold
from trials.models import Condition, ConditionTerm, ListedCondition, Trial, TrialCondition
from trials.records import StudyRecord

EditorTerms = dict[str, tuple[str, ...]]
_BATCH = 500


def load_conditions() -> None:
    """Bring the table of conditions in line with the data file; cheap when it already is."""
    fields = ("name", "clinical_name", "core")
    stored = {row["slug"]: row for row in Condition.objects.values("slug", *fields)}
    wanted = [Condition(c.slug, c.name, c.clinical_name, c.core) for c in vocabulary.conditions()]
    changed = [c for c in wanted if stored.get(c.slug) != {"slug": c.slug, **{f: getattr(c, f) for f in fields}}]
    Condition.objects.bulk_create(changed, update_conflicts=True, unique_fields=["slug"], update_fields=fields)


def editor_terms() -> EditorTerms:
    """What editors decided: folded term → slugs; empty slugs for a term that is none of ours."""
    edited = ConditionTerm.objects.filter(state__in=[ConditionTerm.State.EDITED, ConditionTerm.State.IGNORED])
    return {term.key: tuple(c.pk for c in term.conditions.all()) for term in edited.prefetch_related("conditions")}


def mapping_of(record: StudyRecord, editors: EditorTerms) -> ConditionMap:
    return conditions_of(
        titles=(record.brief_title, record.official_title),
        conditions=record.conditions,
        keywords=record.keywords,
        mesh_terms=record.mesh_terms,
        editor_synonyms=editors,
    )


def is_in_scope(mapping: ConditionMap, listed: Sequence[str]) -> bool:
    """A study of one of our conditions, or one that does not say what it is about."""
    return bool(mapping.links) or not listed


def store_terms(texts: Iterable[str], unmapped: Iterable[str]) -> None:
    """Add the registry's terms that are not stored yet, so that what maps to none waits for an editor."""
    missing = {fold(text) for text in unmapped}
    terms = {fold(text): text for text in texts}
    known = set(ConditionTerm.objects.filter(pk__in=terms).values_list("pk", flat=True))
    state = ConditionTerm.State
    new = [
        ConditionTerm(key=key, text=text, state=state.UNMAPPED if key in missing else state.MAPPED)
        for key, text in terms.items()
        if key not in known
    ]
    ConditionTerm.objects.bulk_create(new, ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class Relinked:
    trials: int
    changed: int


@transaction.atomic
def apply_term(term: ConditionTerm) -> Relinked:
    """Re-link every trial that lists the term, after an editor mapped or ignored it."""
    return relink(Trial.objects.filter(listed_conditions__term=term).distinct())


@transaction.atomic
def relink(trials: Iterable[Trial]) -> Relinked:
    """Work out the conditions of stored trials anew, from their titles, listed conditions, keywords and MeSH terms."""
    editors, seen, changed = editor_terms(), 0, 0
    chosen = list(trials)
    for start in range(0, len(chosen), _BATCH):
        part = chosen[start : start + _BATCH]
        listed = _listed(part)
        old = _links(part)
        for trial in part:
            mapping = _mapping_of_trial(trial, listed.get(trial.pk, []), editors)
            links = {(link.slug, link.origin, link.matched) for link in mapping.links}
            in_scope = is_in_scope(mapping, listed.get(trial.pk, []))
            seen += 1
            if links == old.get(trial.pk, set()) and trial.in_scope == in_scope:
                continue
            changed += 1
            _replace_links(trial, links, in_scope)
    return Relinked(seen, changed)


def _mapping_of_trial(trial: Trial, listed: list[str], editors: EditorTerms) -> ConditionMap:
    return conditions_of(
        titles=(trial.brief_title, trial.official_title),
        conditions=listed,
        keywords=trial.keywords,
        mesh_terms=trial.mesh_terms,
        editor_synonyms=editors,
    )


def _listed(trials: list[Trial]) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for trial_id, text in ListedCondition.objects.filter(trial__in=trials).values_list("trial_id", "text"):
        rows.setdefault(trial_id, []).append(text)
    return rows


def _links(trials: list[Trial]) -> dict[int, set[tuple[str, str, str]]]:
    rows: dict[int, set[tuple[str, str, str]]] = {}
    values = TrialCondition.objects.filter(trial__in=trials).values_list(
        "trial_id", "condition_id", "origin", "matched"
    )
    for trial_id, *link in values:
        rows.setdefault(trial_id, set()).add((link[0], link[1], link[2]))
    return rows


def _replace_links(trial: Trial, links: set[tuple[str, str, str]], in_scope: bool) -> None:
    TrialCondition.objects.filter(trial=trial).delete()
    TrialCondition.objects.bulk_create(
        TrialCondition(trial=trial, condition_id=slug, origin=origin, matched=matched)
        for slug, origin, matched in links
    )
    Trial.objects.filter(pk=trial.pk).update(in_scope=in_scope)
