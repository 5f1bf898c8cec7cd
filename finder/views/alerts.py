"""Being told what is new: feeds, and mail where it is set up."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from finder.alerts import asking
from finder.alerts.status import pressed, shown
from finder.views.private import private
from finder.views.render import HtmxRequest, render_private

PAGE, STATUS = "finder/alerts.html", "finder/alert.html"


# Nothing is done in anybody's name, and nothing is sent before the owner of the address has said so.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def alerts(request: HtmxRequest) -> HttpResponse:
    view, status = asking.asked(request) if request.method == "POST" else (asking.shown(request), 200)
    return render_private(request, PAGE, PAGE, {"alerts": view}, status=status)


# The link in the mail is all that is needed: who has it has the mailbox. Programs that look into mails follow links,
# so that only a button confirms; a mail program may press its own to stop (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def alert(request: HtmxRequest, token: str) -> HttpResponse:
    now = timezone.now()
    view = pressed(token, request.POST, now) if request.method == "POST" else shown(token, now)
    return render_private(request, STATUS, STATUS, {"view": view}, status=view.status)
