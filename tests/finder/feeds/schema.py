"""Values against schemas of OpenAPI 3.1, as far as our document uses them; what this does not know, it refuses."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

_TYPES: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip
_KNOWN = {
    "$ref", "type", "enum", "anyOf", "pattern", "format", "minimum", "maximum", "maxLength", "items", "properties",
    "required", "additionalProperties", "description", "default",
}  # fmt: skip


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        found: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def faults(document: dict[str, Any], schema: dict[str, Any], value: Any, place: str = "$") -> Iterator[str]:
    """What is wrong with the value, each with its place."""
    schema = resolved(document, schema)
    assert schema.keys() <= _KNOWN, f"{place}: this check knows no {schema.keys() - _KNOWN}"
    if "anyOf" in schema:
        if all(any(True for _ in faults(document, one, value, place)) for one in schema["anyOf"]):
            yield f"{place}: {value!r} is none of {schema['anyOf']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is not in {schema['enum']}"
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_is(value, one) for one in types):
        yield f"{place}: {value!r} is no {types}"
        return
    if isinstance(value, str):
        yield from _of_text(schema, value, place)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield f"{place}: {value} is out of range"
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from faults(document, schema.get("items", {}), one, f"{place}[{number}]")
    elif isinstance(value, dict):
        yield from _of_object(document, schema, value, place)


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and not (isinstance(value, bool) and kind in {"integer", "number"})


def _of_text(schema: dict[str, Any], value: str, place: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} does not match {schema['pattern']}"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{place}: too long"
    try:
        match schema.get("format"):
            case "date":
                date.fromisoformat(value)
            case "date-time":
                assert datetime.fromisoformat(value).tzinfo
            case "uri":
                assert urlsplit(value).netloc
            case "uri-reference" | None:
                urlsplit(value)
            case other:
                raise NotImplementedError(other)
    except (ValueError, AssertionError):
        yield f"{place}: {value!r} is no {schema['format']}"


def _of_object(document: dict[str, Any], schema: dict[str, Any], value: dict[str, Any], place: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", []):
        if name not in value:
            yield f"{place}: no {name}"
    for name, one in value.items():
        if name in properties:
            yield from faults(document, properties[name], one, f"{place}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{place}: {name} is not described"
