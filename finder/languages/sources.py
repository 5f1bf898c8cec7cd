"""Where messages stand: in Python, in templates and in data files. Reads the working tree; starts nothing of it."""

import io
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

CODE = ("finder/**/*.py", "trials/**/*.py")
TEMPLATES = ("templates/**/*.html",)

# What marks a message: the name of the function, and which of its arguments are the message ("c": its context).
# `mark`, `marks`, `say` and `count` are those of `trials.plain_language.tongue`.
_ONE = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "mark", "say"))
_TWO = dict.fromkeys(("ngettext", "ngettext_lazy", "marks", "count"), (1, 2))
_IN_CONTEXT = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
_TWO_IN_CONTEXT = dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
KEYWORDS: dict[str, Any] = {**_ONE, **_TWO, **_IN_CONTEXT, **_TWO_IN_CONTEXT}
FOR_TRANSLATORS = ("Translators:",)  # a comment that begins so is handed on


@dataclass(frozen=True, slots=True)
class Data:
    """Fields of data files that people read: of each row of the array, a text or a list of texts.

    "question.field" is the array `field` of every row of the array `question`.
    """

    files: str
    array: str
    fields: tuple[str, ...]


DATA = (
    Data("trials/conditions/conditions.toml", "condition", ("name", "clinical_name", "summary", "body")),
    Data("trials/drugs/*.toml", "drug", ("name", "does")),
    Data("trials/drugs/*.toml", "kind", ("name", "definition")),
    Data("trials/plain_language/data/glossary*.toml", "term", ("term", "brief", "definition")),
    Data("trials/plain_language/data/glossary/*.toml", "term", ("term", "brief", "definition")),
    Data("trials/plain_language/data/terms.toml", "term", ("plain",)),
    Data("trials/plain_language/data/terms.toml", "measure", ("plain",)),
    Data("trials/plain_language/data/terms.toml", "qualifier", ("plain",)),
    Data("trials/plain_language/data/fixed.toml", "age", ("message",)),
    Data("trials/plain_language/data/fixed.toml", "whole", ("message",)),
    Data("trials/questions/data/*.toml", "question", ("group", "text", "help")),
    Data("trials/questions/data/*.toml", "question.field", ("name", "text", "help")),
    Data("trials/questions/data/*.toml", "question.field.unit", ("name",)),
    Data("trials/questions/data/*.toml", "question.field.choice", ("name", "help")),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A message where it stands; with a plural, both its forms. `comments` are for translators."""

    place: str
    message: str | tuple[str, str]
    context: str | None = None
    comments: tuple[str, ...] = ()


def found(root: Path | None = None) -> Iterator[Found]:
    """Every message of the site, in the order of its place: first the pages, then the data."""
    root = root or settings.BASE_DIR
    for path in _files(root, *CODE):
        yield from _in_python(path.read_bytes(), _place(path, root))
    for path in _files(root, *TEMPLATES):
        yield from in_template(path.read_text(encoding="utf-8"), _place(path, root))
    for data in DATA:
        for path in _files(root, data.files):
            rows = rows_of(tomllib.loads(path.read_text(encoding="utf-8")), data.array)
            yield from in_rows(rows, data.fields, _place(path, root))


def _files(root: Path, *patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def _place(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def in_template(text: str, place: str) -> Iterator[Found]:
    """Django turns the template into calls of gettext among noise; without indents the noise can be read as Python."""
    calls = templatize(text, origin=place)
    yield from _in_python("\n".join(line.strip() for line in calls.splitlines()).encode(), place)


def _in_python(source: bytes, place: str) -> Iterator[Found]:
    calls = extract("python", io.BytesIO(source), KEYWORDS, FOR_TRANSLATORS, strip_comment_tags=True)
    for _line, message, comments, context in calls:
        if message:
            both = message if isinstance(message, str) else (message[0], message[1])
            yield Found(place, both, context, tuple(comments))


def rows_of(data: dict[str, Any], array: str) -> list[dict[str, Any]]:
    """The rows of an array of a data file; those of an array within others in the order of the file."""
    rows = [data]
    for name in array.split("."):
        rows = [inner for row in rows for inner in row.get(name, [])]
    return rows


def in_rows(rows: Iterable[dict[str, Any]], fields: tuple[str, ...], place: str) -> Iterator[Found]:
    """Each text with a note of whose it is."""
    for row in rows:
        whose = row.get("slug") or row.get("attribute") or row.get("name") or row.get("term") or ""
        for field in fields:
            texts = row.get(field) or ()
            for text in (texts,) if isinstance(texts, str) else texts:
                yield Found(place, text.strip(), comments=(f"{whose}: {field}",) if whose else ())
