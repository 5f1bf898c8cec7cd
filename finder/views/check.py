"""The questionnaire. Answers come in the body of a POST, are used for that one answer, and are kept nowhere."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from finder.calendar_file import attachment
from finder.check.acting import Screen, Shown, act, start
from finder.check.position import StudyGone
from finder.check.state import StateError
from finder.embed.view import own_names
from finder.presenters.calendar_days import look_again
from finder.presenters.check import check_context
from finder.views.errors import study_not_found
from finder.views.private import private
from finder.views.render import HtmxRequest, render_private


# Nothing is done in anyone's name and nothing is stored, so a forged form can do no harm; a cookie could not come along
# into a clinic's frame.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def check(request: HtmxRequest) -> HttpResponse:
    try:
        return _page(request, act(request.POST) if request.method == "POST" else start(request.GET.get("study", "")))
    except StateError as error:
        return _refused(request, str(error), 400)
    except StudyGone as error:
        if request.method != "POST":
            return study_not_found(request, str(error))
        return _refused(request, _("We do not show this study any more. Your answers are still here."), 404)


def _page(request: HtmxRequest, shown: Shown) -> HttpResponse:
    if shown.screen in (Screen.CALENDAR, Screen.CALENDAR_FILE):
        return _calendar(request, shown)
    context = check_context(shown, timezone.localdate(), settings.STALE_AFTER_MONTHS, own_names(request))
    if shown.screen is Screen.HANDOUT and not hasattr(request, "embed"):
        return render_private(request, "finder/check_handout.html", "finder/check_handout.html", context)
    return render_private(request, "finder/check.html", "finder/_check.html", context)


def _calendar(request: HtmxRequest, shown: Shown) -> HttpResponse:
    """What the file would hold, to be seen before it is saved; then the file."""
    root = request.build_absolute_uri("/").removesuffix("/")
    found = look_again(shown, timezone.now(), timezone.localdate(), root)
    if shown.screen is Screen.CALENDAR_FILE:
        return attachment([found.day], found.nct_id, get_language() or "en")
    context = {"found": found, "state": shown.position.state.signed(), "address": reverse("check")}
    return render_private(request, "finder/check_calendar.html", "finder/check_calendar.html", context)


def _refused(request: HtmxRequest, sentence: str, status: int) -> HttpResponse:
    context = {"problem": sentence, "title": _("This form cannot be used"), "address": reverse("check")}
    if status != 400:
        context["state"] = request.POST.get("state", "")
    return render_private(request, "finder/check.html", "finder/_check.html", context, status=status)
