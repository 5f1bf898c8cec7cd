"""The book of imports is closed however a run ends."""

import pytest
from django.db import connection

from trials.ingest.runs import closing, start_run
from trials.models import ImportRun


@pytest.mark.django_db(transaction=True)
def test_stop_in_the_middle_of_a_query_is_written_down() -> None:
    run = start_run(ImportRun.Kind.FILES, "x")
    with pytest.raises(KeyboardInterrupt), closing(run):
        connection.connection.pgconn.send_query(b"SELECT 1")  # asked, and the answer never fetched
        raise KeyboardInterrupt
    run.refresh_from_db()
    assert (run.state, run.error) == (ImportRun.State.STOPPED, "Stopped by the operator.")
