"""Repairs of one criterion's words: what is certain is made, what is a guess is only proposed."""

import pytest

from trials.criteria.repair import REASONS, Names, repaired


def proposed(text: str) -> set[tuple[str, str, str]]:
    """(reason, written, shown) of each proposal."""
    _, fixes = repaired(text)
    return {(fix.reason, text[fix.start : fix.end], fix.shown) for fix in fixes if not fix.made}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        # signs of another table or script
        ("Hemoglobin ¡Ý 9 g/dL", "Hemoglobin ≥ 9 g/dL"),
        ("platelets ¡Ü 50", "platelets ≤ 50"),
        ("Age â‰¥ 18 years", "Age ≥ 18 years"),
        ("bilirubin â‰¤ 1.5 mg/dL", "bilirubin ≤ 1.5 mg/dL"),
        ("ANC â¥ 1.5", "ANC ≥ 1.5"),  # the control character in the middle was dropped before
        ("2 Ã— ULN", "2 × ULN"),
        ("Age &ge; 18 years", "Age ≥ 18 years"),
        ("calculated creatinine clearance≧45mL/min", "calculated creatinine clearance≥45mL/min"),  # NCT02759614
        ("HbA1c 6.5 to ≦9.0%", "HbA1c 6.5 to ≤9.0%"),
        ("Age ＞ 18", "Age > 18"),
        ("LVEF ﹤50%", "LVEF <50%"),  # NCT04946890
        ("are ˃ 2 times the upper limit", "are > 2 times the upper limit"),
        ("1～10 years old", "1~10 years old"),
        ("tadalafil (CialisÂ®) or any", "tadalafil (Cialis®) or any"),
        ("S-Cr ≥ 200 µ㏖/L", "S-Cr ≥ 200 µmol/L"),
        ("prednisolone (£10mg/day) must be stable", "prednisolone (≤10mg/day) must be stable"),
        # signs spelled with several characters
        ("Male outpatients >/= 18 years of age", "Male outpatients ≥ 18 years of age"),
        ("less than or equal to [</=] 10 mg", "less than or equal to [≤] 10 mg"),
        ("hsCRP > or = 10 mg/L OR ESR > or = 28 mm", "hsCRP ≥ 10 mg/L OR ESR ≥ 28 mm"),
        ("(BP > or = to 140)", "(BP ≥ 140)"),
        ("Age > or equal 18 years", "Age ≥ 18 years"),
        ("Total bilirubin =< 1.5 x ULN", "Total bilirubin ≤ 1.5 x ULN"),
        ("(MTX) therapy => 3 months", "(MTX) therapy ≥ 3 months"),
        ("Gleason score =/< 7)", "Gleason score ≤ 7)"),
        ("> = 6 swollen joints.", "≥ 6 swollen joints."),
        # powers of ten, DQ36
        ("platelet count ≥20×109/L;", "platelet count ≥20×10^9/L;"),
        ("ANC < 1.5 x 109 /l", "ANC < 1.5 x 10^9 /l"),
        ("WBC < 2.5 x 103/µL.", "WBC < 2.5 x 10^3/µL."),
        ("RBC≥3.0×1012/L", "RBC≥3.0×10^12/L"),
        ("Platelet levels <=130 x 10 9/L at visit 1", "Platelet levels <=130 x 10^9/L at visit 1"),
        ("≥1.5 x 109 cells/L", "≥1.5 x 10^9 cells/L"),
        ("ANC ≥1.5 ´ 109/L", "ANC ≥1.5 × 10^9/L"),  # NCT03058094
        # the times sign, DQ37
        ("AST and ALT≤3.0ULN", "AST and ALT≤3.0 × ULN"),
        ("AST and ALT ≤ 3.0 upper limit of normal", "AST and ALT ≤ 3.0 × upper limit of normal"),
        ("not greater than 1.5 upper limit of normal", "not greater than 1.5 × upper limit of normal"),
        ("(TBIL) <1.5?ULN", "(TBIL) <1.5 × ULN"),  # NCT03416231
        # units and spaces, DQ37
        ("eGFR≥30ML/min/1.73m2;AST", "eGFR≥30mL/min/1.73m2; AST"),
        ("< 90 mmHG or", "< 90 mmHg or"),
        ("the 2013ACR/EULAR standards", "the 2013 ACR/EULAR standards"),
        ("age ≥5years", "age ≥5 years"),
        ("Patients younger than18 years.", "Patients younger than 18 years."),
        ("drugs, azathioprine,motecophanate", "drugs, azathioprine, motecophanate"),
        ("Antinuclear Antibodies(ANA) positive", "Antinuclear Antibodies (ANA) positive"),
        ("(EGPA),2022 ACR/EULAR criteria", "(EGPA), 2022 ACR/EULAR criteria"),
        ("score ≥15,and ANCA antibody", "score ≥15, and ANCA antibody"),
        ("no treatment exists.Subjects must", "no treatment exists. Subjects must"),
        ("American Society (ASA)classification", "American Society (ASA) classification"),
        ("PLT ≥80×10^9/L;(2)Biochemical tests", "PLT ≥80×10^9/L;(2) Biochemical tests"),
        # function words said twice
        ("opted out of of testing", "opted out of testing"),
        ("those who who who have passed", "those who have passed"),
    ],
)
def test_what_is_certain_is_repaired(written: str, shown: str) -> None:
    text, fixes = repaired(written)
    assert text == shown
    assert any(fix.made for fix in fixes)


@pytest.mark.parametrize(
    "text",
    [
        "Age >= 18 years and <= 75 years",
        "eGFR ≥ 30 mL/min/1.73m2, BMI 18-30 kg/m2, platelets < 50,000/mm3",
        "4x100 µg salbutamol",
        "Hemoglobin ≥ 109 g/L",
        "ANC ≥ 1.5 x 10^9/L",
        "neutrophils > 1.5 × ULN, 3 x the upper limit of normal, > ULN",
        "(neo)adjuvant therapy, nucleos(t)ide analogues, (S)he, (non-)smokers, chemo(radio)therapy",
        "disease(s), protein:creatinine ratio, t(11;14), poly(ADP-ribose) polymerase",
        "see www.ClinicalTrials.Gov or https://example.org/a,bc;d",
        "1,25-dihydroxyvitamin D, N,N-dimethyltryptamine, 2,4-D",
        "pregnancy test +/- ultrasound, A => B, <=>",
        "she had had a relapse that that drug caused",
        "CD4+ T-cells, HLA-B27, IL-6(R), E. coli, Grade 2 ULN",
        "Sjögren’s, Behçet, naïve, Åsberg, Nîmes, 50 µg, 37 °C, ±",
        "0,5 year",
    ],
)
def test_what_is_right_or_unsure_stays_as_written(text: str) -> None:
    assert repaired(text)[0] == text


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("FVCe 40% of the expected value", ("sign_lost", "e", " ≥")),  # DQ01
        ("DLCOd 40%", ("sign_lost", "d", " ≤")),
        ("Peripheral neuropathy of ³CTCAE Grade 1", ("sign_lost", "³", "≥")),  # NCT01742767
        ("ANC ≥ 1.5 109/L (without growth factor)", ("superscript_lost", "109", "10^9")),  # NCT06346197
        ("Platelet count >100 x109", ("superscript_lost", "109", "10^9")),
        ("unit is 103/µL", ("superscript_lost", "103", "10^3")),
        (
            "epilepsy, convulsions/convulsions, aphasia",
            ("word_doubled", "convulsions/convulsions", "convulsions"),
        ),  # DQ46
        ("superficial bladder cancer cancer", ("word_doubled", "cancer cancer", "cancer")),
        ("This is a single-center, single-arm. open-label study", ("stop_stray", ". ", ", ")),  # DQ46
        ("in this study. approximately 10 patients", ("stop_stray", ". ", ", ")),
        ("Dry syndrome (SS), 2016 ACR/EULAR criteria", ("mistranslated", "Dry syndrome", "Sjögren's syndrome")),  # DQ40
        (
            "criteria for single or venous blood collection",  # DQ41
            ("mistranslated", "single or venous blood collection", "apheresis or venous blood collection"),
        ),
        (
            "muscle nuclear magnetic resonance suggestive of inflammation",  # DQ41
            ("mistranslated", "muscle nuclear magnetic resonance", "muscle MRI (magnetic resonance imaging)"),
        ),
        (
            "within 2 weeks prior to clearance.",
            ("mistranslated", "prior to clearance", "prior to lymphodepletion"),
        ),  # DQ42
        ("prior to clearing chemotherapy", ("mistranslated", "clearing chemotherapy", "lymphodepleting chemotherapy")),
        ("(including clear chemotherapy)", ("mistranslated", "clear chemotherapy", "lymphodepleting chemotherapy")),
        ("Inability to taper or elute background therapy", ("mistranslated", "elute", "wash out")),
        ("leflunomide, tachlimus, cyclosporine", ("name_misspelt", "tachlimus", "tacrolimus")),  # DQ43
        ("azathioprine, motecophanate", ("name_misspelt", "motecophanate", "mycophenolate")),
        ("rituximab, Beliumab, and titacept", ("name_misspelt", "Beliumab", "Belimumab")),
        ("rituximab, Beliumab, and titacept", ("name_misspelt", "titacept", "telitacicept")),
        ("active tubercolosis", ("name_misspelt", "tubercolosis", "tuberculosis")),
        ("Improved Rodnan skin score (mRSS)", ("mistranslated", "Improved Rodnan", "Modified Rodnan")),  # DQ44
        ("Severe pulmonary hypertension (PHA)", ("mistranslated", "PHA", "PAH")),
        ("multi-source frequent supraventricular tachycardia", ("mistranslated", "multi-source", "multifocal")),
        (
            "Situations in which other investigators consider it inappropriate",
            (
                "mistranslated",
                "Situations in which other investigators consider",
                "Other situations in which the investigators consider",
            ),
        ),
        ("(serum GOT and GPT levels)", ("old_name", "GOT", "AST")),  # DQ45
        ("(serum GOT and GPT levels)", ("old_name", "GPT", "ALT")),
        ("as described in Table 3.", ("points_elsewhere", "Table 3", "Table 3")),  # DQ47
        (
            "See the Investigator's Brochure (IB)",
            ("points_elsewhere", "Investigator's Brochure", "Investigator's Brochure"),
        ),
        ("antibodies (Jo-1), Zo, Anti-HMGCR);", ("brackets_unbalanced", ")", ")")),  # DQ39
        ("Rheumatism/ (EULAR)/College (ACR) 2019 criteria), and", ("brackets_unbalanced", ")", ")")),
        ("systemically treated with hormones or immunosuppressants", ("mistranslated", "hormones", "glucocorticoids")),
        (
            "granulomatous polyangiitis (GPA), or microscopic vasculitis (MPA)",
            ("mistranslated", "microscopic vasculitis", "microscopic polyangiitis"),
        ),
    ],
)
def test_a_guess_is_proposed_and_the_text_stays(text: str, proposal: tuple[str, str, str]) -> None:
    assert proposal in proposed(text)
    assert repaired(text)[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "severe dry eye syndrome",
        "creatinine clearance before clearance of the drug",
        "drug-eluting stent",
        "hormone replacement therapy with immunosuppressants",
        "AST (GOT) or ALT (GPT) above 100 IU/L",
        "corticosteroids, platelets, malignant disease, lactating women, hypotension, nilotinib, except the program",
        "1) fever; 2) rash (mild); a) cough",
        "bacteria, e.g. staphylococci, etc. are excluded",
        "patients aged 18 years, scored 5, ID 7, IgE 30",
        "Pregnant or breastfeeding women (see below)",
        "the stable dose, per protocol",
    ],
)
def test_nothing_is_proposed_where_nothing_is_wrong(text: str) -> None:
    assert proposed(text) == set()


def test_offsets_count_the_text_as_given() -> None:
    text = "Age ＞ 18;AST≤3.0ULN, tachlimus"
    new, fixes = repaired(text)
    assert new == "Age > 18; AST≤3.0 × ULN, tachlimus"
    written = [(text[fix.start : fix.end], fix.shown, fix.made) for fix in fixes]
    assert written == [
        ("＞", ">", True),
        (";", "; ", True),
        ("3.0ULN", "3.0 × ULN", True),
        ("tachlimus", "tacrolimus", False),
    ]


def test_one_repair_can_bring_another_to_light() -> None:
    assert repaired("ALT &lt;/= 2.5ULN")[0] == "ALT ≤ 2.5 × ULN"


def test_each_reason_has_its_sentence() -> None:
    texts = [
        "Age ＞ 18",
        "FVCe 40%",
        "x ＞/= 2ULN;and the the (1 x 109/L",
        "30ML/min",
        "GOT of the liver",
        "Table 2. approximately",
    ]
    reasons = {fix.reason for text in texts for fix in repaired(text)[1]}
    assert reasons <= set(REASONS)
    assert len(reasons) >= 8


def test_names_may_be_given() -> None:
    names = Names(["voclosporin"], {"voclo": "voclosporin"}, ["voclosporina"])
    given = {text: repaired(text, names)[1] for text in ("voclosporn", "voclosporina", "tachlimus", "voclosprn")}
    assert [fix.shown for fix in given["voclosporn"]] == ["voclosporin"]
    assert given["voclosporina"] == given["tachlimus"] == ()
    assert [fix.shown for fix in given["voclosprn"]] == ["voclosporin"]


def test_a_word_as_near_to_two_names_is_not_guessed() -> None:
    assert repaired("abcdefgh", Names(["abcdefgx", "abcdefgy"]))[1] == ()
