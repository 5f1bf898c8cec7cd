"""Mail that the site sends: whether it can, how it is sealed, and how it is handed to a server. See docs/mail.md."""

from django.conf import settings


def is_set_up() -> bool:
    """Nothing is offered that needs mail, and none is sent, before a server, a sender and a key are named."""
    return bool(settings.MAIL_HOST and settings.MAIL_FROM and settings.MAIL_KEYS)
