"""Each kind of part, what it is not, and where it stands in the text."""

import pytest

from tests.trials.search.names import Names, parts, sure
from trials.conditions import by_slug
from trials.drugs import by_name
from trials.drugs import kinds as drug_kinds
from trials.search import Kind, members, read
from trials.search.data import WORDS
from trials.vocab import Phase, RecruitmentStatus, Sex, StudyType


def test_a_sentence_falls_into_its_parts_and_nothing_is_left_over():
    reading = read("Lupus near Leeds, recruiting, for my 15-year-old", Names())
    assert [(part.kind, part.values, part.matched) for part in reading.parts] == [
        (Kind.CONDITION, ("sle",), "Lupus"),
        (Kind.PLACE, ("token of Leeds",), "Leeds"),
        (Kind.STATUS, ("RECRUITING",), "recruiting"),
        (Kind.AGE, ("15",), "15-year-old"),
    ]
    assert reading.rest == ()


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("phase 3 lupus", ("PHASE3",)), ("lupus phase II", ("PHASE2",)), ("phase 2/3", ("PHASE2", "PHASE3")),
        ("phase 2b lupus", ("PHASE2",)), ("phase 1 or 2 lupus", ("PHASE1", "PHASE2")), ("fase 2", ("PHASE2",)),
        ("early phase 1", ("EARLY_PHASE1",)), ("第3期 狼疮", ("PHASE3",)), ("狼疮 III期临床", ("PHASE3",)),
    ],
)  # fmt: skip
def test_phases(text, phases):
    assert sure(text, Kind.PHASE) == phases


def test_a_chinese_stage_without_a_word_for_a_study_is_a_question():
    assert (Kind.PHASE, ("PHASE3",), False) in parts("III期狼疮性肾炎")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("lupus recruiting", "RECRUITING"), ("open lupus trials", "RECRUITING"),
        ("lupus not yet recruiting", "NOT_YET_RECRUITING"),
        ("lupus not recruiting", "ACTIVE_NOT_RECRUITING"), ("completed studies of lupus", "COMPLETED"),
        ("estudios abiertos de lupus", "RECRUITING"), ("狼疮 正在招募", "RECRUITING"),
        ("withdrawn lupus trials", "WITHDRAWN"),
    ],
)  # fmt: skip
def test_a_status(text, status):
    assert status in sure(text, Kind.STATUS)


@pytest.mark.parametrize(
    "text", ["open label lupus", "lupus with open sores", "active lupus", "lupus in complete remission"]
)
def test_words_that_only_look_like_a_status(text):
    assert sure(text, Kind.STATUS) == ()


def test_a_sponsor_is_asked_by_its_name():
    assert sure("GSK lupus", Kind.SPONSOR) == ("GlaxoSmithKline",)
    assert sure("lupus trials by University of Leeds", Kind.SPONSOR) == ("University of Leeds",)


@pytest.mark.parametrize(
    "text", ["NCT01234567", "nct 01234567 please", "01234567", "see NCT-01234567", "nct 0123 4567"]
)
def test_the_id_of_a_study(text):
    assert sure(text, Kind.STUDY_ID) == ("NCT01234567",)


def test_quoted_words_are_plain_text():
    reading = read('"dry syndrome" near Leeds', Names())
    assert [(free.text, free.quoted) for free in reading.rest] == [("dry syndrome", True)]
    assert [part.kind for part in reading.parts] == [Kind.PLACE]


@pytest.mark.parametrize(
    "text", ["lupus on rituximab", "lupus after rituximab failed", "I am taking rituximab",
    "failed methotrexate and rituximab",
             "allergic to rituximab", "rituximab didn't work"],
)  # fmt: skip
def test_a_drug_that_somebody_takes_or_took_is_a_question(text):
    reading = read(text)
    assert "rituximab" in reading.values(Kind.DRUG, certain=False)
    assert reading.values(Kind.DRUG) == ()


def test_a_study_on_a_drug_is_no_question():
    assert sure("study on rituximab", Kind.DRUG) == ("rituximab",)


def test_a_disease_that_somebody_does_not_have_is_no_answer():
    assert sure("I don't have lupus", Kind.CONDITION) == ()


@pytest.mark.parametrize(
    "text", ["pediatric lupus", "lupus in children", "lupus for kids", "lupus en niños", "儿童狼疮"]
)
def test_children_are_read_beside_their_disease(text):
    assert [(kind, values) for kind, values, _ in sorted(parts(text))] == [
        (Kind.CHILDREN, ("CHILDREN",)),
        (Kind.CONDITION, ("sle",)),
    ]


def test_a_disease_of_children_keeps_its_own_name():
    assert parts("juvenile dermatomyositis") == [(Kind.CONDITION, ("juvenile-dermatomyositis",), True)]


@pytest.mark.parametrize(
    ("text", "slug"),
    [("lupus affecting my kidneys", "lupus-nephritis"), ("lupus con problemas de riñón", "lupus-nephritis"),
    ("myositis in my lungs", "myositis-ild"),
     ("esclerodermia y fibrosis pulmonar", "ssc-ild")],
)  # fmt: skip
def test_a_disease_and_its_organ_are_one(text, slug):
    assert sure(text, Kind.CONDITION) == (slug,)


def test_an_organ_further_off_is_a_question():
    reading = read("lupus, and a kidney doctor")
    assert reading.values(Kind.CONDITION) == ("sle",)
    assert reading.values(Kind.CONDITION, certain=False) == ("lupus-nephritis",)


def test_a_class_of_drugs_stands_for_all_of_it():
    (value,) = sure("JAK inhibitor", Kind.DRUG_KIND)
    assert {"tofacitinib", "baricitinib", "JAK blocker"} <= members(value)
    (tnf,) = sure("TNF inhibitor", Kind.DRUG_KIND)
    assert {"adalimumab", "etanercept"} <= members(tnf)
    (cd19,) = sure("anti-CD19 CAR-T cells", Kind.DRUG_KIND)
    assert "donor CD19 CAR-T cells" in members(cd19)
    assert "BCMA CAR-T cells" not in members(cd19)
    assert members("snake oil") == frozenset()


def test_each_phrase_is_asked_once():
    names = Names()
    read("lupsu near Leedz, trials in New York for my daughter", names)
    assert len(names.asked) == len(set(names.asked)) < 30


def test_the_words_of_the_data_file_lead_to_values_that_exist():
    kinds = {kind.slug for kind in drug_kinds()}
    known = {Kind.STATUS: RecruitmentStatus, Kind.SEX: Sex, Kind.STUDY_TYPE: StudyType, Kind.PHASE: Phase}
    for row in WORDS["phrase"]:
        if row["kind"] in known:
            assert set(row["values"]) <= set(known[Kind(row["kind"])]), row["words"][0]
    for row in WORDS["organ"]:
        assert all(by_slug(row[name]) for name in ("disease", "gives") if row[name])
    assert all(by_name(name) for name in (*WORDS["drugs"].values(), *WORDS["classes"], *WORDS["unread"]["drugs"]))
    assert {slug for values in WORDS["classes"].values() for slug in values} | set(WORDS["unread"]["kinds"]) <= kinds
    drug_values = {value for row in WORDS["phrase"] if row["kind"] == "DRUG_KIND" for value in row["values"]}
    assert all(members(value) for value in drug_values)
