"""A whole study in plain words: the record's fields, the order of the page, the promises that hold on every study."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from trials import vocab as v
from trials.criteria import engine
from trials.plain_language.__main__ import main, summary_of
from trials.plain_language.eligibility.guard import numbers
from trials.plain_language.model import Origin, Section
from trials.plain_language.readability import measure
from trials.plain_language.rereading import read_otherwise
from trials.plain_language.tongue import LANGUAGES
from trials.plain_language.writer import write
from trials.records import Arm, Design, Eligibility, Intervention, Outcome, Site, Sponsor, StudyRecord
from trials.registries.ctgov.reader import read_study

SAMPLE = sorted((Path(__file__).parents[3] / "trials" / "sample").glob("NCT*.json"))
PLACEBO = Arm("Placebo", v.ArmType.PLACEBO_COMPARATOR)
BARE = StudyRecord("NCT90000001")
STUDY = StudyRecord(
    "NCT90000001",
    brief_title="A trial",
    official_title="A trial, randomised in a 1:1 ratio",
    overall_status=v.RecruitmentStatus.RECRUITING,
    conditions=("Systemic Lupus Erythematosus",),
    design=Design(
        study_type=v.StudyType.INTERVENTIONAL,
        phases=(v.Phase.PHASE2,),
        allocation=v.Allocation.RANDOMIZED,
        intervention_model=v.InterventionModel.PARALLEL,
        primary_purpose=v.PrimaryPurpose.TREATMENT,
        masking=v.Masking.DOUBLE,
        who_masked=(v.WhoMasked.PARTICIPANT,),
        enrollment_count=120,
        enrollment_type=v.DateType.ESTIMATED,
    ),
    arms=(Arm("Anifrolumab", v.ArmType.EXPERIMENTAL), PLACEBO),
    interventions=(
        Intervention("Anifrolumab", v.InterventionType.BIOLOGICAL, arms=(0,)),
        Intervention("Placebo", v.InterventionType.DRUG, arms=(1,)),
    ),
    outcomes=(Outcome(v.OutcomeType.PRIMARY, "Response", time_frame="Week 52"),),
    sponsors=(Sponsor(v.SponsorRole.LEAD, "AstraZeneca", v.AgencyClass.INDUSTRY),),
    sites=(Site(country_code="US"), Site(country_code="DE")),
)


def texts(record, section, lang="en", slugs=("sle",)):
    return [one.text for one in write(record, (), slugs, lang).of(section)]


def changed(**design):
    return dataclasses.replace(STUDY, design=dataclasses.replace(STUDY.design, **design))


def test_headline_names_what_is_tested_and_in_whom():
    assert texts(STUDY, Section.HEADLINE) == ["A study of anifrolumab in people with lupus (SLE)."]


def test_what_is_tested_is_investigational_and_compared():
    said = " ".join(texts(STUDY, Section.WHAT))
    assert "Anifrolumab is an antibody made in a lab." in said
    assert "It is investigational" in said
    assert "It is compared with a placebo. A placebo looks the same but has no active drug in it." in said


def test_chance_of_placebo_is_told_where_the_record_states_equal_groups():
    said = texts(STUDY, Section.HAPPENS)
    assert "One of the groups gets a placebo." in said
    assert "All groups are of the same size (1:1). So the chance of a placebo is one in two." in said


def test_chance_of_placebo_is_not_guessed():
    silent = dataclasses.replace(STUDY, official_title="A trial")
    assert any("does not say how many people go into each group" in one for one in texts(silent, Section.HAPPENS))
    unequal = dataclasses.replace(STUDY, official_title="A trial, randomised 2:1")
    assert any("in the ratio 2:1" in one for one in texts(unequal, Section.HAPPENS))
    assert not any("chance of a placebo is" in one for one in texts(unequal, Section.HAPPENS))


def test_two_ratios_are_none():
    two = dataclasses.replace(STUDY, brief_summary="Part A is randomised 3:1.")
    assert any("does not say" in one for one in texts(two, Section.HAPPENS))


def test_who_knows_and_open_label():
    assert "You will not know which one you get." in texts(STUDY, Section.HAPPENS)
    assert "Everyone knows which treatment is given (open label)." in texts(
        changed(masking=v.Masking.NONE, who_masked=()), Section.HAPPENS
    )


def test_where_how_many_status_and_sponsor():
    assert texts(STUDY, Section.SIZE) == ["120 people are to take part."]
    assert texts(STUDY, Section.WHERE) == ["The study runs at two places in the United States and Germany."]
    assert texts(STUDY, Section.STATUS) == ["The study is open. You can ask to join."]
    assert texts(STUDY, Section.SPONSOR) == ["A company runs the study: AstraZeneca."]


def test_a_closed_study_invites_nobody():
    closed = dataclasses.replace(STUDY, overall_status=v.RecruitmentStatus.COMPLETED)
    assert texts(closed, Section.STATUS) == ["The study is finished."]


@pytest.mark.parametrize("status", v.RecruitmentStatus)
def test_every_status_has_a_sentence(status):
    [sentence] = texts(dataclasses.replace(STUDY, overall_status=status), Section.STATUS)
    assert sentence.endswith(".") and status.value not in sentence


def test_what_people_ask_and_the_record_does_not_say():
    silent = texts(STUDY, Section.NOT_STATED)
    assert any("how many visits" in one for one in silent) and any("travel" in one for one in silent)
    speaking = dataclasses.replace(STUDY, detailed_description="Travel costs are reimbursed. There are 12 visits.")
    assert not any("visits" in one or "travel" in one for one in texts(speaking, Section.NOT_STATED))


def test_an_observational_study_tests_nothing():
    watching = changed(study_type=v.StudyType.OBSERVATIONAL)
    assert texts(watching, Section.WHAT)[0] == "This study observes people. It tests no treatment."
    assert texts(watching, Section.HAPPENS) == []


def test_a_record_of_an_id_alone_still_has_a_headline_and_says_what_is_not_known():
    summary = write(BARE, (), ())
    assert summary.of(Section.HEADLINE)[0].text == "NCT90000001"
    assert summary.of(Section.HEADLINE)[0].origin is Origin.OFFICIAL
    assert [one.text for one in summary.of(Section.STATUS)] == ["The registry does not say if the study is open."]


def test_a_language_that_the_site_does_not_speak_is_refused():
    with pytest.raises(ValueError, match="Choose one of"):
        write(STUDY, (), (), "tlh")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_promises_on_every_sample_study(path, lang):
    payload = json.loads(path.read_text(encoding="utf-8"))
    study = engine.study_of(payload)
    criteria = engine.parse(study).criteria
    summary = write(read_study(payload), criteria, (), lang, doubted=read_otherwise(criteria, study))
    assert {one.id for one in criteria} <= {source for one in summary.sentences for source in one.sources}
    official = {one.id: one.text for one in criteria}
    sections = list(Section)
    order = [sections.index(one.section) for one in summary.sentences]
    assert order == sorted(order)
    assert summary.grade <= 8
    for one in summary.sentences:
        assert one.text and one.sources
        if one.origin is Origin.WRITTEN and one.sources[0] in official:
            assert set(numbers(one.text)) <= set(numbers(official[one.sources[0]]))
        if one.origin is Origin.WRITTEN and lang == "en":
            assert measure([one.text]).longest <= 25, one.text
        assert "%(" not in one.text and "None" not in one.text


def test_the_order_of_records_is_kept_and_a_broken_line_stops_nothing(tmp_path, capsys):
    lines = [SAMPLE[0].read_text(encoding="utf-8").replace("\n", " "), "no json", '{"a": 1}', "[]"]
    (tmp_path / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main([str(tmp_path / "records.jsonl"), "--lang", "en"]) == 0
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["nct_id"] for one in out] == [SAMPLE[0].stem, None, None, None]
    assert all(one["error"] for one in out[1:])


def test_half_a_letter_in_a_title_ends_nothing(tmp_path):
    named = '{"protocolSection":{"identificationModule":{"nctId":"NCT0000000%s","briefTitle":"%s"}}}'
    (tmp_path / "records.jsonl").write_text(f"{named % (1, chr(92) + 'ud800')}\n{named % (2, 'B')}\n", encoding="utf-8")
    command = [sys.executable, "-m", "trials.plain_language", str(tmp_path / "records.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert [json.loads(line)["nct_id"] for line in done.stdout.splitlines()] == ["NCT00000001", "NCT00000002"]


def test_a_file_that_is_not_there_and_a_language_that_is_none_end_with_a_sentence(tmp_path, capsys):
    assert main([str(tmp_path / "none.jsonl")]) == 2
    (tmp_path / "records.jsonl").write_text("{}", encoding="utf-8")
    assert main([str(tmp_path / "records.jsonl"), "--lang", "xx"]) == 2
    assert "Choose one of" in capsys.readouterr().err


def test_a_pasted_listing_with_an_id_of_its_own_is_read_alike():
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "SEED003", "briefTitle": "A trial"},
            "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Age 18 to 75 years"},
        }
    }
    result = summary_of(json.dumps(record), "en")
    assert result["nct_id"] == "SEED003"
    assert {"section": "may_join", "text": "You are 18 to 75 years old.", "sources": ["I1"], "origin": "written"} in (
        result["sentences"]
    )


def test_limits_that_stand_in_fields_alone_are_told():
    limits = Eligibility(
        minimum_age_years=14,
        below_age_years=76,
        minimum_age_text="14 Years",
        maximum_age_text="75 Years",
        sex=v.Sex.FEMALE,
    )
    record = dataclasses.replace(STUDY, eligibility=limits)
    assert texts(record, Section.MAY_JOIN) == ["You are 14 to 75 years old.", "You are a woman or a girl."]


def test_a_limit_that_a_criterion_states_is_told_once():
    study = engine.Study("NCT90000001", "Inclusion Criteria:\n\n* Age 5 years or older")
    limits = Eligibility(
        minimum_age_years=5, below_age_years=75, minimum_age_text="5 Years", maximum_age_text="74 Years"
    )
    record = dataclasses.replace(STUDY, eligibility=limits)
    told = [one.text for one in write(record, engine.parse(study).criteria, ()).of(Section.MAY_JOIN)]
    assert told == ["You are 74 years or younger.", "You are 5 years or older."]
