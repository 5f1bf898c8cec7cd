"""A person at the questionnaire, without a browser: what the last page holds goes along with the next press."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.finder.conftest import words_of
from tests.studies import store, study

CRITERIA = """Inclusion Criteria:

* Systemic lupus erythematosus
* SLEDAI of 6 or more

Exclusion Criteria:

* HIV infection
* Rituximab within 6 months"""


def asking(nct_id, criteria, **modules):
    return study(nct_id, eligibilityModule={"eligibilityCriteria": criteria}, **modules)


class Person:
    """`page` is the last page; `press` sends the form on it."""

    def __init__(self, path: str = "/check/", **headers: str) -> None:
        self.client = Client(headers=headers)
        self.response = self.client.get(path)

    @property
    def page(self) -> str:
        return self.response.content.decode()

    @property
    def words(self) -> str:
        return words_of(self.page)

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return unescape(found.group(1)) if found else ""

    @property
    def asked(self) -> str:
        return self.hidden("at")

    def press(self, do: str = "next", path: str = "/check/", **inputs) -> "Person":
        form = {name: self.hidden(name) for name in ("state", "at", "screen")}
        self.response = self.client.post(path, {**form, "do": do, **inputs})
        return self

    def answer(self, slug: str, **inputs) -> "Person":
        """Skip what is asked before."""
        for _ in range(60):
            if self.asked == slug:
                return self.press("next", **inputs)
            assert self.asked, f"“{slug}” is never asked"
            self.press("skip")
        raise AssertionError(slug)

    def tell(self, **screens) -> "Person":
        """Answer these screens whenever they come, and skip the others."""
        while self.asked:
            if self.asked in screens:
                self.press("next", **screens[self.asked])
            else:
                self.press("skip")
        return self

    def has_lupus(self) -> "Person":
        return self.press("next", diagnosis=["sle"])


@pytest.fixture
def studies(db):
    store(
        asking("NCT90000001", CRITERIA),
        asking("NCT90000002", CRITERIA.replace("SLEDAI of 6", "SLEDAI of 12").replace("6 months", "12 months")),
        asking(
            "NCT90000003",
            "Inclusion Criteria:\n\n* Systemic sclerosis",
            identificationModule={"briefTitle": "Testumab in Scleroderma", "officialTitle": ""},
            conditionsModule={"conditions": ["Systemic Sclerosis"], "keywords": []},
            descriptionModule={"briefSummary": "The study tests testumab."},
        ),
        asking("NCT90000004", CRITERIA, statusModule={"overallStatus": "COMPLETED"}),
    )


@pytest.fixture
def person(studies) -> Person:
    return Person()
