"""What we ask the system about processes, and how one of ours ends with its parent."""

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

GRACE_SECONDS = 3
ASK_SECONDS = 20


def command_line(pid: str) -> str:
    """The command line of the process with this number; empty when there is none, or it has ended."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except OSError:
            return ""
    ask = ["ps", "-ww", "-o", "args=", "-p", pid]
    return subprocess.run(ask, capture_output=True, text=True, timeout=ASK_SECONDS, check=False).stdout


def is_running(pid: str) -> bool:
    """Whether a process has this number and has not ended. Between fork and exec it may show no command line."""
    if not Path("/proc/self").exists():
        return bool(command_line(pid))
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def end_with(parent: int) -> None:
    """End this process soon after the process `parent` has ended, even if that was killed with `kill -9`."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def end_group(leader: "subprocess.Popen[bytes]", seconds: float) -> None:
    """End a process that leads a group, and what it has started: asked first, and made to after `seconds`."""
    if leader.poll() is None:
        leader.terminate()
        with suppress(subprocess.TimeoutExpired):
            leader.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
    leader.wait(seconds)


def working_in(folder: Path) -> list[int]:
    """Ids of the processes whose working folder is `folder`, as far as we may see. None where there is no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if Path(os.readlink(entry / "cwd")) == folder:
                found.append(int(entry.name))
    return found
