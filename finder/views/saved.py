from django.http import HttpResponse
from django.views.decorators.http import require_safe

from finder.views.render import HtmxRequest, render_page


@require_safe
def saved(request: HtmxRequest) -> HttpResponse:
    return render_page(request, "finder/saved.html", {})
