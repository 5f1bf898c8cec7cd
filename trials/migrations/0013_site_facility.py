"""Find a clinic's own sites by their names without a look at every open site."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False  # the index is made while others read and write

    dependencies = [("trials", "0012_partners")]

    operations = [
        AddIndexConcurrently(
            "site",
            GinIndex(
                fields=["facility"], opclasses=["gin_trgm_ops"], condition=Q(recruiting=True), name="open_site_facility"
            ),
        ),
    ]
