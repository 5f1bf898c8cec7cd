"""Counts what partners' frames show. Nothing of a visitor comes in here."""

from datetime import date

from django.db import connection, transaction

_COUNT = """
    INSERT INTO trials_partnerviews (partner_id, day, nct_id, views) VALUES (%s, %s, %s, 1)
    ON CONFLICT (partner_id, day, nct_id) DO UPDATE SET views = trials_partnerviews.views + 1
"""


def count_view(partner_id: int, day: date, nct_id: str = "") -> None:
    """One page more; without an id it is no page of a study."""
    with transaction.atomic(), connection.cursor() as cursor:
        # A visitor need not wait for the disk: should the server fall, the last moments of counting are lost.
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(_COUNT, [partner_id, day, nct_id])
