"""What may not be said of a record read in part is no sentence of it: no page shows it, and no editor checks it."""

import pytest

from tests.studies import stored
from trials.models import Trial
from trials.plain_language.model import Section
from trials.summaries import draft_of, shown_summary

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("read_in_part", [False, True])
def test_the_desk_and_the_page_have_the_same_gaps(client, read_in_part):
    stored()
    Trial.objects.update(read_in_part=read_in_part)
    trial = Trial.objects.with_parts().get()
    for summary in (draft_of(trial, "en"), shown_summary(trial, "en")):
        assert bool(summary.of(Section.NOT_STATED)) is not read_in_part
    page = client.get("/studies/NCT90000001/").content.decode()
    assert ("The registry does not say if travel is paid." in page) is not read_in_part
