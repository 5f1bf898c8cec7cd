"""Counts what partners' frames show. Nothing of a visitor comes in here."""

from datetime import date, timedelta

from django.db import connection, transaction

from trials.models import PartnerViews

KEPT_DAYS = 400  # the longest span of the desk's page is a year; the rest is room for a report made late

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


def forget_old_views(today: date) -> None:
    """Only the days that `KEPT_DAYS` allows stay, today among them."""
    PartnerViews.objects.filter(day__lte=today - timedelta(days=KEPT_DAYS)).delete()
