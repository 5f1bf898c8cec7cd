from django.http import HttpResponse
from django.views.decorators.http import require_safe

from finder.forms import read_search
from finder.presenters import studies_map as presenter
from finder.views.render import HtmxRequest, render_page_or_part


@require_safe
def studies_map(request: HtmxRequest) -> HttpResponse:
    """The map of a list of studies; htmx gets the figure alone."""
    found = presenter.studies_map(read_search(request.GET), request.path, request.GET.get("map", ""))
    context = {"found": found, "map": found.map}
    return render_page_or_part(request, "finder/studies_map.html", "finder/_map.html", context)
