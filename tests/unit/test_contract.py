"""The contract is what is declared: examples, exported JSON Schemas, and no breaking difference."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from schemas import export
from schemas.cases import CASE_EVENT
from schemas.compat import breaking
from schemas.topics import TOPICS
from tests.settings import REPOSITORY

EXAMPLES = sorted((REPOSITORY / "schemas/examples").glob("*/*.json"))
DECLARED = export.current()
ACCEPTED = "case.accepted.v1"


def test_every_declared_type_has_examples_and_nothing_else_has() -> None:
    assert {path.parent.name for path in EXAMPLES} == set(export.event_types())


def test_every_type_belongs_to_a_topic() -> None:
    prefixes = tuple(topic.examples for topic in TOPICS)

    assert [name for name in export.event_types() if not name.startswith(prefixes)] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_decodes_to_its_type_and_round_trips(path: Path) -> None:
    said = json.loads(path.read_text("utf-8"))

    event = CASE_EVENT.validate_json(path.read_bytes())

    assert event.type == path.parent.name
    written = CASE_EVENT.dump_json(event, exclude_unset=True)
    assert CASE_EVENT.validate_json(written) == event
    assert json.loads(written) == said


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_keeps_to_the_exported_schema_of_its_type(path: Path) -> None:
    schema = export.exported()[path.parent.name]

    jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))


def test_the_exported_schemas_break_nobody() -> None:
    assert export.differences(export.exported(), DECLARED) == []


def test_the_exported_schemas_are_those_declared() -> None:
    """If this fails after an addition to the contract: python -m schemas.export."""
    committed = {path.stem: path.read_text("utf-8") for path in export.FOLDER.glob("*.json")}

    assert committed == {name: export.text_of(schema) for name, schema in DECLARED.items()}


def test_exporting_refuses_to_break_somebody(tmp_path: Path) -> None:
    assert export.write(tmp_path) == []
    path = tmp_path / f"{ACCEPTED}.json"
    earlier = json.loads(path.read_text("utf-8"))
    earlier["properties"]["colour"] = {"type": "string"}
    path.write_text(json.dumps(earlier), "utf-8")

    assert export.write(tmp_path) == [f"{ACCEPTED}/colour: gone"]
    assert json.loads(path.read_text("utf-8")) == earlier


def _acceptance(schema: Any) -> Any:
    return schema["$defs"]["Acceptance"]


def _drop(key: str) -> Callable[[Any], object]:
    return lambda schema: _acceptance(schema)["properties"].pop(key)


def _put(*place: str, value: object) -> Callable[[Any], object]:
    def change(schema: Any) -> None:
        for part in place[:-1]:
            schema = schema[part]
        schema[place[-1]] = value

    return change


BREAKING: dict[str, tuple[Callable[[Any], object], str]] = {
    "a removed field": (_drop("due_on"), "/data/due_on: gone"),
    "a newly required field": (
        lambda schema: _acceptance(schema)["required"].append("procedure"),
        "/data/procedure: newly required",
    ),
    "a removed value": (
        lambda schema: schema["$defs"]["Channel"]["enum"].remove("post"),
        "/data/channel: not allowed any more: 'post'",
    ),
    "a changed constant": (
        _put("properties", "type", "const", value="case.accepted.v2"),
        "/type: not allowed any more: 'case.accepted.v1'",
    ),
    "another type": (
        _put("properties", "id", "type", value="integer"),
        "/id: type was string, is integer",
    ),
    "a shorter text": (
        _put("properties", "id", "maxLength", value=32),
        "/id: maxLength was 64, is 32",
    ),
    "a new bound": (
        _put("$defs", "Acceptance", "properties", "unit", "minLength", value=2),
        "/data/unit: minLength was 1, is 2",
    ),
    "another pattern": (
        _put("properties", "source", "pattern", value="^urn:"),
        "/source: pattern was ^[!-~]+$, is ^urn:",
    ),
    "no null any more": (
        _put("$defs", "Acceptance", "properties", "due_at", value={"type": "string", "format": "date-time"}),
        "/data/due_at: type was null, is string",
    ),
    "unknown fields refused": (
        _put("additionalProperties", value=False),
        "/: unknown fields are not ignored any more",
    ),
}
HARMLESS: dict[str, Callable[[Any], object]] = {
    "a new optional field": _put("$defs", "Acceptance", "properties", "desk", value={"type": "string"}),
    "a new value": lambda schema: schema["$defs"]["Channel"]["enum"].append("kiosk"),
    "a longer text": _put("properties", "id", "maxLength", value=128),
    "no longer required": lambda schema: _acceptance(schema)["required"].remove("channel"),
    "no pattern any more": lambda schema: schema["properties"]["source"].pop("pattern"),
    "null too": _put("properties", "id", value={"anyOf": [DECLARED[ACCEPTED]["properties"]["id"], {"type": "null"}]}),
    "another description": _put("properties", "id", "description", value="An id."),
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_breaking_difference_is_found(name: str) -> None:
    change, said = BREAKING[name]
    changed = copy.deepcopy(DECLARED[ACCEPTED])
    change(changed)

    assert breaking(DECLARED[ACCEPTED], changed) == [said]


@pytest.mark.parametrize("name", HARMLESS)
def test_an_addition_breaks_nobody(name: str) -> None:
    changed = copy.deepcopy(DECLARED[ACCEPTED])
    HARMLESS[name](changed)

    assert breaking(DECLARED[ACCEPTED], changed) == []


def test_a_removed_type_is_found() -> None:
    fewer = {name: schema for name, schema in DECLARED.items() if name != ACCEPTED}

    assert export.differences(DECLARED, fewer) == [f"{ACCEPTED}: gone"]


def test_a_fact_that_can_no_longer_be_corrected_is_found() -> None:
    old = DECLARED["case.corrected.v1"]
    changed = copy.deepcopy(old)
    facts = changed["$defs"]["Correction"]["properties"]["event"]["oneOf"]
    facts.remove({"$ref": "#/$defs/StepFact"})

    assert breaking(old, changed) == ["/data/event: StepFact is not taken any more"]
