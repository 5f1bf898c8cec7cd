"""Hands mails to the operator's mail server: the only code that speaks SMTP.

A mail is handed over in two steps, so that its row can say in between that it may be gone: what is killed after the
second step began is never sent again, and what is killed before was certainly not sent.
"""

import re
import smtplib
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

TIMEOUT_SECONDS = 30
LAST_ANSWER_SECONDS = 600  # RFC 5321, 4.5.3.2.6: who gives up sooner may send twice
IDLE_SECONDS = 20  # after which the server may have hung up
MAILS_OF_A_CONNECTION = 100  # many servers take no more at once
_OK, _GO_ON, _CLOSES = 250, 354, 421
_DOT = re.compile(rb"^\.", re.MULTILINE)
_FAULTS = (smtplib.SMTPException, OSError)


class Reply(StrEnum):
    ACCEPTED = "accepted"
    DEFERRED = "deferred"  # to be tried again: the server is away, broke off, or says "not now"
    REFUSED = "refused"  # for good
    SILENT = "silent"  # it has all of the mail and says nothing: perhaps accepted


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is the server's own, 0 where none came. Its words are left out: they may name the address."""

    reply: Reply
    code: int = 0


class MailServer:
    """One connection, for as many mails as there are; made anew where it is lost. For one thread."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._where = ("", 0)
        self._mails = 0
        self._used_at = 0.0

    def hand_over(self, sender: str, recipient: str, message: bytes, before_text: Callable[[], None]) -> Answer:
        """`before_text` is called when the server waits for the text, and before it has any of it.

        Where the connection is lost before the server has answered the text, the server has not taken it (RFC 5321,
        4.2.5), so that it is to be sent again.
        """
        try:
            smtp = self._ready()
            if (code := smtp.mail(sender)[0]) >= 300:
                return self._not_taken(code, for_good=False)  # of our own address: the operator's to put right
            if (code := smtp.rcpt(recipient)[0]) >= 300:
                return self._not_taken(code)
            if (code := smtp.docmd("DATA")[0]) != _GO_ON:
                return self._not_taken(code)
        except _FAULTS:
            self.hang_up()
            return Answer(Reply.DEFERRED)
        before_text()
        return self._text(smtp, message)

    def _text(self, smtp: smtplib.SMTP, message: bytes) -> Answer:
        try:
            _wait_for(smtp, LAST_ANSWER_SECONDS)
            smtp.send(_DOT.sub(b"..", message) + b".\r\n")
            code = smtp.getreply()[0]
        except _FAULTS as error:
            self.hang_up()
            return Answer(Reply.SILENT if isinstance(error.__context__, TimeoutError) else Reply.DEFERRED)
        if 200 <= code < 300:
            self._mails, self._used_at = self._mails + 1, time.monotonic()
            return Answer(Reply.ACCEPTED, code)
        return self._not_taken(code)

    def _ready(self) -> smtplib.SMTP:
        """The connection at hand, or a new one. Raises SMTPException or OSError."""
        where = (settings.MAIL_HOST, settings.MAIL_PORT)
        stale = time.monotonic() - self._used_at > IDLE_SECONDS or self._mails >= MAILS_OF_A_CONNECTION
        if self._smtp is not None and self._where == where and not stale:
            with suppress(*_FAULTS):
                _wait_for(self._smtp, TIMEOUT_SECONDS)
                if self._smtp.rset()[0] == _OK:
                    return self._smtp
        self.hang_up()
        self._smtp, self._where, self._mails = _connected(*where), where, 0
        return self._smtp

    def _not_taken(self, code: int, *, for_good: bool = True) -> Answer:
        """The connection can take the next mail, unless the server ends it."""
        self._mails, self._used_at = self._mails + 1, time.monotonic()
        if code == _CLOSES:
            self.hang_up()
        return Answer(Reply.REFUSED if for_good and code >= 500 else Reply.DEFERRED, code)

    def hang_up(self) -> None:
        """The next mail makes a new connection."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def this_threads_server() -> MailServer:
    if not hasattr(_of_thread, "server"):
        _of_thread.server = MailServer()
    server: MailServer = _of_thread.server
    return server


_of_thread = threading.local()


def _connected(host: str, port: int) -> smtplib.SMTP:
    """A server that does not speak TLS gets nothing."""
    context = ssl.create_default_context()
    if settings.MAIL_TLS == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    try:
        if settings.MAIL_TLS == "starttls":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if settings.MAIL_USER:
            smtp.login(settings.MAIL_USER, settings.MAIL_PASSWORD)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _wait_for(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock:
        smtp.sock.settimeout(seconds)
