from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from finder.views.render import public


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Filters combine without end: a robot finds every study in the sitemap instead."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /studies/?", f"Sitemap: {sitemap}", ""]
    return public(request, HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
