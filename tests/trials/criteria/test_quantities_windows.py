import pytest

from trials.criteria.quantities import windows


def read(text):
    return [(w.amount, w.unit, w.sort, text[w.start : w.end]) for w in windows(text)]


LOOK_BACKS = [
    ("Major surgery within 4 weeks of treatment", (4, "weeks", "within 4 weeks")),
    ("any antibody therapy within the past 6 months", (6, "months", "within the past 6 months")),
    ("On other investigational drugs within last 30 days", (30, "days", "within last 30 days")),
    ("bolus during the last 3 months,", (3, "months", "during the last 3 months")),
    ("hydroxychloroquine less than 1 month ago", (1, "months", "less than 1 month ago")),
    ("azathioprine and other DMARDS less than 0,5 year ago", (0.5, "years", "less than 0,5 year ago")),
    ("a live vaccine (< 8 weeks)", (8, "weeks", "< 8 weeks")),
    ("investigational drug within ninety days of entry into", (90, "days", "within ninety days of entry")),
    ("Use in the prior month of corticosteroids", (1, "months", "in the prior month")),
    ("malignancy within one (1) year", (1, "years", "within one (1) year")),
    ("attempted suicide in the past year.", (1, "years", "in the past year")),
    ("joints of their hands in the two months prior to recruitment", (2, "months", "in the two months prior to")),
    ("at any time in the 52 weeks prior to screening", (52, "weeks", "in the 52 weeks prior to")),
    ("Used immunosuppressants 3 months prior to screening.", (3, "months", "3 months prior to")),
    ("infections over the past 6 months prior to screening", (6, "months", "over the past 6 months prior to")),
    ("within the first 2 weeks of screening;", (2, "weeks", "within the first 2 weeks of screening")),
    ("lass than 6 months since participation", (6, "months", "lass than 6 months since")),
    ("within 5 half-lives of the agent", (5, "half_lives", "within 5 half-lives")),
    ("within 5 times the half-life", (5, "half_lives", "within 5 times the half-life")),
    ("unstable steroid dose in past 4 weeks", (4, "weeks", "in past 4 weeks")),
]


@pytest.mark.parametrize("text, expected", LOOK_BACKS)
def test_look_backs(text, expected):
    amount, unit, phrase = expected
    assert read(text) == [(amount, unit, "back", phrase)]


@pytest.mark.parametrize(
    "text, sort",
    [
        ("more than 4 weeks ago", "earlier"),
        ("discontinued at least 28 days before baseline", "earlier"),
        ("for at least 8 weeks before screening", "at_least"),
        ("RA of ≥ 6 months duration", "at_least"),
        ("on GCs for 2 years or more prior to Screening", "at_least"),
        ("remission for <5 years", "at_most"),
        ("Disease duration of less than 10 years", "at_most"),
        ("but not longer than 15 years in duration", "at_most"),
        ("treated for 4 weeks", "for"),
        ("stable for 4 weeks", "stable"),
        ("on a stable dose of <= 7.5 mg/day of prednisone for at least 2 weeks prior to", "stable"),
        ("unchanged for > 6 weeks prior to study entry", "stable"),
        ("at least 8 weeks of stable dose", "stable"),
        ("no change in dose within 4 weeks", "stable"),
        ("echocardiogram within 6 months", "test"),
        ("renal biopsy within the last 24-month preceding the study", "test"),
        ("contraception until 1 year after the last dose", "after"),
        ("planned surgery in the next 6 months", "after"),
        ("for 90 days following the last dose", "after"),
        ("a 4-week period", "bare"),
    ],
)
def test_sorts(text, sort):
    assert [w.sort for w in windows(text)] == [sort]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("within 30 days or 5 half-lives, whichever is longer", [(30, "days", "back"), (5, "half_lives", "back")]),
        ("within the longer of 30 days or 10 half-lives", [(30, "days", "back"), (10, "half_lives", "back")]),
        ("30 days or 5 half-lives prior to screening", [(30, "days", "back"), (5, "half_lives", "back")]),
        ("4 weeks (or 5 half-lives of the drug) before", [(4, "weeks", "bare"), (5, "half_lives", "bare")]),
        (
            "within 5 half-lives of the agent (or 6 months if the half-life is unknown)",
            [(5, "half_lives", "back"), (6, "months", "fallback")],
        ),
        ("within 6 months (12 months for rituximab)", [(6, "months", "back"), (12, "months", "back")]),
    ],
)
def test_alternatives_share_their_sort(text, expected):
    assert [(w.amount, w.unit, w.sort) for w in windows(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "18 years of age or older",
        "Participant must be ≥ 18 years, at the time of signing",
        "children aged 6 months to 5 years",
        "exercise 2 days per week",
        "three times a week",
        "at Cycle 1 Day 1",
        "for the duration of the study",
        "Creatinine > 1.5 mg/dL",
    ],
)
def test_ages_rates_and_days_with_a_number_are_no_windows(text):
    assert windows(text) == ()


def test_runs_of_blanks_are_read_as_one_and_spans_stay_in_the_source():
    text = "stable dose of methotrexate for at             least    8 weeks"
    (window,) = windows(text)
    assert (window.amount, window.unit, window.sort) == (8, "weeks", "stable")
    assert text[window.start : window.end] == "for at             least    8 weeks"
