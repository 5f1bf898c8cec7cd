"""The desk's page on a trial's eligibility text: what was read from it and why, and the form to correct it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from trials.admin.criteria_form import (
    MOST_LINES,
    BrokenFormError,
    Line,
    criteria_of,
    lines_from,
    lines_of,
    located,
    rules_text,
    with_added,
    with_moved_up,
    with_split,
)
from trials.admin.criteria_golden import Preview, barriers_of, preview_of, told_when_saved
from trials.admin.criteria_history import history_of
from trials.admin.criteria_reading import ReadingView, reading_view
from trials.criteria.attributes import CHOICES, NUMBERS, WINDOW_UNITS, YES_NO
from trials.ingest.corrections import (
    CorrectedMeanwhileError,
    TextChangedError,
    key_of,
    save_correction,
    take_back,
)
from trials.ingest.criteria import as_json, study_of_trial
from trials.ingest.readings import read_criteria, text_hash_of
from trials.models import CriteriaCorrection, Trial

TEMPLATE = "admin/trials/trial/criteria.html"
URL_NAME = "admin:trials_trial_criteria"


def trial_criteria(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows, and `?from=` puts the engine's reading or an earlier correction into the form; POST does one thing."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    trial = get_object_or_404(
        Trial.objects.select_related("criteria_reading").prefetch_related("criteria", "listed_conditions"), pk=pk
    )
    if request.method != "POST":
        return _page(model_admin, request, trial, _asked_lines(request.GET.get("from", ""), trial))
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    try:
        return _posted(model_admin, request, trial)
    except BrokenFormError as error:
        messages.error(request, str(error))
        return redirect(URL_NAME, pk)


def _posted(model_admin: admin.ModelAdmin, request: HttpRequest, trial: Trial) -> HttpResponse:
    if "take_back" in request.POST:
        return _taken_back(model_admin, request, trial)
    lines = lines_from(request.POST)
    for name, change in _CHANGES.items():
        if name in request.POST:
            return _page(model_admin, request, trial, change(lines, request.POST[name]), typed=True)
    return _saved(model_admin, request, trial, lines)


_CHANGES = {"add": with_added, "split": with_split, "up": with_moved_up}


def _taken_back(model_admin: admin.ModelAdmin, request: HttpRequest, trial: Trial) -> HttpResponse:
    preview = preview_of(trial, read_criteria(study_of_trial(trial)).criteria)
    if _to_be_confirmed(request, preview):
        return _page(model_admin, request, trial, _asked_lines("", trial), preview=preview, taking_back=True)
    try:
        take_back(trial, editor=request.user, based_on=request.POST.get("based_on", ""))  # type: ignore[arg-type]
    except CorrectedMeanwhileError:
        messages.error(request, _("Nothing was changed: somebody has corrected these criteria in the meantime."))
        return _to_the_top(trial)
    model_admin.log_change(request, trial, _("Took the engine's version of the criteria back."))
    messages.success(request, _("The engine's version is shown again. The correction stays in the history."))
    _tell(request, preview)
    return _to_the_top(trial)


def _to_be_confirmed(request: HttpRequest, preview: Preview) -> bool:
    """Whether verdicts would flip, and the editor has not seen which: these ones, by this proposal."""
    return bool(preview.flipped) and request.POST.get("confirmed", "") != preview.key


def _tell(request: HttpRequest, preview: Preview) -> None:
    if told := told_when_saved(preview):
        messages.info(request, told)


def _to_the_top(trial: Trial) -> HttpResponse:
    """Where the message is: without a fragment of its own, the browser would go back to the form."""
    return redirect(f"{reverse(URL_NAME, args=[trial.pk])}#top")


def _saved(model_admin: admin.ModelAdmin, request: HttpRequest, trial: Trial, lines: list[Line]) -> HttpResponse:
    text_hash, based_on = request.POST.get("text_hash", ""), request.POST.get("based_on", "")
    if text_hash != text_hash_of(trial.eligibility_criteria):
        return _of_another_text(model_admin, request, trial, lines)
    criteria, checked = criteria_of(lines, trial.eligibility_criteria)
    if any(line.problems for line in checked):
        return _page(model_admin, request, trial, checked, typed=True)
    preview = preview_of(trial, criteria)
    if _to_be_confirmed(request, preview):
        return _page(model_admin, request, trial, checked, typed=True, preview=preview)
    try:
        save_correction(trial, criteria, editor=request.user, text_hash=text_hash, based_on=based_on)  # type: ignore[arg-type]
    except TextChangedError:
        trial.refresh_from_db()
        return _of_another_text(model_admin, request, trial, lines)
    except CorrectedMeanwhileError:
        doubt = _("Nothing was saved: somebody has corrected these criteria in the meantime. "
                  "Compare your lines with what is shown above, then save again.")  # fmt: skip
        return _page(model_admin, request, trial, lines, typed=True, doubt=doubt)
    model_admin.log_change(request, trial, _("Corrected the criteria."))
    messages.success(request, _("The criteria were saved. They hold until the registry changes the text."))
    _tell(request, preview)
    return _to_the_top(trial)


def _of_another_text(
    model_admin: admin.ModelAdmin, request: HttpRequest, trial: Trial, lines: list[Line]
) -> HttpResponse:
    """Typed for a text that is gone: the words stay, and their places are looked for anew when they are saved."""
    doubt = _("Nothing was saved: the official text has changed while you were writing. "
              "Compare your lines with the new text, then save again.")  # fmt: skip
    without_places = [replace(line, start="", end="") for line in lines]
    return _page(model_admin, request, trial, without_places, typed=True, doubt=doubt)


def _asked_lines(asked: str, trial: Trial) -> list[Line]:
    """The lines to begin with: what is shown, what the engine reads, or an earlier correction."""
    if not asked:
        return lines_of(as_json(trial.criteria.all()))
    if asked == "engine":
        return lines_of(read_criteria(study_of_trial(trial)).criteria)
    found = CriteriaCorrection.objects.filter(trial=trial, pk=asked).first() if asked.isdecimal() else None
    if found is None:
        raise Http404(_("The trial has no such correction."))
    if found.text_hash == text_hash_of(trial.eligibility_criteria):
        return lines_of(found.criteria)
    return lines_of(_placed_anew(found.criteria, trial.eligibility_criteria))


def _placed_anew(criteria: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Criteria that were made for another text, each where its words stand in this one, if they do."""
    places = [located(one["text"], text) or (None, None) for one in criteria]
    return [
        {**one, "source_start": start, "source_end": end} for one, (start, end) in zip(criteria, places, strict=True)
    ]


def _page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    trial: Trial,
    lines: Sequence[Line],
    *,
    typed: bool = False,
    doubt: str = "",
    preview: Preview | None = None,
    taking_back: bool = False,
) -> TemplateResponse:
    """`typed` lines are not saved yet; `doubt` says why they could not be, where no line is at fault. `preview` is to
    be confirmed first, of the lines or of `taking_back`.
    """
    history = history_of(trial)
    standing = next((one.row for one in history if one.row.ended_at is None), None)
    may_change = model_admin.has_change_permission(request)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": _("Eligibility text and rules: %(nct_id)s") % {"nct_id": trial.nct_id},
        "trial": trial,
        "reading": _reading(trial),
        "lines": lines if len(lines) <= MOST_LINES else [],
        "too_many": len(lines) > MOST_LINES,
        "typed": typed,
        "doubt": doubt,
        "preview": preview,
        "taking_back": taking_back,
        "barriers": barriers_of(trial),
        "wrong": [line for line in lines if line.problems],
        "text_hash": text_hash_of(trial.eligibility_criteria),
        "based_on": key_of(standing),
        "may_change": may_change,
        "correctable": may_change and len(lines) <= MOST_LINES,
        "history": history,
        "standing": standing,
        **vocabulary_context(),
    }
    return TemplateResponse(request, TEMPLATE, context)


_EXAMPLE: tuple[dict[str, Any], ...] = (
    {"attribute": "age", "op": ">=", "value": 18, "unit": "years"},
    {"attribute": "cancer", "op": "is", "value": True, "within": {"amount": 5, "unit": "years"}, "partial": True},
    {"attribute": "treatment", "op": "in", "value": ["methotrexate"], "stable": True},
)


def vocabulary_context() -> dict[str, Any]:
    """What a rule may say, for the form's own help."""
    return {
        "example": rules_text(_EXAMPLE),
        "numbers": sorted(NUMBERS.items()),
        "yes_no": sorted(YES_NO),
        "choices": [(name, sorted(values)) for name, values in CHOICES.items()],
        "window_units": WINDOW_UNITS,
    }


def _reading(trial: Trial) -> ReadingView:
    stored = getattr(trial, "criteria_reading", None)
    warnings, ledger = (stored.warnings, stored.ledger) if stored else ([], [])
    if any(one.from_editor for one in trial.criteria.all()):
        warnings = [{**warning, "criterion": None} for warning in warnings]  # they number the engine's criteria
    return reading_view(trial.eligibility_criteria, as_json(trial.criteria.all()), warnings, ledger)
