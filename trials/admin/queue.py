"""The queue of plain sentences: every study on the pages, and how far its sentences are checked in a language."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import Case, Exists, F, OuterRef, Prefetch, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from trials.admin import filters
from trials.admin.base import NctSearch, ReadOnlyAdmin, short
from trials.admin.review import trial_review
from trials.admin.review_page import URL_NAME
from trials.models import PlainSummary, ReviewTrial, TrialQuerySet

State = PlainSummary.State
LANGUAGE = "lang"
_DONE = "published"

# In the order of the queue.
STATES = {
    "waiting": _("Waits for a second reader"),
    "partly": _("Partly out of date"),
    "draft": _("Has a draft of an editor"),
    "unchecked": _("Not checked yet"),
    _DONE: _("Published"),
}


def with_review(trials: TrialQuerySet, language: str) -> QuerySet[Any]:
    """The trials, each with `_review`: how far its sentences in this language are checked."""
    standing = PlainSummary.objects.filter(trial=OuterRef("pk"), language=language, ended_at=None)
    published = standing.filter(state=State.PUBLISHED)
    questions = {
        "waiting": standing.filter(state=State.WAITING),
        "partly": published.filter(unreviewed__gt=0),
        "draft": standing.filter(state=State.DRAFT),
        _DONE: published,
    }
    asked = [When(Exists(question), then=Value(state)) for state, question in questions.items()]
    return trials.annotate(_review=Case(*asked, default=Value("unchecked")))


class LanguageFilter(admin.SimpleListFilter):
    """Which language the states are of; it takes no study out."""

    title = _("language")
    parameter_name = LANGUAGE

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset

    def choices(self, changelist: Any) -> Iterator[Any]:
        """There is no choice of all languages: the first stands for none."""
        chosen = self.value() or settings.LANGUAGE_CODE
        for code, name in self.lookup_choices:
            query = changelist.get_query_string({LANGUAGE: code})
            yield {"selected": str(code) == chosen, "query_string": query, "display": name}


class StateFilter(filters.Narrow):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(_review=value)


_METHODS = ["GET", "HEAD", "POST"]


@admin.register(ReviewTrial)
class ReviewTrialAdmin(NctSearch, ReadOnlyAdmin):
    nct_field = "nct_id"
    list_display = ("study", "title", "overall_status", "state", "unreviewed", "readers")
    list_display_links = None
    list_filter = (LanguageFilter, StateFilter, filters.ConditionFilter, "recruiting")
    search_fields = ("brief_title", "official_title", "acronym")
    search_help_text = _("NCT id (whole, or its beginning), or words of the title")
    # What is done stands last, of the rest the studies that one can join come first.
    ordering: ClassVar[Any] = (
        Case(When(_review=_DONE, then=Value(1)), default=Value(0)),
        F("recruiting").desc(),
        Case(*(When(_review=state, then=Value(place)) for place, state in enumerate(STATES)), default=Value(9)),
        F("last_update_posted_on").desc(nulls_last=True),
        "nct_id",
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("trials.view_trial") or request.user.has_perm("trials.change_trial")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewTrial]:
        language = _language(request)
        standing = PlainSummary.objects.filter(language=language, ended_at=None)
        readers = standing.select_related("checked_by", "second_by", "edited_by").order_by("pk")
        trials = with_review(ReviewTrial.objects.visible().in_scope(), language)
        return (
            trials.annotate(_language=Value(language))
            .prefetch_related(Prefetch("plain_summaries", queryset=readers, to_attr="_standing"))
            .order_by(*self.get_ordering(request))
        )

    @admin.display(description=_("study"), ordering="nct_id")
    def study(self, trial: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse(URL_NAME, args=[trial.pk, trial._language]), trial.nct_id)

    @admin.display(description=_("title"), ordering="brief_title")
    def title(self, trial: ReviewTrial) -> str:
        return short(trial.brief_title or trial.official_title, 90)

    @admin.display(description=_("state"), ordering="_review")
    def state(self, trial: Any) -> str:
        return str(STATES[trial._review])

    @admin.display(description=_("sentences to check"), empty_value="–")
    def unreviewed(self, trial: Any) -> int | None:
        published = [one for one in trial._standing if one.state == State.PUBLISHED]
        return published[0].unreviewed if published else None

    @admin.display(description=_("read by"), empty_value="–")
    def readers(self, trial: Any) -> str:
        people = [user for one in trial._standing for user in (one.checked_by or one.edited_by, one.second_by) if user]
        return ", ".join(dict.fromkeys(map(_name_of, people)))

    def get_urls(self) -> list[URLPattern]:
        review: Callable[..., HttpResponse] = require_http_methods(_METHODS)(self.admin_site.admin_view(self.review))
        return [path("<int:pk>/in/<str:lang>/", review, name="trials_reviewtrial_review"), *super().get_urls()]

    def review(self, request: HttpRequest, pk: int, lang: str) -> HttpResponse:
        return trial_review(self, request, pk, lang)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": gettext("Plain sentences to check"), **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The row itself is the trial's; here are its sentences."""
        if not object_id.isdecimal():
            raise Http404
        return redirect(URL_NAME, object_id, settings.LANGUAGE_CODE)


def _name_of(user: Any) -> str:
    """A reader's full name, or the name under which they sign in: editors know each other by it."""
    return str(user.get_full_name() or user.get_username())


def _language(request: HttpRequest) -> str:
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def count_in(state: str, language: str) -> int:
    """How many studies stand in a state of the queue."""
    return with_review(ReviewTrial.objects.visible().in_scope(), language).filter(_review=state).count()
