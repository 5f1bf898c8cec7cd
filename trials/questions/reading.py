"""The questions of the data files, checked once when they are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from trials.questions.checks import QuestionsError, check
from trials.questions.model import Choice, Field, Kind, KnownBy, Question, Unit

FILES = ("you", "medicines", "health", "tests", "scores")
_FOLDER = Path(__file__).with_name("data")

T = TypeVar("T", Question, Field, Choice, Unit)


@cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order in which a person would be asked without any knowledge of studies.

    Raises QuestionsError when a data file is wrong.
    """
    rows = (row for name in FILES for row in _rows(name))
    return check(tuple(question_from(row) for row in rows))


def question_of(slug: str) -> Question:
    """The question of this slug. Raises KeyError when there is none."""
    return _by_slug()[slug]


@cache
def _by_slug() -> dict[str, Question]:
    return {question.slug: question for question in questions()}


def field_of(attribute: str) -> Field:
    """How an attribute of the criteria contract is asked; of those with several questions the first, by which it is
    named in lists. Raises KeyError when it is never asked.
    """
    return _by_attribute()[attribute]


@cache
def _by_attribute() -> dict[str, Field]:
    return {field.attribute: field for question in reversed(questions()) for field in reversed(question.fields)}


def _rows(name: str) -> list[dict[str, Any]]:
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for key in ("version", "date", "sources"):
        if not data.get(key):
            raise QuestionsError(f"{name}.toml: “{key}” is missing.")
    rows: list[dict[str, Any]] = data.get("question", [])
    return rows


def question_from(row: Mapping[str, Any]) -> Question:
    """A question as its row in a data file says. Raises QuestionsError."""
    place = f"question “{row.get('slug', '?')}”"
    inner = tuple(_field(one, place) for one in row.get("field", ()))
    return _made(Question, {**_without(row, "field"), "fields": inner}, place)


def _field(row: Mapping[str, Any], place: str) -> Field:
    place = f"{place}, field “{row.get('attribute', '?')}”"
    values = {
        **_without(row, "unit", "choice"),
        "kind": _one_of(Kind, row.get("kind"), place),
        "known_by": _one_of(KnownBy, row.get("known_by", KnownBy.PATIENT), place),
        "units": tuple(_made(Unit, one, f"{place}, unit “{one.get('slug', '?')}”") for one in row.get("unit", ())),
        "choices": tuple(
            _made(Choice, one, f"{place}, choice “{one.get('slug', '?')}”") for one in row.get("choice", ())
        ),
    }
    return _made(Field, values, place)


def _without(row: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def _one_of(options: type[Kind] | type[KnownBy], value: Any, place: str) -> Kind | KnownBy:
    try:
        return options(value)
    except ValueError:
        raise QuestionsError(f"{place}: “{value}” is none of {', '.join(options)}.") from None


def _made(model: type[T], row: Mapping[str, Any], place: str) -> T:
    """The row as a dataclass; each value has to be there and of the type of its key."""
    known = {one.name: one for one in fields(model)}
    if unknown := [key for key in row if key not in known]:
        raise QuestionsError(f"{place}: “{unknown[0]}” is no key of ours.")
    if missing := [name for name, one in known.items() if one.default is MISSING and name not in row]:
        raise QuestionsError(f"{place}: “{missing[0]}” is missing.")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    for key, value in values.items():
        kind = known[key].type
        number = kind is float and isinstance(value, int | float) and not isinstance(value, bool)
        if isinstance(kind, type) and not number and not isinstance(value, kind):
            raise QuestionsError(f"{place}: “{key}” has to be {_NAMES.get(kind, kind.__name__)}.")
    return model(**values)


_NAMES = {str: "a text", float: "a number", bool: "true or false"}
