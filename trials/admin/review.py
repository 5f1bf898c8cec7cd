"""The desk's page on a trial's plain sentences: each beside the official words, checked, published, taken back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from trials.admin.review_checks import Checked, Study, checked
from trials.admin.review_form import BrokenFormError, Saved, Typed, lines_of, lost_texts, typed_from, with_typed
from trials.admin.review_page import URL_NAME, Desk, review_page
from trials.ingest.summaries import (
    Kept,
    ReviewedMeanwhileError,
    SamePersonError,
    end_summary,
    kept_of,
    pass_on,
    publish,
    publish_second,
    save_draft,
    standing_summaries,
)
from trials.models import PlainSummary, Trial
from trials.plain_language.tongue import LANGUAGES
from trials.summaries import draft_of, slugs_of, sources_of


def trial_review(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int, lang: str) -> HttpResponse:
    """GET shows; POST saves a draft, publishes, or takes back."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if lang not in LANGUAGES:
        raise Http404(_("The site has no such language."))
    desk = _desk(model_admin, request, get_object_or_404(Trial.objects.with_parts(), pk=pk), lang)
    if request.method != "POST":
        return review_page(desk, checked(desk.lines, desk.study))
    if not desk.may_edit:
        raise PermissionDenied
    try:
        return _posted(desk)
    except BrokenFormError as error:
        messages.error(request, str(error))
        return redirect(URL_NAME, pk, lang)


def _desk(model_admin: admin.ModelAdmin, request: HttpRequest, trial: Trial, lang: str) -> Desk:
    draft, sources = draft_of(trial, lang), sources_of(trial)
    found = standing_summaries(trial, lang)
    saved = Saved(found.get(True), found.get(False))
    study = Study(sources.record, sources, slugs_of(trial), lang)
    return Desk(model_admin, request, trial, lang, study, saved, lines_of(draft, sources, saved))


def _posted(desk: Desk) -> HttpResponse:
    if "take_back" in desk.request.POST:
        return _taken_back(desk, published=desk.request.POST["take_back"] == "published")
    typed = typed_from(desk.request.POST)
    found = checked(with_typed(desk.lines, typed), desk.study)
    try:
        return _published(desk, found) if "publish" in desk.request.POST else _saved(desk, found)
    except ReviewedMeanwhileError:
        return _changed_meanwhile(desk, typed)


def _taken_back(desk: Desk, *, published: bool) -> HttpResponse:
    if published and not desk.may_publish:
        raise PermissionDenied
    try:
        ended = end_summary(desk.trial, desk.lang, published=published, editor=_user(desk), based_on=desk.based_on)
    except ReviewedMeanwhileError:
        messages.error(desk.request, _("Nothing was changed: somebody has changed these sentences in the meantime."))
        return _to_the_top(desk)
    if ended and published:
        return _done(desk, _("Took the published sentences back."), _("Pages show what our rules write again."))
    if ended:
        return _done(desk, _("Threw the draft away."), _("The draft was thrown away. It stays in the history."))
    return _to_the_top(desk)


def _saved(desk: Desk, found: Checked) -> HttpResponse:
    if any(not line.text and not line.left_out for line in found.lines):
        return review_page(desk, found, note=_("Nothing was saved yet. A sentence is empty."))
    save_draft(desk.trial, desk.lang, _kept(found), editor=_user(desk), based_on=desk.based_on)
    return _done(desk, _("Saved a draft of the plain sentences."), _("The draft was saved. Pages do not show it."))


def _published(desk: Desk, found: Checked) -> HttpResponse:
    if not desk.may_publish:
        raise PermissionDenied
    if found.is_blocked:
        return review_page(desk, found, note=_("Nothing was published. Put right what is marked below."))
    waiting = desk.saved.work if desk.saved.work and desk.saved.work.state == PlainSummary.State.WAITING else None
    as_it_waits = waiting is not None and _says_the_same(_kept(found), kept_of(waiting))
    if waiting and as_it_waits and waiting.checked_by_id != desk.request.user.pk:
        return _published_second(desk)
    if found.needs_reason and not desk.reason:
        return review_page(
            desk, found, note=_("Nothing was published. Change what is marked below, or say why it may stay.")
        )
    if settings.TWO_PERSON_REVIEW and as_it_waits:
        return review_page(desk, found, note=_("Nothing was published. Another person must read it first."))
    return _published_first(desk, found)


def _published_first(desk: Desk, found: Checked) -> HttpResponse:
    store: Callable[..., PlainSummary] = pass_on if settings.TWO_PERSON_REVIEW else publish
    reason = desk.reason if found.needs_reason else ""
    store(desk.trial, desk.lang, _kept(found), editor=_user(desk), based_on=desk.based_on, reason=reason)
    because = _("In spite of a finding: %(reason)s") % {"reason": reason} if reason else ""
    if settings.TWO_PERSON_REVIEW:
        done = _("Passed the plain sentences on to a second reader.")
        told = _("The sentences wait for a second reader. Pages show them when another person has published them.")
        return _done(desk, f"{done} {because}", told)
    done = _("Published the plain sentences.")
    told = _("The sentences are published. Pages name you as the person who checked them.")
    return _done(desk, f"{done} {because}", told if _are_named(desk.request.user) else _unnamed())


def _published_second(desk: Desk) -> HttpResponse:
    try:
        done = publish_second(desk.trial, desk.lang, editor=_user(desk), based_on=desk.based_on)
    except SamePersonError:
        raise PermissionDenied from None
    told = _("The sentences are published. Pages name both of you as the people who checked them.")
    are_named = _are_named(desk.request.user, done.checked_by)
    return _done(desk, _("Published the plain sentences as the second reader."), told if are_named else _unnamed())


def _are_named(*readers: Any) -> bool:
    return all(reader.get_full_name() for reader in readers)


def _unnamed() -> str:
    return _("The sentences are published. Pages do not name who checked them: an account has no full name.")


def _changed_meanwhile(desk: Desk, typed: Typed) -> HttpResponse:
    """The registry's words or another editor's came in between: what was typed stays, beside what stands now."""
    trial = Trial.objects.with_parts().get(pk=desk.trial.pk)
    fresh = _desk(desk.model_admin, desk.request, trial, desk.lang)
    found = checked(with_typed(fresh.lines, typed), fresh.study)
    note = _("Nothing was saved: the record or these sentences have changed while you were writing. "
             "Compare your sentences with what stands beside them, then save again.")  # fmt: skip
    return review_page(fresh, found, note=note, lost=lost_texts(fresh.lines, typed))


def _says_the_same(first: Sequence[Kept], second: Sequence[Kept]) -> bool:
    def shown(kept: Sequence[Kept]) -> list[Any]:
        return [(one.section, one.text, one.left_out) for one in kept]

    return shown(first) == shown(second)


def _kept(found: Checked) -> list[Kept]:
    return [line.kept() for line in found.lines]


def _user(desk: Desk) -> Any:
    return desk.request.user


def _done(desk: Desk, logged: str, told: str) -> HttpResponse:
    desk.model_admin.log_change(desk.request, desk.trial, f"{logged.strip()} ({desk.lang})")
    messages.success(desk.request, told)
    return _to_the_top(desk)


def _to_the_top(desk: Desk) -> HttpResponse:
    """Where the message is: without a fragment of its own, the browser would go back to the form."""
    return redirect(f"{reverse(URL_NAME, args=[desk.trial.pk, desk.lang])}#top")
