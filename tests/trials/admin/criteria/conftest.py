"""A study whose criteria stand on the desk, and its form as a browser would send it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from trials.models import Trial

TEXT = """Inclusion Criteria:

* Lupus
* Signs, at least 2 of the following:
  * Rash
  * Fever

Exclusion Criteria:

* Pregnancy"""
FIELDS = ("label", "kind", "parent", "join", "any_of", "text", "rules", "start", "end")


@pytest.fixture
def trial(store: Any, study: Any) -> Trial:
    [one] = store(study(1, lambda protocol: protocol["eligibilityModule"].update(eligibilityCriteria=TEXT)))
    return one


def url_of(trial: Trial) -> str:
    return reverse("admin:trials_trial_criteria", args=[trial.pk])


def form_of(html: str) -> dict[str, list[str]]:
    """What a browser would send of the form as it stands, button aside."""
    found: dict[str, list[str]] = {name: [] for name in FIELDS}
    for fieldset in re.findall(r'<fieldset class="desk-line-form.*?</fieldset>', html, re.DOTALL):
        for name, value in re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"(?! checked)', fieldset):
            if name != "remove":
                found[name].append(unescape(value))
        found["kind"] += re.findall(r'<option value="(\w+)" selected', fieldset) or ["maybe"]
        for name, value in re.findall(r'<textarea name="(\w+)"[^>]*>\n(.*?)</textarea>', fieldset, re.DOTALL):
            found[name].append(unescape(value))
    for name in ("text_hash", "based_on"):
        found[name] = re.findall(rf'name="{name}" value="(\w*)"', html)[:1]
    return found


def page_of(editor: Client, trial: Trial, query: str = "") -> str:
    response = editor.get(url_of(trial) + query)
    assert response.status_code == 200
    return response.content.decode()


def put(form: dict[str, list[str]], label: str, **changed: str) -> None:
    for name, value in changed.items():
        form[name][form["label"].index(label)] = value
