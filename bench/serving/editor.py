"""An editor who saves one row after another, and notes which of them the site has acknowledged."""

import http.client
import re
import threading
import time
from urllib.parse import urlencode

PASSWORD = "for a measurement only"  # noqa: S105
_ADD = "/admin/auth/group/add/"
_PAUSE_SECONDS = 0.2


class Editor(threading.Thread):
    """Runs until `done` is set. `saved` are the names of groups that the site said it had saved; `refused` counts the
    others.
    """

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port, self.done = port, threading.Event()
        self.saved: list[str] = []
        self.refused = 0
        self._cookies: dict[str, str] = {}

    def run(self) -> None:
        number = 0
        while not self.done.wait(_PAUSE_SECONDS):
            number += 1
            name = f"group {number}"
            try:
                if self._save(name):
                    self.saved.append(name)
                    continue
            except (OSError, http.client.HTTPException):
                pass
            self.refused += 1
            time.sleep(_PAUSE_SECONDS)

    def _save(self, name: str) -> bool:
        if "sessionid" not in self._cookies:
            self._ask("GET", "/admin/login/")
            self._ask("POST", "/admin/login/", {"username": "editor", "password": PASSWORD})
        status, place = self._ask("POST", _ADD, {"name": name})
        if status == 302 and "login" in place:
            self._cookies.clear()
        return status == 302 and "login" not in place

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        token = self._cookies.get("csrftoken", "")
        body = urlencode({**form, "csrfmiddlewaretoken": token}) if form else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            response.read()
            for line in response.headers.get_all("Set-Cookie") or []:
                if found := re.match(r"(csrftoken|sessionid)=([^;]+)", line):
                    self._cookies[found[1]] = found[2]
            return response.status, response.headers.get("Location", "")
        finally:
            connection.close()
