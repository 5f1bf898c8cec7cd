"""What people type for the id of a study."""

import pytest

from trials.study_ids import nct_id_of, study_id_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NCT01234567", "NCT01234567"), (" nct 01234567 ", "NCT01234567"), ("nct-01234567", "NCT01234567"),
        ("nct 0123 4567", "NCT01234567"), ("0123 4567", ""),
        ("01234567", "NCT01234567"), ("https://clinicaltrials.gov/study/NCT01234567?tab=table", "NCT01234567"),
        ("www.clinicaltrials.gov/ct2/show/nct01234567", "NCT01234567"),
        ("HAND-00017", "HAND-00017"), ("hand 00017", "HAND-00017"),
        ("", ""), ("lupus", ""), ("NCT0123456", ""), ("NCT012345678", ""), ("HAND-17", ""), ("NCT０１２３４５６７", ""),
        ("https://clinicaltrials.gov/search?id=NCT01234567,NCT01234568", ""), ("https://example.org/NCT01234567", ""),
    ],
)  # fmt: skip
def test_id(text, expected):
    assert study_id_of(text) == expected
    assert nct_id_of(text) == (expected if expected.startswith("NCT") else "")
