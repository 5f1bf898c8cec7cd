"""`manage.py bench hostile [REQUESTS] [SEED]`: what nobody should send, over all addresses of the real server.

Each request is put together of a known address, or none, and of pieces that break things elsewhere: NUL bytes, broken
UTF-8, huge numbers, nested fields, markup, SQL, template and shell fragments, tricks with headers and methods. It goes
out as bytes. Printed: the answers by status, each answer of 500 and above but 503, and each that has markup of ours in
it unescaped; there should be none of either. The seed makes a run again.
"""

import random
import re
import socket
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, quote_from_bytes

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore

from bench.serving.site import site
from finder.check.state import State
from trials.models import Partner, Trial

REQUESTS = 10_000
SEED = 20_261_123
TIMEOUT_SECONDS = 20
_MARK = "zq{number}"
_SHOWN = 20

PIECES = (
    b"\x00",
    b"\xff\xfe",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xf0\x9f\xa7\xac",
    "Ω≈ç√∫".encode(),
    b"\r\nX-Injected: 1",
    b"\t\x0b\x1f",
    b"9" * 400,
    b"-1",
    b"1e999",
    b"NaN",
    b"0x1F",
    b"2147483648",
    b"9223372036854775808",
    "٣".encode(),
    "²".encode(),
    b"1_0",
    b"' OR 1=1 --",
    b"'; DROP TABLE trials_trial; --",
    b"\\' UNION SELECT NULL--",
    b"%' AND pg_sleep(5)--",
    b"$$; COPY",
    b"{{7*7}}",
    b"{% debug %}",
    b"${7*7}",
    b"%(name)s %s %d",
    b"{0.__class__}",
    b"../../../../etc/passwd",
    b"..%2f..%2f",
    b"C:\\boot.ini",
    b"file:///etc/passwd",
    b"//evil.example",
    b"javascript:alert(1)",
    b"a" * 5_000,
    b"(" * 300,
    b"-" * 300,
    b'"' * 99,
    b"& | ! <-> :*",
    b"not " * 60,
    "不".encode() * 60,
    "\u202e\u200b\u0301".encode() * 20,
    b"NCT",
    b"NCT00000000",
    b"g99999999999",
    b"lupus near",
    b"\xef\xbb\xbflupus",
    b"[]",
    b"[$ne]",
    b"null",
    b"true",
    b'{"a":{"b":[1]}}',
    b";",
    b"=",
    b"&&",
)
NAMES = (
    "q",
    "near",
    "age",
    "radius",
    "condition",
    "status",
    "phase",
    "country",
    "sex",
    "type",
    "sort",
    "scope",
    "since",
    "changed",
    "page",
    "page_size",
    "map",
    "study",
    "placebo",
    "intervention",
    "sponsor",
    "contact",
    "children",
    "see",
    "origin",
    "key",
    "next",
    "state",
    "at",
    "do",
    "screen",
    "why",
    "diagnosis",
    "o",
    "p",
    "e",
    "_to_field",
    "_popup",
    "id__in",
    "conditions",
    "accent",
)
METHODS = (
    ("GET",) * 12 + ("POST",) * 6 + ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "GE\tT", "get")
)
HEADERS = (
    b"Accept-Language: {}",
    b"Referer: https://{}/",
    b"Origin: {}",
    b"Cookie: sessionid={}; csrftoken={}",
    b"X-Forwarded-Host: {}",
    b"X-Forwarded-Proto: {}",
    b"If-None-Match: {}",
    b"If-Modified-Since: {}",
    b"HX-Request: true",
    b"HX-Trigger: {}",
    b"HX-Current-URL: {}",
    b"Range: bytes={}",
    b"Accept: {}",
    b"Accept-Encoding: {}",
    b"User-Agent: {}",
    b"Sec-Fetch-Dest: iframe",
    b"Content-Encoding: gzip",
    b"Transfer-Encoding: identity",
    b"Authorization: Basic {}",
    b"X-HTTP-Method-Override: PUT",
)


@dataclass
class Attack:
    """All that stays the same over the requests."""

    rng: random.Random
    paths: tuple[str, ...]
    cookie: str

    def piece(self, mark: bytes) -> bytes:
        """A hostile value, sometimes with markup that must not come back as it is."""
        chosen = b"".join(self.rng.choices(PIECES, k=self.rng.choice((1, 1, 1, 2, 3))))
        markup = (b"<" + mark + b" x=1>", b'"' + mark + b"=1 '" + mark + b"=1", b"</script><" + mark + b">", b"")
        return chosen[: self.rng.choice((40, 200, 8_000))] + self.rng.choice(markup)

    def request(self, number: int) -> bytes:
        rng, mark = self.rng, _MARK.format(number=number).encode()
        method, path = rng.choice(METHODS).encode(), self.path(mark)
        pairs = [
            (rng.choice(NAMES) + rng.choice(("", "", "[]", "[a][b]", ".0")), self.piece(mark))
            for _ in range(rng.randrange(5))
        ]
        encoded = "&".join(f"{quote(name)}={quote_from_bytes(value)}" for name, value in pairs).encode()
        body, kind = b"", b""
        if method == b"POST":
            body, kind = self.body(encoded, mark)
        elif encoded and rng.random() < 0.9:
            path += b"?" + (encoded if rng.random() < 0.9 else b"&".join([encoded] * rng.randrange(1, 200)))
        lines = [method + b" " + path + b" HTTP/1.1", b"Host: localhost", b"Connection: close"]
        lines += [b"X-Forwarded-For: 10.%d.%d.1" % (number // 250, number % 250)]
        lines += [b"Cookie: " + self.cookie.encode()] if path.startswith(b"/admin/") and rng.random() < 0.8 else []
        for _ in range(rng.randrange(3)):
            value = self.piece(mark).replace(b"\r", b"").replace(b"\n", b"").replace(b"\x00", b"")
            lines.append(rng.choice(HEADERS).replace(b"{}", value[:2_000]))
        if method == b"POST" or body:
            lines += [b"Content-Type: " + kind, b"Content-Length: %d" % len(body)]
        return b"\r\n".join(lines) + b"\r\n\r\n" + body

    def path(self, mark: bytes) -> bytes:
        path = self.rng.choice(self.paths).encode()
        if path.startswith(b"/") and self.rng.random() < 0.3:
            parts = path.split(b"/")
            parts[self.rng.randrange(1, len(parts))] = quote_from_bytes(self.piece(mark)[:500]).encode()
            path = b"/".join(parts)
        return path

    def body(self, encoded: bytes, mark: bytes) -> tuple[bytes, bytes]:
        """A form, whole or broken, and what it says that it is."""
        rng, form = self.rng, b"application/x-www-form-urlencoded"
        state = b"state=" + quote(State().signed()).encode() + b"&"
        choice = rng.randrange(8)
        if choice < 3:
            return state + encoded, form
        if choice == 3:
            return b"&".join(b"f%d=1" % n for n in range(rng.choice((10, 1_500)))), form
        if choice == 4:
            return b"q=" + b"x" * rng.choice((10, 1_500_000)), form
        if choice == 5:
            part = (
                b'--b\r\nContent-Disposition: form-data; name="'
                + self.piece(mark)[:200].replace(b"\r\n", b"")
                + b'"\r\n\r\n'
            )
            return part + self.piece(mark) + rng.choice((b"\r\n--b--", b"")), b"multipart/form-data; boundary=b"
        kinds = (
            b"application/json",
            b"text/plain; charset=" + self.piece(mark)[:30].replace(b"\r\n", b""),
            b"multipart/form-data",
            b"",
        )
        return encoded + self.piece(mark), rng.choice(kinds).replace(b"\x00", b"")


def ask(port: int, request: bytes) -> tuple[int, bytes, bytes]:
    """Status, head and body of the answer; status 0 where the server closed the connection without one."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS) as connection:
        with suppress(ConnectionError):  # it may answer before it has read everything
            connection.sendall(request)
        with suppress(ConnectionError):
            while chunk := connection.recv(65_536):
                received += chunk
    head, _blank, body = received.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.\d (\d{3})", head)
    return (int(status[1]) if status else 0), head, body


def reflected(number: int, head: bytes, body: bytes) -> bool:
    """Whether markup of the request stands in a page of ours as markup, or made a header of its own."""
    mark = _MARK.format(number=number).encode()
    in_page = b"text/html" in head.lower() and re.search(rb"<" + mark + rb"|[\"']" + mark + rb"=", body)
    return bool(in_page) or b"\r\nx-injected:" in head.lower()


def everything(partner: Partner) -> tuple[str, ...]:
    """Every address of the site, in a language and in a frame, with ids that are there."""
    nct_id = Trial.objects.order_by("pk").values_list("nct_id", flat=True)[0]
    study = (f"studies/{nct_id}/", f"studies/{nct_id}/handout/", f"studies/{nct_id}/changes/")
    pages = (
        "",
        "studies/",
        "studies/map/",
        "suggest/",
        "suggest/places/",
        *study,
        "check/",
        "check/",
        "check/",
        "conditions/",
        "conditions/sle/",
        "learn/",
        "learn/words/",
        "about/",
        "privacy/",
        "accessibility/",
        "studies/feed/",
        "studies/csv/",
        "conditions/sle/feed/",
    )
    api = (
        "/api/",
        "/api/v1/studies/",
        f"/api/v1/studies/{nct_id}/",
        f"/api/v1/studies/{nct_id}/fhir/",
        "/api/v1/openapi.json",
    )
    frame = tuple(
        f"/embed/{partner.key}/{part}"
        for part in ("", "why/", "style.css", "logo.png", *(f"en/{page}" for page in pages))
    )
    desk = (
        "trial",
        "partner",
        "site",
        "contact",
        "conditionterm",
        "importrun",
        "fieldnote",
        "reviewtrial",
        "goldenpatient",
    )
    admin = (
        "/admin/login/",
        "/admin/",
        "/admin/partner-preview/",
        "/admin/partner-preview/style.css",
        "/admin/partner-preview/contrast/",
    )
    lists = tuple(f"/admin/trials/{name}/{part}" for name in desk for part in ("", "add/", "1/change/"))
    rest = (
        "/healthz",
        "/robots.txt",
        "/sitemap.xml",
        "/embed.js",
        "/static/finder.css",
        "/nothing/",
        "/embed/unknown/",
        "*",
        "",
    )
    return (*(f"/{page}" for page in pages), *(f"/es/{page}" for page in pages), *api, *frame, *admin, *lists, *rest)


def editors_cookie() -> str:
    """Of an editor who is signed in: the admin's pages are attacked, too."""
    user = get_user_model().objects.create_superuser("editor", password="not used here")  # noqa: S106
    session = SessionStore()
    session.update({"_auth_user_id": str(user.pk), "_auth_user_backend": "django.contrib.auth.backends.ModelBackend"})
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def main(requests: int, seed: int) -> int:
    with site({"FINDER_PROXY_ADDRESS_HEADER": "X-Forwarded-For"}) as port:
        partner = Partner.objects.create(
            name="Example Clinic", allowed_origins="https://clinic.example.org", accent="#8a1f5c"
        )
        attack = Attack(random.Random(seed), everything(partner), editors_cookie())
        answers, wrong = Counter[int](), list[str]()
        for number in range(requests):
            request = attack.request(number)
            status, head, body = ask(port, request)
            answers[status] += 1
            if (status >= 500 and status not in (501, 503, 505)) or reflected(number, head, body):
                wrong.append(f"{number} {status} {request[:300]!r}")
        still = ask(port, b"GET /studies/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")[0]
    for status, count in sorted(answers.items()):
        print(f"{status or 'closed without an answer':>26} {count:>7,}")
    print(f"{len(wrong)} of {requests:,} answered with 5xx or with markup of ours; afterwards a page answers {still}")
    print(*wrong[:_SHOWN], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given[:1] or [REQUESTS]), *(given[1:2] or [SEED])))
