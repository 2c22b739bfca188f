"""What models cannot refuse: numbers for moments, days out of any range, characters that nobody sees."""

import json
import types
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import AwareDatetime, BaseModel

from schemas.contracts import CONTRACTS, TYPES
from schemas.domain import Breach
from schemas.event_text_checks import MOMENTS
from streams.intake.gateway.grants import contract_of
from tests.unit.gateway import examples

Json = dict[str, Any]


def parts(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Annotated, Union, types.UnionType, tuple, list):
        for part in get_args(annotation):
            yield from parts(part)
    elif isinstance(annotation, type):
        yield annotation


def moments(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        for part in parts(field.annotation):
            if issubclass(part, (date, datetime, AwareDatetime)):
                yield name
            elif issubclass(part, BaseModel):
                yield from moments(part)


def refused(event: Json) -> tuple[str, str] | None:
    try:
        contract_of(event["type"], None).parse(json.dumps(event, ensure_ascii=False).encode())
    except Breach as breach:
        return breach.field, breach.rule
    return None


def places(event: Json, names: tuple[str, ...]) -> Iterator[tuple[Json, str, str]]:
    """Copies of the event, each with one of these fields to be changed."""
    for where in (("time",), *(("data", name) for name in names), ("data", "event", "time"),
                  *(("data", "event", "data", name) for name in names)):  # fmt: skip
        copy = json.loads(json.dumps(event))
        at = copy
        for part in where[:-1]:
            at = at.get(part, {}) if isinstance(at, dict) else {}
        if isinstance(at, dict) and isinstance(at.get(where[-1]), str):
            yield copy, at, ".".join(where)  # type: ignore[misc]


def test_every_moment_and_day_of_the_contract_is_looked_at() -> None:
    assert {name for model in TYPES.values() for name in moments(model)} == {*MOMENTS, "time"}


@pytest.mark.parametrize("number", ["1706662800", "1706662800.5", "-1", "20240131", "1706659200"])
def test_a_number_in_a_string_is_no_moment_and_no_day(number: str) -> None:
    tried = set()
    for example in examples():
        assert refused(example) is None
        for event, at, where in places(example, MOMENTS):
            at[where.rpartition(".")[2]] = number  # type: ignore[index]
            field, _ = refused(event) or ("taken", "")
            assert field == where
            tried.add(where.rpartition(".")[2])
    assert tried == {*MOMENTS, "time"}


@pytest.mark.parametrize("letter", ["\x85", "\x9b", "\u202e", "\u2066", "\u200f", "\u061c"])
@pytest.mark.parametrize("escaped", [True, False])
def test_what_turns_the_direction_of_writing_or_nobody_sees_is_no_part_of_a_name(letter: str, escaped: bool) -> None:
    for example in examples():
        data = example["data"]
        for name in ("unit", "name", "title", "status_raw"):
            if isinstance(data.get(name), str):
                event = {**example, "data": {**data, name: f"Sở {letter}Tư pháp"}}
                raw = json.dumps(event, ensure_ascii=escaped).encode()
                with pytest.raises(Breach) as breach:
                    contract_of(event["type"], None).parse(raw)
                assert (breach.value.field, breach.value.rule) == (f"data.{name}", "control_character")


def test_what_nobody_declared_is_not_looked_at() -> None:
    for example in examples():
        assert refused({**example, "note": "\u202e", "data": {**example["data"], "note": "\x85"}}) is None


@pytest.mark.parametrize("name", [*MOMENTS, "event"])
@pytest.mark.parametrize("value", [5, None, True, [], {}, {"time": 5}, {"data": 5}, float("nan")])
def test_a_field_that_a_type_does_not_declare_may_be_anything(name: str, value: Any) -> None:
    for example in examples():
        inner: Any = contract_of(example["type"], None).types[example["type"]].model_fields["data"].annotation
        if name not in inner.model_fields:
            assert refused({**example, "data": {**example["data"], name: value}}) is None


@pytest.mark.parametrize("odd", [5, float("nan")])
def test_a_number_is_found_beside_what_a_type_does_not_declare(odd: float) -> None:
    for example in examples():
        data = {**example["data"], "note": float("nan"), "expires_at": odd}
        if "expires_at" not in example["data"]:
            assert refused({**example, "time": "1706662800", "data": data}) == ("time", "datetime_parsing")


@pytest.mark.parametrize("day", ["0001-01-01", "2009-12-31", "2024-02-02", "9999-12-31"])
def test_a_digest_speaks_of_no_day_before_everything_or_still_to_come(day: str) -> None:
    digest = {"day": day, "count": 0, "hash": "0" * 64}
    event = {"specversion": "1.0", "id": "d", "source": "urn:a", "subject": "urn:a", "type": "source.digest.v1"}
    event |= {"time": "2024-01-31T08:00:00+07:00"}
    with pytest.raises(Breach) as breach:
        CONTRACTS["cases"].parse(json.dumps({**event, "data": digest}))
    assert breach.value.field == "data.day"
    CONTRACTS["cases"].parse(json.dumps({**event, "data": {**digest, "day": "2024-02-01"}}))
