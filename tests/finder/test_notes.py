"""The ledger in words: told only while it holds."""

import pytest
from django.contrib.auth import get_user_model

from tests.studies import site, stored
from trials.ingest.editorial import EditorialText, decide_contact, save_editorial
from trials.models import Contact, FieldNote, Trial

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"
HELD_BACK = "A contact in this record seems to belong to another study."
STRANGER = {
    "name": "Study lead elsewhere",
    "affiliation": "National Institute of Allergy and Infectious Diseases (NIAID)",
    "role": "PRINCIPAL_INVESTIGATOR",
}


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("editor")


@pytest.fixture
def strange() -> Trial:
    """A study whose record names a person of a body that has nothing to do with it."""
    return stored(
        contactsLocationsModule={
            "overallOfficials": [STRANGER],
            "locations": [site("Zhejiang University Hospital", "Hangzhou", "China")],
        }
    )


def test_a_contact_is_said_to_be_held_back_until_an_editor_decides(strange, editor, read):
    assert HELD_BACK in read(PAGE)
    decide_contact(Contact.objects.get(), show=True, editor=editor)
    page = read(PAGE)
    assert HELD_BACK not in page and "Study lead elsewhere" in page
    decide_contact(Contact.objects.get(), show=False, editor=editor)
    page = read(PAGE)
    assert HELD_BACK not in page and "Study lead elsewhere" not in page


def test_only_a_title_of_the_editors_is_noted_and_only_while_it_stands(editor, read):
    trial = stored()
    save_editorial(trial, EditorialText("A plain title", "Travel is paid."), editor=editor)
    page = read(PAGE)
    assert "Our editor wrote the title. The registry wrote “Testumab in Lupus”." in page
    assert "“”" not in page and page.count("Our editor wrote") == 1
    save_editorial(trial, EditorialText(public_note="Travel is paid."), editor=editor)
    page = read(PAGE)
    assert "Our editor" not in page and "How we read this record" not in page


def test_nothing_written_is_never_quoted(editor, read):
    trial = stored(identificationModule={"briefTitle": ""})
    save_editorial(trial, EditorialText("A plain title"), editor=editor)
    FieldNote.objects.create(trial=trial, origin="REPAIRED", rule="x", path="a", written="", shown="Lyon")
    FieldNote.objects.create(trial=trial, origin="FLAGGED", rule="unread-date", path="b", written="")
    page = read(PAGE)
    assert "“”" not in page
    assert "Our editor wrote the title. The registry gives none." in page
    assert "The registry left this empty; we show “Lyon”." in page
