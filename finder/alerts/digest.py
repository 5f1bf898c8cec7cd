"""The round that writes all mails that are due."""

import logging
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.translation import override

from finder.alerts import letters
from finder.alerts.news import news_of, packed, unpacked
from finder.alerts.paragraphs import NewsInWords, in_paragraphs
from finder.alerts.searches import asked_by, search_view
from trials.ingest.alerts import Compose, Digest, Wish, due_alerts, queue_digest
from trials.mail.text import MailText
from trials.models import Alert
from trials.news import Window, horizon

_KEPT = 500  # searches of a round: many people ask for the same

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
    found = lru_cache(maxsize=_KEPT)(_round)

    def compose(alert: Alert, wish: Wish, told: bytes | None) -> Digest:
        language = alert.language if alert.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        packed, news = found(wish.search, language, Window(alert.told_until or until, until), told)
        return Digest(packed, _letter(alert.pk, news, language) if news else None)

    return compose


def _letter(pk: UUID, news: NewsInWords, language: str) -> MailText:
    with override(language):
        return letters.of_news(pk, *news, language)


def _round(search: str, language: str, window: Window, told: bytes | None) -> tuple[bytes, NewsInWords | None]:
    """All that the search finds, packed, and what is new in it. Three queries where nothing came in; else a fixed
    number.
    """
    with override(language):
        asked = asked_by(search)
        found, news = news_of(asked, window, None if told is None else unpacked(told))
        return packed(found), in_paragraphs(search_view(search), news, language) if news else None
