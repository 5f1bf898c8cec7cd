"""Plain summaries as editors save them: drafts, the second reader, publishing. Each is kept whole, for good."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from trials import models as m
from trials.ingest.turns import writers_turn
from trials.plain_language.writer import WRITER_VERSION
from trials.summaries import Sources, draft_of, sources_of

State = m.PlainSummary.State
summary_stored = Signal()  # `summary` with its sentences, and the one `before` it or None; in the same transaction


class ReviewedMeanwhileError(Exception):
    """Somebody has saved, published or taken back a summary since this editor saw it, or the record has changed."""


class SamePersonError(Exception):
    """The second reader must be another person than the first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence as an editor leaves it. `written` is what our rules wrote, `text` what is to be shown."""

    section: str
    text: str
    written: str
    origin: str
    sources: tuple[str, ...]
    left_out: bool = False


def standing_summaries(trial: m.Trial, language: str) -> dict[bool, m.PlainSummary]:
    """The published one (True) and the one in work (False) of a trial, where there are such."""
    found = m.PlainSummary.objects.filter(trial=trial, language=language, ended_at=None)
    rows = found.select_related("edited_by", "checked_by", "second_by").prefetch_related("sentences")
    return {row.state == State.PUBLISHED: row for row in rows}


def save_draft(
    trial: m.Trial, language: str, sentences: Sequence[Kept], *, editor: AbstractBaseUser, based_on: str
) -> m.PlainSummary:
    """Keep the sentences without showing them. They take the place of a draft, or of one that waits."""
    return _store(trial, language, sentences, State.DRAFT, editor=editor, based_on=based_on)


def pass_on(
    trial: m.Trial, language: str, sentences: Sequence[Kept], *, editor: AbstractBaseUser, based_on: str, reason: str
) -> m.PlainSummary:
    """Checked by one person; shown as soon as another has checked it, too."""
    return _store(trial, language, sentences, State.WAITING, editor=editor, based_on=based_on, reason=reason)


def publish(
    trial: m.Trial, language: str, sentences: Sequence[Kept], *, editor: AbstractBaseUser, based_on: str, reason: str
) -> m.PlainSummary:
    """Show the sentences, as checked by this one person."""
    return _store(trial, language, sentences, State.PUBLISHED, editor=editor, based_on=based_on, reason=reason)


@transaction.atomic
def publish_second(trial: m.Trial, language: str, *, editor: AbstractBaseUser, based_on: str) -> m.PlainSummary:
    """Show what waits, just as the first reader left it. Raises SamePersonError, or ReviewedMeanwhileError."""
    fresh = _taken(trial, language, based_on)
    found = standing_summaries(fresh, language)
    waiting = found.get(False)
    if waiting is None or waiting.state != State.WAITING:
        raise ReviewedMeanwhileError
    if waiting.checked_by_id == editor.pk:
        raise SamePersonError
    _end(found.get(True), editor)
    waiting.state, waiting.second_by_id, waiting.second_at = State.PUBLISHED, editor.pk, timezone.now()
    waiting.save(update_fields=["state", "second_by", "second_at"])
    return waiting


@transaction.atomic
def end_summary(trial: m.Trial, language: str, *, published: bool, editor: AbstractBaseUser, based_on: str) -> bool:
    """Take back what is published, or else throw away what is in work; False where there is none.

    Pages show what our rules write again. All stays in the history.
    """
    fresh = _taken(trial, language, based_on)
    summary = standing_summaries(fresh, language).get(published)
    _end(summary, editor)
    return summary is not None


def state_key(trial: m.Trial, language: str) -> str:
    """Names all that an editor sees of a trial's sentences: what the rules write, on which words, and what is stored.

    `trial` comes with all its parts.
    """
    drafted, sources = draft_of(trial, language).sentences, sources_of(trial)
    facts: list[object] = [[one.section, one.text, sources.hash(one.sources)] for one in drafted]
    stored = m.PlainSummary.objects.filter(trial=trial, language=language, ended_at=None).order_by("pk")
    facts += [list(row) for row in stored.values_list("pk", "state")]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def _taken(trial: m.Trial, language: str, based_on: str) -> m.Trial:
    """The trial as it is now, held against other writers. Raises ReviewedMeanwhileError."""
    writers_turn()
    fresh = m.Trial.objects.with_parts().get(pk=trial.pk)
    if state_key(fresh, language) != based_on:
        raise ReviewedMeanwhileError
    return fresh


@transaction.atomic
def _store(
    trial: m.Trial,
    language: str,
    sentences: Sequence[Kept],
    state: m.PlainSummary.State,
    *,
    editor: AbstractBaseUser,
    based_on: str,
    reason: str = "",
) -> m.PlainSummary:
    fresh = _taken(trial, language, based_on)
    found = standing_summaries(fresh, language)
    work = found.get(False)
    same = work is not None and kept_of(work) == list(sentences)
    if work and same and state == work.state == State.DRAFT:
        return work
    _end(work, editor)
    if state == State.PUBLISHED:
        _end(found.get(True), editor)
    checked = {} if state == State.DRAFT else {"checked_by_id": editor.pk, "checked_at": timezone.now()}
    made = m.PlainSummary.objects.create(
        trial=fresh, language=language, state=state, reason=reason, writer_version=WRITER_VERSION,
        edited_by_id=work.edited_by_id if work and same else editor.pk, **checked,
    )  # fmt: skip
    sources = sources_of(fresh)
    m.PlainSentence.objects.bulk_create(_row(made, place, one, sources) for place, one in enumerate(sentences))
    summary_stored.send(m.PlainSummary, summary=made, before=work or found.get(True))
    return made


def kept_of(summary: m.PlainSummary) -> list[Kept]:
    """The sentences that a stored summary holds."""
    return [
        Kept(one.section, one.text, one.written, one.origin, tuple(one.sources), one.left_out)
        for one in summary.sentences.all()
    ]


def _row(summary: m.PlainSummary, place: int, one: Kept, sources: Sources) -> m.PlainSentence:
    words = "\n\n".join(filter(None, map(sources.words, one.sources)))
    return m.PlainSentence(
        summary=summary, position=place, section=one.section, text=one.text, written=one.written, origin=one.origin,
        sources=list(one.sources), source_hash=sources.hash(one.sources), source_words=words, left_out=one.left_out,
    )  # fmt: skip


def _end(summary: m.PlainSummary | None, editor: AbstractBaseUser) -> None:
    if summary:
        summary.ended_at, summary.ended_by_id = timezone.now(), editor.pk
        summary.save(update_fields=["ended_at", "ended_by"])
