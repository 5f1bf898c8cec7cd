"""How much a clinic's frame is used: a chart, a table of studies, and both as files for the clinic's report."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from trials.language import long_date, number
from trials.models import Partner, Trial
from trials.partner_use import SPANS, PartnerUse, Stretch, partner_use
from trials.partners.bars import HEIGHT, WIDTH, bar_chart
from trials.partners.suppression import FEWEST, Shown

_BYTE_ORDER_MARK = "\ufeff"  # without one Excel reads UTF-8 as the alphabet of the computer's country
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon gets an apostrophe before it
_TABLES = ("days", "studies")


@dataclass(frozen=True, slots=True)
class Span:
    """A choice of the page."""

    days: int
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`url` is empty for a study that is on no page."""

    name: str
    nct_id: str
    url: str
    views: str


def use_urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """The page and its files, to stand before the admin's own addresses."""

    def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        def shown(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not model_admin.has_view_permission(request):
                raise PermissionDenied
            return view(model_admin, request, **kwargs)

        return path(route, require_safe(model_admin.admin_site.admin_view(shown)), name=name)

    return [
        page("<int:pk>/use/", use_page, "trials_partner_use"),
        page("<int:pk>/use/<slug:table>.csv", use_file, "trials_partner_use_file"),
    ]


def use_page(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    partner, use, days = _asked(request, pk)
    chart = bar_chart([one.views for one in use.stretches])
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": _("Page views: %(name)s") % {"name": partner.name},
        "partner": partner,
        "spans": [Span(span, _span_words(span), span == days) for span in SPANS],
        "days": days,
        "first": long_date(use.first),
        "last": long_date(use.last),
        "total": views_words(use.total),
        "chart": chart,
        "size": {"width": WIDTH, "height": HEIGHT},
        "bars": zip(chart.bars, [_row(one) for one in use.stretches], strict=True),
        "stretches": [_row(one) for one in use.stretches],
        "studies": None if use.studies is None else _study_rows(use.studies),
        "fewest": number(FEWEST),
    }
    return TemplateResponse(request, "admin/trials/partner/use.html", context)


def use_file(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """The same numbers as on the page, in two columns: at least so many, and at most."""
    if table not in _TABLES:
        raise Http404
    partner, use, days = _asked(request, pk)
    response = HttpResponse(_BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    name = f"{partner.key}-{table}-{days}-{use.last.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows(_day_lines(use) if table == "days" else _study_lines(use))
    return response


def _asked(request: HttpRequest, pk: int) -> tuple[Partner, PartnerUse, int]:
    asked = request.GET.get("days", "")
    days = next((span for span in SPANS if str(span) == asked), SPANS[0])
    partner = get_object_or_404(Partner.objects.defer("logo"), pk=pk)
    return partner, partner_use(partner, timezone.localdate(), days), days


def views_words(views: Shown) -> str:
    """ "12", "fewer than 5", "7 to 28"."""
    if views.is_few:
        return _("fewer than %(count)s") % {"count": number(FEWEST)}
    if views.is_exact:
        return number(views.at_least)
    return _("%(low)s to %(high)s") % {"low": number(views.at_least), "high": number(views.at_most)}


def _span_words(days: int) -> str:
    return ngettext("The last %(count)s day", "The last %(count)s days", days) % {"count": number(days)}


def _row(stretch: Stretch) -> Row:
    name = long_date(stretch.first)
    if stretch.last - stretch.first > timedelta(0):
        name = _("%(first)s to %(last)s") % {"first": name, "last": long_date(stretch.last)}
    return Row(name, "", "", views_words(stretch.views))


def _study_rows(studies: Iterable[tuple[str, Shown]]) -> list[Row]:
    listed = list(studies)
    titles = _titles([nct_id for nct_id, _views in listed])
    on_pages = {trial.nct_id: trial for trial in Trial.objects.visible().only("nct_id").filter(nct_id__in=titles)}
    return [
        Row(
            titles.get(nct_id, nct_id),
            nct_id,
            on_pages[nct_id].get_absolute_url() if nct_id in on_pages else "",
            views_words(views),
        )
        for nct_id, views in listed
    ]


def _titles(nct_ids: list[str]) -> dict[str, str]:
    """As on the cards of the list."""
    texts = [NullIf(name, Value("", TextField())) for name in ("editorial__plain_title", "brief_title")]
    title = Coalesce(*texts, "nct_id", output_field=TextField())
    return dict(Trial.objects.filter(nct_id__in=nct_ids).order_by().values_list("nct_id", title))


def _day_lines(use: PartnerUse) -> Iterable[tuple[object, ...]]:
    yield ("first_day", "last_day", "views_at_least", "views_at_most")
    for one in use.stretches:
        yield (one.first.isoformat(), one.last.isoformat(), one.views.at_least, one.views.at_most)


def _study_lines(use: PartnerUse) -> Iterable[tuple[object, ...]]:
    """No line where nothing may be told of studies."""
    yield ("study", "title", "views_at_least", "views_at_most")
    titles = _titles([nct_id for nct_id, _views in use.studies or ()])
    for nct_id, views in use.studies or ():
        yield (nct_id, _harmless(titles.get(nct_id, "")), views.at_least, views.at_most)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
