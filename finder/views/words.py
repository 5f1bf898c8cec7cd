from django.http import HttpResponse
from django.views.decorators.http import require_safe

from finder.presenters.glossary import glossary_view
from finder.views.render import HtmxRequest, render_page


@require_safe
def words(request: HtmxRequest) -> HttpResponse:
    view = glossary_view(request.GET.get("q", ""), request.GET.get("kind", ""))
    return render_page(request, "finder/words.html", {"glossary": view})
