"""What every page rests on: its language, and a calm answer when the database is away."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from finder.languages.addresses import ADMIN, language_of
from finder.views.errors import answer_to_trouble


class LanguageMiddleware:
    """Answer in the language that the address names, and in the admin in the one that the browser asks for.

    Visitors' pages heed neither header nor cookie: one address is one page, which any cache may keep.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.path.startswith(ADMIN)
        language = get_language_from_request(request) if asked else language_of(request.path_info)
        with override(language):
            response = self.get_response(request)
        if asked:
            patch_vary_headers(response, ["Accept-Language"])
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response


class DatabaseDownMiddleware:
    """Answer what the database refuses in a view or a template: 503 with Retry-After, and without a query.

    What breaks in another middleware comes to the same answer through the pages of `finder.views.errors`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_to_trouble(request, exception)
