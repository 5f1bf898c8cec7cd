"""What is written down of what happens: a line each, for people or for programs, and nothing that anybody sent.

Texts of others (Django, Postgres, an exception) may quote what a visitor typed, so they are left out: of an exception
its kind and its places in the code are told, of Django's own lines what an HTTP status says. A path is told as the
pattern that it fits. Needs no settings, for granian's own process uses it, too.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from finder.env import env_bool

ROOT = Path(__file__).resolve().parent.parent
request_id: ContextVar[str] = ContextVar("request_id", default="")

_OUR_LOGGERS = {"finder", "trials", "_granian"}
_GIVEN = ("event", "method", "path", "status", "duration_ms", "sqlstate")  # by `extra` of a line
_FRAMES = 12  # of a trace, the innermost


def formatter() -> logging.Formatter:
    """By FINDER_LOG_JSON."""
    return ForPrograms() if env_bool("FINDER_LOG_JSON", default=False) else ForPeople()


def logging_config(*, requests: bool) -> dict[str, Any]:
    """The setting LOGGING; `requests` has a line for each."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "finder.logs.formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "finder.request_log": {"level": "INFO" if requests else "WARNING"},
            "httpx": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},  # a line for each job would be all that anybody reads
        },
    }


class ForPrograms(logging.Formatter):
    """One JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields_of(record), ensure_ascii=False, default=str)


class ForPeople(logging.Formatter):
    """Time, level, where from, what, and the rest as `name=value`; a trace on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        fields = fields_of(record)
        first = " ".join(str(fields.pop(name)) for name in ("time", "level", "logger"))
        message, trace = fields.pop("message"), fields.pop("trace", ())
        rest = "".join(f" {name}={value}" for name, value in fields.items())
        return "\n    ".join([f"{first}: {message}{rest}", *trace])  # type: ignore[misc]


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """All that may be written down of the record; what is not known is left out."""
    fields: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
    }
    fields |= {name: value for name in _GIVEN if (value := getattr(record, name, None)) not in (None, "")}
    if status := getattr(record, "status_code", None):
        fields["status"] = status
    if known := request_id.get():
        fields["request_id"] = known
    error = record.exc_info[1] if record.exc_info else None
    return fields | (_told(error) if error else {})


def _message(record: logging.LogRecord) -> str:
    status = getattr(record, "status_code", None)
    if status:  # Django's words hold the path, the host or the whole exception
        return HTTPStatus(status).phrase if status in list(HTTPStatus) else "Answered"
    if record.name.partition(".")[0] in _OUR_LOGGERS:
        return record.getMessage().partition("\n")[0]
    return str(record.msg).partition("\n")[0]


def _told(error: BaseException) -> dict[str, object]:
    """The kinds of the error and of what it came from, and the places; innermost first. None of its words."""
    kinds: list[str] = []
    one: BaseException | None = error
    while one is not None and len(kinds) < _FRAMES:
        kinds.append(type(one).__qualname__)
        one = one.__cause__ or one.__context__
    frames = [(_short(frame.filename), frame.lineno, frame.name) for frame in traceback.extract_tb(error.__traceback__)]
    trace = [f"{name}:{line} {function}" for name, line, function in reversed(frames)]
    ours = [place for place in trace if place.startswith(("finder/", "trials/"))]
    place = (ours or trace or ["?"])[0].partition(" ")[0]
    return {"exception": " < ".join(kinds), "place": place, "trace": trace[:_FRAMES]}


def _short(filename: str) -> str:
    """A file of ours by its name in the project, another one by that in its package."""
    path = Path(filename)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return filename.rpartition("site-packages/")[2]
