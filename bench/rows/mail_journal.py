"""A mail server as a process of its own: `python -m bench.rows.mail_journal PORT FILE`.

A mail that it takes stands in the file, as Message-ID and recipient, before the answer goes out. It refuses one mailbox
in ten and breaks off one text in twenty, without an answer.
"""

import asyncio
import logging
import os
import random
import sys
from email import message_from_bytes
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

REFUSED, BROKEN = 0.1, 0.05


class Handler:
    def __init__(self, path: str) -> None:
        self.journal = os.open(path, os.O_WRONLY | os.O_APPEND)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any) -> str:
        if random.Random(address).random() < REFUSED:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if random.random() < BROKEN:
            server.transport.abort()  # type: ignore[union-attr]
            await asyncio.sleep(0.01)
            return "451 gone"
        message = message_from_bytes(envelope.content)  # type: ignore[arg-type]
        os.write(self.journal, f"{message['Message-ID']} {envelope.rcpt_tos[0]}\n".encode())
        return "250 OK"


async def serve(port: int, path: str) -> None:
    loop = asyncio.get_running_loop()
    handler = Handler(path)
    server = await loop.create_server(lambda: SMTP(handler, hostname="bench"), "127.0.0.1", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    logging.disable()
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
