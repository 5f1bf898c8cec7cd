"""No page shows what the version does not know of: every table that a public page reads has its triggers."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.finder.caching.conftest import PAGE, public_paths
from tests.studies import store, study
from tests.trials.conftest import published
from trials.models import DataChange, Trial

pytestmark = pytest.mark.django_db
_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
_WATCHED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'note_data_change'"


def test_every_table_that_a_public_page_reads_is_watched():
    store(study(), study("NCT90000002"))
    published(Trial.objects.get(nct_id="NCT90000001"), get_user_model().objects.create_user("editor", first_name="Ada"))
    read: set[str] = set()
    for path in [*public_paths(), PAGE, "/studies/?q=lupus&country=DE&age=40&sex=FEMALE&condition=sle"]:
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(path).status_code == 200
        read |= {table for query in seen for table in _TABLE.findall(query["sql"])}
    with connection.cursor() as cursor:
        cursor.execute(_WATCHED)
        watched = {name for (name,) in cursor.fetchall()}
    assert {"trials_trial", "trials_site", "trials_plainsentence", "auth_user"} <= read
    assert read - watched - {DataChange._meta.db_table} == set()
