"""What is new in a search since a moment, in words for a mail; and the round that writes all mails that are due."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from finder.alerts import letters
from finder.alerts.searches import asked_by, in_words, search_view
from finder.feeds.listing import newest
from finder.mail_links import whole_address
from finder.presenters import words
from finder.presenters.change_lines import change_lines
from finder.presenters.status import study_status
from finder.presenters.titles import title_of
from trials.changes import matters
from trials.history import Step
from trials.ingest.alerts import Wish, due_alerts, queue_digest
from trials.mail.text import MailText
from trials.models import Alert, Trial
from trials.news import Window, horizon, stored_in
from trials.study_ids import nct_id_of
from trials.text_blocks import clean_text

MOST_STUDIES = 30  # told one by one in a mail
MOST_CHANGES = 4  # told of a study
_KEPT = 500  # searches of a round: many people ask for the same

News = tuple[str, str, tuple[str, ...]]  # the search in words, the subject, the paragraphs
Compose = Callable[[Alert, Wish], MailText | None]

logger = logging.getLogger(__name__)


def queue_digests(now: datetime) -> int:
    """Write the mails that are due and have something to tell; how many. Any number of rounds may run at once."""
    until = horizon()
    compose = composer(until)
    return sum(_queued(pk, now, until, compose) for pk in due_alerts(now))


def _queued(pk: UUID, now: datetime, until: datetime, compose: Compose) -> bool:
    """A search that nobody can tell anything of must not silence all others. Nothing of it is logged."""
    try:
        return queue_digest(pk, now, until, compose)
    except (OperationalError, InterfaceError):  # of the database: no other would fare better
        raise
    except Exception as error:
        logger.error("An alert cannot be told: %s", type(error).__name__, extra={"event": "alert_unusable"})
        return False


def composer(until: datetime) -> Compose:
    """For one round: who asks for the same search is told the same words, which are made once."""
    found = lru_cache(maxsize=_KEPT)(_news)

    def compose(alert: Alert, wish: Wish) -> MailText | None:
        language = alert.language if alert.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        if alert.told_until is None:
            return None
        news = found(wish.search, language, Window(alert.told_until, until))
        return _letter(alert.pk, news, language) if news else None

    return compose


def _letter(pk: UUID, news: News, language: str) -> MailText:
    with override(language):
        return letters.of_news(pk, *news, language)


def _news(search: str, language: str, window: Window) -> News | None:
    """None where nothing is new. Two queries where nothing came in; else a fixed number."""
    fresh = window.versions().values("trial_id")
    with override(language):
        asked = asked_by(search)
        trials = newest(asked).filter(pk__in=fresh, is_sample=False).select_related("editorial")
        held = {trial.pk: trial for trial in trials}
        steps = stored_in(window, list(held)) if held else {}
        if nct_id_of(asked.text):
            steps = {key: step for key, step in steps.items() if step}
        told = [(trial, steps[trial.pk]) for trial in held.values() if trial.pk in steps]
        if not told:
            return None
        view = search_view(search)
        subject = ngettext(
            "%(count)s study is new or has changed", "%(count)s studies are new or have changed", len(told)
        ) % {"count": words.number(len(told))}
        return in_words(view), subject, tuple(_paragraphs(told, language))


def _paragraphs(told: list[tuple[Trial, Step | None]], language: str) -> Iterable[str]:
    """New studies first."""
    new = [trial for trial, step in told if step is None]
    changed = [(trial, step) for trial, step in told if step]
    if new:
        yield _("New here:")
        yield from (_paragraph(trial, (), language) for trial in new[:MOST_STUDIES])
    if left := changed[: max(0, MOST_STUDIES - len(new))]:
        yield _("Changed:")
        yield from (_paragraph(trial, _changes(step), language) for trial, step in left)
    more = len(told) - MOST_STUDIES
    if more > 0:
        yield ngettext(
            "And %(count)s more study. The list on our site shows it.",
            "And %(count)s more studies. The list on our site shows them.",
            more,
        ) % {"count": words.number(more)}


def _paragraph(trial: Trial, changes: Iterable[str], language: str) -> str:
    lines = (
        clean_text(title_of(trial)),
        _("Status: %(status)s") % {"status": study_status(trial).word},
        *changes,
        whole_address("study", str(trial.nct_id), language),
    )
    return "\n".join(" ".join(line.split()) for line in lines)


def _changes(step: Step) -> Iterable[str]:
    lines = ["".join(piece.text for piece in line.pieces) for line in change_lines(filter(matters, step.changes or ()))]
    yield from (f"- {line}" for line in lines[:MOST_CHANGES])
    if more := max(0, len(lines) - MOST_CHANGES):
        said = ngettext("And %(count)s more change.", "And %(count)s more changes.", more)
        yield said % {"count": words.number(more)}
