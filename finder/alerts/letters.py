"""The mails of an alert, as plain text in the language of the page on which somebody asked for it."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from finder.alerts.links import page_of, stop_headers
from trials.mail.text import MailText


def to_confirm(pk: UUID, language: str) -> MailText:
    """Says nothing of the search, in which somebody may have typed words for a stranger's mailbox."""
    with override(language):
        parts = (
            _("Somebody, probably you, would like to be told by e-mail what is new in studies."),
            _("We do so only after you say yes on this page, which shows what was asked for:"),
            page_of(pk, language),
            _("Was it not you? Then do nothing. Within three days we delete the address."),
            _site(),
        )
        return MailText(_("Please confirm your alert about studies"), _joined(parts), stop_headers(pk, language))


def of_news(pk: UUID, search: str, where: str, subject: str, studies: tuple[str, ...], language: str) -> MailText:
    """In the language that is active; `studies` are whole paragraphs, `where` the address of all that is found."""
    parts = (
        _("You asked us to tell you what is new here:"),
        search,
        *studies,
        _("All that we show today stands here:"),
        where,
        _("A study may have changed since. Please call before you travel."),
        _("Stop this alert, or all of yours:"),
        page_of(pk, language),
        _site(),
    )
    return MailText(subject, _joined(parts), stop_headers(pk, language))


def _site() -> str:
    return _("CTD Trial Finder. This is not medical advice.")


def _joined(parts: tuple[str, ...]) -> str:
    return "\n\n".join(parts) + "\n"
