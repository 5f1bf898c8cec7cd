"""A study whose plain sentences wait on the desk, and its form as a browser would send it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from trials.models import Trial
from trials.summaries import shown_summary

TEXT = """Inclusion Criteria:

* Age 18 years or older
* SLEDAI score of at least 6 by the 2019 criteria (see Table 3)

Exclusion Criteria:

* Pregnancy
* Hepatitis B in the last 12 months"""

Form = dict[str, list[str]]


def with_text(text: str) -> Callable[[dict[str, Any]], None]:
    def change(protocol: dict[str, Any]) -> None:
        protocol["eligibilityModule"]["eligibilityCriteria"] = text

    return change


@pytest.fixture
def trial(store: Any, study: Any) -> Trial:
    [one] = store(study(1, with_text(TEXT)))
    return one


@pytest.fixture
def two_persons(settings: Any) -> None:
    settings.TWO_PERSON_REVIEW = True


@pytest.fixture
def second() -> Client:
    """Another editor, in a browser of their own."""
    client = Client()
    client.force_login(User.objects.create_superuser("second", first_name="Bea", last_name="Second"))
    return client


def url_of(trial: Trial, lang: str = "en") -> str:
    return reverse("admin:trials_reviewtrial_review", args=[trial.pk, lang])


def page_of(editor: Client, trial: Trial, lang: str = "en") -> str:
    response = editor.get(url_of(trial, lang))
    assert response.status_code == 200
    return response.content.decode()


def form_of(html: str) -> Form:
    """What a browser would send of the form as it stands, button aside."""
    return {
        "key": re.findall(r'name="key" value="([^"]*)"', html),
        "text": [
            unescape(text) for text in re.findall(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
        ],
        "left_out": re.findall(r'name="left_out" value="([^"]*)" checked', html),
        "based_on": re.findall(r'name="based_on" value="(\w*)"', html)[:1],
    }


def put(form: Form, old: str, new: str) -> str:
    """Type over the sentence that begins so; returns its key."""
    [place] = [place for place, text in enumerate(form["text"]) if text.startswith(old)]
    form["text"][place] = new
    return form["key"][place]


def send(editor: Client, trial: Trial, form: Form, button: str = "publish", **more: str) -> Any:
    return editor.post(url_of(trial), {**form, **more, button: ""})


def publish(editor: Client, trial: Trial) -> None:
    assert send(editor, trial, form_of(page_of(editor, trial))).status_code == 302


def shown(trial: Trial) -> Any:
    return shown_summary(Trial.objects.with_parts().get(pk=trial.pk), "en")


def box(html: str, key: str) -> str:
    found = re.search(rf'<fieldset[^>]* id="s-{key}">.*?</fieldset>', html, re.DOTALL)
    assert found
    return unescape(found.group())
