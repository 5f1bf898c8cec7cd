"""Who checked the plain sentences, where an account has no full name: never the name under which somebody signs in."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.finder.conftest import words_of
from tests.studies import store, stored, study
from trials.ingest.summaries import Kept, pass_on, publish, publish_second, state_key
from trials.models import Trial
from trials.summaries import draft_of

PAGE = "/studies/NCT90000001/"

pytestmark = pytest.mark.django_db


def whole() -> Trial:
    return Trial.objects.with_parts().get()


def kept() -> list[Kept]:
    sentences = draft_of(whole(), "en").sentences
    return [Kept(one.section, one.text, one.text, one.origin, one.sources) for one in sentences]


def saved(action: Any, editor: Any) -> None:
    action(whole(), "en", kept(), editor=editor, based_on=state_key(whole(), "en"), reason="")


@pytest.fixture
def unnamed() -> Any:
    stored()
    return get_user_model().objects.create_superuser("root-of-all")


def page(client: Client) -> str:
    html = client.get(PAGE).content.decode()
    assert "root-of-all" not in html
    return words_of(html)


def test_one_without_a_full_name_is_an_editor(client: Client, unnamed: Any) -> None:
    saved(publish, unnamed)
    assert "Checked by an editor on " in page(client)
    store(study(designModule={"phases": ["PHASE3"]}))
    assert "Checked in part by an editor on " in page(client)


def test_two_of_whom_one_has_no_full_name_are_two_editors(client: Client, unnamed: Any) -> None:
    saved(pass_on, get_user_model().objects.create_user("ada", first_name="Ada", last_name="Reader"))
    publish_second(whole(), "en", editor=unnamed, based_on=state_key(whole(), "en"))
    assert "Checked by two editors, on " in page(client)
    store(study(designModule={"phases": ["PHASE3"]}))
    assert "Checked in part by two editors, on " in page(client)
