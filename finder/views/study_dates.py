"""The planned dates of a study that lie ahead, as a calendar file."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from finder.calendar_file import attachment
from finder.presenters.calendar_days import study_days
from finder.views.render import HtmxRequest, public
from finder.views.study import study_asked_for
from trials.models import Trial


@require_safe
def study_dates(request: HtmxRequest, nct_id: str) -> HttpResponse:
    found = study_asked_for(request, nct_id, "study_dates_ics", with_parts=False)
    if not isinstance(found, Trial):
        return found
    days = study_days(found, timezone.localdate(), request.build_absolute_uri(found.get_absolute_url()))
    if not days:
        raise Http404(nct_id)
    return public(request, attachment(days, nct_id, get_language() or "en"))
