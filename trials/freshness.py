"""When a record counts as old. Pure."""

from datetime import date


def stale_before(today: date, months: int) -> date:
    """A record that the registry last changed before this day is stale: the same day some months earlier, or that
    month's last day.
    """
    month = today.year * 12 + today.month - 1 - months
    for day in range(today.day, today.day - 4, -1):
        try:
            return date(month // 12, month % 12 + 1, day)
        except ValueError:
            continue
    raise AssertionError("a month has at least 28 days")
