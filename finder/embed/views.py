"""What stands in a partner's frame beside the site's own pages."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from finder.embed.answering import EmbedRequest, refusal, refusal_page
from finder.embed.booklet import booklet_view
from finder.embed.style import accent_style
from finder.embed.view import outside_frames
from finder.views.render import PUBLIC, render_page
from trials.partners.origins import origin_of


@require_safe
def entrance(request: EmbedRequest) -> HttpResponse:
    """The address of every snippet: it leads to what the clinic shows first, in the clinic's language."""
    with override(request.partner.language):
        return redirect(request.embed_view.start_url)


@require_safe
def start(request: EmbedRequest) -> HttpResponse:
    """What the clinic shows first, in the language of the address."""
    return redirect(request.embed_view.start_url)


@require_safe
def outside(request: EmbedRequest, **_named: str) -> HttpResponse:
    """The same address of the site itself, where English has no prefix."""
    query = request.META.get("QUERY_STRING", "")
    rest = request.embed.rest.removeprefix(f"/{settings.LANGUAGE_CODE}")
    return redirect(f"{rest}?{query}" if query else rest)


@require_safe
def why(request: EmbedRequest) -> HttpResponse:
    """For the web editor whose page shows no finder: whether that page's origin is the reason."""
    origin = origin_of(request.GET.get("origin", ""))
    refused = refusal(request.partner, origin)
    if refused:
        return refusal_page(request, refused, request.embed.key)
    return render(request, "embed/why.html", {"asked_origin": origin or ""})


@require_safe
def booklet(request: EmbedRequest) -> HttpResponse:
    """What the clinic shows first, on paper for its waiting room."""

    def address_of(nct_id: str) -> str:
        return _on_our_site(request, "study", nct_id)

    view = booklet_view(request.embed_view, address_of, timezone.localdate(), settings.STALE_AFTER_MONTHS)
    context = {"booklet": view, "list_address": _on_our_site(request, "studies")}
    return render_page(request, "embed/booklet.html", context)


def _on_our_site(request: EmbedRequest, name: str, *arguments: str) -> str:
    """The whole address of a page outside frames, in the language of this one."""
    return request.build_absolute_uri(outside_frames(name, *arguments))


@require_safe
def logo(request: EmbedRequest) -> HttpResponse:
    if not request.partner.logo:
        raise Http404
    return HttpResponse(bytes(request.partner.logo), "image/png", headers={"Cache-Control": PUBLIC})


@require_safe
def style(request: EmbedRequest) -> HttpResponse:
    """The clinic's colour, as a file: our pages allow no styles within them."""
    return HttpResponse(accent_style(request.partner.accent), "text/css", headers={"Cache-Control": PUBLIC})
