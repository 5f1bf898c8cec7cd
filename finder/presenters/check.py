"""What a screen of the questionnaire shows: the part that it shares with the others, and its own."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder.check.acting import Screen, Shown
from finder.languages.addresses import LanguageLink, outside_frames, path_in
from finder.presenters.check_handout import handout_parts
from finder.presenters.check_question import counts, question_view
from finder.presenters.check_results import results_view
from finder.presenters.check_review import review_groups
from finder.presenters.check_study import about_view, study_parts
from finder.presenters.check_why import why_view
from finder.presenters.titles import title_of
from finder.presenters.words import listing
from trials.models import Trial
from trials.vocab import Verdict


def check_context(shown: Shown, today: date, stale_after_months: int, own_names: Sequence[str] = ()) -> dict[str, Any]:
    """`own_names` are those of a clinic, whose studies come first among those of one verdict."""
    state = shown.position.state
    found = counts(shown)
    context: dict[str, Any] = {
        "screen": _screen(shown),
        "state": state.signed(),
        "answered": bool(state.entries),
        "address": reverse("check"),
        "calendar_address": outside_frames(reverse("check")),
        "restart": _start(state.study),
        "check_languages": _languages(),
        "counts": found,
        "announcement": listing(found.values()),
    }
    if state.study:
        context |= _about(shown)
    return {**context, **_own(shown, today, stale_after_months, own_names)}


def _own(shown: Shown, today: date, stale_after_months: int, own_names: Sequence[str]) -> Mapping[str, Any]:
    if shown.screen is Screen.QUESTION:
        question = question_view(shown)
        return {"part": "finder/_check_question.html", "question": question, "title": question.text}
    if shown.screen is Screen.REVIEW:
        groups = review_groups(shown.position.state)
        return {"part": "finder/_check_review.html", "groups": groups, "title": _("Your answers")}
    if shown.screen is Screen.WHY:
        title = _("Why is a study not on my list?")
        return {"part": "finder/_check_why.html", "why": why_view(shown), "title": title}
    if shown.screen is Screen.HANDOUT:
        return {**_BESIDE, "beside": "finder/_check_paper.html", **handout_parts(shown, today, own_names)}
    if shown.screen is Screen.ABOUT:
        view = about_view(shown, today, stale_after_months, own_names)
        title = view.plain.headline.text
        return {**_BESIDE, "beside": "finder/_check_about.html", "study": view, "title": title}
    if shown.screen is Screen.STUDY or shown.position.state.study:
        return {"part": "finder/_check_study.html", **study_parts(shown, today, stale_after_months), "wide": True}
    results = results_view(shown, today, stale_after_months, own_names)
    return {"part": "finder/_check_results.html", "results": results, "title": results.heading, "wide": True}


# A page of its own under the form, which then holds nothing but the way back.
_BESIDE = {"part": "finder/_check_back.html", "wide": True}


def _screen(shown: Shown) -> str:
    """What a button sends that shows this screen again."""
    if shown.screen in (Screen.STUDY, Screen.ABOUT):
        return f"{shown.screen}:{shown.what}"
    if shown.screen is Screen.RESULTS and shown.verdict:
        return f"show:{shown.verdict},{shown.page}"
    return str(shown.screen)


def _start(study: str) -> str:
    return reverse("check") + (f"?{urlencode({'study': study})}" if study else "")


def _about(shown: Shown) -> dict[str, Any]:
    """Of a questionnaire about one study."""
    trial = Trial.objects.select_related("editorial").get(pk=shown.position.studies.trial_ids[0])
    verdict = next(one for one in Verdict if shown.position.of(one))
    return {"study_title": title_of(trial), "study_url": trial.get_absolute_url(), "study_verdict": verdict}


def _languages() -> tuple[LanguageLink, ...]:
    now, path = get_language(), reverse("check")
    return tuple(LanguageLink(code, name, path_in(code, path), code == now) for code, name in settings.LANGUAGES)
