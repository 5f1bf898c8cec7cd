from collections.abc import Callable
from contextlib import suppress
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.chosen import Chosen, read_chosen
from finder.presenters.saved import address_of, saved_view
from finder.views.render import HtmxRequest, render_page_or_part
from trials.study_ids import study_id_of


@require_safe
def saved(request: HtmxRequest) -> HttpResponse:
    """The studies of the address. In a clinic's frame, which can keep nothing, those of its own address."""
    chosen = _chosen(request)
    if inside := _in_the_frames_address(request, chosen):
        return redirect(inside)
    days = _days(request.GET.get("ids", ""), request.GET.get("since", ""))
    view = saved_view(chosen, days, timezone.localdate(), settings.STALE_AFTER_MONTHS, _without(request, chosen))
    response = render_page_or_part(request, "finder/saved.html", "finder/_saved_list.html", {"saved": view})
    if chosen.ids:  # a list that its owner has forgotten must not lie in the browser's cache
        response["Cache-Control"] = "no-store, private"
    return response


def _in_the_frames_address(request: HttpRequest, chosen: Chosen) -> str:
    """Where a frame shows the studies that a form or a link names; empty where something must be told of them."""
    embed = getattr(request, "embed", None)
    if embed is None or "ids" not in request.GET or chosen.unread or chosen.over:
        return ""
    return f"{embed.with_saved(chosen.ids).root}{embed.rest.removeprefix('/')}"


def _chosen(request: HttpRequest) -> Chosen:
    embed = getattr(request, "embed", None)
    if embed and "ids" not in request.GET:
        return Chosen(embed.saved)
    return read_chosen(request.GET.getlist("ids"))


def _without(request: HttpRequest, chosen: Chosen) -> Callable[[str], str]:
    """The address of the list without a study."""
    embed = getattr(request, "embed", None)
    if embed and "ids" not in request.GET:
        return lambda nct_id: f"{embed.toggled(nct_id).root}{embed.rest.removeprefix('/')}"
    return lambda nct_id: address_of(one for one in chosen.ids if one != nct_id)


def _days(ids: str, days: str) -> dict[str, date]:
    """When each was saved: days in the order of the numbers, both with commas between; what is no day tells nothing."""
    told = {}
    for text, day in zip(ids.split(","), days.split(","), strict=False):
        with suppress(ValueError):
            told[study_id_of(text) or ""] = date.fromisoformat(day)
    return told
