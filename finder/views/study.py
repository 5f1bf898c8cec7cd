from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.embed.view import own_names
from finder.jsonld import study_jsonld
from finder.messages.offered import offered
from finder.places_asked import asked_place
from finder.presenters.changes import newest_change
from finder.presenters.study import study_view
from finder.views.errors import study_not_found, study_taken_off
from finder.views.render import HtmxRequest, public, render_page, with_place
from trials.models import Trial
from trials.vocab import Registry


@require_safe
def study(request: HtmxRequest, nct_id: str) -> HttpResponse:
    found = study_asked_for(request, nct_id, "study")
    if isinstance(found, HttpResponse):
        return found
    address = request.build_absolute_uri(request.path)
    asked = asked_place(request.GET.get("near", ""))
    view = study_view(found, timezone.localdate(), settings.STALE_AFTER_MONTHS, asked, own_names(request))
    data = study_jsonld(found, address, view.plain.headline.text)
    context = {"study": view, "jsonld": data, "canonical": address, "newest": newest_change(found)}
    context["can_write"] = bool(offered(request, found))
    return render_page(request, "finder/study.html", context)


def study_asked_for(request: HtmxRequest, nct_id: str, page: str, *, with_parts: bool = True) -> Trial | HttpResponse:
    """The trial with all its parts, or the answer for who asks for one that is not there, or by another spelling.

    Without its parts it comes with what an editor wrote beside it alone.
    """
    if nct_id != nct_id.upper():
        return public(request, redirect(with_place(reverse(page, args=[nct_id.upper()]), request), permanent=True))
    trials = Trial.objects.visible().filter(nct_id=nct_id)
    trial = (trials.with_parts() if with_parts else trials.select_related("editorial")).first()
    if trial is not None:
        return trial
    # One entered by hand was never shown before an editor released it.
    taken_off = Trial.objects.filter(nct_id=nct_id, registry=Registry.CTGOV, editorial__hidden=True).exists()
    return study_taken_off(request, nct_id) if taken_off else study_not_found(request, nct_id)
