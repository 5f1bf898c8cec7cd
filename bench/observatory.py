"""`manage.py bench observatory`: what the rules of Mozilla's HTTP Observatory give for our headers, reckoned here.

The site runs as behind a proxy that does HTTPS, and its main pages are fetched. Each test of the Observatory is held
against what was sent; the points are those of https://developer.mozilla.org/observatory/docs/tests_and_scoring, as of
November 2026. What only the outside can tell (certificate, preload list) is left out. Bonuses count from 90 points on.
"""

import http.client
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from bench.serving.site import answer, site
from trials.models import Partner, Trial

HALF_A_YEAR_SECONDS = 15_768_000
GRADES = (
    (100, "A+"),
    (90, "A"),
    (85, "A-"),
    (80, "B+"),
    (70, "B"),
    (65, "B-"),
    (60, "C+"),
    (50, "C"),
    (0, "D or less"),
)
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
BY_HTTPS = {"X-Forwarded-Proto": "https", "Host": "localhost"}


@dataclass(frozen=True, slots=True)
class Page:
    headers: http.client.HTTPMessage
    html: str

    def policy(self) -> dict[str, list[str]]:
        parts = (part.split() for part in self.headers.get("Content-Security-Policy", "").split(";"))
        return {part[0]: part[1:] for part in parts if part}


def cookies(page: Page) -> tuple[str, int]:
    sent = page.headers.get_all("Set-Cookie") or []
    if not sent:
        return "cookies-not-found", 0
    if not all("Secure" in cookie for cookie in sent):
        return "cookies-without-secure-flag-but-protected-by-hsts", -5
    if any("session" in cookie and "HttpOnly" not in cookie for cookie in sent):
        return "cookies-session-without-httponly-flag", -30
    if not all(re.search("SameSite=(Strict|Lax)", cookie) for cookie in sent):
        return "cookies-anticsrf-without-samesite-flag", -20
    return "cookies-secure-with-httponly-sessions-and-samesite", 5


def resource_sharing(page: Page) -> tuple[str, int]:
    allowed = page.headers.get("Access-Control-Allow-Origin")
    if allowed is None:
        return "cross-origin-resource-sharing-not-implemented", 0
    if page.headers.get("Access-Control-Allow-Credentials"):
        return "cross-origin-resource-sharing-implemented-with-universal-access", -50
    return "cross-origin-resource-sharing-implemented-with-public-access", 0


def content_security_policy(page: Page) -> tuple[str, int]:
    policy = page.policy()
    scripts = policy.get("script-src", policy.get("default-src", []))
    if not policy:
        return "csp-not-implemented", -25
    if {"'unsafe-inline'", "data:", "https:", "*"} & set(scripts) or "default-src" not in policy:
        return "csp-implemented-with-unsafe-inline", -20
    if "'unsafe-eval'" in scripts:
        return "csp-implemented-with-unsafe-eval", -10
    if {"'unsafe-inline'", "data:", "https:", "*"} & set(policy.get("style-src", [])):
        return "csp-implemented-with-unsafe-inline-in-style-src-only", 0
    if policy["default-src"] == ["'none'"]:
        return "csp-implemented-with-no-unsafe-default-src-none", 10
    return "csp-implemented-with-no-unsafe", 5


def transport_security(page: Page) -> tuple[str, int]:
    seconds = re.search(r"max-age=(\d+)", page.headers.get("Strict-Transport-Security", ""))
    if not seconds:
        return "hsts-not-implemented", -20
    if int(seconds[1]) < HALF_A_YEAR_SECONDS:
        return "hsts-implemented-max-age-less-than-six-months", -10
    return "hsts-implemented-max-age-at-least-six-months", 0


def referrer_policy(page: Page) -> tuple[str, int]:
    said = page.headers.get("Referrer-Policy", "")
    if not said:
        return "referrer-policy-not-implemented", 0
    return ("referrer-policy-private", 5) if said in _PRIVATE else ("referrer-policy-unsafe", -5)


def subresource_integrity(page: Page) -> tuple[str, int]:
    sources = re.findall(r"<script\b[^>]*\bsrc=[\"']?([^\"' >]+)", page.html)
    if any(re.match(r"(https?:)?//", source) for source in sources):
        return "sri-not-implemented-but-external-scripts-loaded-securely", -5
    return "sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0


def content_type_options(page: Page) -> tuple[str, int]:
    said = page.headers.get("X-Content-Type-Options") == "nosniff"
    return ("x-content-type-options-nosniff", 0) if said else ("x-content-type-options-not-implemented", -5)


def frame_options(page: Page) -> tuple[str, int]:
    if "frame-ancestors" in page.policy():
        return "x-frame-options-implemented-via-csp", 5
    return ("x-frame-options-not-implemented", -20)


def resource_policy(page: Page) -> tuple[str, int]:
    said = page.headers.get("Cross-Origin-Resource-Policy", "")
    if said in ("same-origin", "same-site"):
        return f"corp-implemented-with-{said}", 10
    return f"corp-implemented-with-{said}" if said else "corp-not-implemented", 0


TESTS: tuple[Callable[[Page], tuple[str, int]], ...] = (
    content_security_policy,
    cookies,
    resource_sharing,
    referrer_policy,
    transport_security,
    subresource_integrity,
    content_type_options,
    frame_options,
    resource_policy,
)


def redirection(port: int) -> tuple[str, int]:
    """The first answer over plain HTTP leads to the same host over HTTPS."""
    _status, headers, _body = answer(port, "/", {"Host": "localhost"})
    led = headers.get("Location", "").startswith("https://localhost")
    return ("redirection-to-https", 0) if led else ("redirection-missing", -20)


def main() -> int:
    with site({"FINDER_HTTPS": "true", "FINDER_PROXY_HTTPS_HEADER": "X-Forwarded-Proto"}) as port:
        study = Trial.objects.order_by("pk").values_list("nct_id", flat=True)[0]
        clinic = Partner.objects.create(name="Example Clinic", allowed_origins="https://clinic.example.org")
        framed, worst = f"{clinic.get_absolute_url()}en/studies/", 1_000
        for path in (
            "/",
            "/studies/?q=lupus",
            f"/studies/{study}/",
            "/check/",
            "/admin/login/",
            "/api/v1/studies/",
            framed,
        ):
            _status, headers, body = answer(port, path, BY_HTTPS)
            page = Page(headers, body.decode(errors="replace"))
            found = [*(test(page) for test in TESTS), redirection(port)]
            base = 100 + sum(points for _name, points in found if points < 0)
            score = base + sum(points for _name, points in found if points > 0) if base >= 90 else base
            worst = min(worst, score)
            print(f"{path}: {score} points, {next(grade for least, grade in GRADES if score >= least)}")
            for name, points in found:
                print(f"  {points:+4d}  {name}")
    return 0 if worst >= 100 else 1


if __name__ == "__main__":
    sys.exit(main())
