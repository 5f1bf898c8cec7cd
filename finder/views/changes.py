from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.presenters.changes import changes_view
from finder.views.render import HtmxRequest, render_page
from finder.views.study import study_asked_for


@require_safe
def changes(request: HtmxRequest, nct_id: str) -> HttpResponse:
    found = study_asked_for(request, nct_id, "changes", with_parts=False)
    if isinstance(found, HttpResponse):
        return found
    view = changes_view(found, request.GET.get("page", ""), timezone.localdate(), settings.STALE_AFTER_MONTHS)
    context = {"study": view, "canonical": request.build_absolute_uri(view.canonical)}
    return render_page(request, "finder/changes.html", context)
