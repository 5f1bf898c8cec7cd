"""Writers take turns, so that no two create one trial, and none undoes what another is writing."""

from django.db import connection

_WRITER_LOCK = 7_364_001  # any number of ours


def writers_turn() -> None:
    """Wait until no other writer is at work; the turn ends with the transaction that it is taken in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITER_LOCK])
