from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.embed.view import own_names
from finder.languages.addresses import outside_frames
from finder.places_asked import asked_place
from finder.presenters.handout import handout_view
from finder.views.render import HtmxRequest, render_page
from finder.views.study import study_asked_for


@require_safe
def handout(request: HtmxRequest, nct_id: str) -> HttpResponse:
    found = study_asked_for(request, nct_id, "handout")
    if isinstance(found, HttpResponse):
        return found
    # The study's own page, outside frames: to be read from paper, and for search engines.
    address = request.build_absolute_uri(outside_frames(reverse("study", args=[nct_id])))
    asked = asked_place(request.GET.get("near", ""))
    view = handout_view(found, address, timezone.localdate(), settings.STALE_AFTER_MONTHS, asked, own_names(request))
    return render_page(request, "finder/handout.html", {"handout": view, "study": view.study, "canonical": address})
