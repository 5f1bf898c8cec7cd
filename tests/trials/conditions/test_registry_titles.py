"""Titles of studies: what they are about, and what they only seem to be about."""

import pytest

from trials.conditions import find_in_text

TITLES: tuple[tuple[str, set[str]], ...] = (
    (
        "Exercise Therapy in Patients With Rheumatoid Arthritis / Collagenosis and Pulmonary Hypertension",
        {"rheumatoid-arthritis", "ctd"},
    ),
    ("Lung Disease Associated With Rheumatoid Arthritis", {"ra-ild"}),
    ("Fibrocytes in Rheumatoid Arthritis, Asthma and Interstitial Lung-disease.", {"rheumatoid-arthritis", "ild"}),
    ("Nintedanib in Patients With Systemic Sclerosis Associated Interstitial Lung Disease (SSc-ILD)", {"ssc-ild"}),
    ("Mycophenolate vs. Oral Cyclophosphamide in Scleroderma Interstitial Lung Disease", {"ssc-ild"}),
    ("Rituximab Versus Cyclophosphamide in Connective Tissue Disease-ILD", {"ctd-ild"}),
    ("Treatment of Interstitial Lung Disease in Idiopathic Inflammatory Myopathy", {"myositis-ild"}),
    ("Pirfenidone for Rheumatoid Arthritis-Associated Interstitial Lung Disease (RA-ILD)", {"ra-ild"}),
    ("Efficacy of Tacrolimus in Anti-MDA5 Antibody-positive Interstitial Lung Disease", {"myositis-ild"}),
    (
        "A Study of TAK-007 in Adults With Refractory Lupus Nephritis (LN) or Refractory Systemic Sclerosis (SSc)",
        {"lupus-nephritis", "systemic-sclerosis"},
    ),
    ("Phase 2 Study Evaluating Rapcabtagene Autoleucel in Participants With Severe Active GPA or MPA", {"gpa", "mpa"}),
    (
        "CD19-BCMA CART Cell Therapy for Refractory SLE-LN, SSc, and pSS-PAH",
        {"lupus-nephritis", "systemic-sclerosis", "sjogren", "pulmonary-arterial-hypertension"},
    ),
    (
        "Trial of IC351 in Female Scleroderma Patients With Raynaud's and Sexual Dysfunction",
        {"systemic-sclerosis", "raynaud"},
    ),
    ("Study of BCMA/CD70 CAR-T Therapy for Refractory cSLE", {"sle"}),
    ("The Effect of Certolizumab Pegol in axSpA Without X-ray Evidence of AS", {"spondyloarthritis"}),
    ("Memory and Attention Problems in Lupus: New Treatment Trial With Modafinil", {"sle"}),
    (
        "Adalimumab in Lupus Erythematosus, Systemic Sclerosis and RA",
        {"sle", "systemic-sclerosis", "rheumatoid-arthritis"},
    ),
    (
        "Bardoxolone in Patients With Connective Tissue Disease-associated Pulmonary Arterial Hypertension - CATALYST",
        {"ctd", "pulmonary-arterial-hypertension"},
    ),
    ("Evaluating Baricitinib in Patients With Job Syndrome With Lupus-Like Disease and/or Atopic Dermatitis", set()),
    ("A Study of the Safety of Rituximab in Combination With Other Anti-Rheumatic Drugs", set()),
    ("Kidney Biopsy in Non-lupus Nephritis", set()),
    ("Atherosclerosis in Women Without SLE, RA or SSc", set()),
    ("Pregnancy in Women With or Without Lupus", {"sle"}),
    ("Effect of Aerobic Training on Type 2 DM and PM2.5 Exposure", set()),
    ("AAV8 Vector Gene Therapy for Hemophilia B", set()),
    ("Vitamin D AS ADD-ON TREATMENT FOR ASTHMA", set()),
    ("GLP-1 RA Versus Insulin Glargine", set()),
    ("LC-MS/MS Assay of Tacrolimus", set()),
    ("COPD-OSA Overlap Syndrome and Nocturnal Oxygen", set()),
    ("Lupus Anticoagulant in COVID-19", set()),
    ("Connective Tissue Massage in Constipation", set()),
    ("Genetics of Heritable Disorders of Connective Tissue", set()),
    ("Acupuncture for Sjogren-Larsson Syndrome", set()),
    ("Treatment of Sclerodermatous Chronic Graft Versus Host Disease", set()),
    ("There is Still Disease Progression After First-line Therapy", set()),
)


@pytest.mark.parametrize(("title", "meant"), TITLES)
def test_titles_mean_our_conditions(title: str, meant: set[str]) -> None:
    assert {found.slug for found in find_in_text(title)} == meant


def test_a_child_in_the_same_words_stands_for_its_parent() -> None:
    assert [found.slug for found in find_in_text("Belimumab in Lupus Nephritis")] == ["lupus-nephritis"]
    both = find_in_text("Belimumab in Lupus and Lupus Nephritis")
    assert [(found.slug, found.matched) for found in both] == [("sle", "Lupus"), ("lupus-nephritis", "Lupus Nephritis")]


def test_a_name_with_its_abbreviation_is_found_once_with_both_words() -> None:
    title = "Nintedanib in Systemic Sclerosis (SSc) and Idiopathic Inflammatory Myopathies(IIM)."
    assert [found.matched for found in find_in_text(title)] == [
        "Systemic Sclerosis (SSc)",
        "Idiopathic Inflammatory Myopathies(IIM)",
    ]


def test_a_remark_in_brackets_does_not_divide_a_name() -> None:
    (found,) = find_in_text("Systemic Sclerosis (SSc)-Associated Interstitial Lung Disease (ILD): a Registry")
    assert found.slug == "ssc-ild"
    assert found.matched == "Systemic Sclerosis (SSc)-Associated Interstitial Lung Disease (ILD)"


def test_a_narrower_disease_stays_beside_the_lung_disease_that_says_less_of_it() -> None:
    found = find_in_text("Interstitial Lung Disease in Diffuse Cutaneous Systemic Sclerosis")
    assert {one.slug for one in found} == {"ssc-ild", "diffuse-ssc"}
    found = find_in_text("Sjogren's Syndrome-related Interstitial Lung Disease")
    assert {one.slug for one in found} == {"ctd-ild", "sjogren"}
