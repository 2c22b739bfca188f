"""JSON that is none, by whatever reason, is one error, and the error never says what was read."""

import ast
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from schemas.json_text import NotJson, decode, encode, indented
from tests.settings import REPOSITORY


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"  ", b"1 2", b"01", b"1.", b"[NaN]", b"1e400", b'"\x01"', b'["\xff"]', b'"\\ud800"'),
        *(b"[" * 200_000, b"[" * 3_000 + b"]" * 3_000, b'{"secret": '),
    ],
)
def test_what_is_no_json_is_one_error_without_its_text(raw: bytes) -> None:
    with pytest.raises(NotJson) as caught:
        decode(raw)
    assert str(caught.value) == "not JSON"
    assert caught.value.__cause__ is None


def test_what_cannot_be_json_is_the_same_error() -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    for value in (nested, "\ud800"):
        with pytest.raises(NotJson):
            encode(value)
    while nested:  # else its end is a recursion too
        nested = nested[0]  # type: ignore[assignment]


def test_what_is_read_is_what_was_written() -> None:
    value = {"số": 10**30, "ratio": 0.1, "none": None, "list": [True, "\u2028"]}
    assert decode(encode(value)) == value
    assert encode({"at": datetime(2026, 1, 2, tzinfo=UTC)}) == b'{"at":"2026-01-02T00:00:00Z"}'
    assert encode([float("nan")]) == b"[null]"


def test_for_a_person_everything_has_a_form() -> None:
    said = indented({"b": {3}, "a": [date(2026, 1, 2), Decimal("1.5")]}, ordered=True)
    assert said == '{\n  "a": [\n    "2026-01-02",\n    "1.5"\n  ],\n  "b": [\n    3\n  ]\n}'


def test_nobody_writes_json_by_another_way() -> None:
    """Standard library and other packages: their dates, numbers and errors differ."""
    for folder in ("schemas", "streams", "dashboards", "infra"):
        for path in (REPOSITORY / folder).rglob("*.py"):
            if path.name == "hold_receiver.py":  # to be copied by others, who have not our packages
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not {"json", "orjson", "ujson", "simplejson"} & set(names), path
