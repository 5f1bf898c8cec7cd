"""Listed conditions as registry records write them, misspellings included."""

import pytest

from trials.conditions import fold, resolve

TERMS: tuple[tuple[str, set[str]], ...] = (
    ("Lupus Erythematosus, Systemic", {"sle"}),
    ("SLE (Systemic Lupus)", {"sle"}),
    ("SLE - Systemic Lupus Erythematosus", {"sle"}),
    ("Systemic Lupus Erthematosus (SLE)", {"sle"}),
    ("System Lupus Erythematosus(SLE)", {"sle"}),
    ("Systemic Lupus Erythematous (SLE)", {"sle"}),
    ("Lupus Erythematosis", {"sle"}),
    ("Relapsed/Refractory, Systemic Lupus Erythematosus (SLE)", {"sle"}),
    ("Difficult to Treat Systemic Lupus Erythematosus", {"sle"}),
    ("Systemic Lupus Erythematosus (With and Without Nephritis)", {"sle"}),
    ("Pediatric Rheumatological Condition (i.e., Arthritis, SLE, Kawasaki's Disaese)", {"rheumatic-disease", "sle"}),
    ("Lupus Nephritis - World Health Organization (WHO) Class III", {"lupus-nephritis"}),
    ("SLE Nephritis", {"lupus-nephritis"}),
    ("Systemic Lupus Erythenlatosus Nephritis", {"lupus-nephritis"}),
    ("SLE Glomerulonephritis Syndrome", {"lupus-nephritis"}),
    ("Lupus Glomerulonephritis", {"lupus-nephritis"}),
    ("lupus erythematosus, discoid", {"cutaneous-lupus"}),
    ("Lupus Erythematosus, Subacute Cutaneous", {"cutaneous-lupus"}),
    ("Lupus Vasculitis, Central Nervous System", {"neuropsychiatric-lupus"}),
    ("SSc-Systemic Sclerosis", {"systemic-sclerosis"}),
    ("Systemic Sclerosis - 2013 ACR/EULAR Classification Criteria", {"systemic-sclerosis"}),
    ("Systemic Sclerosis - Diffuse Cutaneous", {"diffuse-ssc"}),
    ("Sclerosis, Progressive Systemic", {"systemic-sclerosis"}),
    ("System; Sclerosis", {"systemic-sclerosis"}),
    ("scleroderma, diffuse", {"diffuse-ssc"}),
    ("Scleroderma, Limited", {"limited-ssc"}),
    ("Systemic Sclerosis Patients With Digital Ulcers", {"systemic-sclerosis"}),
    ("Systemic Sclerosis-Associated PAH", {"systemic-sclerosis", "pulmonary-arterial-hypertension"}),
    ("Symmetric Limited Morphea", {"scleroderma-localized"}),
    ("Scleroderma, Localized", {"scleroderma-localized"}),
    ("IIM- Idiopathic Inflammatory Myopathies", {"myositis"}),
    ("Idiopathic Inflammatory Myositis (IIM)", {"myositis"}),
    ("Juvenile Idiopathic Inflammatory Myopathy (JIIM)", {"myositis"}),
    ("Inflammatory Myopathy, Idiopathic", {"myositis"}),
    ("Dermatomyositis (DM)", {"dermatomyositis"}),
    ("Dermatomyositis, Juvenile", {"juvenile-dermatomyositis"}),
    ("Juvenile Polymyositis", {"polymyositis"}),
    ("Anti-Synthetase Syndrome", {"antisynthetase"}),
    ("Immune-mediated Necrotizing Myopathy (IMNM)", {"necrotizing-myopathy"}),
    ("Myositis, Inclusion Body", {"inclusion-body-myositis"}),
    ("Primary Sjogren&#39;s Syndrome", {"sjogren"}),
    ("Relapsed/Refractory sjögren's Syndrome", {"sjogren"}),
    ("Sjogren's Disease With Dry Eyes", {"sjogren"}),
    ("Dry syndrome (SS)", {"sjogren"}),
    ("Rheumatoid Arthritis (RA) and Sjögren's Disease (SjD)", {"rheumatoid-arthritis", "sjogren"}),
    ("Mixed Connective Tissue Disease", {"mctd"}),
    ("Undifferentiated Connective Tissue Diseases", {"uctd"}),
    ("Connective Tissue Disease-associated Interstitial Lung Disease", {"ctd-ild"}),
    ("Connective Tissue Disease-Associated Thrombocytopenia", {"ctd"}),
    ("Antineutrophilic Cytoplasmic Antibody (ANCA)- Associated Vasculitis (AAV)", {"anca-vasculitis"}),
    ("ANCA-associated Vasculitis (AAV)/ANCA-associated Glomerulonephritis (AAGN)", {"anca-vasculitis"}),
    ("ANCA-IgG-positive ANCA Associated Vasculitis", {"anca-vasculitis"}),
    ("ANCA Associated Systemic Vasculitis", {"anca-vasculitis"}),
    ("Granulomatous Polyangiitis", {"gpa"}),
    ("Granulomatosis With Polyangiitis (Wegener's Disease)", {"gpa"}),
    ("Wegener", {"gpa"}),
    ("Churg-Strauss Syndrome", {"egpa"}),
    ("Antiphospholipid Antibody Syndrome", {"aps"}),
    ("SLE-ITP", {"sle", "immune-thrombocytopenia"}),
    ("SSC RA SS IIM", {"systemic-sclerosis", "rheumatoid-arthritis", "sjogren", "myositis"}),
    ("IgG4-RD", {"igg4-rd"}),
    ("Behcet&#39;s Disease", {"behcet"}),
    ("still's disease, juvenile-onset", {"still", "juvenile-arthritis"}),
    ("- Rheumatoid Arthritis", {"rheumatoid-arthritis"}),
    ("RheumatoId Arthritis", {"rheumatoid-arthritis"}),
    ("Colitis, Ulcerative (UC)", set()),
    ("Spondylarthropathies", {"spondyloarthritis"}),
    ("Multiple Sclerosis (MS) Secondary Progressive", {"multiple-sclerosis"}),
    ("Myasthaenia Gravis", {"myasthenia-gravis"}),
    ("NMO Spectrum Disorder", {"nmosd"}),
    ("Paediatric B Cell-related Autoimmune Diseases", {"autoimmune-disease"}),
    ("Autoimmune", {"autoimmune-disease"}),
    # what sounds like one of ours and is none
    ("Skin and Connective Tissue Diseases", set()),
    ("Immune System Diseases", set()),
    ("Non-rheumatoid Wrist Arthritis", set()),
    ("Marinesco Sjogren Syndrome(Marinesco-Sjogren Syndrome)", set()),
    ("Inclusion Body Myopathy With Early-onset Paget Disease and Frontotemporal Dementia (IBMPFD)", set()),
    ("Amyotrophic Lateral Sclerosis (ALS)", set()),
    ("Tuberous Sclerosis", set()),
    ("Lupus Vulgaris", set()),
    ("Lupus Pernio", set()),
    ("Myositis Ossificans", set()),
    ("Diabetes Mellitus (DM)", set()),
    ("Diabetes (DM)", set()),
    ("DM", set()),
    ("MS", set()),
    ("PM", set()),
    ("AS", set()),
    ("SS", set()),
    ("LN", set()),
    ("Cystic Fibrosis", set()),
    ("Rheumatic Heart Disease", set()),
    ("Multi-Drug Resistant Nephrotic Syndrome", set()),
)


@pytest.mark.parametrize(("term", "meant"), TERMS)
def test_registry_terms_mean_our_conditions(term: str, meant: set[str]) -> None:
    assert {found.slug for found in resolve(term)} == meant


@pytest.mark.parametrize(
    "term",
    [
        "Sjögren's Syndrome",
        "Sjögren’s syndrome",
        "Sjogrens Syndrome",
        "SJOGREN SYNDROME",
        "Sjogren&#39;s syndromes",
        "Sjogren s syndrome",
        "Sjo\u0308gren-Syndrome",
        "Sj\ufffdgren's syndrome",
        "Sj gren's syndrome",
    ],
)
def test_one_name_in_every_writing_is_one_condition(term: str) -> None:
    assert [found.slug for found in resolve(term)] == ["sjogren"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sjögren’s  Syndromes", "sjogren syndrome"),
        ("Inflammatory Myopathies", "inflammatory-myopathy"),
        ("Systemic Lupus Erthematosus", "systemic lupus erythematosus"),
        ("Autoimmune Disorders", "autoimmune disease"),
        ("Behcet&#39;s Disease", "Behçet disease"),
    ],
)
def test_terms_that_differ_in_writing_only_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_term_without_words_keeps_a_key_of_its_own() -> None:
    assert fold(" ??? ") == "???"
    assert fold("") == ""
