"""What a changed record does to the plain summaries that editors saved: exactly the sentences on it go out of date."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from trials import models as m
from trials.ingest.turns import writers_turn
from trials.plain_language.model import Sentence
from trials.plain_language.writer import WRITER_VERSION
from trials.summaries import Key, sources_of, standing, written_by_rules

_AT_ONCE = 100  # summaries that are looked through in one go because our rules have changed


def refresh_summaries(trial_ids: Iterable[int]) -> None:
    """Compare the standing summaries of these trials with what the rules write of them now.

    Two queries where no editor has saved anything. Some of those that were last compared with other rules are looked
    through, too.
    """
    concerned = set(trial_ids)
    of_trials = m.PlainSummary.objects.filter(trial__in=concerned, ended_at=None).order_by("pk")
    # Those that the rules fail on come last: all their sentences are to be checked.
    others = _of_other_rules().exclude(trial__in=concerned).order_by("unreviewed", "pk")
    _refresh_all([*of_trials, *others[:_AT_ONCE]])


def refresh_those_behind() -> None:
    """The same for all that were last compared with other rules, some at a time, each time in one transaction."""
    last = 0  # one that the rules fail on stays behind, and must not be asked for again and again
    while True:
        with transaction.atomic():
            writers_turn()
            some = list(_of_other_rules().filter(pk__gt=last)[:_AT_ONCE])
            _refresh_all(some)
        if not some:
            return
        last = some[-1].pk


def _of_other_rules() -> QuerySet[m.PlainSummary]:
    return m.PlainSummary.objects.filter(ended_at=None).exclude(writer_version=WRITER_VERSION).order_by("pk")


def _refresh_all(summaries: Sequence[m.PlainSummary]) -> None:
    if not summaries:
        return
    prefetch_related_objects(summaries, "sentences")
    keys = {one.trial_id for one in summaries}
    trials = {trial.pk: trial for trial in m.Trial.objects.filter(pk__in=keys).with_parts()}
    for summary in summaries:
        _refresh(summary, trials[summary.trial_id])


def _refresh(summary: m.PlainSummary, trial: m.Trial) -> None:
    draft = written_by_rules(trial, summary.language)
    stored = list(summary.sentences.all())
    if draft is None:
        _doubt(summary, stored)
        return
    fresh, kept = standing(draft.sentences, stored, sources_of(trial), summary.writer_version)
    stands = {one.pk for group in kept.values() for one in group}
    changed = [one for one in stored if one.stale == (one.pk in stands)]
    for one in changed:
        one.stale = not one.stale
    changed += _compared_anew(fresh, kept)
    m.PlainSentence.objects.bulk_update(changed, ["stale", "written"])
    summary.unreviewed = sum(len(group) for key, group in fresh.items() if key not in kept)
    summary.writer_version = WRITER_VERSION
    summary.save(update_fields=["unreviewed", "writer_version"])


def _doubt(summary: m.PlainSummary, stored: Sequence[m.PlainSentence]) -> None:
    """Nothing counts as checked until the fault is mended. Compared with no rules, it stands as it did with the last,
    so those that mend the fault look at it again.
    """
    m.PlainSentence.objects.filter(summary=summary).update(stale=True)
    summary.unreviewed = len(stored)
    summary.save(update_fields=["unreviewed"])


def _compared_anew(fresh: dict[Key, list[Sentence]], kept: dict[Key, list[m.PlainSentence]]) -> list[m.PlainSentence]:
    """The standing sentences that our rules write otherwise now, each with what they write."""
    changed = []
    for key, group in kept.items():
        if len(group) == len(fresh[key]):
            for one, new in zip(group, fresh[key], strict=True):
                if one.written != new.text:
                    one.written = new.text
                    changed.append(one)
    return changed
