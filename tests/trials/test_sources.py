"""What the stored rows of a study say of it, beside what its record says."""

import json

import pytest

from tests.studies import store
from tests.trials.test_sample import FILES
from trials.models import Trial
from trials.registries.ctgov import read_study
from trials.summaries import record_of
from trials.summaries.sources import tree_of


@pytest.mark.django_db
def test_stored_rows_give_the_same_sources_as_the_record() -> None:
    payloads = [json.loads(path.read_text(encoding="utf-8")) for path in FILES]
    store(*payloads)
    of_rows = {trial.nct_id: tree_of(record_of(trial)) for trial in Trial.objects.with_parts()}
    records = map(read_study, payloads)
    assert of_rows == {record.nct_id: tree_of(record) for record in records}
