"""A message to a study team: the form, and the page that tells its writer what became of it."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from finder.messages.acting import act
from finder.messages.offered import offered
from finder.messages.status import confirm, status_view
from finder.views.private import private
from finder.views.render import HtmxRequest, render_private
from finder.views.study import study_asked_for

PAGE = "finder/message.html"


# Nothing is done in anybody's name, and nothing is sent on before the owner of the address has said so.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def message(request: HtmxRequest, nct_id: str) -> HttpResponse:
    found = study_asked_for(request, nct_id, "message", with_parts=False)
    if isinstance(found, HttpResponse):
        return found
    prefetch_related_objects([found], "contacts", "sites")
    answer = act(request, found, offered(request, found))
    context = {"message": answer.message, "part": answer.part}
    return render_private(request, PAGE, PAGE, context, status=answer.status)


# The link in the mail is all that is needed: who has it has the mailbox. Programs that look into mails follow links,
# so that only a press of the button confirms.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def message_status(request: HtmxRequest, token: str) -> HttpResponse:
    now = timezone.now()
    trouble = confirm(token, now) if request.method == "POST" else ""
    view = status_view(token, now, trouble)
    status = 404 if view is None else 429 if trouble else 200
    return render_private(
        request, "finder/message_status.html", "finder/message_status.html", {"view": view}, status=status
    )
