from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from finder.embed.view import own_names
from finder.forms import read_search
from finder.presenters.results import results
from finder.views.render import HtmxRequest, public, render_page_or_part, vary_by_htmx, with_place
from trials.models import Trial
from trials.study_ids import nct_id_of


@require_safe
def studies(request: HtmxRequest) -> HttpResponse:
    if nct_id := nct_id_of(request.GET.get("q", "")):
        return _to_study(request, nct_id)
    asked = read_search(request.GET)
    trigger = request.htmx.trigger or ""
    own = own_names(request)
    found = results(asked, request.path, trigger, timezone.localdate(), settings.STALE_AFTER_MONTHS, own)
    context = {"results": found, "swap": bool(request.htmx), "canonical": request.build_absolute_uri(found.canonical)}
    return render_page_or_part(request, "finder/studies.html", "finder/_results.html", context)


def _to_study(request: HtmxRequest, nct_id: str) -> HttpResponse:
    """The study's own page. htmx would follow a plain redirect itself and put that page into the list."""
    address = with_place(Trial(nct_id=nct_id).get_absolute_url(), request)
    response = HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    vary_by_htmx(response)
    return public(request, response)
