"""Abbreviations that mean something else in another field count only in company."""

import pytest

from trials.conditions import conditions_of, resolve


def links(*, titles: tuple[str, ...] = (), conditions: tuple[str, ...] = ()) -> set[str]:
    study = conditions_of(titles=titles, conditions=conditions, keywords=(), mesh_terms=())
    return {link.slug for link in study.links}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tofacitinib in RA, SSc and SS", {"rheumatoid-arthritis", "systemic-sclerosis", "sjogren"}),
        ("Rituximab in DM/PM", {"dermatomyositis", "polymyositis"}),
        ("Physical training in PM and DM", {"polymyositis", "dermatomyositis"}),
        ("Polymyositis (PM)", {"polymyositis"}),
        ("SLE patients with APS", {"sle", "aps"}),
        ("ANCA (AAV)", {"anca-vasculitis"}),
        ("B-cell Function in RA Patients Treated With TNF Antagonists", {"rheumatoid-arthritis"}),
        ("SSc-PAH", {"systemic-sclerosis", "pulmonary-arterial-hypertension"}),
        ("Anakinra in Rheumatoid Arthritis and DM (Type 2 Diabetes)", {"rheumatoid-arthritis"}),
        ("Lymph Node (LN) Dissection in SLE", {"sle"}),
        ("Retinoic Acid (RA) in Lupus", {"sle"}),
        ("MS and Lupus", {"sle"}),
        ("dm in lupus", {"sle"}),
        ("Giant Cell Arteritis, DM and Steroids", {"giant-cell-arteritis"}),
        ("Overlap Syndrome of Lupus and Myositis", {"overlap-syndrome", "sle", "myositis"}),
        ("Asthma-COPD Overlap Syndrome", set()),
    ],
)
def test_company_decides(text: str, meant: set[str]) -> None:
    assert {found.slug for found in resolve(text)} == meant


def test_the_other_texts_of_a_study_are_company() -> None:
    assert links(conditions=("SLE", "Sclerosis", "IIM", "SS", "LN")) == {
        "sle", "systemic-sclerosis", "myositis", "sjogren", "lupus-nephritis",
    }  # fmt: skip
    assert links(titles=("Severe Active GPA or MPA",), conditions=("ANCA Associated Vasculitis",)) == {
        "gpa", "mpa", "anca-vasculitis",
    }  # fmt: skip


def test_another_field_in_the_study_speaks_against_an_abbreviation() -> None:
    assert links(titles=("Sitagliptin in RA and DM",), conditions=("Rheumatoid Arthritis", "Diabetes Mellitus")) == {
        "rheumatoid-arthritis"
    }
    assert links(titles=("Exercise in DM",), conditions=("Diabetes",)) == set()
    assert links(conditions=("Erectile Dysfunction", "DM", "MS")) == set()


def test_sclerosis_alone_is_no_disease() -> None:
    assert links(conditions=("Sclerosis",)) == set()
    assert links(conditions=("Sclerosis", "Multiple Sclerosis")) == {"multiple-sclerosis"}


@pytest.mark.parametrize(
    "text", ["SSC", "ssc", "psa", "spa", "ild", "ctd", "PSA", "SPA", "TAK-007", "Heinz Italia SpA"]
)
def test_abbreviations_count_only_as_they_are_written(text: str) -> None:
    assert resolve(text) == []
