"""Age limits as pages show and use them."""

import pytest

from finder.presenters.design import joining_facts
from finder.presenters.gaps import gaps
from finder.presenters.words import ages
from tests.studies import store, stored, study
from trials.find import Search, find_trials
from trials.models import Trial

pytestmark = pytest.mark.django_db

PAGE = "/studies/NCT90000001/"


@pytest.mark.parametrize("text", ["N/A", "n/a", "NA", "None", "", " "])
def test_what_says_no_limit_is_none(read, text):
    stored(eligibilityModule={"minimumAge": "18 Years", "maximumAge": "75 Years"})
    Trial.objects.update(maximum_age_text=text, below_age_years=None)
    for path in ("/studies/", PAGE):
        page = read(path)
        assert "18 years and older" in page and "18 years to" not in page and "N/A" not in page


def test_no_limit_at_all_is_a_gap():
    trial = stored()
    Trial.objects.update(minimum_age_text="N/A", maximum_age_text="", minimum_age_years=None, below_age_years=None)
    trial.refresh_from_db()
    assert "An age limit" in gaps(trial)
    assert "Age" not in {str(fact.label) for fact in joining_facts(trial)}


def test_limits_that_contradict_each_other_are_left_to_the_note(read):
    store(study(eligibilityModule={"minimumAge": "75 Years", "maximumAge": "18 Years"}))
    assert "75" not in read("/studies/")
    page = read(PAGE)
    assert "Ages 75" not in page and "75 years to" not in page
    assert "The registry wrote the ages “75 Years – 18 Years”. The lower limit is above the upper one." in page
    assert "An age limit" not in page


def test_a_limit_that_cannot_be_read_is_shown_as_it_is_written(read):
    store(study(eligibilityModule={"minimumAge": "adults", "maximumAge": "75 Years"}))
    assert "adults to 75 years" in read(PAGE)


def test_both_limits_are_shown_in_short_and_in_full():
    assert ages("18 Years", "75 Years") == "Ages 18–75"
    assert ages("6 Months", "17 Years") == "6 months to 17 years"


@pytest.mark.parametrize(
    ("age", "found"),
    [(0, False), (1, True), (1.4, False), (1.5, True), (17, True), (17.99, True), (18, False), (18.0, False)],
)
def test_a_whole_age_is_a_year_of_life(age, found):
    """ "1" is anybody from the first birthday to the day before the second: a study from 18 months may fit."""
    store(study(eligibilityModule={"minimumAge": "18 Months", "maximumAge": "17 Years"}))
    assert find_trials(Search(age_years=age)).exists() is found
