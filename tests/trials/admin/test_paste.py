"""Pasting a listing: read at once, stored only on request, and then a study like any other."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests.finder.conftest import words_of
from tests.studies import reindex, store, study
from tests.trials.ingest.snapshot import snapshot
from trials.ingest.by_hand import listing_of, store_by_hand
from trials.models import Criterion, RecordVersion, Trial, TrialEditorial

PASTE = "/admin/trials/trial/paste/"
LISTING = {
    "title": "A listed study of Sjögren's disease",
    "listing_url": "https://hospital.example/studies/7?a=1&b=2",
    "conditions": "Sjögren's Disease\r\n\r\nDry mouth",
    "minimum_age": "18",
    "maximum_age": "75",
    "sex": "FEMALE",
    "text": "Inclusion Criteria:\r\n\r\n* Sjögren's disease\r\n* Age 18 or older\r\n\r\n"
    "Exclusion Criteria:\r\n\r\n* Pregnancy",
}


def saved(editor: Client, **changed: str) -> Trial:
    response = editor.post(PASTE, {**LISTING, **changed, "save": "1"})
    assert response.status_code == 302, unescape(response.content.decode())
    trial = Trial.objects.get(registry="hand")
    assert response.headers["Location"] == reverse("admin:trials_trial_change", args=[trial.pk])
    return trial


def release(trial: Trial) -> str:
    TrialEditorial.objects.filter(trial=trial).update(hidden=False)
    reindex()
    return trial.get_absolute_url()


def test_the_tree_rules_and_doubts_are_shown_at_once_and_nothing_is_stored(editor: Client) -> None:
    html = editor.post(PASTE, {**LISTING, "show": "1"}).content.decode()
    assert "What we read from it" in html and "age &gt;= 18 years" in html and "Repairs of the words" in html
    assert re.search(r'<a class="desk-span" href="#c-E1"[^>]*><sup>E1</sup>Pregnancy</a>', html)
    assert unescape(html).count("A listed study of Sjögren's disease") == 1
    assert not Trial.objects.exists()


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"text": "  "}, "Paste the eligibility text here."),
        ({"title": ""}, "This field is required."),
        ({"listing_url": "javascript:alert(1)"}, "Write the whole address, from https:// on."),
        ({"minimum_age": "80"}, "The oldest age is below the youngest."),
        ({"conditions": "x\n" * 60}, "Name at most 50 conditions."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_typed_is_lost(
    editor: Client, wrong: dict[str, str], sentence: str
) -> None:
    response = editor.post(PASTE, {**LISTING, **wrong, "save": "1"})
    html = unescape(response.content.decode())
    assert response.status_code == 200 and sentence in html and not Trial.objects.exists()
    assert ("https://hospital.example/studies/7" in html) == ("listing_url" not in wrong)


def test_any_text_gives_an_answer(editor: Client) -> None:
    for text in ("no list at all", "* " * 5000, "<script>alert(1)</script>", "\x00\x07 Lupus", "?" * 200_000):
        response = editor.post(PASTE, {**LISTING, "text": text, "show": "1"})
        assert response.status_code == 200 and "<script>alert" not in response.content.decode()


def test_a_listing_of_a_study_that_we_have_from_the_registry_is_told(editor: Client) -> None:
    store(study("NCT90000001"))
    named = {**LISTING, "text": f"NCT90000001 NCT99999999\n\n{LISTING['text']}", "show": "1"}
    html = editor.post(PASTE, named).content.decode()
    link = reverse("admin:trials_trial_change", args=[Trial.objects.get().pk])
    assert "studies that we have from the registry" in html and f'<a href="{link}">NCT90000001</a>' in html
    assert "NCT99999999</a>" not in html
    assert "studies that we have from the registry" not in editor.post(PASTE, {**LISTING, "show": "1"}).content.decode()


def test_the_form_says_what_to_paste_and_shows_the_answer_where_it_stands(editor: Client) -> None:
    html = editor.get(PASTE).content.decode()
    assert "Only the part on who can join." in html and 'name="show" formaction="#read"' in html
    assert '<div id="read">' in editor.post(PASTE, {**LISTING, "show": "1"}).content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(editor: Client, method: str) -> None:
    assert getattr(editor, method)(PASTE).status_code == 405


def test_without_the_forms_token_nothing_is_stored(editor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="editor"))
    assert strict.post(PASTE, {**LISTING, "save": "1"}).status_code == 403 and not Trial.objects.exists()


@pytest.mark.parametrize("asked", ["0", "-1", "9" * 30, "x", "%00", "HAND-00001", "1 or 1=1"])
def test_no_other_study_can_be_reached_by_a_made_up_key(editor: Client, asked: str) -> None:
    saved(editor)
    assert editor.post(f"{PASTE}?study={asked}", {**LISTING, "title": "Taken over", "save": "1"}).status_code == 404
    assert Trial.objects.get().brief_title == LISTING["title"]


def test_markup_in_every_field_of_a_listing_is_text_for_visitors(editor: Client) -> None:
    bad = "</script></title><script>alert(1)</script>"
    address = "https://hospital.example/?a=%22%3E<script>alert(1)</script>"
    fields = {"title": bad, "conditions": bad, "listing_url": address, "text": f"Inclusion Criteria:\n\n* {bad}"}
    trial = saved(editor, **fields)
    for html in (
        Client().get(release(trial)).content.decode(),
        Client().get("/studies/?q=alert").content.decode(),
        editor.get(reverse("admin:trials_trial_change", args=[trial.pk])).content.decode(),
        editor.post(PASTE, {**LISTING, **fields, "show": "1"}).content.decode(),
    ):
        assert "<script>alert" not in html and "</script></title>" not in html


@pytest.mark.parametrize("key", ["HAND-{0}", "HAND-0{1}", "HAND-{1}%00", "{1}", "HAND-", "NCT{1:0>8}"])
def test_only_the_whole_id_is_the_address_of_a_listing(editor: Client, key: str) -> None:
    trial = saved(editor)
    release(trial)
    number = str(trial.nct_id).removeprefix("HAND-")
    assert Client().get(f"/studies/{key.format(number[1:], number)}/").status_code == 404


def test_a_saved_listing_is_a_study_off_the_pages_with_criteria_and_conditions(editor: Client, client: Client) -> None:
    trial = saved(editor)
    assert (trial.nct_id, trial.listing_url) == (f"HAND-{trial.pk:05}", LISTING["listing_url"])
    assert (trial.minimum_age_years, trial.below_age_years, trial.sex) == (18, 76, "FEMALE")
    assert [c.text for c in trial.criteria.all()] == ["Sjögren's disease", "Age 18 or older", "Pregnancy"]
    assert "sjogren" in [link.condition_id for link in trial.condition_links.all()]
    assert trial.editorial.hidden and trial.editorial.edited_by.get_username() == "editor"
    response = client.get(trial.get_absolute_url())
    assert response.status_code == 404 and "We do not have this study" in response.content.decode()
    assert trial.nct_id not in client.get("/sitemap.xml").content.decode()


def test_a_released_listing_says_where_it_comes_from_and_can_be_found(editor: Client) -> None:
    trial = saved(editor)
    address = release(trial)
    html = Client().get(address).content.decode()
    words = words_of(html)
    assert f'href="{LISTING["listing_url"].replace("&", "&amp;")}" rel="noopener noreferrer"' in html
    assert "This study is not from a registry. An editor entered it from a listing on another site." in words
    for plain in ("You have Sjögren’s disease", "You are 18 years or older", "You are pregnant"):
        assert plain in words
    assert "The complete text of the listing." in words and "Our own id HAND-" in words
    assert "registry does not say" not in words and "clinicaltrials.gov/study" not in html
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["sameAs"] == LISTING["listing_url"] and "identifier" not in data
    assert trial.nct_id in Client().get("/studies/?q=listed").content.decode()
    assert address in Client().get("/sitemap.xml").content.decode()


def test_no_import_touches_it(editor: Client) -> None:
    trial = saved(editor)
    before = snapshot()
    store(study("NCT90000001"))
    own = {table: [row for row in rows if trial.nct_id in row] for table, rows in snapshot().items()}
    assert own == {table: [row for row in rows if trial.nct_id in row] for table, rows in before.items()}
    assert store({"protocolSection": {"identificationModule": {"nctId": trial.nct_id}}}).failed == 1
    assert not RecordVersion.objects.filter(trial=trial).exists()


def test_it_can_be_entered_anew_under_the_same_id(editor: Client) -> None:
    trial = saved(editor)
    release(trial)
    address = f"{PASTE}?study={trial.pk}"
    html = unescape(editor.get(address).content.decode())
    assert LISTING["title"] in html and "Age 18 or older" in html and 'value="75"' in html
    response = editor.post(
        address, {**LISTING, "text": "Inclusion Criteria:\n\n* Lupus", "maximum_age": "", "save": "1"}
    )
    assert response.status_code == 302
    trial = Trial.objects.get()
    assert [c.text for c in Criterion.objects.all()] == ["Lupus"] and trial.below_age_years is None
    assert not trial.editorial.hidden and listing_of(trial).conditions == ("Sjögren's Disease", "Dry mouth")
    assert address in editor.get(reverse("admin:trials_trial_change", args=[trial.pk])).content.decode()


def test_a_study_of_the_registry_is_never_written_by_hand(editor: Client) -> None:
    store(study("NCT90000001"))
    trial = Trial.objects.get()
    assert editor.get(f"{PASTE}?study={trial.pk}").status_code == 404
    with pytest.raises(ValueError, match="comes from a registry"):
        store_by_hand(listing_of(trial), editor=User.objects.get(), trial=trial)


def test_the_desk_finds_it_by_its_id_and_leads_to_the_form(editor: Client) -> None:
    trial = saved(editor)
    store(study("NCT90000001"))
    html = editor.get(f"/admin/trials/trial/?q={trial.nct_id.lower()}").content.decode()
    assert trial.nct_id in html and "NCT90000001" not in html and f'href="{PASTE}"' in html


def test_only_who_may_add_studies_can_paste(client: Client, db: Any) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_trial"))
    client.force_login(user)
    assert client.get(PASTE).status_code == 403 and client.post(PASTE, LISTING).status_code == 403
    assert PASTE not in client.get("/admin/trials/trial/").content.decode()
    user.user_permissions.add(Permission.objects.get(codename="add_trial"))
    assert client.get(PASTE).status_code == 200
