from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from finder.languages.addresses import path_in
from finder.views.render import public


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Filters combine without end: a robot finds every study in the sitemap instead, as a page."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    codes = [code for code, _name in settings.LANGUAGES]
    lists = [f"{path_in(code, reverse(name))}?" for name in ("studies", "studies_map", "compare") for code in codes]
    for_programs = [path_in(code, reverse(name)) for name in ("studies_csv", "api_studies") for code in codes]
    closed = ["/admin/", *lists, *for_programs]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {sitemap}", ""]
    return public(request, HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
