"""A real mail server on loopback, with a journal of what it has taken. It does what it is told to each recipient."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

KEYS = ["2Zr0g3o5cQz5rYtWv1mN8bJkL4hS6dFaXePuIoTy7Vc=", "9Qm1n2B3v4C5x6Z7l8K9j0H1g2F3d4S5a6P7o8I9u0Y="]
FROM = "Trial finder <finder@finder-host.org>"


@dataclass
class Journal:
    """`taken` are the mails that it has answered with 250, in their order. `replies`, by part of a recipient's address,
    are given once each, the last for ever: what it says to RCPT, or with "data " before it to the text; "break" ends
    the connection there, "take and break" after it has taken the text, "silent" keeps its last answer back.
    """

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    seen: int = 0  # texts that came, taken or not
    replies: dict[str, list[str]] = field(default_factory=dict)

    def reply(self, recipient: str, *, to_text: bool) -> str:
        for part, replies in self.replies.items():
            if part in recipient and replies[0].startswith("data ") is to_text:
                return (replies.pop(0) if len(replies) > 1 else replies[0]).removeprefix("data ")
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.taken if address in str(one["To"])]


class _Handler:
    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any) -> str:
        reply = self.journal.reply(address, to_text=False)
        if reply == "break":
            server.transport.abort()
            await asyncio.sleep(0.05)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.journal.seen += 1
        reply = self.journal.reply(envelope.rcpt_tos[0], to_text=True)
        if reply == "take and break":
            self.journal.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if reply.endswith("break"):
            server.transport.abort()
            await asyncio.sleep(0.05)
        if reply == "silent":
            await asyncio.sleep(3)
            return "250 OK"
        if reply.startswith("250"):
            self.journal.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return reply


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # the server's own, which names addresses


@contextmanager
def mail_server(port: int = 0) -> Iterator[Journal]:
    journal = Journal()
    journal.port = port or _free_port()
    controller = Controller(_Handler(journal), hostname="127.0.0.1", port=journal.port, ready_timeout=10)
    controller.start()
    try:
        yield journal
    finally:
        controller.stop()


def set_up_mail(settings: Any, port: int) -> None:
    settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", port, "off"
    settings.MAIL_USER, settings.MAIL_FROM, settings.MAIL_KEYS = "", FROM, KEYS
