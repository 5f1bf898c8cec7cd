"""Drafts of real criteria: what passes, and what each check refuses. The official words are the registry's own."""

import pytest

from trials.criteria import engine
from trials.criteria.model import Study
from trials.drafting.checks import Objection as O
from trials.drafting.checks import objection_to
from trials.drafting.passages import passages_of
from trials.drafting.sameness import Reader

TITLE = "Belimumab in Systemic Lupus Erythematosus, Part 2"
OBESE = "Must not be morbidly obese."
CONTRACEPTION = "Women on adequate contraception if they are of child-bearing age."
UNWILLING = "Women and men who are not willing to use an accepted form of contraception."
PREGNANT = "Female subject who is pregnant or breast-feeding or considering becoming pregnant"
BLEEDING = (
    "Recent history of bleeding disorders, anaemia, peptic ulcer disease, haematemesis or gastrointestinal bleeding"
)
STEROID = (
    "If taking a background corticosteroid, use of the corticosteroid must be for at least 12 weeks prior to Day 1 at "
    "a stable dose during the last 4 weeks prior to Day 1."
)
LIVER = (
    "The subject has a history of elevated liver function tests on more than one occasion (ALT, AST and ALP > 3 x "
    "Upper Limit of Normal (ULN); total bilirubin > 1.5 x ULN) in the past 6 months."
)
ABLE = (
    "In the Investigator's opinion, the patient has the ability to understand the nature of the study and any hazards "
    "of participation, and to communicate satisfactorily with the Investigator and to participate in, and to comply "
    "with, the requirements of the entire protocol."
)
SMOKING = "Heavy smokers within two years of enrolment"
CLASS = "Class III or IV heart failure"


def objection(kind: str, official: str, draft: str) -> O | None:
    text = f"{'Inclusion' if kind == 'I' else 'Exclusion'} Criteria:\n\n* {official}\n"
    study = Study("NCT90000001", text, TITLE)
    criteria = engine.parse(study).criteria
    (passage,) = passages_of(criteria, "")
    assert passage.text == official
    return objection_to(passage, draft, Reader(criteria, study))


@pytest.mark.parametrize(
    "kind, official, draft",
    [
        ("E", OBESE, "You are not very overweight."),
        ("I", CONTRACEPTION, "If you could get pregnant, you use good birth control."),
        ("E", UNWILLING, "You do not want to use birth control of an accepted kind."),
        ("E", PREGNANT, "You are pregnant, breastfeeding, or thinking of getting pregnant."),
        (
            "E",
            BLEEDING,
            "You have lately had bleeding problems, anaemia, a stomach ulcer, or have thrown up blood. "
            "Or you have had bleeding in the stomach or gut.",
        ),
        (
            "I",
            STEROID,
            "If you take a steroid, you have used it for at least 12 weeks before Day 1. "
            "The dose was stable in the last 4 weeks before Day 1.",
        ),
        (
            "E",
            LIVER,
            "In the past 6 months, your liver tests were high more than once. ALT, AST and ALP were more than 3 times "
            "the upper limit of normal. Total bilirubin was more than 1.5 times the upper limit of normal.",
        ),
        (
            "I",
            ABLE,
            "The study doctor thinks you can understand the study and its risks. "
            "You can talk well with the doctor, take part, and follow the whole study plan.",
        ),
    ],
)
def test_a_draft_that_says_the_same_plainly_passes(kind: str, official: str, draft: str) -> None:
    assert objection(kind, official, draft) is None


@pytest.mark.parametrize(
    "kind, official, draft, expected",
    [
        pytest.param("E", OBESE, "  ", O.NO_ANSWER, id="nothing"),
        pytest.param("E", OBESE, "must NOT be morbidly obese", O.SAME_WORDS, id="the official words"),
        pytest.param("E", OBESE, "You are <b>not</b> very overweight.", O.NOT_TEXT, id="markup"),
        pytest.param("E", OBESE, "You are **not** very overweight.", O.NOT_TEXT, id="markdown"),
        pytest.param("E", OBESE, "{{ draft }} You are not very overweight.", O.NOT_TEXT, id="template"),
        pytest.param("E", OBESE, "You are not %(what)s.", O.NOT_TEXT, id="placeholder"),
        pytest.param("E", OBESE, "You are not overweight, see https://evil.example", O.NOT_TEXT, id="link"),
        pytest.param("E", OBESE, "You are not overweight, see www.evil.example", O.NOT_TEXT, id="bare link"),
        pytest.param("E", OBESE, "You are not &amp; very overweight.", O.NOT_TEXT, id="entity"),
        pytest.param("E", OBESE, "You are not\nvery overweight.", O.NOT_TEXT, id="line break"),
        pytest.param("E", OBESE, "You are not \u202every overweight.", O.NOT_TEXT, id="turned direction"),
        pytest.param("E", OBESE, "You are not\u200b very overweight.", O.NOT_TEXT, id="invisible"),
        pytest.param("E", OBESE, "You are not\x00 very overweight.", O.NOT_TEXT, id="NUL"),
        pytest.param("E", OBESE, "You are not \ud800 overweight.", O.NOT_TEXT, id="half a character"),
        pytest.param("E", OBESE, "You are not оverweight.", O.NOT_TEXT, id="a Cyrillic letter"),
        pytest.param("E", OBESE, "You are not very overweight. " * 30, O.NOT_TEXT, id="far too long"),
        pytest.param("I", STEROID, "You take a steroid for 12 weeks before Day 1.", O.NUMBERS, id="lost number"),
        pytest.param("E", OBESE, "You do not weigh 150 kg.", O.NUMBERS, id="new number"),
        pytest.param("E", SMOKING, "You smoked a lot in the three years before you joined.", O.NUMBERS, id="in words"),
        pytest.param("E", CLASS, "You have class II or IV heart failure.", O.NUMBERS, id="Roman"),
        pytest.param(
            "E", "ALP < 40 U/L", "Your ALP is more than 40 U/L.", O.LIMITS, id="limit turned round"
        ),
        pytest.param(
            "E", "Rash within 4 weeks of screening", "You had a rash in the 4 months before the first visit.",
            O.LIMITS, id="other unit of time",
        ),
        pytest.param("I", "Diagnosis of lupus nephritis", "You have myositis.", O.NAMES, id="other disease"),
        pytest.param("I", "Has a rash", "You have a rash from rituximab.", O.NAMES, id="a medicine more"),
        pytest.param("E", OBESE, "You are very overweight.", O.DENIALS, id="the “not” lost"),
        pytest.param("E", UNWILLING, "You want to use birth control.", O.DENIALS, id="turned round"),
        pytest.param("E", PREGNANT, "You are thinking of it.", O.RULES, id="fact lost"),
        pytest.param("I", CONTRACEPTION, "You are pregnant.", O.RULES, id="other fact"),
        pytest.param("E", BLEEDING, "You cannot join if you bleed.", O.DENIALS, id="verdict with a not"),
        pytest.param("I", ABLE, "You can join if you follow the plan.", O.VERDICT, id="verdict"),
        pytest.param("I", ABLE, "Talk to your doctor first.", O.VERDICT, id="advice"),
        pytest.param("I", ABLE, "As an AI, I find that you follow the plan.", O.VERDICT, id="talk"),
        pytest.param("I", ABLE, "Patients follow the study plan.", O.NOT_WHOLE, id="not to the reader"),
        pytest.param("I", ABLE, "You follow the study plan (all of it.", O.NOT_WHOLE, id="open bracket"),
        pytest.param("I", ABLE, "You demonstrate satisfactory comprehension capability.", O.HARD, id="hard words"),
        pytest.param("I", ABLE, "You can see and hear and do all that we do " + "day by day " * 4, O.HARD, id="long"),
        pytest.param("I", ABLE, "You know that it is safe and that it will cure you.", O.WORDING, id="promise"),
        pytest.param("E", OBESE, "You are not overweight, so the drug is safe.", O.WORDING, id="promise beside a not"),
        pytest.param("I", ABLE, "You follow the plan of this breakthrough drug.", O.WORDING, id="praise"),
    ],
)  # fmt: skip
def test_a_draft_that_says_another_thing_is_refused(kind: str, official: str, draft: str, expected: O) -> None:
    assert objection(kind, official, draft) == expected


def test_the_words_around_a_criterion_count_too() -> None:
    text = "Exclusion Criteria:\n\n* Treatment within 4 weeks with any of:\n  * Rituximab\n  * Cyclophosphamide\n"
    study = Study("NCT90000001", text, TITLE)
    criteria = engine.parse(study).criteria
    lead, first, _ = passages_of(criteria, "")
    assert first.under == (lead.text,)
    reader = Reader(criteria, study)
    assert objection_to(first, "You take rituximab.", reader) == O.HARD  # its rule stays; the name alone is hard
    assert objection_to(lead, "You were allergic within 4 weeks to any of these:", reader) == O.RULES


def test_a_title_keeps_its_disease_and_its_numbers() -> None:
    (passage,) = passages_of([], TITLE)
    reader = Reader([], Study("NCT90000001", "", TITLE))
    assert objection_to(passage, "Part 2 of a test of belimumab in lupus (SLE)", reader) is None
    assert objection_to(passage, "A test of belimumab in lupus (SLE)", reader) == O.NUMBERS
    assert objection_to(passage, "Part 2 of a test of belimumab in myositis", reader) == O.NAMES


def test_order_and_group_numbers_of_rules_do_not_matter_but_alternatives_do() -> None:
    def reads_alike(official: str, draft: str) -> bool:
        study = Study("NCT90000001", f"Exclusion Criteria:\n\n* {official}\n")
        criteria = engine.parse(study).criteria
        return Reader(criteria, study).reads_alike("E1", draft)

    assert reads_alike("HIV or hepatitis B infection", "You have hepatitis B or HIV.")
    assert not reads_alike("HIV or hepatitis B infection", "You have HIV.")
