"""A partner's pages are the site's own pages, mounted under the partner's address."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from finder.embed.addresses import embed_address
from finder.embed.answering import answer
from finder.embed.headers import allowed_beforehand

GetResponse = Callable[[HttpRequest], HttpResponse]


class EmbedMiddleware:
    """Mounts the site: every address that is made, in a template or elsewhere, begins with the partner's.

    The same as a server does for a site below a path; so no page need know that it stands in a frame.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = embed_address(request.path_info)
        if found is None:
            return self.get_response(request)
        request.embed = found  # type: ignore[attr-defined]
        request.path_info = found.rest
        request.urlconf = "finder.embed.urls"  # type: ignore[attr-defined]
        before = get_script_prefix()
        set_script_prefix(found.root)
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


class PartnerMiddleware:
    """Answers for the partner: loads it, turns away who may not show it, and sets what the browser must know.

    It stands innermost, so that all that can go wrong has its page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not hasattr(request, "embed"):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return allowed_beforehand()
        return answer(request, self.get_response)
