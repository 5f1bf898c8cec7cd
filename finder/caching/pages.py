"""Pages ready to send, as many as the memory that they may take holds."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

_ALONGSIDE = 2_000  # bytes: the headers, the key, and what Python needs to hold them
_LARGEST_SHARE = 8  # no page takes more than this part of the room


@dataclass(frozen=True, slots=True)
class Page:
    """A body as it is sent, and its headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


class Pages:
    """All of one version: when another is asked for, those of the former go. What was long not asked for goes first."""

    def __init__(self, room: int) -> None:
        """`room` is in bytes."""
        self._room = room
        self._taken = 0
        self._version = b""
        self._held: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, version: bytes, key: Hashable) -> Page | None:
        with self._lock:
            if version != self._version:
                self._held.clear()
                self._version, self._taken = version, 0
            page = self._held.get(key)
            if page:
                self._held.move_to_end(key)
            return page

    def put(self, version: bytes, key: Hashable, page: Page) -> None:
        """Nothing is kept of a version that is no longer the one asked for, and no page that fills the room alone."""
        size = _size(page)
        with self._lock:
            if version != self._version or size * _LARGEST_SHARE > self._room:
                return
            if replaced := self._held.pop(key, None):
                self._taken -= _size(replaced)
            self._held[key] = page
            self._taken += size
            while self._taken > self._room:
                self._taken -= _size(self._held.popitem(last=False)[1])


def _size(page: Page) -> int:
    return len(page.body) + _ALONGSIDE
