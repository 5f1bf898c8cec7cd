from django.http import HttpResponse
from django.views.decorators.http import require_safe

from finder.jsonld import site_jsonld
from finder.presenters.home import home_view
from finder.views.render import HtmxRequest, render_page


@require_safe
def home(request: HtmxRequest) -> HttpResponse:
    context = {"home": home_view(), "jsonld": site_jsonld(request.build_absolute_uri(request.path))}
    return render_page(request, "finder/home.html", context)
