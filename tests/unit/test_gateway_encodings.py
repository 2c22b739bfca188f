"""In what writing the gateway takes a request, and how it refuses another."""

import json

import pytest
from pydantic import ValidationError

from tests.unit.gateway import BATCH, STRUCTURED, Kept, accepted, settings
from tests.unit.test_gateway import broken, post


@pytest.mark.parametrize(
    ("headers", "field", "name"),
    [
        ({"content-encoding": "gzip"}, "Content-Encoding", "gzip"),
        ({"content-encoding": "identity, BR"}, "Content-Encoding", "br"),
        ({"content-encoding": "079123456789"}, "Content-Encoding", "unknown"),
        ({"content-type": "application/cloudevents+json; charset=utf-16"}, "Content-Type charset", "utf-16"),
        ({"content-type": 'application/cloudevents+json; charset="latin1"'}, "Content-Type charset", "iso8859-1"),
        ({"content-type": "application/cloudevents+json; charset=079123456789"}, "Content-Type charset", "unknown"),
    ],
)
async def test_another_encoding_is_refused_by_its_name(headers: dict[str, str], field: str, name: str) -> None:
    answer = await post(accepted(), STRUCTURED | headers)
    assert answer.status_code == 415
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert error["rule"].startswith(f"encoding {name} (only ")
    assert "079123456789" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"content-encoding": "identity"},
        {"content-encoding": "Identity"},
        {"content-type": 'application/cloudevents+json; charset="UTF-8"'},
        {"content-type": "application/cloudevents+json ; charset = utf-8"},
    ],
)
async def test_identity_and_utf8_in_any_writing_are_taken(headers: dict[str, str]) -> None:
    assert (await post(accepted(), STRUCTURED | headers)).status_code == 202


async def test_a_byte_order_mark_is_taken_off() -> None:
    for headers, body in ((STRUCTURED, accepted()), (BATCH, [accepted()])):
        assert (await post(b"\xef\xbb\xbf" + json.dumps(body).encode(), headers)).status_code == 202


async def test_quoted_headers_are_taken() -> None:
    kept = Kept()
    quoted = {f"ce-{name}": f'"{value}"' for name, value in accepted(id='a"b').items() if name != "data"}
    headers = quoted | {"content-type": "application/json", "ce-id": r'"a\"b\\c"'}
    assert (await post(accepted()["data"], headers, kept=kept)).status_code == 202
    assert (kept.values[0]["id"], kept.values[0]["source"]) == ('a"b\\c', "urn:test:a")


async def test_a_number_in_a_string_is_no_time() -> None:
    answer = await post(accepted(time="1706662800"))
    assert (answer.status_code, broken(answer)) == (422, [("time", "datetime_parsing")])


async def test_no_more_than_a_thousand_events_a_request_can_be_set() -> None:
    with pytest.raises(ValidationError):
        settings(gateway_max_batch=1_001)
