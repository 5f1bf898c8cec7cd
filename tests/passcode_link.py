"""Links with a passcode, locked and opened by Python alone: written from docs/passcode-link.md, not from scripts."""

import base64
import hashlib
import json
import os
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HEADER = struct.Struct(">3sBBI16s12sI")
SPACES = "\t\n\v\f\r\ufeff\u2028\u2029"


class Refused(Exception):
    """What is no link of this format, or was locked with another passcode."""


@dataclass(frozen=True, slots=True)
class Chance:
    """What is random in a link."""

    salt: bytes
    nonce: bytes

    @classmethod
    def fresh(cls) -> "Chance":
        return cls(os.urandom(16), os.urandom(12))


def normal(passcode: str) -> str:
    text = unicodedata.normalize("NFKC", passcode)
    spaces = SPACES + "".join({one for one in text if unicodedata.category(one) == "Zs"})
    return text.strip(spaces)


def key_of(passcode: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", normal(passcode).encode(), salt, rounds, 32)


def lock(
    kept: Any,
    passcode: str,
    *,
    compress: bool = True,
    rounds: int = 600_000,
    version: int = 1,
    chance: Chance | None = None,
) -> str:
    chance = chance or Chance.fresh()
    inside = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    if compress:
        packer = zlib.compressobj(9, wbits=-15)
        inside = packer.compress(inside) + packer.flush()
    header = HEADER.pack(b"CTF", version, int(compress), rounds, chance.salt, chance.nonce, len(inside) + 16)
    whole = header + AESGCM(key_of(passcode, chance.salt, rounds)).encrypt(chance.nonce, inside, header)
    return to_text(summed(whole))


def open_link(text: str, passcode: str) -> Any:
    data = from_text(text)
    if len(data) < HEADER.size + 16 + 4:
        raise Refused("cut")
    header, locked = data[: HEADER.size], data[HEADER.size : -4]
    magic, version, flags, rounds, salt, nonce, length = HEADER.unpack(header)
    if (magic, version) != (b"CTF", 1) or flags > 1 or not 600_000 <= rounds <= 10_000_000:
        raise Refused("header")
    if length != len(locked) or data != summed(data[:-4]):
        raise Refused("damaged")
    try:
        inside = AESGCM(key_of(passcode, salt, rounds)).decrypt(nonce, locked, header)
    except InvalidTag:
        raise Refused("passcode") from None
    return json.loads(zlib.decompress(inside, wbits=-15) if flags else inside)


def summed(data: bytes) -> bytes:
    return data + hashlib.sha256(data).digest()[:4]


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_text(data) != text:
        raise Refused("base64url")
    return data
