"""What a study's page shows: the sentences of today's rules, and where an editor has checked them, the checked ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AbstractUser

from trials import models as m
from trials.plain_language.model import Section, Sentence, Summary
from trials.plain_language.tongue import tongue
from trials.plain_language.writer import WRITER_VERSION
from trials.summaries.drafts import draft_of
from trials.summaries.overlay import Key, keyed, overlaid
from trials.summaries.sources import Sources, is_criterion, sources_of


class ReviewState(StrEnum):
    DRAFT = "draft"  # written by rules, and no editor has checked it
    REVIEWED = "reviewed"  # every sentence was checked
    PARTLY = "partly"  # some sentences are new, or their source has changed since


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """`origin` is "written", "official" or "edited"; `reviewed`, whether an editor checked it as it stands here."""

    section: Section
    text: str
    sources: tuple[str, ...]
    origin: str
    reviewed: bool


@dataclass(frozen=True, slots=True)
class ShownSummary:
    """All sentences on a study in one language. Names and dates are those of the check, empty for a draft.

    A name is empty, too, where the reader's account has no full name.

    `unreviewed` counts the sentences that no editor has checked.
    """

    nct_id: str
    lang: str
    state: ReviewState
    sentences: tuple[ShownSentence, ...]
    checked_by: str = ""
    checked_at: datetime | None = None
    second_by: str = ""
    second_at: datetime | None = None

    @property
    def unreviewed(self) -> int:
        return sum(not sentence.reviewed for sentence in self.sentences)

    def of(self, *sections: Section) -> tuple[ShownSentence, ...]:
        return tuple(sentence for sentence in self.sentences if sentence.section in sections)


def shown_summary(trial: m.Trial, lang: str) -> ShownSummary:
    """What the page of a trial shows; one query. `trial` comes with all its parts (`with_parts`).

    Raises ValueError on a language that the site does not speak.
    """
    return shown_summaries([trial], lang)[trial.pk]


def shown_summaries(trials: Sequence[m.Trial], lang: str) -> dict[int, ShownSummary]:
    """The same for many trials, by their keys, in one query for all of them."""
    drafts = {trial.pk: draft_of(trial, lang) for trial in trials}
    stored = _published(list(drafts), tongue(lang).lang)
    return {trial.pk: _shown(trial, drafts[trial.pk], stored.get(trial.pk, [])) for trial in trials}


def _shown(trial: m.Trial, draft: Summary, stored: Sequence[m.PlainSentence]) -> ShownSummary:
    if not stored:
        sentences = tuple(_as_drafted(one) for one in draft.sentences)
        return ShownSummary(trial.nct_id or "", draft.lang, ReviewState.DRAFT, sentences)
    summary = stored[0].summary
    sentences = tuple(_laid_over(draft.sentences, stored, sources_of(trial), summary.writer_version))
    return ShownSummary(
        trial.nct_id or "",
        draft.lang,
        _state(sentences),
        sentences,
        checked_by=_name_of(summary.checked_by),
        checked_at=summary.checked_at,
        second_by=_name_of(summary.second_by),
        second_at=summary.second_at,
    )


def _published(trial_ids: Sequence[int], lang: str) -> dict[int, list[m.PlainSentence]]:
    """By trial the sentences of its published summary, those out of date aside, each with its summary and readers."""
    published = m.PlainSentence.objects.filter(
        summary__trial__in=trial_ids, summary__language=lang, summary__state=m.PlainSummary.State.PUBLISHED,
        summary__ended_at=None, stale=False,
    )  # fmt: skip
    found: dict[int, list[m.PlainSentence]] = {}
    for sentence in published.select_related("summary__checked_by", "summary__second_by").order_by("position"):
        found.setdefault(sentence.summary.trial_id, []).append(sentence)
    return found


def _as_drafted(one: Sentence) -> ShownSentence:
    return ShownSentence(one.section, one.text, one.sources, one.origin.value, reviewed=False)


def _laid_over(
    drafted: Sequence[Sentence], stored: Sequence[m.PlainSentence], sources: Sources, writer_version: str
) -> list[ShownSentence]:
    instead = overlaid(*standing(drafted, stored, sources, writer_version))
    shown = []
    for one in drafted:
        if id(one) not in instead:
            shown.append(_as_drafted(one))
            continue
        shown += [
            ShownSentence(one.section, kept.text, one.sources, kept.origin, reviewed=True)
            for kept in instead[id(one)]
            if not kept.left_out
        ]
    return shown


def standing(
    drafted: Sequence[Sentence], stored: Sequence[m.PlainSentence], sources: Sources, writer_version: str
) -> tuple[dict[Key, list[Sentence]], dict[Key, list[m.PlainSentence]]]:
    """Today's sentences by what they stand for, and of the stored ones those that still stand for the same.

    Of criteria the words alone decide: how plainly our rules say one may follow from the others on the page. But a
    sentence on fields of the record may depend on more than the fields that it names. So where the same rules write
    it otherwise today, it does not stand, though the words that it names are the same.
    """
    fresh = keyed(drafted, lambda one: sources.hash(one.sources))
    kept = keyed(stored, lambda one: one.source_hash)
    same_rules = writer_version == WRITER_VERSION
    return fresh, {
        key: group
        for key, group in kept.items()
        if key in fresh and (_of_criteria(group) or _alike(fresh[key], group, same_rules=same_rules))
    }


def _of_criteria(group: Sequence[m.PlainSentence]) -> bool:
    return all(is_criterion(source) for source in group[0].sources)


def _alike(fresh: Sequence[Sentence], group: Sequence[m.PlainSentence], *, same_rules: bool) -> bool:
    if same_rules:
        return [one.text for one in fresh] == [one.written for one in group]
    return len(fresh) == len(group)


def _state(sentences: Sequence[ShownSentence]) -> ReviewState:
    checked = sum(one.reviewed for one in sentences)
    if checked == len(sentences):
        return ReviewState.REVIEWED
    return ReviewState.PARTLY if checked else ReviewState.DRAFT


def _name_of(user: AbstractBaseUser | None) -> str:
    """A reader's full name. Never the name under which they sign in: that is half of what opens the desk."""
    return user.get_full_name() if isinstance(user, AbstractUser) else ""
