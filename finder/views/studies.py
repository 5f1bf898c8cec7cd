from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.forms import nct_id_of, read_search
from finder.presenters.results import results
from finder.views.render import HtmxRequest, public, render_page_or_part


@require_safe
def studies(request: HtmxRequest) -> HttpResponse:
    if nct_id := nct_id_of(request.GET.get("q", "")):
        return public(request, redirect("study", nct_id))
    asked = read_search(request.GET)
    trigger = request.htmx.trigger or ""
    found = results(asked, request.path, trigger, timezone.localdate(), settings.STALE_AFTER_MONTHS)
    swap = bool(request.htmx)
    return render_page_or_part(request, "finder/studies.html", "finder/_results.html", {"results": found, "swap": swap})
