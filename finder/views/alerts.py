"""Being told what is new: feeds, and mail where it is set up."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from finder.alerts.asking import asked, shown
from finder.alerts.status import act, status_view
from finder.views.private import private
from finder.views.render import HtmxRequest, render_private

PAGE, STATUS = "finder/alerts.html", "finder/alert.html"


# Nothing is done in anybody's name, and nothing is sent before the owner of the address has said so.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def alerts(request: HtmxRequest) -> HttpResponse:
    view, status = asked(request) if request.method == "POST" else (shown(request), 200)
    return render_private(request, PAGE, PAGE, {"alerts": view}, status=status)


# The link in the mail is all that is needed: who has it has the mailbox. Programs that look into mails follow links,
# so that only a button confirms; a mail program may press its own to stop (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def alert(request: HtmxRequest, token: str) -> HttpResponse:
    now, pressed = timezone.now(), request.method == "POST"
    trouble = act(token, request.POST, now) if pressed else ""
    view = status_view(token, now, trouble)
    status = 429 if trouble else 200 if view or pressed else 404
    return render_private(request, STATUS, STATUS, {"view": view, "pressed": pressed}, status=status)
