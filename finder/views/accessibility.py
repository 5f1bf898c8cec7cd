from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from finder.views.render import HtmxRequest, render_page

STATEMENT_DATE = date(2026, 11, 23)  # when the conformance statement was last held against the site


@require_safe
def accessibility(request: HtmxRequest) -> HttpResponse:
    return render_page(request, "finder/accessibility.html", {"statement_date": STATEMENT_DATE})
