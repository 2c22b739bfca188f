"""How an event is written in its case's history."""

import json
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from schemas import history
from schemas.cases import CASE_EVENT
from schemas.history import RANK, Entry, EntryData, canonical, decode, digest, digest_and_data, encode, order, raw
from streams.entries.cases import _KIND
from tests.unit.told import SUBJECT, entry

STEP = entry("step", "2024-01-31T08:00", "s1", name='Kiểm tra "1"', unit="Sở Tư pháp")


def test_a_history_can_be_read_by_eye() -> None:
    assert encode([STEP]) == (
        '[["step",1706662800000000,"urn:test:portal","s1",{"unit":"Sở Tư pháp","name":"Kiểm tra \\"1\\""}]]'
    )
    assert raw(encode([STEP])) == json.loads(encode([STEP]))


def test_the_digest_is_the_sha_256_of_the_canonical_json_with_the_case_in_it() -> None:
    expected = (
        f'["{SUBJECT}","step",1706662800000000,"urn:test:portal","s1",'
        '{"unit":"Sở Tư pháp","name":"Kiểm tra \\"1\\""}]'
    ).encode()

    assert canonical(SUBJECT, STEP) == expected
    assert digest(SUBJECT, STEP) == sha256(expected).digest()
    assert digest("other", STEP) != digest(SUBJECT, STEP)


def test_what_is_not_known_is_not_written_but_false_and_zero_are() -> None:
    entry = Entry("paid", 1, "s", "1", EntryData(papers=0, result=False))
    found, data = digest_and_data("a", entry)
    assert json.loads(data) == {"papers": 0, "result": False}
    assert found == digest("a", entry)


def test_a_corrected_fact_is_written_whole_and_read_back() -> None:
    correction = entry(
        "corrected", "2024-02-01T08:00", replaces=("urn:a", "x"), kind="rated", time=5, event=EntryData(score=4)
    )

    assert decode(encode([correction, STEP])) == [correction, STEP]


def test_every_kind_of_the_contract_has_a_rank_and_the_end_comes_after_the_work() -> None:
    declared = {str(t["properties"]["type"]["const"]) for t in _types()}

    assert declared == set(_KIND)
    assert RANK["submitted"] < RANK["accepted"] < RANK["step"] < RANK["finished"] < RANK["returned"] < RANK["corrected"]
    assert max(RANK, key=lambda kind: RANK[kind]) == "voided"


def _types() -> list[dict[str, dict[str, dict[str, str]]]]:
    schema = CASE_EVENT.json_schema()
    return [schema["$defs"][ref.rpartition("/")[2]] for ref in schema["discriminator"]["mapping"].values()]


_entries = st.builds(
    Entry,
    st.sampled_from(sorted(RANK)),
    st.integers(0, 2**52),
    st.text(max_size=5),
    st.text(min_size=1, max_size=5),
    st.builds(
        EntryData,
        unit=st.none() | st.text(max_size=5),
        due=st.none() | st.integers(0, 2**52),
        online=st.none() | st.booleans(),
        replaces=st.none() | st.tuples(st.text(max_size=3), st.text(max_size=3)),
    ),
)


@given(st.lists(_entries, max_size=5))
def test_a_history_reads_back_as_it_was_written(entries: list[Entry]) -> None:
    assert decode(encode(entries)) == entries


@given(_entries, _entries)
def test_two_entries_are_equal_exactly_if_they_are_written_alike(one: Entry, other: Entry) -> None:
    assert (canonical("A", one) == canonical("A", other)) == (one == other)


@given(_entries, _entries)
def test_time_stands_first_in_the_order_of_a_history(one: Entry, other: Entry) -> None:
    if one.time != other.time:
        assert (order(one) < order(other)) == (one.time < other.time)
    assert history.order(one) == (one.time, RANK[one.kind], one.source, one.id)
