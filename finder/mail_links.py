"""Links in mails: signed, so that nobody can guess another's, and whole, since a mail has no page of its own."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from finder.languages.addresses import outside_frames


@dataclass(frozen=True, slots=True)
class Tokens:
    """Of the rows of one kind."""

    salt: str

    def of(self, pk: UUID) -> str:
        return signing.Signer(salt=self.salt).sign(pk.hex)

    def row_of(self, token: str) -> UUID | None:
        """None for a token that is not ours."""
        try:
            return UUID(signing.Signer(salt=self.salt).unsign(token))
        except (signing.BadSignature, ValueError):
            return None


ALERTS = Tokens("finder.alerts.link")
MESSAGES = Tokens("finder.messages.link")


def whole_address(name: str, argument: str, language: str, request: HttpRequest | None = None) -> str:
    """Of a page, in this language: where the operator says that the site stands; else where the request found it.
    `argument` is empty for a page that has none.
    """
    with override(language):
        path = outside_frames(reverse(name, args=[argument] if argument else [], urlconf="finder.urls"))
    if request is not None and not settings.SITE_URL:
        return request.build_absolute_uri(path)
    return settings.SITE_URL.rstrip("/") + path
