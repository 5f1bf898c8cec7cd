"""The fields behind plain sentences: each has a name on the page, and what stands there is what editors check by."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from django.utils import translation

from finder.presenters.sources import source_views
from tests.finder.test_plain import PLACEBO
from tests.studies import stored
from trials.models import Trial
from trials.plain_language import record as package
from trials.plain_language.record import facts
from trials.records import StudyRecord
from trials.summaries import Sources, draft_of, sources_of
from trials.summaries.sources import is_criterion

pytestmark = pytest.mark.django_db

# Beginnings of paths, to which no sentence points as they stand.
BEGINNINGS = {facts.PROTOCOL, facts.OUTCOMES, facts.ELIGIBILITY}


def paths() -> set[str]:
    """Every path that the writer's code names, with a place where it has one."""
    named = {one for name, one in vars(facts).items() if name.isupper() and str(one).startswith(facts.PROTOCOL)}
    named |= {facts.arm_path(1), facts.intervention_path(1)}
    for module in pkgutil.iter_modules(package.__path__):
        code = Path(importlib.import_module(f"{package.__name__}.{module.name}").__file__ or "").read_text("utf-8")
        named |= {getattr(facts, name) + rest for name, rest in re.findall(r'f"\{f\.(\w+)\}([^"]+)"', code)}
    return named - BEGINNINGS


def test_every_path_that_the_writer_can_name_has_a_label():
    assert len(paths()) > 15 and f"{facts.ELIGIBILITY}.minimumAge" in paths()
    stored()
    sources = sources_of(Trial.objects.with_parts().get())
    assert [path for path in sorted(paths()) if source_views(sources, [path])[0].field == "The record"] == []


def test_the_page_shows_no_words_that_the_desk_does_not_have():
    summary = {"briefSummary": "People are randomised 1:1 to testumab or placebo."}
    stored(armsInterventionsModule=PLACEBO, descriptionModule=summary, eligibilityModule={"sex": "FEMALE"})
    trial = Trial.objects.with_parts().get()
    sources = sources_of(trial)
    named = {path for one in draft_of(trial, "en").sentences for path in one.sources if not is_criterion(path)}
    assert len(named) > 10
    for path in sorted(named | paths()):
        for view in source_views(sources, [path]):
            shown = [value.text for value in view.values if value.text]
            assert all(text in sources.words(path) for text in shown), path


def test_what_the_record_does_not_hold_is_said_of_no_field():
    nothing = Sources(StudyRecord("NCT90000001"), ())
    assert not any(one.values or one.anchor for one in source_views(nothing, paths()))


def test_closed_lists_are_in_the_language_of_the_page():
    stored()
    sources = sources_of(Trial.objects.with_parts().get())
    with translation.override("es"):
        [view] = source_views(sources, [f"{facts.STATUS}.overallStatus"])
        assert (view.field, str(view.values[0].word)) == ("Estado", translation.gettext("Open to join"))
    assert "Open to join" in sources.words(f"{facts.STATUS}.overallStatus")
