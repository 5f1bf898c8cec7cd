"""Answers for public pages that did not change: "you have it already", or the page as it was made before."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import cc_delim_re, patch_vary_headers

from finder.caching.asked import Asked, asked
from finder.caching.pages import Page, Pages
from finder.caching.state import State, Watch
from finder.languages.addresses import ADMIN
from finder.views.render import PUBLIC, VARIES_BY_HTMX

_ASIDE = (settings.STATIC_URL, ADMIN, "/healthz")  # answered without a look at the data
_VARIES = ("Accept-Encoding",)
_KNOWN = {name.lower() for name in (*_VARIES, *VARIES_BY_HTMX)}
_BYTES_A_MB = 1_000_000


class CachingMiddleware:
    """Gives every public page a validator, heeds those that come back, and keeps pages without a query string.

    A page is public if its view says so to every cache (`finder.views.render.public`); nothing else is touched or kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.DEBUG or not settings.KEPT_PAGES_MB:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.watch = Watch()
        self.pages = Pages(settings.KEPT_PAGES_MB * _BYTES_A_MB)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(_ASIDE):
            return self.get_response(request)
        wanted = asked(request)
        state = self.watch.state() if wanted else None
        if wanted is None or state is None:
            return self.get_response(request)
        return _held(wanted, state) or self._kept(wanted, state) or self._made(request, wanted, state)

    def _kept(self, wanted: Asked, state: State) -> HttpResponse | None:
        page = self.pages.get(state.version, wanted.key) if wanted.key else None
        return _answer(HttpResponse(page.body, headers=dict(page.headers)), wanted, state) if page else None

    def _made(self, request: HttpRequest, wanted: Asked, state: State) -> HttpResponse:
        response = self.get_response(request)
        varies = {name.lower() for name in cc_delim_re.split(response.headers.get("Vary", "")) if name}
        if not _is_public(response) or not varies <= _KNOWN:
            return response
        patch_vary_headers(response, _VARIES)
        response.headers["ETag"] = wanted.tag(state.version, by_htmx="hx-request" in varies)
        if wanted.key and not response.streaming:
            self.pages.put(state.version, wanted.key, Page(response.content, tuple(response.items())))
        return _answer(response, wanted, state)


def _held(wanted: Asked, state: State) -> HttpResponse | None:
    """The short answer to who names the page by its tag: only who was given it can."""
    if not wanted.tags:
        return None
    for by_htmx, varies in ((False, _VARIES), (True, (*_VARIES, *VARIES_BY_HTMX))):
        if wanted.holds(tag := wanted.tag(state.version, by_htmx=by_htmx)):
            return _not_modified(tag, varies)
    return None


def _answer(response: HttpResponse, wanted: Asked, state: State) -> HttpResponse:
    if wanted.holds_any(state.modified):
        return _not_modified(response.headers["ETag"], cc_delim_re.split(response.headers["Vary"]))
    if state.modified:
        response.headers["Last-Modified"] = state.modified
    return response


def _not_modified(tag: str, varies: Sequence[str]) -> HttpResponse:
    return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": PUBLIC, "Vary": ", ".join(varies)})


def _is_public(response: HttpResponse) -> bool:
    said = response.headers.get("Cache-Control") == PUBLIC and "ETag" not in response.headers
    return said and response.status_code == 200 and not response.cookies
