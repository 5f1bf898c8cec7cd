"""The addresses for machines: receive, ask, respond."""

from itertools import chain

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finder.feeds import atom, reading, study_changes
from finder.feeds.answering import as_json, for_machines, json_answer, limited
from finder.feeds.fhir import research_study
from finder.feeds.guide import guide_view
from finder.feeds.lists import study_list
from finder.feeds.openapi import openapi_document
from finder.feeds.study import study_for_programs
from finder.feeds.table import table, told_if_broken
from finder.forms import StudySearch
from finder.presenters.changes import changes_view
from finder.presenters.filters import page_url
from finder.views.render import HtmxRequest, render_page
from finder.views.study import study_asked_for
from trials.conditions import known

_ATOM = "application/atom+xml; charset=utf-8"


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    view = guide_view(request, timezone.localdate(), settings.STALE_AFTER_MONTHS)
    return render_page(request, "finder/api.html", {"guide": view})


@for_machines
def openapi(request: HttpRequest) -> HttpResponse:
    origin = request.build_absolute_uri("/").removesuffix("/")
    return HttpResponse(as_json(openapi_document(origin)), content_type="application/json")


@for_machines
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404(rest)


@limited
def studies(request: HttpRequest) -> HttpResponse:
    asked = reading.read(request.GET, also=("page", "page_size"))
    size = reading.read_page_size(request.GET)
    return json_answer(study_list(asked, size, request, timezone.localdate(), settings.STALE_AFTER_MONTHS))


@limited
def study(request: HtmxRequest, nct_id: str) -> HttpResponse:
    reading.read_nothing(request.GET)
    found = study_asked_for(request, nct_id, "api_study")
    if isinstance(found, HttpResponse):
        return found
    return json_answer(study_for_programs(found, request, timezone.localdate(), settings.STALE_AFTER_MONTHS))


@limited
def study_fhir(request: HtmxRequest, nct_id: str) -> HttpResponse:
    reading.read_nothing(request.GET)
    found = study_asked_for(request, nct_id, "api_study_fhir")
    if isinstance(found, HttpResponse):
        return found
    return HttpResponse(as_json(research_study(found, request)), content_type="application/fhir+json")


@limited
def studies_csv(request: HttpRequest) -> HttpResponseBase:
    asked = reading.read(request.GET)
    pieces = table(asked, request.build_absolute_uri(reverse("studies")))
    first = [next(pieces), next(pieces, "")]  # what fails, fails before the answer has begun
    broken = _("THE LIST BREAKS OFF HERE. Our data went away meanwhile. Please fetch it again.")
    rest = told_if_broken(pieces, broken) if request.method == "GET" else ()
    response = StreamingHttpResponse(chain(first, rest), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="studies-{timezone.localdate().isoformat()}.csv"'
    return response


@for_machines
def studies_feed(request: HttpRequest) -> HttpResponse:
    asked = reading.read(request.GET)
    own, page = (page_url(reverse(name), asked.parameters, 1) for name in ("studies_feed", "studies"))
    return _feed(request, asked, own, page)


@for_machines
def condition_feed(request: HttpRequest, slug: str) -> HttpResponse:
    if slug != slug.lower():
        return redirect("condition_feed", slug.lower(), permanent=True)
    if known(slug) is None:
        raise Http404(slug)
    reading.read_nothing(request.GET)
    asked = reading.read(QueryDict(f"condition={slug}"))
    return _feed(request, asked, request.path, reverse("condition", args=[slug]))


@for_machines
def study_feed(request: HtmxRequest, nct_id: str) -> HttpResponse:
    reading.read_nothing(request.GET)
    found = study_asked_for(request, nct_id, "study_feed", with_parts=False)
    if isinstance(found, HttpResponse):
        return found
    changed = changes_view(found, "", timezone.localdate(), settings.STALE_AFTER_MONTHS)
    return HttpResponse(study_changes.study_feed(changed, request), content_type=_ATOM)


def _feed(request: HttpRequest, asked: StudySearch, own: str, page: str) -> HttpResponse:
    made = atom.feed(asked, request, own, page, timezone.localdate(), settings.STALE_AFTER_MONTHS)
    return HttpResponse(made, content_type=_ATOM)
