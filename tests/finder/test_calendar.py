"""Calendar files: the planned dates of a study, and the day on which a study may fit somebody."""

import re
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from finder.calendar_file import Day, calendar_file
from finder.views import study_dates
from tests.finder.check.conftest import Person
from tests.studies import stored
from trials.models import Trial, TrialDate
from trials.text_blocks import clean_text

FILE = "/studies/NCT90000001/dates.ics"
TODAY = date(2026, 11, 23)
HOSTILE = 'Lupus, "A; B\\C"\r\nBEGIN:VEVENT\nATTENDEE:mailto:x@y.example \x00\x07\u202edrow\u2066 ☕' + "狼疮" * 300
PLANNED = {
    "startDateStruct": {"date": "2027-03", "type": "ESTIMATED"},
    "primaryCompletionDateStruct": {"date": "2028-06-15", "type": "ESTIMATED"},
    "completionDateStruct": {"date": "2030", "type": "ESTIMATED"},
}


@pytest.fixture(autouse=True)
def on_a_known_day(monkeypatch):
    monkeypatch.setattr(study_dates.timezone, "localdate", lambda: TODAY)


def lines_of(made: bytes) -> list[str]:
    """The lines as they stand in the file, each held against RFC 5545."""
    assert made.endswith(b"\r\n")
    text = made.decode()
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    rows = made.split(b"\r\n")[:-1]
    assert rows and max(map(len, rows)) <= 75, "octets"
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", made)
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def events_of(made: bytes) -> list:
    lines_of(made)
    calendar = Calendar.from_ical(made)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and not calendar.errors
    events = calendar.walk("VEVENT")
    for event in events:
        assert not event.errors and event["UID"] and event["DTSTAMP"].dt.tzinfo is not None
        assert type(event["DTSTART"].dt) is date and "DTEND" not in event
    assert len({str(event["UID"]) for event in events}) == len(events)
    return events


def got(client, path=FILE):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="NCT90000001.ics"'
    return events_of(response.content)


@pytest.mark.django_db
def test_planned_dates_are_whole_days_and_no_more_exact_than_the_registry(client):
    stored(statusModule=PLANNED)
    start, measured, end = got(client)
    assert [e["DTSTART"].dt for e in (start, measured, end)] == [date(2027, 3, 1), date(2028, 6, 15), date(2030, 1, 1)]
    assert "Start: about March 2027." in start["DESCRIPTION"]
    assert "Main results measured by: about 15 June 2028." in measured["DESCRIPTION"]
    assert "End: about 2030." in end["DESCRIPTION"]
    assert all(e["URL"] == "http://testserver/studies/NCT90000001/" for e in (start, measured, end))


@pytest.mark.django_db
def test_a_shared_calendar_shows_a_title_without_a_word_of_health(client):
    stored(statusModule=PLANNED)
    for event in got(client):
        assert event["SUMMARY"] == "Look at study NCT90000001 again"
        assert "lupus" not in event.to_ical().decode().lower()


@pytest.mark.django_db
def test_the_same_file_comes_again_with_the_same_names(client):
    stored(statusModule=PLANNED)
    assert client.get(FILE).content == client.get(FILE).content
    before = [str(event["UID"]) for event in got(client)]
    TrialDate.objects.filter(kind="COMPLETION").update(date=date(2031, 5, 1), precision="MONTH")
    assert [str(event["UID"]) for event in got(client)] == before, "a moved date moves the entry"


@pytest.mark.django_db
def test_steps_of_one_day_are_one_entry(client):
    stored(statusModule={**PLANNED, "primaryCompletionDateStruct": PLANNED["completionDateStruct"]})
    _start, end = got(client)
    assert "Main results measured by: about 2030.\nEnd: about 2030." in end["DESCRIPTION"]


@pytest.mark.django_db
@pytest.mark.parametrize("status", [{"completionDateStruct": {"date": "2026-11", "type": "ESTIMATED"}}, None])
def test_without_a_date_ahead_there_is_neither_file_nor_link(client, status):
    stored(statusModule=status or {"completionDateStruct": {}})
    assert client.get(FILE).status_code == 404
    assert "dates.ics" not in client.get("/studies/NCT90000001/").content.decode()


@pytest.mark.django_db
def test_the_study_page_leads_to_the_file_in_its_language(client):
    stored(statusModule=PLANNED)
    for prefix in ("", "/es", "/zh-hans"):
        html = client.get(f"{prefix}/studies/NCT90000001/").content.decode()
        (address,) = re.findall(r'href="([^"]*dates\.ics)"', html)
        assert address == f"{prefix}{FILE}"
        language = prefix.removeprefix("/") or "en"
        assert f"LANGUAGE={language}".encode() in client.get(address).content
        assert len(got(client, address)) == 3


@pytest.mark.django_db
def test_it_is_public_one_spelling_of_the_id_and_two_queries(client, django_assert_num_queries):
    trial = stored(statusModule=PLANNED)
    assert "public" in client.get(FILE).headers["Cache-Control"]
    assert client.get(FILE.lower()).headers["Location"] == FILE
    with django_assert_num_queries(2):
        client.get(FILE)
    assert client.post(FILE).status_code == 405
    Trial.objects.filter(pk=trial.pk).update(nct_id="NCT90000009")
    assert client.get(FILE).status_code == 404


@pytest.mark.parametrize("title", [HOSTILE, "", ";,:\\n\\", "\u2028" + "x" * 5_000, "=HYPERLINK(1)"])
def test_hostile_words_stay_words(title):
    made_at = datetime(2026, 11, 23, tzinfo=UTC)
    day = Day("study:1", TODAY, title, (title, "second"), "https://x.example/a;b,c", made_at)
    (event,) = events_of(calendar_file([day], "zh-hans"))
    assert str(event["SUMMARY"]).split() == clean_text(title).split()
    assert "ATTENDEE" not in event and len(event.subcomponents) == 0
    assert str(event["DESCRIPTION"]).endswith("\nsecond")


CRITERIA = "Inclusion Criteria:\n\n* Systemic lupus erythematosus\n\nExclusion Criteria:\n\n* Rituximab within 6 months"


def had_rituximab(when: str = "past", ago: str = "3") -> Person:
    """Somebody who had it so many months ago, before the list with the study that is not for them."""
    stored(eligibilityModule={"eligibilityCriteria": CRITERIA})
    person = Person().has_lupus()
    while 'value="rituximab"' not in person.page:
        assert person.asked, "rituximab is never asked"
        person.press("skip")
    told = {"treatment": "rituximab", "treatment.rituximab": when}
    person.press("next", **told, **{"treatment.rituximab.ago": ago, "treatment.rituximab.ago_unit": "months"})
    return person.press("show:does_not_fit")


@pytest.mark.django_db
def test_the_day_on_which_a_study_may_fit_is_seen_before_it_is_saved():
    person = had_rituximab()
    assert 'form="calendar-form" name="do" value="calendar:NCT90000001"' in person.page
    person.press("calendar:NCT90000001")
    assert "The first day of February 2027, for the whole day." in person.words
    assert "In a calendar that you share, other people may read them." in person.words
    assert "Title Look at study NCT90000001 again" in person.words
    shown = person.words
    person.press("calendar_file:NCT90000001")
    assert person.response.headers["Content-Disposition"] == 'attachment; filename="NCT90000001.ics"'
    (event,) = events_of(person.response.content)
    assert event["DTSTART"].dt == date(2027, 2, 1) and event["CLASS"] == "PRIVATE"
    assert event["SUMMARY"] == "Look at study NCT90000001 again"
    told = str(event["DESCRIPTION"]).splitlines()
    assert "February 2027" in told[0] and "Rituximab" in told[0]
    assert "Do not stop any medicine without your doctor." in told
    assert told[-1] == "http://testserver/studies/NCT90000001/"
    assert all(line in shown for line in told), "nothing is in the file that the page did not show"


@pytest.mark.django_db
def test_the_file_is_kept_nowhere_and_names_no_answer_in_an_address(caplog):
    person = had_rituximab()
    for do in ("calendar", "calendar_file"):
        person.press(f"{do}:NCT90000001")
        assert person.response.headers["Cache-Control"] == "no-store, private"
        assert not person.response.cookies and person.response.request["QUERY_STRING"] == ""
    assert "ituximab" not in caplog.text


@pytest.mark.django_db
def test_of_one_study_alone_the_day_can_be_saved_too():
    person = had_rituximab().press("study:NCT90000001")
    assert 'value="calendar:NCT90000001"' in person.page


@pytest.mark.django_db
@pytest.mark.parametrize(("when", "ago"), [("now", ""), ("past", "9"), ("past", "")])
def test_no_day_is_told_where_none_is_known(when, ago):
    """Least of all for a medicine that is taken now: a date would be one on which to have stopped it."""
    person = had_rituximab(when, ago)
    assert 'value="calendar:' not in person.page
    person.press("calendar_file:NCT90000001")
    assert person.response.status_code == 400
    assert "No date can be told for this study now." in person.words


@pytest.mark.django_db
def test_a_study_that_we_do_not_show_has_no_day():
    person = had_rituximab().press("calendar_file:NCT90009999")
    assert person.response.status_code == 404 and "Your answers are still here" in person.words


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_the_file_is_in_the_language_of_the_page(language):
    person = had_rituximab().press("calendar_file:NCT90000001", f"/{language}/check/")
    (event,) = events_of(person.response.content)
    assert event["SUMMARY"].params["LANGUAGE"] == language
    assert str(event["DESCRIPTION"]).endswith(f"/{language}/studies/NCT90000001/")
