"""A clinic's own site on loopback: pages with our snippets under a strict policy, which note what they hear of us."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Example Clinic</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/clinic.css"><script src="/hearing.js"></script></head>
<body><header><p><a href="#above" id="above">Example Clinic</a></p></header>
<main><h1>Research studies</h1><p>You can look for a study here.</p>
{snippet}
<p><a href="#below" id="below">Call us</a></p></main></body></html>"""
STYLE = """body { margin: 0 auto; max-width: 75rem; padding: 0 1rem; font: 1rem/1.5 sans-serif; }
:root { color-scheme: light dark; }
header { padding: 2rem 0; border-bottom: 1px solid; }"""
HEARING = "var heard = []; addEventListener('message', (event) => heard.push([event.origin, event.data]));"
COOKIE = "/cookie"  # a page that would like to be remembered
POLICY = "default-src 'self'; img-src 'self' data:; script-src 'self' {site}; frame-src {site} http://localhost:*"


class _Clinic(BaseHTTPRequestHandler):
    """`pages` are snippets by path; `site` is the origin of the finder."""

    def __init__(self, pages: dict[str, str], site: str, *args: object) -> None:
        self.pages, self.site = pages, site
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        files = {"/clinic.css": (STYLE, "text/css"), "/hearing.js": (HEARING, "text/javascript")}
        text, kind = files.get(self.path) or (PAGE.format(snippet=self.pages[self.path]), "text/html")
        self.send_response(200)
        if self.path == COOKIE:
            self.send_header("Set-Cookie", "seen=yes; SameSite=None; Secure")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(site=self.site))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """A test run is quiet."""


@contextmanager
def clinic_site(pages: dict[str, str], site: str, port: int = 0) -> Iterator[int]:
    """The port on which it answers under every name of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Clinic, pages, site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
