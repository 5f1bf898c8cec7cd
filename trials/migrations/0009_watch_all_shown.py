"""What changes anything that a page shows leaves a trace, and when."""

import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Beside those of 0006: the arms tell siblings apart, so they concern the questionnaire, too.
OF_STUDIES = ("trials_arm", "trials_armintervention")
# The other tables that pages read; tests/finder/caching/test_watched.py finds the one that is missing.
SHOWN = (
    "trials_condition", "trials_criteriareading", "trials_fieldnote", "trials_listedcondition", "trials_outcome",
    "trials_place", "trials_plainsentence", "trials_plainsummary", "trials_recordversion", "trials_secondaryid",
    "trials_site", "trials_trialdate", "trials_trialindex",
)  # fmt: skip

_NOTE = """
CREATE FUNCTION trials_note_shown_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO trials_datachange (shown_only) VALUES (TRUE);
  RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE TRIGGER note_data_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""
# "Checked by …" names people. Each sign-in changes their rows, too. A list of columns in the trigger itself would keep
# the tables of Django from ever changing these columns.
_NAMES = """
CREATE FUNCTION trials_note_name_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.first_name, OLD.last_name) IS DISTINCT FROM (NEW.first_name, NEW.last_name) THEN
    INSERT INTO trials_datachange (shown_only) VALUES (TRUE);
  END IF;
  RETURN NULL;
END $$
"""
_NAMES_TRIGGER = """
CREATE TRIGGER note_data_change AFTER UPDATE ON auth_user FOR EACH ROW EXECUTE FUNCTION trials_note_name_change()
"""
# A batch works for seconds before others see it: what counts is the moment just before they do.
_STAMP = """
CREATE FUNCTION trials_stamp_data_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE trials_datachange SET changed_at = clock_timestamp() WHERE id = NEW.id;
  RETURN NULL;
END $$
"""
_STAMP_TRIGGER = """
CREATE CONSTRAINT TRIGGER stamp_data_change AFTER INSERT ON trials_datachange
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trials_stamp_data_change()
"""


def watch(table, function):
    return migrations.RunSQL(
        _TRIGGER.format(table=table, function=function), f"DROP TRIGGER note_data_change ON {table}"
    )


class Migration(migrations.Migration):
    dependencies = [("trials", "0008_places"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("datachange", "shown_only", models.BooleanField(db_default=False)),
        migrations.AddField(
            "datachange",
            "changed_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.RunSQL(_NOTE, "DROP FUNCTION trials_note_shown_change"),
        *(watch(table, "trials_note_data_change") for table in OF_STUDIES),
        *(watch(table, "trials_note_shown_change") for table in SHOWN),
        migrations.RunSQL(_NAMES, "DROP FUNCTION trials_note_name_change"),
        migrations.RunSQL(_NAMES_TRIGGER, "DROP TRIGGER note_data_change ON auth_user"),
        migrations.RunSQL(_STAMP, "DROP FUNCTION trials_stamp_data_change"),
        migrations.RunSQL(_STAMP_TRIGGER, "DROP TRIGGER stamp_data_change ON trials_datachange"),
    ]
