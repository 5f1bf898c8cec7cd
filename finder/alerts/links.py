"""The link to an alert's own page: signed, so that nobody can guess another's; and where the site stands, for mails."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from trials.mail import is_set_up

_signer = signing.Signer(salt="finder.alerts.link")


def is_offered() -> bool:
    """A mail has no page whose address it could use, so that one must be named."""
    return is_set_up() and bool(settings.SITE_URL)


def token_of(pk: UUID) -> str:
    return _signer.sign(pk.hex)


def alert_of(token: str) -> UUID | None:
    """None for a link that is not ours."""
    try:
        return UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def whole_address(name: str, argument: str, language: str) -> str:
    """Of a page, in this language."""
    with override(language):
        return settings.SITE_URL.rstrip("/") + reverse(name, args=[argument], urlconf="finder.urls")


def stop_headers(pk: UUID, language: str) -> dict[str, str]:
    """What a mail program needs for a button of its own that stops the alert (RFC 2369, RFC 8058)."""
    address = whole_address("alert", token_of(pk), language)
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
