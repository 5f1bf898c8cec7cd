"""No change of what pages show is missed, and each bears the moment at which others could see it."""

import time

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from tests.studies import store, study
from trials.models import DataChange, Outcome, Trial

pytestmark = pytest.mark.django_db
_WATCHED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'note_data_change'"


def watched() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WATCHED)
        return {name for (name,) in cursor.fetchall()}


def key_of(table: str) -> str:
    return next(model for model in apps.get_models() if model._meta.db_table == table)._meta.pk.column


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_way_of_writing_to_a_watched_table_is_another_version():
    tables = watched() - {"auth_user"}
    assert len(tables) > 15
    for table in tables:
        for change in (
            f'UPDATE "{table}" SET {key_of(table)} = {key_of(table)} WHERE false',
            f'DELETE FROM "{table}" WHERE false',
            f'INSERT INTO "{table}" SELECT * FROM "{table}" WHERE false',
        ):
            before = DataChange.shown().version
            run(change)
            assert DataChange.shown().version != before, change


def test_what_is_only_shown_is_not_news_for_the_questionnaire():
    store(study())
    studies, shown = DataChange.version(), DataChange.shown().version
    Outcome.objects.update(measure="Another")
    assert DataChange.version() == studies
    assert DataChange.shown().version != shown
    Trial.objects.update(minimum_age_years=21)
    assert DataChange.version() != studies


def test_a_reading_that_found_nothing_new_is_shown_by_its_date():
    store(study())
    before = DataChange.shown().version
    store(study(), read_at=timezone.now())
    assert DataChange.shown().version != before


def test_the_name_of_a_reader_is_shown_but_not_that_they_signed_in():
    editor = get_user_model().objects.create_user("editor", first_name="Ada", last_name="Reader")
    before = DataChange.shown().version
    editor.last_login = timezone.now()
    editor.save()
    assert DataChange.shown().version == before
    editor.last_name = "Writer"
    editor.save()
    assert DataChange.shown().version != before


def test_of_either_kind_the_newest_mark_is_kept():
    store(study())
    Outcome.objects.update(measure="Another")
    DataChange.forget_old(keep=1)
    assert sorted(DataChange.objects.values_list("shown_only", flat=True)) == [False, True]
    before = DataChange.version(), DataChange.shown().version
    Trial.objects.update(minimum_age_years=21)
    assert DataChange.version() != before[0] and DataChange.shown().version != before[1]


def test_a_change_has_the_moment_at_which_it_could_be_seen(transactional_db):
    store(study())
    with transaction.atomic():
        Trial.objects.update(minimum_age_years=21)
        time.sleep(0.05)
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            [late] = cursor.fetchone()
    shown = DataChange.shown()
    assert shown.changed_at > late
    assert shown.asked_at > shown.changed_at


def test_without_any_data_there_is_a_version_and_no_moment():
    DataChange.objects.all().delete()
    assert DataChange.shown() == ((0, 0, 0), None, None)
