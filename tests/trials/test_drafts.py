"""What the rules write on a stored trial, and what stands there where they fail: its official words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.studies import stored
from trials.models import Trial
from trials.plain_language.model import Origin, Section
from trials.summaries import draft_of, written_by_rules

TEXT = "Inclusion Criteria:\n\n* Age 21 years or older\n\nExclusion Criteria:\n\n* Pregnancy"

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> Trial:
    """Of words of its own: what was written of the same words before is kept, and would hide the fault."""
    stored("NCT90000100", eligibilityModule={"eligibilityCriteria": TEXT})
    return Trial.objects.with_parts().get()


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the wording of criteria."""

    def fail(*_: object) -> None:
        raise RuntimeError("a fault of the writer")

    monkeypatch.setattr("trials.plain_language.writer.reworded", fail)


def test_where_the_rules_fail_the_official_words_stand_alone(trial: Trial, fault: None, caplog: Any) -> None:
    assert written_by_rules(trial, "en") is None
    assert f"No sentences could be written on {trial.nct_id}." in caplog.text
    assert "a fault of the writer" in caplog.text
    assert [(one.section, one.text, one.sources) for one in draft_of(trial, "zh").sentences] == [
        (Section.HEADLINE, "Testumab in Lupus", ("protocolSection.identificationModule.briefTitle",)),
        (Section.MAY_JOIN, "Age 21 years or older", ("I1",)),
        (Section.MAY_NOT_JOIN, "Pregnancy", ("E1",)),
    ]
    assert {one.origin for one in draft_of(trial, "zh").sentences} == {Origin.OFFICIAL}
    assert draft_of(trial, "zh").lang == "zh-hans"


def test_a_language_that_we_do_not_speak_is_no_fault(trial: Trial) -> None:
    with pytest.raises(ValueError, match="No language"):
        draft_of(trial, "xx")


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("page", ["study", "handout"])
def test_a_study_that_cannot_be_put_plainly_is_shown(
    client: Client, trial: Trial, fault: None, prefix: str, page: str
) -> None:
    response = client.get(f"{prefix}{reverse(page, args=[trial.nct_id])}")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<title lang="en">Testumab in Lupus · {trial.nct_id}</title>' in html
    assert "Age 21 years or older" in html and "Pregnancy" in html


def test_the_desk_shows_it_too(admin_client: Client, trial: Trial, fault: None) -> None:
    response = admin_client.get(reverse("admin:trials_reviewtrial_review", args=[trial.pk, "en"]))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Age 21 years or older" in html and "Pregnancy" in html
