"""One request for a partner's page: may it be shown there, and what is said, counted and sent along."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from csp.constants import NONE
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, set_script_prefix, set_urlconf
from django.utils import timezone

from finder.embed.addresses import EmbedAddress
from finder.embed.headers import may_be_framed
from finder.embed.view import EmbedView, embed_view
from finder.views.errors import answer_to_trouble
from trials.ingest.partner_views import count_view
from trials.models import Partner
from trials.partners.origins import Origin, admits, origin_of
from trials.trouble import trouble_of

logger = logging.getLogger(__name__)

_IN_A_FRAME = {"iframe", "frame", "embed", "object"}  # what a browser says that it fetches a page for


class EmbedRequest(HttpRequest):
    """A request for a page in a partner's frame."""

    embed: EmbedAddress
    partner: Partner
    embed_view: EmbedView


class Refusal(StrEnum):
    UNKNOWN = "unknown"
    INACTIVE = "inactive"
    ORIGIN = "origin"


# Who may show a partner's pages, as this process last read it: for answers while the database is away.
_last_origins: dict[str, list[str]] = {}
_MOST_REMEMBERED = 1_000  # partners
_STATUS = {Refusal.UNKNOWN: 404, Refusal.INACTIVE: 403, Refusal.ORIGIN: 403}


@dataclass(frozen=True, slots=True)
class Refused:
    """`origin` is the one that may not show the finder; empty where that is not the reason."""

    why: Refusal
    origin: str = ""


def answer(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    key = request.embed.key  # type: ignore[attr-defined]
    known = request.embed.may_be_known  # type: ignore[attr-defined]
    try:
        partner = Partner.objects.defer("logo").filter(key=key).first() if known else None
        refused = refusal(partner, framing_origin(request))
        if refused or partner is None:
            _last_origins.pop(key, None)
            return _turned_away(request, refused or Refused(Refusal.UNKNOWN), key)
        request.partner, request.embed_view = partner, embed_view(partner)  # type: ignore[attr-defined]
    except Error as error:
        return _in_trouble(request, error, key)
    _remember(key, partner)
    response = get_response(request)
    _count(request, response, partner)
    return may_be_framed(request, response, map(str, partner.origins))


def _in_trouble(request: HttpRequest, error: Error, key: str) -> HttpResponse:
    """The calm page, in the frame too: without it, what somebody has answered there would be gone."""
    response = answer_to_trouble(request, error)
    if response is None:
        raise error
    return may_be_framed(request, response, _last_origins.get(key, [NONE]))


def _remember(key: str, partner: Partner) -> None:
    if len(_last_origins) >= _MOST_REMEMBERED:
        _last_origins.clear()
    _last_origins[key] = [str(origin) for origin in partner.origins]


def refusal(partner: Partner | None, origin: Origin | None) -> Refused | None:
    """Why a page of this origin may not show the finder; without an origin only the key counts."""
    if partner is None:
        return Refused(Refusal.UNKNOWN)
    if not partner.active:
        return Refused(Refusal.INACTIVE)
    if origin and not admits(partner.origins, origin):
        return Refused(Refusal.ORIGIN, str(origin))
    return None


def framing_origin(request: HttpRequest) -> Origin | None:
    """The page around the frame, as far as the browser tells; None for our own pages, and where there is no frame."""
    if request.headers.get("Sec-Fetch-Dest") not in _IN_A_FRAME:
        return None
    origin = origin_of(request.headers.get("Referer", ""))
    return None if origin == origin_of(request.build_absolute_uri("/")) else origin


def _turned_away(request: HttpRequest, refused: Refused, key: str) -> HttpResponse:
    return may_be_framed(request, refusal_page(request, refused, key), [NONE])


def refusal_page(request: HttpRequest, refused: Refused, key: str) -> HttpResponse:
    """For the clinic's web editor. It stands in no frame: nothing of ours shows where it may not."""
    set_script_prefix("/")  # it is a page of the site itself, and leads there
    set_urlconf(None)
    context = {"refused": refused, "key": key, "asked_origin": refused.origin, "site_url": reverse("home")}
    response = render(request, "embed/refused.html", context, status=_STATUS[refused.why])
    response.headers["Cache-Control"] = "no-store"
    return response


def _count(request: HttpRequest, response: HttpResponse, partner: Partner) -> None:
    """Pages that were shown, and which study: no parts of pages, no steps of the questionnaire, nothing of who asks."""
    match = request.resolver_match
    if match is None or request.method != "GET" or response.status_code != 200 or request.headers.get("HX-Request"):
        return
    if response.headers.get("Content-Type", "").startswith("text/html") and match.url_name not in _NO_PAGES:
        nct_id = match.kwargs.get("nct_id", "") if match.url_name == "study" else ""
        try:
            count_view(partner.pk, timezone.localdate(), nct_id)
        except Error as error:  # the page is made, and nobody need go without it
            logger.warning("A page view was not counted: %s", trouble_of(error) or type(error).__name__)


_NO_PAGES = {"suggest", "suggest_places", "embed_why"}
