from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from finder.presenters.suggesting import Offer, place_offers, word_offers
from finder.views.render import public


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What the search box offers while somebody types: the options of its list."""
    return _options(request, "q", word_offers(request.GET.get("q", "")))


@require_safe
def suggest_places(request: HttpRequest) -> HttpResponse:
    """The same for the field of a place."""
    return _options(request, "near", place_offers(request.GET.get("q", "")))


def _options(request: HttpRequest, field: str, offers: list[Offer]) -> HttpResponse:
    return public(request, render(request, "finder/_suggestions.html", {"list": f"{field}-options", "offers": offers}))
