from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from finder.views.render import public

VALID = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to tell of a weakness (RFC 9116), on a site whose operator names a page or an address for it."""
    if not settings.CONTACT_URL:
        raise Http404
    until = datetime.combine(timezone.localdate() + VALID, time(), UTC)
    lines = [
        f"Contact: {settings.CONTACT_URL}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return public(request, HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
