"""Spans: how fetched records are cut, and that nothing lies between two of them."""

from hypothesis import given
from hypothesis import strategies as st

from streams.span import Partition, cut, spans
from tests.unit.told import Record

PARTITION = Partition("cluster", "topic-id", "ioc.cases", 0)


def records(*sizes: int | None, start: int = 0) -> list[Record]:
    return [Record(None if size is None else b"x" * size, start + n) for n, size in enumerate(sizes)]


def sizes(runs: object) -> list[list[int]]:
    assert isinstance(runs, list)
    return [[len(record.value or b"") for record in run] for run in runs]


def test_records_are_cut_before_they_grow_too_large_together() -> None:
    assert sizes(list(cut(records(4, 4, 4, 4, 4), max_bytes=8))) == [[4, 4], [4, 4], [4]]


def test_a_record_larger_than_a_span_is_a_span_of_its_own() -> None:
    assert sizes(list(cut(records(1, 20, 1, 1), max_bytes=8))) == [[1], [20], [1, 1]]


def test_a_record_without_a_value_weighs_nothing() -> None:
    assert sizes(list(cut(records(None, 8, None), max_bytes=8))) == [[0, 8, 0]]


def test_no_records_make_no_span() -> None:
    assert list(cut([])) == []
    assert list(spans(PARTITION, 3, [], turn=1)) == []


def test_a_span_begins_where_the_one_before_ended_so_holes_of_offsets_belong_to_the_next() -> None:
    fetched = [Record(b"x" * 4, offset, timestamp=offset * 10) for offset in (5, 9, 20)]
    (first,) = spans(PARTITION, 3, fetched[:2], turn=2)
    (second,) = spans(PARTITION, first.end, fetched[2:], turn=2)

    assert [(s.start, s.end, s.turn) for s in (first, second)] == [(3, 10, 2), (10, 21, 2)]
    assert second.received == 200_000


@given(st.lists(st.integers(0, 12), max_size=30), st.integers(1, 15), st.integers(0, 5))
def test_every_record_is_in_one_run_and_every_offset_in_one_span(lengths: list[int], limit: int, gap: int) -> None:
    fetched = records(*lengths, start=10 + gap)
    runs = list(cut(fetched, limit))

    assert [record for run in runs for record in run] == fetched
    assert all(sum(len(r.value or b"") for r in run) <= limit or len(run) == 1 for run in runs)
    made = list(spans(PARTITION, 10, fetched, turn=1))
    if made:
        assert made[0].start == 10
        assert made[-1].end == fetched[-1].offset + 1
    assert [one.end for one in made[:-1]] == [one.start for one in made[1:]]


def test_a_span_hands_its_records_over_once() -> None:
    (span,) = spans(PARTITION, 0, records(4, 4), turn=1)

    assert [record.offset for record in span.hand_over()] == [0, 1]
    assert list(span.hand_over()) == []
