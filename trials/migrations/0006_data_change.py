"""What changes the answer to "which studies may fit" leaves a trace, whoever writes it."""

from django.db import migrations, models

# The last three tell which studies are siblings, and by whose name.
WATCHED = (
    "trials_trial", "trials_trialeditorial", "trials_trialcondition", "trials_criterion",
    "trials_contact", "trials_intervention", "trials_trialsponsor",
)  # fmt: skip

_FUNCTION = """
CREATE FUNCTION trials_note_data_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO trials_datachange DEFAULT VALUES;
  RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE TRIGGER note_data_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION trials_note_data_change()
"""


class Migration(migrations.Migration):
    dependencies = [("trials", "0005_golden_patients")]

    operations = [
        migrations.CreateModel(
            name="DataChange",
            fields=[("id", models.BigAutoField(primary_key=True, serialize=False))],
            options={"verbose_name": "change of the data"},
        ),
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION trials_note_data_change"),
        *(
            migrations.RunSQL(_TRIGGER.format(table=table), f"DROP TRIGGER note_data_change ON {table}")
            for table in WATCHED
        ),
    ]
