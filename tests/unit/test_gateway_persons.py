"""No identity number passes the gateway: not into a record, an answer or the log, wherever it was planted."""

import itertools
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import CONTRACTS
from schemas.digests import hash_of
from streams.intake.dvcqg import convert
from streams.intake.gateway.scrub import may_hold_identity, planted_in, scrub, scrub_id
from streams.intake.identity_hashing import digits, looks_like_identity
from tests.unit import dvcqg
from tests.unit.gateway import BATCH, HASHER, STRUCTURED, Kept, accepted, client, examples, gateway, grant

NUMBER = "079123456789"
PLANTED = (
    NUMBER,
    f"ông {NUMBER} nộp",
    "079 123 456 789",
    "079.123.456.789",
    "271234567",
    "\uff10\uff17\uff19123456789",
)
ALL = {"t": grant(), "d": grant("urn:test:dvcqg", name="d")}


def strings(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where strings stand in a JSON value."""
    if isinstance(node, str):
        yield path
    elif isinstance(node, (dict, list)):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from strings(value, (*path, key))


def planted(node: Any, path: tuple[Any, ...], value: str) -> Any:
    copy = json.loads(json.dumps(node))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return copy


def holds(text: str, number: str) -> bool:
    """As it was planted, or its bare digits. (A random id may hold nine digits in a row by chance.)"""
    return number in text or digits(number) in text


async def test_a_number_in_any_string_of_any_event_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    kept = Kept()
    taken = 0
    numbers = itertools.cycle(PLANTED)  # 6 kinds over some 900 places: each kind stands nearly everywhere
    app = gateway(ALL, kept, gateway_burst=10**9)
    async with client(app) as http:
        for example in examples():
            event = {**example, "source": "urn:test:a"}
            for path in strings(event):
                body = planted(event, path, number := next(numbers))
                one = await http.post("/v1/events", json=body, headers=STRUCTURED)
                several = await http.post("/v1/events", json=[body], headers=BATCH)
                assert one.status_code == several.status_code < 500
                assert not holds(one.text + several.text, number), path
                taken += one.status_code == 202
    assert taken > 200, "so few were taken that nothing is shown"
    sent = "\n".join(f"{record.key.decode()} {record.value.decode()}" for record in kept.records)
    assert not any(holds(sent, number) for number in PLANTED)
    for record in kept.records:
        contract = next(c for c in CONTRACTS.values() if json.loads(record.value)["type"] in c.types)
        contract.parse(record.value)
    assert not any(holds(caplog.text, number) for number in PLANTED)


async def test_a_number_in_headers_and_addresses_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    kept = Kept()
    plain = {f"ce-{name}": str(value) for name, value in accepted().items() if name != "data"}
    answers = []
    async with client(gateway(ALL, kept)) as http:
        for name in plain:
            headers = plain | {"content-type": "application/json", name: NUMBER}
            answers.append(await http.post("/v1/events", json=accepted()["data"], headers=headers))
        answers.append(await http.get(f"/v1/{NUMBER}"))
        answers.append(await http.post(f"/v1/dvcqg/{NUMBER}", json={}))
        answers.append(await http.post(f"/v1/events?{NUMBER}={NUMBER}", json={}))
        answers.append(await http.post("/v1/events", json={}, headers={"authorization": f"Bearer {NUMBER}"}))

    assert all(answer.status_code < 500 and not holds(answer.text, NUMBER) for answer in answers)
    assert len(kept.records) == 2, "as id and as subject it is replaced"
    assert not any(holds(r.value.decode() + r.key.decode(), NUMBER) for r in kept.records)
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert not any(holds(line, NUMBER) for line in ours)


async def test_a_number_in_any_string_of_a_message_to_the_portal_leaves_no_trace() -> None:
    kept = Kept()
    async with client(gateway(ALL, kept, gateway_burst=10**9), "d") as http:
        message = dvcqg.base("accepted_online")
        for path in strings(message):
            answer = await http.post(f"/v1/dvcqg/{dvcqg.CASE}", json=planted(message, path, NUMBER))
            assert answer.status_code in (202, 422), answer.text
            assert not holds(answer.text, NUMBER), path
    assert kept.records
    assert not any(holds(r.value.decode() + r.key.decode(), NUMBER) for r in kept.records)


async def test_recorded_messages_to_the_portal_become_the_events_that_the_adapter_makes() -> None:
    for name, path in dvcqg.MESSAGES.items():
        kept = Kept()
        message = dvcqg.PROGRESS if "progress" in name else dvcqg.CASE
        made = convert(message, path.read_bytes(), dvcqg.SOURCE, HASHER)
        async with client(gateway(ALL, kept), "d") as http:
            answer = await http.post(
                f"/v1/dvcqg/{message}", content=path.read_bytes(), headers={"content-type": "application/json"}
            )
        if not made.events:
            assert answer.status_code == 422
            continue
        assert answer.status_code == 202, answer.text
        assert [CONTRACTS["cases"].parse(r.value) for r in kept.records] == list(made.events)
        assert answer.json()["rejected"] == [{"field": r.field, "rule": r.rule} for r in made.rejections]


async def test_messages_to_the_portal_are_refused_as_a_whole_where_they_are_not_the_sources_to_send() -> None:
    kept = Kept()
    grants = {"t": grant("urn:test:dvcqg", types="case.accepted.v1")}
    async with client(gateway(grants, kept)) as http:
        message = dvcqg.base("accepted_online")
        assert (await http.post(f"/v1/dvcqg/{dvcqg.CASE}", json=message)).status_code == 403
        assert (await http.post("/v1/dvcqg/Dream", json=message)).status_code == 404
        assert (await http.post(f"/v1/dvcqg/{dvcqg.CASE}", json=7)).status_code == 422
        assert (await http.post(f"/v1/dvcqg/{dvcqg.CASE}", content=b"{}")).status_code == 415
    assert kept.records == []


def test_a_random_id_stays_and_a_number_in_one_is_replaced_in_the_same_way_everywhere() -> None:
    for opaque in ("0b1e5e1a-47f5-4d7e-9d53-123456789012", "123456789a" * 3 + "bc", "123456789a" * 3 + "bc.2"):
        assert scrub_id(opaque, HASHER) == opaque
    for own in ("a123456789b" + "c" * 21 + "-undated", "digest-cases-2024-01-23-9beb347e2a6a2af3268f118164795385"):
        assert planted_in({"id": own}) is None
        assert scrub_id(own, HASHER) == own
    for pretended in ("digest-cases-2024-01-23-075090012345", "075090012345-undated", "a-123456789-undated"):
        assert scrub_id(pretended, HASHER) != pretended
    assert scrub_id(NUMBER, HASHER) == scrub_id("079 123 456 789", HASHER) == HASHER.person(NUMBER)


def test_a_digest_speaks_of_the_ids_as_they_are_kept() -> None:
    ids = [NUMBER, "a-1"]
    digest = {
        "type": "source.digest.v1",
        "data": {"day": "2024-01-23", "count": 2, "hash": hash_of(ids), "ids": ids},
    }

    kept = scrub(digest, HASHER)["data"]

    assert kept["ids"] == [HASHER.person(NUMBER), "a-1"]
    assert kept["hash"] == hash_of(kept["ids"])
    unnamed = {"type": "source.digest.v1", "data": {"day": "2024-01-23", "count": 2, "hash": "1" * 12 + "a" * 52}}
    assert scrub(unnamed, HASHER) is unnamed


def test_what_stands_for_a_person_by_contract_stays() -> None:
    event = {"type": "lookup.performed.v1", "data": {"person": "k1:" + "123456789a" * 3 + "bc"}}
    assert scrub(event, HASHER) is event
    assert scrub({"type": "x", "data": {"person": NUMBER}}, HASHER)["data"]["person"] == HASHER.person(NUMBER)


@given(st.text(st.sampled_from('0123456789 .-\u00a0\uff11\u0663aĐế\u0001"\\'), max_size=60))
def test_the_quick_look_passes_over_nothing(text: str) -> None:
    if looks_like_identity(text):
        assert may_hold_identity(json.dumps({"x": text}, ensure_ascii=False))
