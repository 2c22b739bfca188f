"""From a record to an entry, or to a rejection that names field and rule and never a value."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.history import EntryData
from schemas.topics import CASES
from streams.decode import Accepted, Decoder
from streams.errors import Reject
from tests.unit.told import RECEIVED, SOURCE, SUBJECT, Record, at, event, said

ACCEPTANCE: dict[str, Any] = {"unit": "Phường Trấn Biên", "channel": "online"}


def decode(value: bytes | None) -> Accepted:
    return Decoder(CASES).decode(Record(value))


def rejected(value: bytes | None) -> tuple[str, str]:
    with pytest.raises(Reject) as caught:
        decode(value)
    return caught.value.field, caught.value.rule


def test_an_event_becomes_an_entry_in_microseconds_with_its_data_as_json() -> None:
    taken = decode(said(event("accepted", data={**ACCEPTANCE, "due_on": "2024-02-05", "status": 2})))

    assert taken.subject == SUBJECT
    assert (taken.entry.kind, taken.entry.time, taken.entry.source) == ("accepted", at("2024-01-31T08:00"), SOURCE)
    assert json.loads(taken.data) == {**ACCEPTANCE, "due": at("2024-02-06T00:00"), "status": 2}
    assert (taken.offset, taken.received) == (7, int(RECEIVED.timestamp()) * 1_000_000)


def test_a_deadline_that_is_a_day_and_its_moment_at_24_00_are_the_same_event() -> None:
    day = decode(said(event("accepted", data={**ACCEPTANCE, "due_on": "2024-02-05"})))
    moment = decode(said(event("accepted", data={**ACCEPTANCE, "due_at": "2024-02-05T17:00:00Z"})))

    assert day.digest == moment.digest


def test_another_spelling_of_the_same_event_has_the_same_digest() -> None:
    plain = event("step", "2024-01-31T08:00:00+07:00", {"name": "Kiểm tra", "unit": "Sở Tư pháp"})
    other = dict(reversed({**plain, "time": "2024-01-31T01:00:00.000Z", "traceparent": "x"}.items()))

    assert decode(said(plain)).digest == decode(json.dumps(other, indent=2).encode()).digest


@pytest.mark.parametrize("change", [{"id": "e2"}, {"source": "urn:b"}, {"subject": "A"}, {"time": "2024-01-31T08:00Z"}])
def test_another_name_case_or_moment_is_another_event(change: dict[str, str]) -> None:
    plain = event("returned")

    assert decode(said(plain)).digest != decode(said({**plain, **change})).digest


def test_a_correction_carries_the_whole_fact_and_the_name_of_what_it_replaces() -> None:
    fact = {"type": "case.finished.v1", "time": "2024-01-31T10:00:00+07:00", "data": {"unit": "Sở Tư pháp"}}
    taken = decode(said(event("corrected", data={"replaces": {"source": "urn:b", "id": "f1"}, "event": fact})))

    assert taken.entry.data == EntryData(
        replaces=("urn:b", "f1"), kind="finished", time=at("2024-01-31T10:00"), event=EntryData(unit="Sở Tư pháp")
    )


def test_a_voiding_may_name_an_event_or_the_whole_case() -> None:
    one = decode(said(event("voided", data={"replaces": {"source": "urn:b", "id": "f1"}})))
    whole = decode(said(event("voided")))

    assert (one.entry.data.replaces, whole.entry.data.replaces) == (("urn:b", "f1"), None)


def test_spaces_around_a_key_are_no_part_of_it() -> None:
    assert decode(said(event("returned", data={"unit": "  Xã Đak Lua "}))).entry.data.unit == "Xã Đak Lua"


def _without(name: str) -> bytes:
    return said({key: value for key, value in event("returned").items() if key != name})


def _returned(**change: object) -> bytes:
    return said({**event("returned"), **change})


def _correction(**fact: object) -> bytes:
    right = {"type": "case.rated.v1", "time": "2024-01-31T10:00:00Z", "data": {"score": 4}}
    return said(event("corrected", data={"replaces": {"source": "urn:b", "id": "x"}, "event": {**right, **fact}}))


WRONG: dict[str, tuple[bytes | None, str, str]] = {
    "no value": (None, "event", "missing"),
    "nothing": (b"", "event", "json_invalid"),
    "null": (b"null", "event", "dict_type"),
    "a list": (b"[]", "event", "dict_type"),
    "cut off": (said(event("returned"))[:-5], "event", "json_invalid"),
    "bad UTF-8": (said(event("returned")).replace(b"e1", b"\xff\xfe"), "event", "json_invalid"),
    "bad UTF-8 where nobody looks": (_returned(x="Q").replace(b"Q", b"\xff"), "event", "json_invalid"),
    "half a surrogate pair": (said(event("returned")).replace(b"e1", rb"\ud83d"), "event", "json_invalid"),
    "nested 30,000 deep": (
        b'{"source": "urn:x", "x": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        "event",
        "json_invalid",
    ),
    "64 KiB and a byte": (_returned(x="y" * 65_536), "event", "too_large"),
    "no type": (_without("type"), "type", "union_tag_not_found"),
    "an unknown type": (_returned(type="case.eaten.v1"), "type", "union_tag_invalid"),
    "a later version": (_returned(type="case.returned.v2"), "type", "union_tag_invalid"),
    "a number as type": (_returned(type=5), "type", "union_tag_invalid"),
    "another CloudEvents": (_returned(specversion="0.3"), "specversion", "literal_error"),
    "no id": (_without("id"), "id", "missing"),
    "no subject": (_without("subject"), "subject", "missing"),
    "no source": (_without("source"), "source", "missing"),
    "no time": (_without("time"), "time", "missing"),
    "no data": (_without("data"), "data", "missing"),
    "null for data": (_returned(data=None), "data", "model_type"),
    "text for data": (_returned(data="x"), "data", "model_type"),
    "a number as id": (_returned(id=5), "id", "string_type"),
    "an empty id": (_returned(id=""), "id", "string_too_short"),
    "a long id": (_returned(id="x" * 65), "id", "string_too_long"),
    "NUL in an id": (_returned(id="a\0b"), "id", "string_pattern_mismatch"),
    "a line end after an id": (_returned(id="a\n"), "id", "string_pattern_mismatch"),
    "a space in a case code": (_returned(subject="H19 1"), "subject", "string_pattern_mismatch"),
    "a space in a source": (_returned(source="urn:a b"), "source", "string_pattern_mismatch"),
    "a tab in a raw status": (_returned(data={"status_raw": "a\tb"}), "data.status_raw", "string_pattern_mismatch"),
    "only spaces for a unit": (_returned(data={"unit": "   "}), "data.unit", "string_too_short"),
    "a list as unit": (_returned(data={"unit": ["x"]}), "data.unit", "string_type"),
    "status 11": (_returned(data={"status": 11}), "data.status", "enum"),
    "text for status": (_returned(data={"status": "9"}), "data.status", "enum"),
    "a moment without offset": (_returned(time="2024-01-31T08:00:00"), "time", "timezone_aware"),
    "a number as moment": (_returned(time=1706662800), "time", "datetime_type"),
    "a day as moment": (_returned(time="2024-01-31"), "time", "datetime_parsing"),
    "30 February": (_returned(time="2024-02-30T08:00:00Z"), "time", "datetime_parsing"),
    "year 1970": (_returned(time="1970-01-01T00:00:00Z"), "time", "before_earliest"),
    "year 1, before it in UTC": (_returned(time="0001-01-01T00:00:00+14:00"), "time", "before_earliest"),
    "year 2199": (_returned(time="2199-01-01T00:00:00Z"), "time", "too_far_ahead"),
    "year 9999": (_returned(time="9999-12-31T23:59:59.999999Z"), "time", "too_far_ahead"),
    "no channel": (said(event("accepted", data={"unit": "x"})), "data.channel", "missing"),
    "an unknown channel": (said(event("accepted", data={**ACCEPTANCE, "channel": "fax"})), "data.channel", "enum"),
    "two deadlines": (
        said(event("accepted", data={**ACCEPTANCE, "due_on": "2024-02-05", "due_at": "2024-02-05T17:00:00Z"})),
        "data",
        "one_deadline",
    ),
    "an extension to nothing": (said(event("extended")), "data", "deadline_missing"),
    "a deadline in 1970": (said(event("extended", data={"due_on": "1970-01-01"})), "data.due_on", "greater_than_equal"),
    "a deadline in 2199": (said(event("extended", data={"due_on": "2199-01-01"})), "data.due_on", "less_than_equal"),
    "a number as day": (said(event("extended", data={"due_on": 19_700})), "data.due_on", "date_type"),
    "a step without name": (said(event("step")), "data.name", "missing"),
    "text for a truth value": (said(event("paid", data={"online": "yes"})), "data.online", "bool_type"),
    "less than nothing": (
        said(event("paid", data={"online": True, "amount_vnd": -1})),
        "data.amount_vnd",
        "greater_than_equal",
    ),
    "an amount of 100 digits": (
        said(event("paid", data={"online": True, "amount_vnd": 10**100})),
        "data.amount_vnd",
        "less_than_equal",
    ),
    "half a star": (said(event("rated", data={"score": 4.5})), "data.score", "int_type"),
    "a truth value as score": (said(event("rated", data={"score": True})), "data.score", "int_type"),
    "six stars": (said(event("rated", data={"score": 6})), "data.score", "less_than_equal"),
    "a correction of nothing": (
        said(event("corrected", data={"event": event("rated", data={"score": 4})})),
        "data.replaces",
        "missing",
    ),
    "a correction to an unknown type": (_correction(type="case.eaten.v1"), "data.event.type", "union_tag_invalid"),
    "a correction to a voiding": (_correction(type="case.voided.v1"), "data.event.type", "union_tag_invalid"),
    "a correction with a wrong score": (_correction(data={"score": 9}), "data.event.data.score", "less_than_equal"),
    "a correction into 1970": (_correction(time="1970-01-01T00:00:00Z"), "data.event.time", "before_earliest"),
    "a correction into 2199": (_correction(time="2199-01-01T00:00:00Z"), "data.event.time", "too_far_ahead"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_named_by_field_and_rule(what: str) -> None:
    value, field, rule = WRONG[what]

    assert rejected(value) == (field, rule)


def test_an_event_of_64_kib_is_taken() -> None:
    frame = len(_returned(x=""))

    assert decode(_returned(x="y" * (65_536 - frame))).entry.kind == "returned"


def test_an_event_may_lie_24_hours_ahead_of_kafka_and_not_a_microsecond_more() -> None:
    last = RECEIVED + timedelta(hours=24)

    assert decode(_returned(time=last.isoformat())).entry.kind == "returned"
    assert rejected(_returned(time=(last + timedelta(microseconds=1)).isoformat())) == ("time", "too_far_ahead")


def test_the_first_moment_of_the_topic_is_taken_and_the_microsecond_before_is_not() -> None:
    first = datetime(2010, 1, 1, tzinfo=UTC)

    assert decode(_returned(time=first.isoformat())).entry.kind == "returned"
    assert rejected(_returned(time=(first - timedelta(microseconds=1)).isoformat())) == ("time", "before_earliest")


def test_a_batch_keeps_what_is_good_and_where_each_record_stood() -> None:
    values = [_returned(id="a"), b"{", None, _returned(id="b")]
    batch = Decoder(CASES).batch([Record(value, offset) for offset, value in enumerate(values, 40)])

    assert [(a.offset, a.entry.id) for a in batch.accepted] == [(40, "a"), (43, "b")]
    assert [(r.offset, r.field, r.rule) for r in batch.rejected] == [
        (41, "event", "json_invalid"),
        (42, "event", "missing"),
    ]


def test_a_rejection_says_which_source_it_names_if_so_much_can_be_read() -> None:
    batch = Decoder(CASES).batch([Record(_returned(id=5)), Record(b"{"), Record(_returned(source=["x"], id=5))])

    assert [r.source for r in batch.rejected] == [SOURCE, None, None]


_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)),
    max_leaves=8,
)
_fields = st.sampled_from(["id", "source", "type", "subject", "time", "data", "specversion"])
MARK = "MARK-77"


@given(st.dictionaries(_fields, _json, max_size=4), st.sampled_from(["accepted", "step", "paid", "corrected"]))
def test_no_field_of_whatever_content_does_more_than_reject(change: dict[str, Any], kind: str) -> None:
    record = Record(json.dumps({**event(kind, data={"name": MARK, "unit": 5, MARK: MARK}), **change}).encode())
    batch = Decoder(CASES).batch([record])

    assert len(batch.accepted) + len(batch.rejected) == 1
    for wrong in batch.rejected:
        assert MARK not in f"{wrong.field} {wrong.rule}"


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_reject(value: bytes) -> None:
    assert len(Decoder(CASES).batch([Record(value)]).rejected) == 1


@given(st.integers(0, 200), st.integers(0, 255))
def test_one_broken_byte_takes_or_rejects_exactly_that_record(place: int, byte: int) -> None:
    value = bytearray(said(event("accepted", data=ACCEPTANCE)))
    value[place % len(value)] = byte
    batch = Decoder(CASES).batch([Record(bytes(value), 1), replace(Record(_returned()), offset=2)])

    assert sorted([*(a.offset for a in batch.accepted), *(r.offset for r in batch.rejected)]) == [1, 2]
