"""The script that clinics paste: one address for good, whatever release is behind it."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from finder.views.render import public


@require_safe
def embed_script(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_script(), "text/javascript; charset=utf-8")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return public(request, response)


@cache
def _script() -> bytes:
    return (settings.BASE_DIR / "static" / "embed.js").read_bytes()
