from django.http import HttpResponse
from django.views.decorators.http import require_safe

from finder.views.private import private
from finder.views.render import HtmxRequest, render_private


# What is locked stands behind the # of the address and never gets here; even so no cache keeps the page.
@require_safe
@private
def saved_open(request: HtmxRequest) -> HttpResponse:
    return render_private(request, "finder/saved_open.html", "finder/saved_open.html", {})
