"""One line of output per step, locks between processes, and the error that is shown as a sentence."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".data"  # what running here makes: database, collected static files, development secret


class LaunchError(Exception):
    """Something the person at the keyboard can mend; the message says how."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Print `what`, run the block, then end the line with the seconds it took."""
    print(f"{what} …", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - start:.1f} s", flush=True)


def data_folder() -> Path:
    """The git-ignored folder for what running here makes; created on first use."""
    DATA.mkdir(mode=0o755, exist_ok=True)
    return DATA


def remove_tree(folder: Path, *, seconds: float = 10) -> None:
    """Remove a folder in which others may still write or delete: tries again for some seconds, then raises OSError."""
    deadline = time.monotonic() + seconds
    while folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


class FileLock:
    """An advisory lock on a file. The kernel frees it when its holder ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def take(self, *, shared: bool = False, seconds: float = 0) -> bool:
        """Try for `seconds` to take the lock, or to turn the one we hold into the other kind."""
        if self._fd is None:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(self._fd, kind)
                return True
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.05)

    def free(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


@contextmanager
def exclusively(path: Path, *, seconds: float, doing: str) -> Iterator[None]:
    """Hold the lock file `path` alone, or fail after `seconds`, saying what another process is `doing`."""
    lock = FileLock(path)
    try:
        if not lock.take(seconds=seconds):
            raise LaunchError(f"Another process is still {doing} after {seconds:.0f} s. Wait for it or stop it.")
        yield
    finally:
        lock.free()
