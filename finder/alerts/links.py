"""Where an alert's mails lead."""

from uuid import UUID

from django.conf import settings

from finder.mail_links import ALERTS, whole_address
from trials.mail import is_set_up


def is_offered() -> bool:
    """A mail that tells what is new is written without any page, so that the site's address must be named."""
    return is_set_up() and bool(settings.SITE_URL)


def page_of(pk: UUID, language: str) -> str:
    return whole_address("alert", ALERTS.of(pk), language)


def stop_headers(pk: UUID, language: str) -> dict[str, str]:
    """What a mail program needs for a button of its own that stops the alert (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{page_of(pk, language)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
