"""How a clinic's frame will look, from what stands in the admin's form and is not stored yet."""

from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from csp.constants import SELF
from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import get_script_prefix, resolve, reverse, set_script_prefix, set_urlconf
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from finder.embed.addresses import PREFIX, EmbedAddress
from finder.embed.headers import may_be_framed
from finder.embed.style import accent_style
from finder.embed.view import EmbedView, embed_view
from trials.models import Condition, Partner
from trials.partners.accent import DARK, LIGHT, is_colour, shade

URLS = "finder.embed.urls"


@staff_member_required
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The page with which the frame begins; what cannot be used of the form is left out."""
    _may_look(request)
    partner = _typed(request.GET)
    chosen = set(request.GET.getlist("conditions")) & set(Condition.objects.values_list("pk", flat=True))
    style_url = f"{reverse('partner_preview_style')}?{urlencode({'accent': partner.accent})}"
    view = replace(embed_view(partner, sorted(chosen)), style_url=style_url if partner.accent else "")
    response = may_be_framed(request, _begun(request, partner, view), [SELF])
    del response.headers["Access-Control-Allow-Origin"], response.headers["Cross-Origin-Resource-Policy"]
    response.headers["Cache-Control"] = "no-store, private"
    return response


@staff_member_required
@require_safe
def preview_style(request: HttpRequest) -> HttpResponse:
    return HttpResponse(accent_style(_colour(request.GET)), "text/css", headers={"Cache-Control": "no-store"})


@staff_member_required
@require_safe
def preview_contrast(request: HttpRequest) -> HttpResponse:
    """Whether the words of the colour can be read, in sentences."""
    colour = _colour(request.GET)
    shades = {"light": shade(colour, LIGHT), "dark": shade(colour, DARK)} if colour else {}
    context = {"colour": colour, **shades}
    response = render(request, "admin/trials/partner/_contrast.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _may_look(request: HttpRequest) -> None:
    if not request.user.has_perm("trials.view_partner"):
        raise PermissionDenied


def _typed(form: QueryDict) -> Partner:
    """The stored clinic, or a new one, as the form would make it."""
    partner = Partner.objects.defer("logo").filter(key=_text(form, "key", 32)).first() or Partner()
    language, shows, radius = _text(form, "language", 10), _text(form, "shows", 10), _text(form, "radius_km", 5)
    partner.name = _text(form, "name", 120)
    partner.language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    partner.shows = shows if shows in Partner.Shows.values else Partner.Shows.BOTH.value
    partner.accent = _colour(form)
    partner.near = _text(form, "near", 100)
    partner.radius_km = int(radius) if partner.near and radius.isascii() and radius.isdigit() else None
    partner.own_sites = _text(form, "own_sites", 4_000)
    partner.own_sites_first = "own_sites_first" in form
    return partner


def _text(form: QueryDict, name: str, longest: int) -> str:
    return form.get(name, "").replace("\0", "").strip()[:longest]


def _colour(form: QueryDict) -> str:
    colour = form.get("accent", "").strip().lower()
    return colour if is_colour(colour) else ""


def _begun(request: HttpRequest, partner: Partner, view: EmbedView) -> HttpResponse:
    """As a browser would get it that asks for the address with which the frame begins."""
    before, root = get_script_prefix(), f"{PREFIX}{partner.key}/"
    try:
        set_script_prefix(root)
        set_urlconf(URLS)
        with override(partner.language):
            begin = urlsplit(view.start_url)
            address = EmbedAddress(partner.key, f"/{begin.path.removeprefix(root)}")
            asked = _asked(request, address, begin.query)
            asked.path, asked.embed_view = begin.path, view  # type: ignore[attr-defined]
            found = resolve(address.rest, URLS)
            answer: HttpResponse = found.func(asked, *found.args, **found.kwargs)
            return answer
    finally:
        set_script_prefix(before)
        set_urlconf(None)


def _asked(request: HttpRequest, address: EmbedAddress, query: str) -> WSGIRequest:
    asked = WSGIRequest({**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": address.rest, "QUERY_STRING": query})
    asked.htmx, asked.embed = HtmxDetails(asked), address  # type: ignore[attr-defined]
    return asked
