from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.presenters.conditions import condition_view
from finder.views.render import HtmxRequest, public, render_page
from trials.conditions import known


@require_safe
def condition(request: HtmxRequest, slug: str) -> HttpResponse:
    if slug != slug.lower():
        return public(request, redirect("condition", slug.lower(), permanent=True))
    found = known(slug)
    if found is None:
        raise Http404(slug)
    view = condition_view(found, timezone.localdate(), settings.STALE_AFTER_MONTHS)
    return render_page(request, "finder/condition.html", {"condition": view})
