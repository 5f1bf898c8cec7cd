"""How machines are answered: open to programs of every site, cacheable, errors as problems, and not too often."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finder import limits
from finder.feeds.problems import NoSuchPageError, UnusableError, problem
from finder.views.render import public

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

View = Callable[..., HttpResponseBase]
_EXPOSED = "RateLimit, RateLimit-Policy, Retry-After"


def for_machines(view: View) -> View:
    """GET and HEAD only, whoever asks: the data are public and no cookie is read or set."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        return _opened(_answered(view, request, *args, **kwargs))

    return answer


def limited(view: View) -> View:
    """The same, and one client is answered only so often a minute."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        allowed = limits.ask(request, "api", settings.API_REQUESTS_PER_MINUTE)
        response = _answered(view, request, *args, **kwargs) if allowed.granted else _too_many(allowed)
        for name, value in allowed.headers().items():
            response[name] = value
        response["Access-Control-Expose-Headers"] = _EXPOSED
        return _opened(response)

    return answer


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    return response


def _answered(view: View, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        return problem(405, _("This address can only be read, with GET or HEAD."), headers={"Allow": "GET, HEAD"})
    try:
        response = view(request, *args, **kwargs)
    except UnusableError as error:
        return problem(400, str(error), unused=error.problems)
    except NoSuchPageError:
        return problem(404, _("The list has no page with this number."))
    return public(request, cast(HttpResponse, response)) if response.status_code == 200 else response  # or a stream


def _too_many(allowed: limits.Allowance) -> HttpResponse:
    sentence = ngettext(
        "You may ask %(count)s time a minute. Please wait.",
        "You may ask %(count)s times a minute. Please wait.",
        allowed.limit,
    )
    return problem(429, sentence % {"count": allowed.limit})


def json_answer(view: "DataclassInstance") -> HttpResponse:
    return HttpResponse(as_json(asdict(view)), content_type="application/json")


def as_json(data: Any, *, indent: int | None = None) -> str:
    """Dates as ISO 8601 writes them, letters of all scripts as they are."""
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)
