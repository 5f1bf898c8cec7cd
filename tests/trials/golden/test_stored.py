"""The bundled patients and studies as a first start stores them: the desk judges as the data say."""

import pytest
from django.core.management import call_command

from tests.trials.golden.test_patients import DIFFERS, SAMPLE
from trials.golden.patients import patients
from trials.golden_rows import found_matches
from trials.models import GoldenVerdict


@pytest.mark.django_db
def test_an_import_brings_the_patients_and_their_studies_find_what_is_expected():
    call_command("import_trials", str(SAMPLE))
    rows = list(GoldenVerdict.objects.select_related("patient"))
    found = found_matches(rows)
    assert len(found) == sum(len(one.expected) for one in patients())
    differ = [row for row in rows if found[row.pk].verdict != row.verdict]
    told = {(row.patient.slug, row.nct_id): found[row.pk].verdict for row in differ}
    assert told == {pair: verdict for pair, (verdict, _reason) in DIFFERS.items()}
