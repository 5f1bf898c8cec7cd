"""Counts how often a mailbox is written to, so that nobody floods one, or thousands, through the site."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from trials.models import MailboxUse

DAY = timedelta(days=1)
LINK = "link"  # to an address that somebody has typed
MOST_LINKS = 5  # to one mailbox in a day, of messages and alerts together
MOST_LINKS_OF_SITE = 2_000  # in a day: so many addresses are typed by programs alone


class TooMany(Exception):
    """The mailbox, or the site, has had as many as one may have in a day."""


class TooManyOfSite(TooMany):
    """Nobody can have another link today."""


def count_link(address: str, now: datetime) -> None:
    """In the caller's transaction. Raises TooMany, or TooManyOfSite."""
    if MailboxUse.objects.filter(purpose=LINK, used_at__gt=now - DAY).count() >= MOST_LINKS_OF_SITE:
        raise TooManyOfSite
    count_use(LINK, address, MOST_LINKS, now)


def count_use(purpose: str, address: str, most: int, now: datetime) -> None:
    """Until the end of the caller's transaction nobody else counts for this mailbox. Raises TooMany."""
    mark = _mark(purpose, address)
    one_at_a_time(mark)
    if MailboxUse.objects.filter(purpose=purpose, mark=mark, used_at__gt=now - DAY).count() >= most:
        raise TooMany
    MailboxUse.objects.create(purpose=purpose, mark=mark, used_at=now)


def forget_uses(now: datetime) -> None:
    MailboxUse.objects.filter(used_at__lte=now - DAY).delete()


def one_at_a_time(mark: str) -> None:
    """Wait for who does something for the same mailbox, and let others wait until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [mark])


def mailbox_of(address: str) -> str:
    """The same for all ways to write one mailbox: with other capitals, and with a tag (`name+tag@`)."""
    local, _at, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def _mark(purpose: str, address: str) -> str:
    return salted_hmac(f"trials.mailboxes {purpose}", mailbox_of(address), algorithm="sha256").hexdigest()
