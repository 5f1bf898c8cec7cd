"""Conditions: our list into the database, a record's words onto it, and an editor's word on what maps to none."""

import hashlib
from collections.abc import Iterable, Sequence

from trials import conditions as vocabulary
from trials.conditions import ConditionMap, conditions_of, fold
from trials.models import Condition, ConditionTerm
from trials.records import StudyRecord

EditorTerms = dict[str, tuple[str, ...]]
_LONGEST_KEY = 200  # characters; an index entry of Postgres holds 2,704 bytes


def load_conditions() -> None:
    """Bring the table of conditions in line with the data file; cheap when it already is."""
    fields = ("name", "clinical_name", "core")
    stored = {row["slug"]: row for row in Condition.objects.values("slug", *fields)}
    wanted = [Condition(c.slug, c.name, c.clinical_name, c.core) for c in vocabulary.conditions()]
    changed = [c for c in wanted if stored.get(c.slug) != {"slug": c.slug, **{f: getattr(c, f) for f in fields}}]
    Condition.objects.bulk_create(changed, update_conflicts=True, unique_fields=["slug"], update_fields=fields)


def term_key(text: str) -> str:
    """What makes two writings of a condition one term: the folded text, shortened to a hash where it is very long."""
    folded = fold(text)
    return folded if len(folded) <= _LONGEST_KEY else hashlib.sha256(folded.encode()).hexdigest()


def editor_terms() -> EditorTerms:
    """What editors decided: folded term → slugs; no slugs for a term that is none of ours.

    A condition that has since left our list counts no more.
    """
    edited = ConditionTerm.objects.filter(state__in=[ConditionTerm.State.EDITED, ConditionTerm.State.IGNORED])
    ours = {condition.slug for condition in vocabulary.conditions()}
    return {
        fold(term.text): tuple(c.pk for c in term.conditions.all() if c.pk in ours)
        for term in edited.prefetch_related("conditions")
    }


def mapping_of(record: StudyRecord, editors: EditorTerms) -> ConditionMap:
    return conditions_of(
        titles=(record.brief_title, record.official_title),
        conditions=record.conditions,
        keywords=record.keywords,
        mesh_terms=record.mesh_terms,
        editor_synonyms=editors,
    )


def is_in_scope(mapping: ConditionMap, listed: Sequence[str]) -> bool:
    """A study of a condition that this finder is for, or of one so wide that it may be; or one that does not say."""
    concerned = (vocabulary.by_slug(link.slug) for link in mapping.links)
    return not listed or any(condition.core or condition.wide for condition in concerned)


def state_by_list(text: str) -> ConditionTerm.State:
    """Whether our own list knows a condition in the term."""
    mapping = conditions_of(titles=(), conditions=(text,), keywords=(), mesh_terms=(), editor_synonyms={})
    return ConditionTerm.State.MAPPED if mapping.links else ConditionTerm.State.UNMAPPED


def store_terms(texts: Iterable[str]) -> None:
    """Add the registry's terms that are not stored yet, so that what maps to none waits for an editor."""
    terms = {term_key(text): text for text in texts}
    known = set(ConditionTerm.objects.filter(pk__in=terms).values_list("pk", flat=True))
    new = [
        ConditionTerm(key=key, text=text, state=state_by_list(text)) for key, text in terms.items() if key not in known
    ]
    ConditionTerm.objects.bulk_create(new)
