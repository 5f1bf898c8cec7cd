import pytest

from trials.criteria.quantities import comparisons


def read(text):
    return [f"{c.op}{c.value:g} {c.unit}".strip() for c in comparisons(text) if not c.window]


SIGNS = [
    ("Age >= 18", [">=18"]),
    ("> / = 5 ppm CO", [">=5 ppm"]),  # NCT03863509
    ("< / = 4 ppm CO", ["<=4 ppm"]),
    ("Age > or = to 65 years", [">=65 years"]),  # NCT03923959
    ("Hemoglobin =< 9 g/dL", ["<=9 g/dL"]),
    ("greater than or equal to (>=) 18 years of age", [">=18 years"]),
    ("Age \\>= 18 years", [">=18 years"]),  # Markdown escape left in
    ("BMI≥30", [">=30"]),
    ("ALT ＞2 × ULN", [">2 x ULN"]),  # full-width sign
    ("T-score ≤ -2.5", ["<=-2.5"]),
    ("MD < = 10 dB", ["<=10 dB"]),  # NCT03921931
    ("18≤age≤75", [">=18", "<=75"]),
    ("18 years ≤ age < 65 years", [">=18 years", "<65 years"]),
    ("BMI < 18.5 or ≥ 30 kg / m 2", ["<18.5 kg/m2", ">=30 kg/m2"]),  # NCT03869281
    ("age ≥ 18 and < 65 years", [">=18 years", "<65 years"]),
    ("FVCe 40%", []),  # a lost sign is not guessed
    ("HbA1c of 7%", []),
    ("FEV 1 ≤ 50 %", ["<=50 %"]),  # NCT03865875: the 1 is part of a name
]
WORDS = [
    ("Age equal to or older than 18.", [">=18"]),
    ("Age greater than or equal to eighteen years.", [">=18 years"]),
    ("The modified Rodnan skin score must be greater than or equal to sixteen at screening", [">=16"]),
    ("18 years of age or older", [">=18 years"]),
    ("Patients 18 years old and older at the time of consent .", [">=18 years"]),  # NCT03865316
    ("Are aged 16 or over", [">=16"]),  # NCT03920384
    ("adults age 21 and above that have been diagnosed with T 2D", [">=21"]),  # NCT03934593
    ("Under 16 years", ["<16 years"]),
    ("Children under the age of 18 ;", ["<18"]),
    ("younger than 25 years old", ["<25 years"]),
    ("Body mass index ( BMI ) equal or greater than 35 kg / m 2 .", [">=35 kg/m2"]),  # NCT03925610
    ("more or equal than 29,9 kg/m2", [">=29.9 kg/m2"]),
    ("Platelet count less then 50 x 109/l", ["<50 10^9/L"]),
    ("5 % or more blasts in bone marrow", [">=5 %"]),
    ("Thickness 4.56 and above", [">=4.56"]),
    ("creatinine 1.4 or more", [">=1.4"]),
    ("0.5 cm or more", [">=0.5 cm"]),
    ("sulfasalazine not exceeding 3 g/day", ["<=3 g/day"]),
    ("The dose must not exceed 80 mg", ["<=80 mg"]),
    ("no more than 2 drinks per day", ["<=2 drinks/day"]),
    ("not less than 45 mL/min", [">=45 mL/min"]),
    ("up to 100 g of sugar", ["<=100 g"]),
    ("a maximum dose of 80 mg/day", ["<=80 mg/day"]),
    ("a minimum weight of 50 kilogram", [">=50 kg"]),
    ("maximum protrusion of less than 5 mm", ["<5 mm"]),  # NCT03924817
    ("doses exceeding the equivalent of prednisone 10 mg daily", [">10 mg/day"]),
    ("serum creatinine levels exceeding 1.4 units", [">1.4 units"]),
    ("Greater than Stage 3 on the Hoehn & Yahr Classification", [">3"]),  # NCT03867877
    ("heart failure greater than NYHA 2", [">2"]),
    ("18+ years", [">=18 years"]),
    ("IHC 2+ with amplification", []),
    ("Age 75 years or younger", ["<=75 years"]),
]
RANGES = [
    ("age 20 - 34 years ;", [">=20 years", "<=34 years"]),  # NCT03861715
    ("Age: 18~75 years old", [">=18 years", "<=75 years"]),
    ("Aged 18 through 70 years", [">=18 years", "<=70 years"]),
    ("aged 40 years to 85 years .", [">=40 years", "<=85 years"]),
    ("between the ages of 18-65", [">=18", "<=65"]),
    ("Body mass index between 18 and 30 kg / m2", [">=18 kg/m2", "<=30 kg/m2"]),
    ("blood glucose from 6.1 to 7.0 mmol / L", [">=6.1 mmol/L", "<=7 mmol/L"]),
    ("a SLEDAI 2K score in the range of 4-14, inclusive", [">=4", "<=14"]),
    ("level between 7 % to 11 %", [">=7 %", "<=11 %"]),  # NCT03928340
    ("12 to <18 years", [">=12 years", "<18 years"]),
    ("UAS 7 score ( range 0 - 42 ) ≥ 16", [">=0", "<=42", ">=16"]),  # NCT03926611
    ("ECOG 0 to 1 point", [">=0 points", "<=1 points"]),
    ("ECOG performance status of 0 or 1", [">=0", "<=1"]),
    ("ECOG PS 0, 1, or 2", [">=0", "<=2"]),
    ("ECOG 0/1", [">=0", "<=1"]),
    ("ASA physical status 1 and 2 , underwent surgery", [">=1", "<=2"]),  # NCT03862391
    ("NYHA class III or IV", []),
    ("type 1 or 2 diabetes", []),
    ("a phase 1-2 study", []),
    ("treated in 2019-2020", []),
    ("phone 010-1234-5678", []),
]
UNITS = [
    ("> 1,500/mm3", [">1500 /mm3"]),
    ("ANC < 1500 cells / mm 3 at Screening .", ["<1500 cells/mm3"]),
    ("Platelets ≥ 50 , 000 cells / mm 3", [">=50000 cells/mm3"]),
    ("≥ 100 000/mm3", [">=100000 /mm3"]),
    ("Neutrophils < 1.0 x 10^9/L", ["<1 10^9/L"]),
    ("WBC < 2.5 x 103/µL", ["<2.5 10^3/uL"]),  # superscript lost
    ("platelet count ≥20×109/L", [">=20 10^9/L"]),
    ("≥ 1.5 × 10⁹/L", [">=1.5 10^9/L"]),
    ("≥ 300 x 109 / L", [">=300 10^9/L"]),
    ("ANC equal or greater to 1.5 x 10^9 cells/L", [">=1.5 10^9/L"]),
    ("ASAT or ALAT outside 1.5 x upper normal range of the laboratory", [">1.5 x ULN"]),
    ("levels more than twice the upper limit of 40 units", [">2 x ULN"]),
    ("SGOT > 2.5 x N, SGPT > 2.5 x N", [">2.5 x ULN", ">2.5 x ULN"]),
    ("BIL < 1.25 times normal upper limit ( ULN ) ; Cr < 1 ULN ,", ["<1.25 x ULN", "<1 x ULN"]),  # NCT03868852
    ("AST ≤3.0ULN, bilirubin ≤2.0×ULN", ["<=3 x ULN", "<=2 x ULN"]),
    ("bilirubin < 1.5 X maximum normal value alanine", ["<1.5 x ULN"]),  # NCT03920033
    ("ALT 3 times the upper limit or more", [">=3 x ULN"]),
    ("eGFR < 30 ml / min / 1.73 m²", ["<30 mL/min/1.73m2"]),
    ("eGFR < 30 mL / minute / 1.73 m 2", ["<30 mL/min/1.73m2"]),
    ("proteinuria >0.5 gram urine protein per gram urine creatinine", [">0.5 g/g"]),
    ("steroid ≤ 0.50 mg/kg/day", ["<=0.5 mg/kg/day"]),
    ("greater than 10 mg of prednisone per day", [">10 mg/day"]),
    ("> 10 mg of prednisone (or prednisolone) per day", [">10 mg/day"]),
    ("methotrexate 7.5 to 25 mg weekly", [">=7.5 mg/week", "<=25 mg/week"]),
    ("FVC \\< 50% predicted", ["<50 % predicted"]),
    ("DLCO≥ 40% of predicted value", [">=40 % predicted"]),
    ("MMT-8 < 125/150", ["<125"]),
    ("score of less than or equal to 139 out of 160", ["<=139"]),
    ("ANA ≥ 1:80", [">=80 titer"]),
    ("blood pressure > 140/90 mm Hg", [">140 mmHg", ">90 mmHg"]),
    ("anisometropia > 1.5 D", [">1.5 D"]),  # dioptres, no days
    ("exercise > 3 days per week", [">3 days/week"]),
    ("central AI > 5 / hour", [">5 /h"]),
]
COUNTS = [
    ("at least two forms of contraception", []),
    ("at least one of the following", []),
    ("≥ 2 of the following", []),
    ("at least four of the eleven ACR criteria", []),
    ("more than twice a week", []),
    ("≥ 1 dose of ceftazidime", [">=1"]),
    ("≥ 2nd line of therapy", []),
    ("BMI ≥ 95th percentile", [">=95 percentile"]),
]


@pytest.mark.parametrize("text, expected", SIGNS + WORDS + RANGES + UNITS + COUNTS)
def test_thresholds_are_read_as_written(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text, windows",
    [
        ("within 4 weeks of screening", ["<=4 weeks"]),
        ("for at least 3 months", [">=3 months"]),
        ("unchanged for > 6 weeks prior to study entry", [">6 weeks"]),
        ("Diagnosis of SLE ≥24 weeks prior to signing", [">=24 weeks"]),
        ("Disease duration of less than or equal to 10 years.", ["<=10 years"]),
        ("arthritis symptoms for more than 6 weeks but less than 1 year", [">6 weeks", "<1 years"]),
        ("life expectancy of at least 2 years", [">=2 years"]),
        ("within 5 half-lives", ["<=5 half_lives"]),
        ("Age ≥ 18 years", []),
        ("Infants > 1 month of age", []),
        ("women with more than 34 weeks gestation", []),
        ("children 6-11 years", []),
        ("Men > 50 - year - old", []),
        ("over the 4 weeks preceding the first dose", []),
    ],
)
def test_spans_of_time_are_windows_and_ages_are_not(text, windows):
    assert [f"{c.op}{c.value:g} {c.unit}" for c in comparisons(text) if c.window] == windows


def test_a_range_gives_two_with_one_span():
    text = "Being between the ages of 18 and 65 years, inclusive"
    low, high = comparisons(text)
    assert (low.op, high.op) == (">=", "<=")
    assert text[low.start : low.end] == text[high.start : high.end] == "between the ages of 18 and 65 years"


def test_the_span_holds_sign_number_and_unit():
    text = "Known disease; creatinine  ≥ 1.5 mg/dL at screening"
    (found,) = comparisons(text)
    assert text[found.start : found.end] == "≥ 1.5 mg/dL"


def test_runs_of_blanks_are_read_as_one_and_spans_stay_in_the_source():
    text = "  -  ANC greater than or equal to             1,500/mm3  or more"
    (found,) = comparisons(text)
    assert (found.op, found.value, found.unit) == (">=", 1500, "/mm3")
    assert text[found.start : found.end] == "greater than or equal to             1,500/mm3  or more"
