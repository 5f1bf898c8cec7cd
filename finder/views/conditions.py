from django.http import HttpResponse
from django.views.decorators.http import require_safe

from finder.presenters.conditions import condition_groups
from finder.views.render import HtmxRequest, render_page


@require_safe
def conditions(request: HtmxRequest) -> HttpResponse:
    return render_page(request, "finder/conditions.html", {"groups": condition_groups()})
