import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.studies import study
from trials import vocab as v
from trials.records import RecordError
from trials.registries.ctgov import completed_from, end_of, is_complete, read_study, study_id, version_date


def test_a_full_record_is_read_whole():
    record = read_study(study())
    assert (record.nct_id, record.overall_status) == ("NCT90000001", v.RecruitmentStatus.RECRUITING)
    assert record.design.phases == (v.Phase.PHASE2,)
    assert (record.eligibility.minimum_age_years, record.eligibility.below_age_years) == (18, 76)
    assert [arm.type for arm in record.arms] == [v.ArmType.EXPERIMENTAL, v.ArmType.PLACEBO_COMPARATOR]
    assert record.interventions[0].arms == (0,)
    assert end_of(record) == date(2028, 12, 31)
    assert record.notes == ()


@pytest.mark.parametrize("payload", [None, [], "text", {}, {"protocolSection": []}, study("NCT123"), study("")])
def test_only_a_record_without_an_nct_id_is_refused(payload):
    with pytest.raises(RecordError):
        study_id(payload)


def test_a_record_with_nothing_but_its_id_is_read():
    record = read_study({"protocolSection": {"identificationModule": {"nctId": "nct90000001 "}}})
    assert record.nct_id == "NCT90000001"
    assert record.overall_status is None
    assert record.sites == record.dates == record.conditions == ()


def test_ages_out_of_order_keep_nobody_out():
    record = read_study(study(eligibilityModule={"minimumAge": "75 Years", "maximumAge": "18 Years"}))
    assert record.eligibility.minimum_age_years is None
    assert record.eligibility.below_age_years is None
    assert [(note.rule, note.written) for note in record.notes] == [("ages-out-of-order", "75 Years – 18 Years")]


def test_version_date_is_the_registrys_last_update():
    assert version_date(study()) == date(2026, 10, 1)
    assert version_date({"protocolSection": {}}) is None


def test_a_partial_record_is_completed_from_other_versions_but_never_mixes_places_and_people():
    newest = study(statusModule={"overallStatus": "COMPLETED"})
    del newest["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
    del newest["protocolSection"]["descriptionModule"]
    older = study(contactsLocationsModule={"centralContacts": [{"name": "Desk", "role": "CONTACT"}]})
    assert not is_complete(newest)
    assert is_complete(older)
    whole, notes = completed_from(newest, [(older, "2024-01-01")])
    record = read_study(whole)
    assert record.overall_status == v.RecruitmentStatus.COMPLETED
    assert record.eligibility.criteria_text.startswith("Inclusion")
    assert record.brief_summary
    assert record.contacts == ()
    assert {(note.path, note.shown) for note, _ in notes} == {
        ("protocolSection.eligibilityModule.eligibilityCriteria", "2024-01-01"),
        ("protocolSection.descriptionModule", "2024-01-01"),
    }
    assert "descriptionModule" not in newest["protocolSection"]  # the stored version itself is left alone


def paths(value, path=()):
    """Every place in a record where something can be swapped."""
    if isinstance(value, dict):
        for key in value:
            yield (*path, key)
            yield from paths(value[key], (*path, key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield (*path, index)
            yield from paths(value[index], (*path, index))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_record_with_anything_anywhere_is_read_or_refused_with_a_sentence(data):
    payload = study()
    for _ in range(data.draw(st.integers(1, 4))):
        *way, last = data.draw(st.sampled_from(list(paths(payload))))
        place = payload
        for step in way:
            place = place[step]
        place[last] = data.draw(ANYTHING)
    try:
        record = read_study(payload)
    except RecordError as error:
        assert str(error).endswith(".")
    else:
        assert "\x00" not in json.dumps(record.brief_title)
