from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

LISTS = ["trial", "site", "contact", "fieldnote", "recordversion"]


def found(client: Client, model: str, term: str) -> set[str]:
    response = client.get(reverse(f"admin:trials_{model}_changelist"), {"q": term})
    rows = response.context["cl"].result_list
    return {row.nct_id if model == "trial" else row.trial.nct_id for row in rows}


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("term", ["NCT90000007", "nct90000007", " 90000007 "])
def test_nct_id_finds_its_rows_in_every_list(model: str, term: str, editor: Client, fill: Any) -> None:
    fill(range(1, 12))
    assert found(editor, model, term) == {"NCT90000007"}


def test_beginning_of_nct_id_finds_all_that_begin_so(editor: Client, fill: Any) -> None:
    fill(range(8, 13))
    assert found(editor, "trial", "NCT9000001") == {"NCT90000010", "NCT90000011", "NCT90000012"}


def test_nct_id_is_not_sought_in_texts(editor: Client, fill: Any) -> None:
    fill(range(1, 3))
    with CaptureQueriesContext(connection) as seen:
        found(editor, "trial", "NCT90000002")
    assert not [query for query in seen if "UPPER" in query["sql"] and "brief_title" in query["sql"]]


def test_nct_id_uses_the_unique_index(editor: Client, fill: Any) -> None:
    fill(range(1, 3))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM trials_trial WHERE nct_id = 'NCT90000002'")
        assert "Index" in str(cursor.fetchall())
        cursor.execute("EXPLAIN SELECT 1 FROM trials_trial WHERE nct_id LIKE 'NCT9000000%'")
        plan = str(cursor.fetchall())
    assert "Index Cond" in plan and "~" in plan


@pytest.mark.parametrize("term", ["medicine lupus", "hospital test", "ORG-1"])
def test_words_find_title_sponsor_and_own_number(term: str, editor: Client, fill: Any) -> None:
    fill(range(1, 3))
    assert len(found(editor, "trial", term)) == 2


def test_words_that_are_nowhere_find_nothing(editor: Client, fill: Any) -> None:
    fill(range(1, 2))
    assert found(editor, "trial", "zebra") == set()
