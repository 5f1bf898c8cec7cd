"""Whole days as a calendar file (RFC 5545) that any calendar can read. Made when asked for, kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpResponse
from icalendar import Calendar, Event

from trials.text_blocks import clean_text

_MADE_BY = "-//CTD Trial Finder//Dates of studies//EN"


@dataclass(frozen=True, slots=True)
class Day:
    """`key` names the day for good, so that a calendar that gets the file again knows it; `lines` stand in its text.

    `made_at` is when what the file says came to be. A calendar that several people share shows the title to all of
    them; where `is_private`, it is asked to show them nothing else.
    """

    key: str
    day: date
    title: str
    lines: tuple[str, ...]
    address: str
    made_at: datetime
    is_private: bool = False


def calendar_file(days: Iterable[Day], language: str) -> bytes:
    """At least one day: a calendar without any is none."""
    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    for day in days:
        calendar.add_component(_event(day, language))
    return calendar.to_ical()


def _event(day: Day, language: str) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, day.key)))
    event.add("dtstamp", day.made_at)
    event.add("dtstart", day.day)  # a date alone is the whole of that day
    event.add("summary", clean_text(day.title), {"language": language})
    event.add("description", "\n".join(clean_text(line) for line in day.lines), {"language": language})
    event.add("url", day.address)
    event.add("transp", "TRANSPARENT")  # nobody is busy on it
    if day.is_private:
        event.add("class", "PRIVATE")
    return event


def attachment(days: Iterable[Day], name: str, language: str) -> HttpResponse:
    response = HttpResponse(calendar_file(days, language), "text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
