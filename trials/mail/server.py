"""Hands mails to the operator's mail server: the only code that speaks SMTP.

A mail is handed over in two steps, so that its row can say in between that it may be gone: what is killed after the
second step began is never sent again, and what is killed before was certainly not sent.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from django.conf import settings

TIMEOUT_SECONDS = 30
_DOT = re.compile(rb"^\.", re.MULTILINE)
_FAULTS = (smtplib.SMTPException, OSError)


class Reply(StrEnum):
    ACCEPTED = "accepted"
    DEFERRED = "deferred"  # to be tried again: the server is away, broke off, or says "not now"
    REFUSED = "refused"  # for good


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is the server's own, 0 where none came. Its words are left out: they may name the address."""

    reply: Reply
    code: int = 0


class MailServer:
    """One connection, for as many mails as there are; made anew where it is lost."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def announce(self, sender: str, recipient: str) -> Answer | None:
        """Until the server waits for the text; an answer where it does not want it. Nothing is handed over yet."""
        try:
            smtp = self._smtp or self._connected()
            if (code := smtp.mail(sender)[0]) >= 300:
                return self._not_taken(code, for_good=False)  # of our own address: the operator's to put right
            if (code := smtp.rcpt(recipient)[0]) >= 300:
                return self._not_taken(code)
            return None if (code := smtp.docmd("DATA")[0]) == 354 else self._not_taken(code)
        except _FAULTS:
            return self._lost()

    def hand_over(self, message: bytes) -> Answer:
        """The text, after `announce`. Where the connection is lost before the server has answered, the server has not
        taken it (RFC 5321, 4.2.5), so that it is to be sent again.
        """
        if self._smtp is None:
            raise RuntimeError("announce() comes first")
        try:
            self._smtp.send(_DOT.sub(b"..", message) + b".\r\n")
            code = self._smtp.getreply()[0]
        except _FAULTS:
            return self._lost()
        return Answer(Reply.ACCEPTED, code) if 200 <= code < 300 else self._not_taken(code)

    def _connected(self) -> smtplib.SMTP:
        """Raises SMTPException or OSError. A server that does not speak TLS gets nothing."""
        host, port, context = settings.MAIL_HOST, settings.MAIL_PORT, ssl.create_default_context()
        if settings.MAIL_TLS == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        self._smtp = smtp
        if settings.MAIL_TLS == "starttls":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if settings.MAIL_USER:
            smtp.login(settings.MAIL_USER, settings.MAIL_PASSWORD)
        return smtp

    def _not_taken(self, code: int, *, for_good: bool = True) -> Answer:
        """The connection can take the next mail, unless the server ends it (421)."""
        try:
            if code == 421 or self._smtp is None or self._smtp.rset()[0] >= 300:
                self._hang_up()
        except _FAULTS:
            self._hang_up()
        return Answer(Reply.REFUSED if for_good and code >= 500 else Reply.DEFERRED, code)

    def _lost(self) -> Answer:
        self._hang_up()
        return Answer(Reply.DEFERRED)

    def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(*_FAULTS):
                smtp.quit()
            smtp.close()
