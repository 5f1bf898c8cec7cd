"""New migrations run while the former release serves visitors: see docs/deployment.md, “Migrations without a break”."""

from collections.abc import Iterator

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

FIRST = "0012"  # those before were made when no site was running
SMALL = {"partner", "partnerviews", "importrun", "condition"}  # few rows: locked for an instant


def objections(operations: list[migrations.operations.base.Operation]) -> Iterator[str]:
    made: set[str] = set()
    for one in operations:
        table = getattr(one, "model_name_lower", "")
        if isinstance(one, migrations.CreateModel):
            made.add(one.name_lower)
        elif table in made:
            continue
        elif isinstance(one, migrations.RenameField | migrations.RenameModel):
            yield f"{one.describe()}: the former release asks for the old name. Add the new one beside it."
        elif isinstance(one, migrations.AddField) and not one.field.null and not one.field.many_to_many:
            if one.field.db_default is NOT_PROVIDED:
                yield f"{one.describe()}: the former release writes rows without it. Give it null or db_default."
        elif table in SMALL:
            continue
        elif isinstance(one, migrations.AddIndex) and not isinstance(one, AddIndexConcurrently):
            yield f"{one.describe()}: nobody can write meanwhile. Use AddIndexConcurrently."
        elif type(one) is migrations.AddConstraint:
            yield f"{one.describe()}: nobody can read meanwhile. Use AddConstraintNotValid, then ValidateConstraint."


def test_new_migrations_stop_nobody():
    loader = MigrationLoader(None)
    new = {name: one for (app, name), one in loader.disk_migrations.items() if app == "trials" and name >= FIRST}
    assert new
    assert {name: found for name, one in new.items() if (found := list(objections(one.operations)))} == {}


INDEX = models.Index(fields=["brief_title"], name="some_index")
CHECK = models.CheckConstraint(name="some_check", condition=models.Q(pk__gt=0))


@pytest.mark.parametrize(
    ("operation", "refused"),
    [
        (migrations.AddIndex("trial", INDEX), True),
        (AddIndexConcurrently("trial", INDEX), False),
        (migrations.AddIndex("partner", INDEX), False),
        (migrations.AddField("trial", "more", models.TextField(default="")), True),
        (migrations.AddField("partner", "more", models.TextField(default="")), True),
        (migrations.AddField("trial", "more", models.TextField(db_default="")), False),
        (migrations.AddField("trial", "more", models.TextField(null=True)), False),
        (migrations.AddConstraint("trial", CHECK), True),
        (migrations.RenameField("partner", "name", "title"), True),
    ],
)
def test_what_stops_the_former_release_is_refused(operation, refused):
    assert bool(list(objections([operation]))) == refused


def test_a_table_that_is_new_may_have_anything():
    made = migrations.CreateModel("fresh", [("id", models.BigAutoField(primary_key=True))])
    assert list(objections([made, migrations.AddIndex("fresh", INDEX), migrations.AddConstraint("fresh", CHECK)])) == []
