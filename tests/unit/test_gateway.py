"""What the gateway takes, what it refuses and how it says so."""

import json
from typing import Any

import httpx
import pytest

from schemas.contracts import CONTRACTS, TYPES
from schemas.digests import SOURCE, hash_of
from schemas.topics import BY_CONTRACT
from tests.unit.gateway import BATCH, STRUCTURED, Kept, accepted, client, examples, gateway, grant

ALL = {"t": grant()}


def of(event: dict[str, Any], source: str = "urn:test:a") -> dict[str, Any]:
    """The example as another source would say it."""
    return {**event, "source": source}


async def post(
    body: Any, headers: dict[str, str] = STRUCTURED, kept: Kept | None = None, query: str = "", **changes: Any
) -> httpx.Response:
    grants = changes.pop("grants", ALL)
    async with client(gateway(grants, kept or Kept(), **changes)) as http:
        content = body if isinstance(body, bytes) else json.dumps(body)
        return await http.post(f"/v1/events{query}", content=content, headers=headers)


def broken(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["status"]) == ("about:blank", answer.status_code)
    return [(error["field"], error["rule"]) for error in problem["errors"]]


SENT = [one for one in examples() if one["type"] not in CONTRACTS["actions"].types]


@pytest.mark.parametrize("event", SENT, ids=lambda e: f"{e['type']} {e['id']}")
async def test_every_example_comes_through_unchanged_in_every_mode(event: dict[str, Any]) -> None:
    kept, grants = Kept(), {"t": grant(event["source"])}
    headers = {
        f"ce-{name}": httpx.QueryParams({"": event[name]}).__str__()[1:].replace("+", "%20")
        for name in ("specversion", "id", "source", "type", "subject", "time")
    }

    one = await post(event, kept=kept, grants=grants)
    several = await post([event], BATCH, kept=kept, grants=grants)
    apart = await post(event["data"], headers | {"content-type": "application/json"}, kept=kept, grants=grants)

    assert [answer.status_code for answer in (one, several, apart)] == [202, 202, 202], apart.text
    topic = next(c.name for c in CONTRACTS.values() if event["type"] in c.types)
    contract = CONTRACTS[topic]
    for record in kept.records:
        assert record.topic == BY_CONTRACT[topic].name
        assert record.key == event["subject"].encode()
        assert contract.parse(record.value) == contract.parse(json.dumps(event))


async def test_the_answer_repeats_source_and_id_and_says_that_repeating_is_harmless() -> None:
    answer = (await post([accepted(), accepted(id="e-2")], BATCH)).json()

    assert answer["accepted"] == 2
    assert answer["events"] == [{"source": "urn:test:a", "id": "e-1"}, {"source": "urn:test:a", "id": "e-2"}]
    assert "changes nothing" in answer["detail"]


async def test_a_batch_with_one_broken_event_is_refused_as_a_whole() -> None:
    kept = Kept()
    answer = await post([accepted(), accepted(time="31/01/2024 SECRET"), accepted(data={"unit": 1})], BATCH, kept=kept)

    assert answer.status_code == 422
    assert broken(answer) == [("1.time", "datetime_parsing"), ("2.data.unit", "string_type")]
    assert "SECRET" not in answer.text
    assert kept.records == []


async def test_fields_that_nobody_declared_are_dropped() -> None:
    kept = Kept()
    event = accepted(chuHoSo="SECRET")
    event["data"]["diaChi"] = "SECRET"

    assert (await post(event, kept=kept)).status_code == 202
    assert b"SECRET" not in kept.records[0].value


@pytest.mark.parametrize(
    ("changes", "status", "field", "rule"),
    [
        ({"source": "urn:test:b"}, 403, "source", "not_yours"),
        ({"source": None}, 422, "source", "missing"),
        ({"type": "lookup.performed.v1"}, 403, "type", "not_granted"),
        ({"type": "case.dreamt.v1"}, 422, "type", "unknown"),
        ({"type": None}, 422, "type", "missing"),
        ({"type": 7}, 422, "type", "string_type"),
        ({"data": {"unit": "H19.27", "channel": "online"}}, 403, "data.unit", "not_granted"),
        ({"time": "2009-12-31T23:59:59Z"}, 422, "time", "before_earliest"),
        ({"time": "2026-11-26T03:00:00Z"}, 422, "time", "too_far_ahead"),
        ({"topic": "lookups"}, 422, "topic", "not_of_this_type"),
        ({"topic": "ioc.dreams"}, 422, "topic", "unknown"),
        ({"subject": "a b"}, 422, "subject", "string_pattern_mismatch"),
        ({"id": "x" * 65}, 422, "id", "string_too_long"),
        ({"type": "case.voided.v1", "data": {}}, 403, "data.replaces.source", "not_yours"),
        (
            {"type": "case.voided.v1", "data": {"replaces": {"source": "urn:test:b", "id": "1"}}},
            403,
            "data.replaces.source",
            "not_yours",
        ),
    ],
)
async def test_what_a_source_may_not_send_is_named(changes: dict[str, Any], status: int, field: str, rule: str) -> None:
    answer = await post(accepted(**changes), grants={"t": grant(types="case.*", units="H19.26")})

    assert answer.status_code == status, answer.text
    assert broken(answer) == [(field, rule)]


async def test_a_source_of_one_unit_takes_back_what_it_said_itself() -> None:
    event = accepted(type="case.voided.v1", data={"replaces": {"source": "urn:test:a", "id": "e-0"}})

    assert (await post(event, grants={"t": grant(units="H19.26")})).status_code == 202


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"a":NaN}', b'"\\ud800"', b"[" * 2000])
async def test_what_is_not_json_is_refused(body: bytes) -> None:
    for headers in (STRUCTURED, BATCH, {"content-type": "application/json"}):
        answer = await post(body, headers)
        assert (answer.status_code, broken(answer)) == (400, [("body", "json_invalid")])


@pytest.mark.parametrize("body", ["7", '"text"', "[]", "null", "true"])
async def test_what_is_no_event_is_refused(body: str) -> None:
    assert broken(await post(body.encode())) == [("event", "not_an_object")]
    assert broken(await post(b"[" + body.encode() + b"]", BATCH)) == [("0.event", "not_an_object")]


async def test_an_object_is_no_batch_and_an_empty_batch_is_nothing() -> None:
    assert broken(await post(accepted(), BATCH)) == [("body", "list_type")]
    assert (await post([], BATCH)).json()["accepted"] == 0


async def test_nested_too_deeply_is_refused() -> None:
    body = json.dumps(accepted()).encode()[:-1] + b', "x": ' + b"[" * 900 + b"]" * 900 + b"}"

    assert broken(await post(body)) == [("event", "too_deep")]


@pytest.mark.parametrize("kind", [None, "text/plain", "application/xml"])
async def test_another_media_type_is_refused(kind: str | None) -> None:
    answer = await post(accepted(), {} if kind is None else {"content-type": kind})

    assert answer.status_code == 415
    assert "application/cloudevents+json" in answer.headers["accept"]


async def test_binary_headers_are_percent_encoded_utf8() -> None:
    kept = Kept()
    plain = {f"ce-{name}": value for name, value in accepted().items() if name not in ("data", "subject")}
    headers = plain | {"content-type": "application/json", "ce-subject": "%C4%90N-1"}
    assert (await post(accepted()["data"], headers, kept=kept)).status_code == 202
    assert kept.values[0]["subject"] == "ĐN-1"

    assert broken(await post({}, headers | {"ce-subject": "%FF"})) == [("ce-subject", "percent_encoded_utf8")]


@pytest.mark.parametrize("kind", sorted(CONTRACTS.keys() - {"actions"}))
async def test_a_digest_goes_to_the_topic_that_is_asked_for(kind: str) -> None:
    kept = Kept()
    digest = next(of(e) for e in examples() if e["type"] == "source.digest.v1")

    assert (await post(digest, kept=kept, query=f"?topic={kind}")).status_code == 202
    assert (await post({**digest, "topic": f"ioc.{kind}"}, kept=kept)).status_code == 202
    assert [record.topic for record in kept.records] == [BY_CONTRACT[kind].name] * 2


async def test_a_digest_goes_to_cases_where_nobody_asks_and_only_where_its_source_sends() -> None:
    kept = Kept()
    digest = next(of(e) for e in examples() if e["type"] == "source.digest.v1")
    grants = {"t": grant(types="case.*")}

    assert (await post(digest, kept=kept, grants=grants)).status_code == 202
    assert kept.records[0].topic == "ioc.cases"
    refused = await post(digest, grants=grants, query="?topic=tasks")
    assert (refused.status_code, broken(refused)) == (403, [("type", "not_granted")])


async def test_parameters_that_would_not_count_are_refused() -> None:
    assert broken(await post(accepted(), query="?topic=cases&topic=tasks")) == [("query", "repeated")]
    assert broken(await post(accepted(), query="?079123456789=1")) == [("query", "unknown_parameter")]


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer x", "Basic dDp0", "t", "Bearer t t"])
async def test_without_a_token_nothing_is_looked_at(header: str | None) -> None:
    async with client(gateway(ALL, Kept()), None) as http:
        headers = {"content-type": "x"} | ({} if header is None else {"authorization": header})
        answer = await http.post("/v1/events", content=b"{", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_too_large_a_body_is_refused_whether_its_length_is_said_or_not() -> None:
    async def pieces() -> Any:
        for _ in range(20):
            yield b"x" * 100

    async with client(gateway(ALL, Kept(), gateway_max_body_bytes=1_000)) as http:
        said = await http.post("/v1/events", content=b"x" * 2_000, headers=STRUCTURED)
        unsaid = await http.post("/v1/events", content=pieces(), headers=STRUCTURED)

    for answer in (said, unsaid):
        assert (answer.status_code, broken(answer)) == (413, [("body", "too_large (at most 1000 bytes)")])


async def test_too_large_an_event_or_batch_is_refused() -> None:
    deep = accepted(type="source.digest.v1", subject="urn:test:a")
    ids = [f"{'đ' * 60}{n:04d}" for n in range(1_000)]
    deep["data"] = {"day": "2024-01-01", "count": 1000, "ids": ids, "hash": hash_of(ids)}
    assert broken(await post(deep)) == [("event", "too_large (at most 65536 bytes)")]

    answer = await post([accepted()] * 3, BATCH, gateway_max_batch=2)
    assert (answer.status_code, broken(answer)) == (413, [("body", "too_many_events (at most 2)")])


async def test_a_source_that_sends_too_fast_is_told_when_to_come_back_and_others_are_not() -> None:
    grants = {"t": grant(), "u": grant("urn:test:b", name="b")}
    app = gateway(grants, Kept(), gateway_events_per_s=1, gateway_burst=3)
    async with client(app) as http, client(app, "u") as other:
        first = await http.post("/v1/events", json=[accepted()] * 3, headers=BATCH)
        second = await http.post("/v1/events", json=[accepted()] * 2, headers=BATCH)
        third = await other.post("/v1/events", json=[accepted(source="urn:test:b")], headers=BATCH)

    assert [first.status_code, second.status_code, third.status_code] == [202, 429, 202]
    assert second.headers["retry-after"] == "2"


async def test_while_kafka_is_away_it_says_so_and_when_to_come_back() -> None:
    kept = Kept()
    kept.away = True
    answer = await post(accepted(), kept=kept)

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["taken"] == []
    async with client(gateway(ALL, kept)) as http:
        assert (await http.get("/healthz")).status_code == 503


async def test_other_addresses_and_methods_are_refused() -> None:
    async with client(gateway(ALL, Kept())) as http:
        assert (await http.get("/v1/079123456789")).status_code == 404
        answer = await http.get("/v1/events")
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("path", ["//v1/events", "/v1/events/", "//v1/events//"])
async def test_a_slash_too_many_is_the_same_address(path: str) -> None:
    async with client(gateway(ALL, Kept())) as http:
        answer = await http.post(f"http://gateway{path}", json=accepted(), headers=STRUCTURED)
        assert answer.status_code == 202


async def test_the_document_names_every_event_type_and_loads_nothing() -> None:
    async with client(gateway(ALL, Kept()), None) as http:
        document = (await http.get("/v1/openapi.json")).json()

    assert document["openapi"].startswith("3.1")
    assert document["paths"]["/v1/events"]["post"]["x-event-types"] == sorted(TYPES)
    assert set(document["paths"]) == {"/v1/events", "/v1/dvcqg/{message}", "/v1/openapi.json", "/healthz"}
    assert len(document["components"]["schemas"]["Event"]["oneOf"]) == len(TYPES)
    assert "://" not in json.dumps(document)
    assert set(references(document)) <= set(document["components"]["schemas"])


def references(node: Any) -> Any:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value.removeprefix("#/components/schemas/")
            else:
                yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_type_but_a_sources_own_belongs_to_one_topic() -> None:
    for name in TYPES:
        topics = [c for c in CONTRACTS.values() if name in c.types]
        assert len(topics) == (len(CONTRACTS) - 1 if name in SOURCE.types else 1)
