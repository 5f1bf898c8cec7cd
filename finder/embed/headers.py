"""What a browser is told of a page in a clinic's frame."""

from collections.abc import Iterable

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from finder.views.render import VARIES_BY_HTMX

_ASKED_WITH = ", ".join((*VARIES_BY_HTMX, "HX-Current-URL", "HX-Target", "HX-Trigger-Name", "HX-Prompt"))
_ONE_DAY = 86_400  # seconds


def may_be_framed(request: HttpRequest, response: HttpResponse, ancestors: Iterable[str]) -> HttpResponse:
    """The answer, for frames in pages of these origins alone.

    A sandboxed frame has no origin, not even ours, so that what htmx fetches there is fetched from elsewhere. That any
    page may read it harms nobody: no cookie comes along, and all that an answer shows came in the question.
    """
    allowed = list(ancestors)
    csp_replace({"frame-ancestors": allowed})(lambda _request: response)(request)
    response.xframe_options_exempt = True  # that header cannot name an origin
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    # Whether a page may be shown depends on who asks, so none is kept for another.
    patch_vary_headers(response, ("Referer", "Sec-Fetch-Dest"))
    return response


def allowed_beforehand() -> HttpResponse:
    """What a browser asks for a sandboxed frame before htmx may send its headers."""
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": _ASKED_WITH,
            "Access-Control-Max-Age": str(_ONE_DAY),
        },
    )
