"""Which studies are siblings: the same drug, or the same team. Names of interventions are those of real records."""

import pytest

from trials import vocab as v
from trials.drugs.codes import codes_in
from trials.kinship import Sibling, siblings_among, ties_of
from trials.records import Arm, Contact, Design, Intervention, Sponsor, StudyRecord

UNIVERSITY = "Example University"


def record(*names, lead=UNIVERSITY, agency=v.AgencyClass.OTHER, officials=(), **more):
    interventions = tuple(
        one if isinstance(one, Intervention) else Intervention(one, v.InterventionType.BIOLOGICAL) for one in names
    )
    return StudyRecord(
        "NCT90000001",
        design=Design(more.pop("study_type", v.StudyType.INTERVENTIONAL)),
        interventions=interventions,
        sponsors=(Sponsor(v.SponsorRole.LEAD, lead, agency),),
        contacts=tuple(
            Contact(v.ContactKind.OFFICIAL, name, affiliation=place, hidden=hidden) for name, place, hidden in officials
        ),
        **more,
    )


def drugs(*names, **more):
    return set(ties_of(record(*names, **more)).drugs.values())


def same(one, other):
    """What is the same in both: pairs of what it is and its name, as the first calls it."""
    return [(found.same, found.name) for found in siblings_among({1: ties_of(one), 2: ties_of(other)})[1]]


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("JY231 Injection", "JY231 (JY231 injection)", "JY231"),
        ("QZ4711 Injection", "QZ-4711 (CAR-T against BCMA)", "QZ4711"),  # in no list
        ("BI 655064", "BI655064 tablets", "BI 655064"),
        ("KYV-101 anti-CD19 CAR-T cell therapy", "KYV101", "mivocabtagene autoleucel"),
        ("YTB323", "rapcabtagene autoleucel", "rapcabtagene autoleucel"),
        ("GC012F CAR-T Cell Injection", "GC012F Injection infusion", "GC012F"),
        ("CABA-201", "CABA-201 following preconditioning with fludarabine and cyclophosphamide",
         "resecabtagene autoleucel"),
        ("anti-CD19 CAR NK cells (KN5501)", "KN5501 cell injection", "KN5501"),
        ("Belimumab 10 mg/kg", "Benlysta", "belimumab"),
    ],
)  # fmt: skip
def test_the_same_drug_by_another_name(one, other, name):
    assert same(record(one, lead="A"), record(other, lead="B")) == [("drug", name)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anti-CD19 CAR-T cells", "anti-CD19 CAR-T cells"),  # each team makes its own
        ("CD19/BCMA CAR-T cells", "CD19/BCMA CAR-T cells"),
        ("QZ4711", "QZ4712"), ("QT-019C", "QT-019B Cell Injection"), ("RD06-04 Cells injection", "RD06-05 CART"),
        ("umbilical cord mesenchymal stem cells", "umbilical cord mesenchymal stem cells"),
        ("Immunotherapy", "Immunotherapy"), ("Placebo", "Placebo"), ("Standard of care", "Standard of care"),
        ("Placebo to match QZ4711", "QZ4711"),
    ],
)  # fmt: skip
def test_what_is_only_alike_is_not_the_same(one, other):
    assert same(record(one, lead="A"), record(other, lead="B")) == []


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["CC-97540", "Cyclophosphamide", "Fludarabine", "Tocilizumab"], {"zolacabtagene autoleucel", "CC-97540"}),
        (["QZ4711", "Cyclophosphamide", "Rituximab"], {"QZ4711"}),
        (["UCAR-T cells", "Cyclophosphamide", "Fludarabine"], set()),
        (["Strange Mixture Capsules", "Prednisone"], set()),
        (["Rituximab", "Prednisone"], {"rituximab"}),
        (["Prednisone"], {"prednisone"}),
        (["Leukapheresis", "Rituximab"], {"rituximab"}),
        (["Rituximab", "Belimumab"], {"rituximab", "belimumab"}),
        ([Intervention("QZ4711", v.InterventionType.DEVICE)], set()),
        ([Intervention("New Drug", v.InterventionType.DRUG, other_names=("QZ 4711",))], {"QZ 4711"}),
    ],
)  # fmt: skip
def test_what_is_given_beside_a_new_drug_ties_nothing(names, found):
    assert drugs(*names) == found


def test_what_all_groups_get_is_not_what_is_tested():
    arms = (Arm("A", v.ArmType.EXPERIMENTAL), Arm("B", v.ArmType.PLACEBO_COMPARATOR))
    drug, both = (v.InterventionType.DRUG, (0,)), (v.InterventionType.DRUG, (0, 1))
    given = [
        Intervention("Obinutuzumab", drug[0], arms=drug[1]),
        Intervention("Mycophenolate mofetil", both[0], arms=both[1]),
    ]
    assert drugs(*given, arms=arms) == {"obinutuzumab"}


def test_a_study_that_only_observes_tests_no_drug():
    assert drugs("QZ4711", study_type=v.StudyType.OBSERVATIONAL) == set()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("JY231 (JY231 injection)", ["JY231", "JY231"]), ("CNTO 136 50mg", ["CNTO 136"]), ("K-877 0.4 mg", ["K-877"]),
        ("UK-369,003", ["UK-369,003"]), ("NEUK203-215 Injection", ["NEUK203-215"]), ("TI-0032-III", ["TI-0032-III"]),
        ("CD19/BCMA CAR-T", []), ("IL-17 inhibitor", []), ("Day-28 dose", []), ("MMF 500 mg", []), ("MMF 1000MG", []),
        ("Vitamin B12", []), ("MB-CART19", []), ("100 mg twice", []), ("Arm 1", []), ("99mTc", []), ("H1N1", []),
    ],
)  # fmt: skip
def test_code_names(text, codes):
    assert list(codes_in(text)) == codes


ADA = ("Prof. Ada Reader, MD", "Charité", "")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"officials": [ADA]}, {"officials": [("Ada Reader", "Charité - Berlin", "")]}, "Prof. Ada Reader, MD"),
        ({"officials": [ADA]}, {"officials": [("Ada Reader", "Charité", "")], "lead": "B"}, "Prof. Ada Reader, MD"),
        ({"officials": [ADA]}, {"officials": [("Ada Reader", "Elsewhere", "")], "lead": "B"}, None),  # a namesake?
        ({"officials": [ADA]}, {"officials": [("Ada Reader", "Charité", "wrong_country")]}, None),
        ({"officials": [("Medical Director", "X", "")]}, {"officials": [("Medical Director", "X", "")]}, None),
        ({"officials": [("Clinical Trials", "X", "")]}, {"officials": [("Clinical Trials", "X", "")]}, None),
        ({"officials": [ADA], "agency": v.AgencyClass.INDUSTRY}, {"officials": [ADA]}, None),
        ({}, {}, None),  # a university is no team
    ],
)  # fmt: skip
def test_a_team_is_who_leads_both(one, other, expected):
    found = same(record("QZ4711", **one), record("QZ4712", **other))
    assert found == ([("team", expected)] if expected else [])


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        (v.AgencyClass.OTHER, [("drug", "QZ4711"), ("team", UNIVERSITY)]),
        (v.AgencyClass.INDUSTRY, [("drug", "QZ4711")]),
        (v.AgencyClass.NIH, [("drug", "QZ4711")]),
    ],
)
def test_one_sponsor_with_one_drug_is_a_team_unless_it_is_a_company(agency, expected):
    assert same(record("QZ4711", agency=agency), record("QZ-4711", agency=agency)) == expected


def test_siblings_are_mutual_and_named_once():
    ties = {place: ties_of(record("QZ4711", "QZ4712")) for place in (3, 1, 2)} | {4: ties_of(record("Placebo"))}
    found = siblings_among(ties)
    assert found[4] == ()
    assert [one for one in found[1] if one.same == "drug"] == [
        Sibling(3, "drug", "QZ4711"), Sibling(2, "drug", "QZ4711"),
    ]  # fmt: skip
    assert all(any(back.trial_id == one for back in found[other.trial_id]) for one in found for other in found[one])
