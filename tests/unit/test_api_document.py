"""The OpenAPI document: valid, complete, and its examples are what it says."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI
from jsonschema import Draft202012Validator

from dashboards.api.app import build, document
from dashboards.readers.database import Database
from schemas.case_counters import CASE_COUNTERS
from tests.askers import for_askers

DOCUMENT = document(build(for_askers(Database("postgresql://nobody@127.0.0.1:1/none", name="test"))))
OPERATIONS = {path: item["get"] for path, item in DOCUMENT["paths"].items() if "get" in item}


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def holds(schema: dict[str, Any], example: Any) -> list[str]:
    """What is wrong with the example, by the document's own schema."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(example)]


def test_it_is_openapi_3_1_with_sound_schemas_and_references() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    OpenAPI.model_validate(DOCUMENT)
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(DOCUMENT):
        part = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]


def test_it_offers_reading_and_one_address_for_answers() -> None:
    topics = {f"/api/v1/topics/{{domain}}/{what}" for what in ("figures", "subjects", "subjects/{subject}")}
    cases = {"/api/v1/figures", "/api/v1/figures/province", "/api/v1/cases", "/api/v1/cases/{code}"}
    gaps = {"/api/v1/portal-gap", "/api/v1/portal-gap/cases"}
    scores = {"/api/v1/scores", "/api/v1/scores/cases"}
    services = {f"/api/v1/essential-services{what}" for what in ("", "/units", "/cases")}
    paths = {f"/api/v1/{what}{cases}" for what in ("process", "chains") for cases in ("", "/cases")}
    forecasts = {"/api/v1/forecast", "/api/v1/forecast/cases"}
    others = {"/api/v1/sources", "/api/v1/indicators", "/api/v1/readings", "/api/v1/openings/{opening}", "/healthz"}
    directives = {"/api/v1/directives", "/api/v1/directives/{directive}"}
    assert set(OPERATIONS) == {*cases, *topics, *gaps, *scores, *services, *paths, *forecasts, *directives, *others}
    taking = {path for path, item in DOCUMENT["paths"].items() if set(item) != {"get"}}
    assert taking == {"/api/v1/directives/{directive}/answers"}


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_answer_has_an_example_that_its_schema_allows(path: str) -> None:
    operation = OPERATIONS[path]
    assert {"200", "401", "403", "405", "421", "429", "503"} <= set(operation["responses"])
    for status, response in operation["responses"].items():
        if status == "304":
            continue
        for media in response["content"].values():
            assert holds(media["schema"], media["example"]) == [], (path, status)
    problems = [code for code in operation["responses"] if code >= "400"]
    assert all(set(operation["responses"][code]["content"]) == {"application/problem+json"} for code in problems)


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_parameter_has_words_and_an_example_that_its_schema_allows(path: str) -> None:
    for parameter in OPERATIONS[path].get("parameters", []):
        schema = parameter["schema"]
        assert parameter["description"], parameter["name"]
        examples = schema.get("examples") or [e["value"] for e in parameter["examples"].values()]
        for example in examples:
            assert holds(schema, example) == [], parameter["name"]


def test_every_counter_is_described() -> None:
    counts = DOCUMENT["components"]["schemas"]["Counts"]["properties"]

    assert list(counts) == [counter.name for counter in CASE_COUNTERS]
    assert all(counter.label in counts[counter.name]["description"] for counter in CASE_COUNTERS)
