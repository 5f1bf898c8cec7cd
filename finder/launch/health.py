"""Health checks of the containers: `python -m finder.launch.health web`, or `sync`; exit code 0 is healthy."""

import http.client
import os
import sys
import time

from finder.launch.schedule import STATE, TICK_SECONDS

PORT = 8000
TIMEOUT_SECONDS = 5


def web(port: int = PORT) -> str | None:
    """What is wrong with the web server inside this container; None when all is well."""
    host = os.environ.get("FINDER_ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": host if host not in ("", "*") else "localhost"})
        status = connection.getresponse().status
    except OSError as error:
        return f"/healthz does not answer: {error}"
    finally:
        connection.close()
    return None if status == 200 else f"/healthz answers {status}"


def sync() -> str | None:
    """What is wrong with the loop that fetches from the registry; None when all is well."""
    try:
        age = time.time() - STATE.stat().st_mtime
        state = STATE.read_text()
    except FileNotFoundError:
        return "the schedule has not started"
    if age > 6 * TICK_SECONDS:
        return f"the schedule gave no sign for {age:.0f} s"
    return None if state == "ok" else "the last run failed; its reason is in the log"


if __name__ == "__main__":
    sys.exit({"web": web, "sync": sync}[sys.argv[1]]())
