"""The numbers of studies in an address."""

import pytest

from finder.chosen import Chosen, read_chosen

ONE, OTHER = "NCT01234567", "NCT07654321"


@pytest.mark.parametrize(
    "texts, ids",
    [
        ([], ()),
        ([""], ()),
        ([f"{ONE},{OTHER}"], (ONE, OTHER)),
        ([ONE, OTHER], (ONE, OTHER)),  # two fields of a form without JavaScript
        (["nct07654321; 01234567"], (OTHER, ONE)),
        (["NCT 0123 4567, NCT 07654321"], (ONE, OTHER)),
        ([f"{ONE},,{ONE} {ONE}\n"], (ONE,)),
        (["HAND-20260101,https://clinicaltrials.gov/study/NCT01234567"], ("HAND-20260101", ONE)),
    ],
)
def test_reads_numbers_as_people_write_them(texts, ids):
    assert read_chosen(texts) == Chosen(ids)


def test_tells_what_is_no_number_and_what_is_too_much():
    assert read_chosen([f"{ONE} <b>lupus</b> NCT123", "x" * 500]).unread == ("<b>lupus</b>", "NCT123", "x" * 40)
    many = read_chosen([",".join(f"NCT{n:08}" for n in range(60))])
    assert len(many.ids) == 50 and many.over == 10
    assert read_chosen([f"{ONE},{OTHER}"], most=1) == Chosen((ONE,), over=1)


def test_writes_what_it_reads():
    chosen = read_chosen([f"{ONE},HAND-00012"])
    assert read_chosen([chosen.as_text]) == chosen
