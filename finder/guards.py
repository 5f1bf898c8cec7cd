"""What is turned away before a view sees it: too much at once, and too often."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from finder import limits
from finder.feeds.problems import is_for_programs
from finder.languages.addresses import ADMIN
from finder.views.errors import too_large, too_long, too_many

GetResponse = Callable[[HttpRequest], HttpResponse]
_SUGGESTIONS = {"suggest", "suggest_places"}
_DIGITS = 15  # of a length in bytes; more are no number that anybody counts to
# In a frame these depend on the clinic, so that each is made anew, with or without a query.
_COSTLY_IN_FRAMES = {"booklet", "studies", "studies_map"}


class SizeMiddleware:
    """Refuses bodies and queries that nothing of ours sends, before any of it is read.

    A body that does not say how long it is has none for us: the server passes none on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_admin = request.path.startswith(ADMIN)  # not what a frame has of that name
        most = settings.ADMIN_BODY_BYTES if in_admin else settings.PUBLIC_BODY_BYTES
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdigit() or len(length) > _DIGITS or int(length) > most:
            return too_large(request)
        by_hand = not in_admin and not is_for_programs(request)  # those may name a thousand things
        if by_hand and len(request.META.get("QUERY_STRING", "")) > settings.QUERY_BYTES:
            return too_long(request)
        return self.get_response(request)


class RateMiddleware:
    """Slows down who asks far more often than people do. What is the same for everyone is never counted.

    A visitor is counted by an address; where the address is that of a proxy, everybody has it, and nobody is counted.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        group, limit = _counted(request)
        if not group or not limits.is_one_visitor(request):
            return None
        allowed = limits.ask(request, group, limit)
        return None if allowed.granted else too_many(request, allowed.headers())


def _counted(request: HttpRequest) -> tuple[str, int]:
    """What a request counts as, and how much of it a client has each minute; nothing for what costs us little."""
    if request.path.startswith(ADMIN) or request.resolver_match is None:
        return "", 0
    if request.resolver_match.url_name in _SUGGESTIONS:
        return "suggestions", settings.SUGGESTIONS_PER_MINUTE
    if request.method == "POST":
        return "forms", settings.FORMS_PER_MINUTE
    in_frame = hasattr(request, "embed") and request.resolver_match.url_name in _COSTLY_IN_FRAMES
    if in_frame or request.META.get("QUERY_STRING"):
        return "searches", settings.SEARCHES_PER_MINUTE
    return "", 0
