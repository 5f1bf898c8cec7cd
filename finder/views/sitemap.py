from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from finder.languages.addresses import path_in
from finder.presenters.condition_list import ours
from finder.views.render import public
from trials.models import Trial

PAGES = ("home", "studies", "conditions", "learn", "about", "privacy", "accessibility", "api")
MOST_ADDRESSES = 50_000  # the sitemap protocol's own limit for one file


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Each page once, by its English address, with the addresses of its translations."""
    paths: list[tuple[str, date | None]] = [(reverse(name), None) for name in PAGES]
    paths += [(reverse("condition", args=[c.slug]), None) for c in ours()]
    trials = Trial.objects.visible().in_scope().exclude(nct_id=None).order_by("nct_id")
    changed = trials.values_list("nct_id", "last_update_posted_on")[: MOST_ADDRESSES - len(paths)]
    paths += [(reverse("study", args=[nct_id]), day) for nct_id, day in changed]
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    pages = [(path, day, [(code, path_in(code, path)) for code in others]) for path, day in paths]
    context = {"pages": pages, "origin": request.build_absolute_uri("/").removesuffix("/")}
    return public(request, render(request, "finder/sitemap.xml", context, content_type="application/xml"))
