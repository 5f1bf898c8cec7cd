"""Every drug and biological that 486 registry records of connective tissue disease and cell therapy name.

`registry_names.tsv` holds how often a name stands in the records, the name, and what it is; empty where the list does
not know it (yet) or where the name names nothing.
"""

import csv
from pathlib import Path

import pytest

from trials.drugs import find, find_all

LINES = Path(__file__).with_name("registry_names.tsv").read_text(encoding="utf-8").splitlines()
NAMES = list(csv.DictReader(LINES, delimiter="\t"))
# These name no product at all.
NO_PRODUCT = {"Active Comparator", "Active Comparator Option"}


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["name"][:60])
def test_a_name_of_the_registry_is_what_we_wrote_down(row: dict[str, str]) -> None:
    assert [drug.name for drug in find_all(row["name"])] == [name for name in row["drugs"].split(" + ") if name]


def test_nearly_all_names_that_name_a_product_are_known() -> None:
    rows = [row for row in NAMES if row["name"] not in NO_PRODUCT]
    known = [row for row in rows if row["drugs"]]
    share = sum(int(row["count"]) for row in known) / sum(int(row["count"]) for row in rows)
    assert share > 0.97  # 631 of 642; 97 % of the different names
    assert len(known) / len(rows) > 0.96


def test_one_product_is_one_answer_and_several_are_none() -> None:
    for row in NAMES:
        drug = find(row["name"])
        assert drug is None or drug.name in row["drugs"].split(" + ")
    single = [row for row in NAMES if row["drugs"] and " + " not in row["drugs"]]
    answered = [row for row in single if find(row["name"])]
    assert len(answered) / len(single) > 0.98
