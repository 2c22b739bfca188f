"""What the data of an event type consist of, read from the contract itself: a field's name and how it is written."""

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from schemas.contracts import CASE_TYPES, DOMAINS, TYPES

HUNDREDTHS = 100
AMENDMENTS = frozenset(("case.corrected.v1", "case.voided.v1"))
# Of a row each. Corrections and voidings name another event, which a row of a table cannot.
SAYABLE = frozenset(CASE_TYPES) - AMENDMENTS | {d.type_of(kind) for d in DOMAINS.values() for kind in d.kinds}


class Form(Enum):
    """How a cell has to be read."""

    TEXT = "text"
    WHOLE = "whole"
    SHARE = "share"  # a whole number of hundredths
    TRUTH = "truth"
    DAY = "day"
    MOMENT = "moment"
    TEXTS = "texts"  # several, with ; or , between


class Field(NamedTuple):
    """``name`` has a point before each part of a part: ``payment.amount``."""

    name: str
    form: Form
    required: bool


@cache
def fields_of(type_: str) -> Mapping[str, Field]:
    """The fields of ``data``, by name, of one of :data:`SAYABLE`."""
    data: Any = TYPES[type_].model_fields["data"].annotation
    schema = TypeAdapter(data).json_schema()
    return {field.name: field for field in _walk(schema, schema.get("$defs", {}), "", required=True)}


def _walk(part: Mapping[str, Any], defs: Mapping[str, Any], above: str, *, required: bool) -> Iterator[Field]:
    needed = part.get("required", ())
    for name, said in part.get("properties", {}).items():
        known = _resolved(said, defs)
        own = required and name in needed
        if known.get("type") == "object":
            yield from _walk(known, defs, f"{above}{name}.", required=own)
        else:
            yield Field(f"{above}{name}", _form(known), own)


def _resolved(said: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Behind references, and without "or nothing"."""
    choices = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
    if choices:
        return _resolved(choices[0], defs)
    if "$ref" in said:
        return _resolved(defs[said["$ref"].rpartition("/")[2]], defs)
    return said


def _form(known: Mapping[str, Any]) -> Form:
    match known.get("type"), known.get("format"):
        case "integer", _:
            return Form.SHARE if known.get("maximum") == HUNDREDTHS else Form.WHOLE
        case "boolean", _:
            return Form.TRUTH
        case "array", _:
            return Form.TEXTS
        case _, "date":
            return Form.DAY
        case _, "date-time":
            return Form.MOMENT
        case _:
            return Form.TEXT
