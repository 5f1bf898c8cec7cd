"""The link to a message's own page: signed, so that nobody can guess another's."""

from uuid import UUID

from django.core import signing

_signer = signing.Signer(salt="finder.messages.link")


def token_of(pk: UUID) -> str:
    return _signer.sign(pk.hex)


def message_of(token: str) -> UUID | None:
    """None for a link that is not ours."""
    try:
        return UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
