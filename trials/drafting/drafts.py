"""Asks for drafts, keeps those that pass all checks, and gives them to the review desk."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from trials import VERSION
from trials.drafting.asking import (
    LONGEST_PASSAGE,
    OPTIONS,
    ReplyError,
    batches,
    content_of,
    question,
    sentences_in,
)
from trials.drafting.checks import LANG, Objection, objection_to
from trials.drafting.http import AnswerTooLargeError, ChatHttp, DraftingError, NotAcceptedError, patience
from trials.drafting.passages import Passage, passages_of, without_plain_words
from trials.drafting.sameness import Reader
from trials.ingest.criteria import study_of_trial
from trials.models import DraftedSentence, Trial
from trials.summaries import criteria_of, draft_of

MOST_UNACCEPTED = 3  # requests one after the other that the server does not take, and we stop

Told = Callable[[str, str, Objection], None]


@dataclass
class Outcome:
    """What a run did. `error` is what ended it early, if anything did."""

    studies: int = 0
    drafted: int = 0
    refused: Counter[Objection] = field(default_factory=Counter)
    error: str = ""


def is_on() -> bool:
    """Whether the operator has set up a server. Without one, nothing here opens a connection or reads a table."""
    return bool(settings.DRAFTING_URL and settings.DRAFTING_MODEL)


def drafts_for(trial: Trial, lang: str) -> dict[str, str]:
    """The drafts that stand for what the trial says today, by source: unreviewed, for the desk and never for a page."""
    if not is_on():
        return {}
    held = dict(trial.drafted_sentences.filter(language=lang).values_list("source_hash", "text"))
    if not held:
        return {}
    return {one.source: held[one.fingerprint] for one in _passages(trial) if one.fingerprint in held}


def chat_http() -> ChatHttp:
    """The connection to the server that the settings describe. Raises DraftingError when they cannot be right."""
    return ChatHttp(
        settings.DRAFTING_URL,
        key=settings.DRAFTING_KEY,
        user_agent=f"CTD-Trial-Finder/{VERSION}",
        patience=patience(settings.DRAFTING_TIMEOUT_SECONDS),
    )


def draft_sentences(trials: QuerySet[Trial], http: ChatHttp, told: Told, limit: int | None = None) -> Outcome:
    """Draft what the trials lack, study by study, at most `limit` of them. Each study is stored as soon as it is done.

    `told` hears of every draft that is dropped: study, source, reason. A fault of the server ends the run; what was
    stored stays, and is not asked again.
    """
    outcome = Outcome()
    asker = _Asker(http, settings.DRAFTING_MODEL)
    for pk in trials.values_list("pk", flat=True):
        if limit is not None and outcome.studies >= limit:
            break
        trial = Trial.objects.with_parts().get(pk=pk)
        if not (wanted := _wanted(trial)):
            continue
        outcome.studies += 1
        reader = Reader(criteria_of(trial), study_of_trial(trial))
        try:
            for passage, result in asker.results(wanted, reader):
                if isinstance(result, Objection):
                    outcome.refused[result] += 1
                    told(trial.nct_id or str(pk), passage.source if passage else "–", result)
                elif passage:
                    _store(trial, passage, result)
                    outcome.drafted += 1
        except DraftingError as error:
            outcome.error = str(error)
            break
    return outcome


@dataclass
class _Asker:
    """Asks for one study's passages and checks what comes. Remembers what the server does not take."""

    http: ChatHttp
    model: str
    with_options: bool = True
    unaccepted: int = 0

    def results(self, wanted: Sequence[Passage], reader: Reader) -> Iterator[tuple[Passage | None, str | Objection]]:
        """For each passage its draft or what is wrong with it; without a passage, what came unasked."""
        short = [one for one in wanted if len(one.text) <= LONGEST_PASSAGE]
        yield from ((one, Objection.TOO_LONG_TO_ASK) for one in wanted if one not in short)
        for batch in batches(short):
            try:
                sentences = sentences_in(self._asked(batch))
            except ReplyError:
                yield from ((one, Objection.NOT_JSON) for one in batch)
            except (NotAcceptedError, AnswerTooLargeError):
                self.unaccepted += 1
                if self.unaccepted >= MOST_UNACCEPTED:
                    raise
                yield from ((one, Objection.NOT_ACCEPTED) for one in batch)
            else:
                self.unaccepted = 0
                yield from checked(batch, sentences, reader)

    def _asked(self, batch: Sequence[Passage]) -> str:
        plain = question(batch, self.model)
        if self.with_options:
            try:
                return self.http.ask({**plain, **OPTIONS}, content_of)
            except NotAcceptedError:
                content = self.http.ask(plain, content_of)
                self.with_options = False
                return content
        return self.http.ask(plain, content_of)


def checked(
    batch: Sequence[Passage], sentences: Sequence[tuple[str, str]], reader: Reader
) -> Iterator[tuple[Passage | None, str | Objection]]:
    """Each passage with its draft, or with why it has none; then, without a passage, what was not asked for."""
    times = Counter(source for source, _ in sentences)
    given = {source: text.strip() for source, text in sentences}
    for passage in batch:
        text = given.get(passage.source, "")
        wrong = Objection.TWICE if times[passage.source] > 1 else objection_to(passage, text, reader)
        yield passage, wrong or text
    asked = {passage.source for passage in batch}
    yield from ((None, Objection.NOT_ASKED_FOR) for source in given if source not in asked)


def _passages(trial: Trial) -> list[Passage]:
    return passages_of(criteria_of(trial), trial.brief_title)


def _wanted(trial: Trial) -> list[Passage]:
    """What the rules have no sentence for and this model has not drafted yet; the same words once."""
    done = set(
        trial.drafted_sentences.filter(language=LANG, model_name=settings.DRAFTING_MODEL).values_list(
            "source_hash", flat=True
        )
    )
    passages = without_plain_words(_passages(trial), draft_of(trial, LANG).sentences)
    return list({one.fingerprint: one for one in passages if one.fingerprint not in done}.values())


def _store(trial: Trial, passage: Passage, text: str) -> None:
    """Keep the draft; one that another model made of the same words gives way."""
    DraftedSentence.objects.update_or_create(
        trial=trial,
        language=LANG,
        source_hash=passage.fingerprint,
        defaults={
            "source": passage.source,
            "text": text,
            "model_name": settings.DRAFTING_MODEL,
            "created_at": timezone.now(),
        },
    )
