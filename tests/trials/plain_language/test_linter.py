"""Honest wording: what may not be said of a study, and what a whole summary must say."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from trials import vocab as v
from trials.criteria.model import Criterion, Kind
from trials.plain_language.linter import REASONS, Wording, findings, wordings
from trials.plain_language.model import Origin, Section, Sentence, Summary
from trials.plain_language.study_linter import FIRM, StudyFinding, study_findings
from trials.plain_language.study_linter import REASONS as STUDY_REASONS
from trials.plain_language.tongue import LANGUAGES
from trials.plain_language.writer import write
from trials.records import Arm, Design, Intervention, StudyRecord

BESIDE = Path(__file__).parents[4] / "shared" / "pages"
FOLDER = Path(os.environ.get("FINDER_DEFECT_PAGES") or BESIDE)

EVERY = [(lang, one) for lang in LANGUAGES for one in wordings(lang)]
IDS = [f"{lang} {one.rule} {place}" for place, (lang, one) in enumerate(EVERY)]


def rules_of(text: str, lang: str = "en") -> set[str]:
    return {finding.rule for finding in findings(text, lang)}


@pytest.mark.parametrize("lang, one", EVERY, ids=IDS)
def test_every_rule_finds_its_examples(lang: str, one: Wording) -> None:
    assert one.fails
    assert [text for text in one.fails if one.rule not in rules_of(text, lang)] == []


@pytest.mark.parametrize("lang, one", EVERY, ids=IDS)
def test_honest_words_pass_every_rule(lang: str, one: Wording) -> None:
    assert {text: rules_of(text, lang) for text in one.passes if findings(text, lang)} == {}


def test_every_rule_has_a_reason_and_every_language_has_every_promise() -> None:
    assert {one.rule for _, one in EVERY} == set(REASONS)
    spoken = {lang: {one.rule for one in wordings(lang)} for lang in LANGUAGES}
    assert {lang: sorted(spoken["en"] - rules - {"better-than"}) for lang, rules in spoken.items() if lang != "en"} == {
        "es": [],
        "zh-hans": [],
    }


@pytest.mark.parametrize(
    "text, rules",
    [
        ("This trial tests a new treatment called JY231.", {"new-treatment"}),
        ("It is a new treatment option.", {"new-treatment"}),
        ("It is investigational, a new treatment.", set()),
        ("Early access to potentially effective treatments.", {"early-access", "effective"}),
        ("Innovative healthcare solutions.", {"innovative"}),
        ("The research team at {{SITE_NAME}}.", {"template", "raw-token"}),
        ("Gender ALL", {"raw-token"}),
        ("You are between None and 75 years old.", {"template"}),
        ("The study looks at safety and at how well it works.", set()),
        ("The registry does not say if it is safe.", set()),
        ("You use reliable birth control.", set()),
        ("Phase 2 looks for first signs that it works. It also looks for side effects.", set()),
        ("You get better. Ask if it is safe.", {"better"}),
        ("", set()),
        ("Safe!" * 2000, {"safe"}),
    ],
)
def test_of_real_pages_and_of_our_own(text: str, rules: set[str]) -> None:
    assert rules_of(text) == rules


def test_a_finding_names_its_words() -> None:
    text = "The drug is safe. It cures lupus."
    assert [(text[one.start : one.end], one.rule) for one in findings(text)] == [("safe", "safe"), ("cures", "cure")]


def test_the_studys_own_names_may_say_anything() -> None:
    text = "Better Therapeutics runs the study of a better pill."
    [finding] = findings(text, names=["better therapeutics", ""])
    assert text[finding.start : finding.end] == "better" and finding.start > 20


def test_a_language_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(ValueError, match="No language"):
        findings("text", "xx")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder with pages: set FINDER_DEFECT_PAGES")
@pytest.mark.parametrize(
    "number, rules",
    [
        ("000", {"new-treatment", "raw-token", "markup"}),
        ("001", {"placeholder", "markup"}),
        ("002", {"template", "innovative", "early-access", "effective"}),
        ("003", {"new-treatment", "raw-token"}),
        ("004", {"new-treatment", "raw-token"}),
    ],
)
def test_five_real_pages_fail(number: str, rules: set[str]) -> None:
    [page] = FOLDER.glob(f"{number}*")
    assert rules <= rules_of(page.read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------------------------ a whole summary

RECORD = StudyRecord(
    nct_id="NCT90000001",
    brief_title="Testumab in Lupus",
    conditions=("Lupus",),
    design=Design(
        study_type=v.StudyType.INTERVENTIONAL,
        phases=(v.Phase.PHASE2,),
        allocation=v.Allocation.RANDOMIZED,
        masking=v.Masking.DOUBLE,
        who_masked=(v.WhoMasked.PARTICIPANT,),
    ),
    arms=(Arm("Testumab", v.ArmType.EXPERIMENTAL), Arm("Placebo", v.ArmType.PLACEBO_COMPARATOR)),
    interventions=(
        Intervention("Testumab", v.InterventionType.DRUG, arms=(0,)),
        Intervention("Placebo", v.InterventionType.DRUG, arms=(1,)),
    ),
)
CRITERIA = (
    Criterion("I1", Kind.INCLUSION, None, "Age 18 or older", 0, 0),
    Criterion("E1", Kind.EXCLUSION, None, "Hepatitis B", 0, 0),
)
SLUGS = ("sle",)


@pytest.fixture
def summary() -> Summary:
    return write(RECORD, CRITERIA, SLUGS)


def without(summary: Summary, *sections: Section, words: str = "") -> Summary:
    kept = [
        one for one in summary.sentences if one.section not in sections and not (words and words in one.text.lower())
    ]
    return replace(summary, sentences=tuple(kept))


def found(summary: Summary, criteria: tuple[Criterion, ...] = CRITERIA, record: StudyRecord = RECORD) -> set[str]:
    return {finding.rule for finding in study_findings(summary, SLUGS, record, criteria)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_our_rules_write_is_whole(lang: str) -> None:
    assert found(write(RECORD, CRITERIA, SLUGS, lang)) == set()


def test_every_criterion_and_every_sentence_has_its_other_end(summary: Summary) -> None:
    criteria = (*CRITERIA, Criterion("E2", Kind.EXCLUSION, None, "A history of asthma", 0, 0))
    assert StudyFinding("criterion-missing", "A history of asthma") in study_findings(summary, SLUGS, RECORD, criteria)
    invented = Sentence(Section.MAY_JOIN, "Your lungs are weak.", ())
    assert found(replace(summary, sentences=(*summary.sentences, invented))) == {"source-missing"}


@pytest.mark.parametrize(
    "sections, rules",
    [
        ((Section.MAY_NOT_JOIN,), {"criterion-missing", "may-not-join-missing"}),
        ((Section.MAY_JOIN,), {"criterion-missing", "may-join-missing"}),
        ((Section.HEADLINE,), {"headline-missing"}),
        ((Section.WHAT,), {"kind-missing"}),
        ((Section.HAPPENS,), {"masking-missing"}),
        ((Section.WHAT, Section.HAPPENS), {"kind-missing", "masking-missing", "placebo-missing"}),
    ],
)
def test_a_part_left_out_is_found(summary: Summary, sections: tuple[Section, ...], rules: set[str]) -> None:
    assert found(without(summary, *sections)) == rules


def test_the_placebo_must_be_named(summary: Summary) -> None:
    assert "placebo-missing" in found(without(summary, words="placebo"))


def test_the_kind_of_thing_must_be_named(summary: Summary) -> None:
    assert "kind-missing" in found(without(summary, words="antibody"))
    other = tuple(replace(one, type=v.InterventionType.OTHER) for one in RECORD.interventions)
    assert "kind-missing" not in found(without(summary, words="antibody"), record=replace(RECORD, interventions=other))


def test_studies_that_only_observe_have_nothing_to_name(summary: Summary) -> None:
    record = replace(RECORD, design=Design(study_type=v.StudyType.OBSERVATIONAL, masking=v.Masking.DOUBLE))
    assert found(write(record, CRITERIA, SLUGS), record=record) == set()


@pytest.mark.parametrize(
    "text, keeps_out",
    [
        ("You have a serious infection or immune system disorder.", True),
        ("You have an immune system disease.", True),
        ("You have lupus.", True),
        ("Lupus (SLE).", True),
        ("You have a known connective tissue disease.", True),
        ("You have another immune system disease.", False),
        ("You have an immune system disease other than lupus.", False),
        ("You have severe lupus nephritis.", False),
        ("You have lupus and are on dialysis.", False),
        ("You have scleroderma.", False),
        ("You have hepatitis B.", False),
    ],
)
def test_an_exclusion_may_not_keep_out_everybody(summary: Summary, text: str, keeps_out: bool) -> None:
    added = replace(summary, sentences=(*summary.sentences, Sentence(Section.MAY_NOT_JOIN, text, ("E1",))))
    assert ("excludes-everybody" in found(added)) == keeps_out


@pytest.mark.parametrize(
    "lang, text", [("es", "Usted tiene una enfermedad autoinmune."), ("zh-hans", "您患有自身免疫性疾病。")]
)
def test_nor_in_another_language(lang: str, text: str) -> None:
    summary = write(RECORD, CRITERIA, SLUGS, lang)
    added = replace(summary, sentences=(*summary.sentences, Sentence(Section.MAY_NOT_JOIN, text, ("E1",))))
    assert "excludes-everybody" in found(added)


def test_the_official_words_decide_what_is_narrowed(summary: Summary) -> None:
    listed = (
        Criterion("E1", Kind.EXCLUSION, None, "Other diseases than SLE:", 0, 0),
        Criterion("E2", Kind.EXCLUSION, "E1", "Immune disease", 0, 0),
        Criterion("I1", Kind.INCLUSION, None, "Age 18 or older", 0, 0),
    )
    of_list = Sentence(Section.MAY_NOT_JOIN, "An immune disease.", ("E2",))
    assert found(replace(summary, sentences=(*summary.sentences, of_list)), listed) == set()
    official = replace(of_list, sources=("E1",), origin=Origin.OFFICIAL)
    assert found(replace(summary, sentences=(*summary.sentences, official))) == set()


def test_without_a_condition_of_ours_nobody_can_be_kept_out_by_mistake(summary: Summary) -> None:
    added = Sentence(Section.MAY_NOT_JOIN, "You have an immune system disease.", ("E1",))
    told = study_findings(replace(summary, sentences=(*summary.sentences, added)), ["elsewhere"], RECORD, CRITERIA)
    assert told == ()


def test_every_reason_can_be_said() -> None:
    assert set(STUDY_REASONS) >= FIRM
    assert StudyFinding("criterion-missing", "words").reason % {"words": "x"}
