"""The contract is what is declared: examples, exported JSON Schemas, and no breaking difference."""

import copy
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from schemas import export
from schemas.compat import breaking
from schemas.contracts import CONTRACTS, DOMAINS, TYPES, Contract
from schemas.domain import Breach
from schemas.topics import BY_CONTRACT, TOPICS
from tests.settings import REPOSITORY

EXAMPLES = sorted((REPOSITORY / "schemas/examples").glob("*/*.json"))
DECLARED = export.current()
ACCEPTED = "case.accepted.v1"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")


def test_every_declared_type_has_examples_and_nothing_else_has() -> None:
    assert {path.parent.name for path in EXAMPLES} == set(TYPES)


def test_every_topic_has_its_contract() -> None:
    assert {topic.contract for topic in TOPICS} == set(CONTRACTS) == set(BY_CONTRACT)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_decodes_to_its_type_and_round_trips(path: Path) -> None:
    contract = _contract_of(path.parent.name)
    said = json.loads(path.read_text("utf-8"))

    event = contract.parse(path.read_bytes())

    assert event.type == path.parent.name
    written = contract.adapter.dump_json(event, exclude_unset=True)
    assert contract.parse(written) == event
    assert _in_utc(json.loads(written)) == _in_utc(said)


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


def _contract_of(type_: str) -> Contract:
    return next(contract for contract in CONTRACTS.values() if type_ in contract.types)


def _in_utc(said: Any) -> Any:
    """The same with every moment in UTC: some are kept so."""
    if isinstance(said, dict):
        return {key: _in_utc(value) for key, value in said.items()}
    if isinstance(said, str) and MOMENT.fullmatch(said):
        return datetime.fromisoformat(said).astimezone(UTC)
    return said


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


# What each rule between the parts of an event refuses: (type, change of its example, field, rule).
RULES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "another day than the account's": ("lookup.performed.v1", {"subject": "a/2024-01-24"}, "subject", "account_day"),
    "no account": ("lookup.performed.v1", {"subject": "2024-01-23"}, "subject", "account_day"),
    "more digitised than there are": (
        "dataset.measured.v1",
        {"data": {"digitised": 48211}},
        "data.digitised",
        "more_than_records",
    ),
    "another month": ("dataset.measured.v1", {"time": "2024-01-31T17:00:00Z"}, "subject", "sector_unit_month"),
    "another hour": ("system.measured.v1", {"time": "2024-01-23T03:00:00Z"}, "subject", "system_hour"),
    "another month of backups": ("backup.made.v1", {"subject": "lgsp/2024-02"}, "subject", "system_month"),
    "another component": ("portal.published.v1", {"data": {"component": "X"}}, "subject", "unit_period_component"),
    "a month that is none": (
        "portal.published.v1",
        {"data": {"period": "2024-13"}},
        "data.period",
        "string_pattern_mismatch",
    ),
    "more attended than invited": (
        "training.held.v1",
        {"data": {"attended": 22}},
        "data.attended",
        "more_than_invited",
    ),
    "more trained than staff": ("staffing.reported.v1", {"data": {"trained": 25}}, "data.trained", "more_than_staff"),
    "another month of staff": ("staffing.reported.v1", {"subject": "26068/2024-02"}, "subject", "unit_month"),
    "ids that are not those counted": ("source.digest.v1", {"data": {"count": 2}}, "data", "ids_count_hash"),
    "a part beyond the parts": ("source.digest.v1", {"data": {"part": 1}}, "data", "part_of_parts"),
    "a correction of another month": (
        "dataset.corrected.v1",
        {"subject": "ho-tich/26068/2024-02"},
        "subject",
        "sector_unit_month",
    ),
    "a type of another topic": ("task.done.v1", {"type": "case.finished.v1"}, "type", "union_tag_invalid"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_named_with_its_field(name: str) -> None:
    type_, change, field, rule = RULES[name]
    said = json.loads((REPOSITORY / f"schemas/examples/{type_}/full.json").read_text("utf-8"))
    said = {**said, **change, "data": {**said["data"], **change.get("data", {})}}

    with pytest.raises(Breach) as breach:
        _contract_of(type_).parse(json.dumps(said))

    assert (breach.value.field, breach.value.rule) == (field, rule)


def test_a_rule_inside_a_correction_names_the_field_there() -> None:
    said = json.loads((REPOSITORY / "schemas/examples/training.corrected.v1/full.json").read_text("utf-8"))
    said["data"]["event"]["data"]["attended"] = 22

    with pytest.raises(Breach) as breach:
        CONTRACTS["outreach"].parse(json.dumps(said))

    assert (breach.value.field, breach.value.rule) == ("data.event.data.attended", "more_than_invited")


@pytest.mark.parametrize("name", DOMAINS)
def test_a_domain_names_its_counters_once(name: str) -> None:
    names = [counter.name for counter in DOMAINS[name].counters]

    assert len(names) == len(set(names))
