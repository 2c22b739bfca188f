"""What a translator remembers lies outside of memory, and is exact."""

import random
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from streams.intake import memory as module
from streams.intake.arrival import Arrival, ArrivalCounts, arrival
from streams.intake.identity import event_id, fingerprint
from streams.intake.memory import Memory


@given(st.lists(st.sampled_from([b"a", b"b", b"c"])))
def test_it_counts_how_often_a_key_was_asked_for(keys: list[bytes]) -> None:
    with Memory() as memory:
        assert [memory.times(key) for key in keys] == [keys[: n + 1].count(key) for n, key in enumerate(keys)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.sampled_from("xy")), max_size=40))
def test_it_keeps_the_earliest_of_each_case(said: list[tuple[str, int, str]]) -> None:
    with Memory() as memory:
        for number, (case, us, tie) in enumerate(said):
            memory.keep_earliest(case, us, tie, f"{us}{tie}".encode())
            if number % 3 == 2:
                memory._flush()
        kept = dict(memory.earliest())

    expected = {case: min((us, tie) for c, us, tie in said if c == case) for case, _, _ in said}
    assert kept == {case: f"{us}{tie}".encode() for case, (us, tie) in expected.items()}


def test_a_long_log_stays_out_of_memory() -> None:
    keys = random.Random(1)
    tracemalloc.start()
    with Memory() as memory:
        for _ in range(50_000):
            memory.times(keys.randbytes(16))
            memory.keep_earliest(f"c{keys.randrange(20_000)}", keys.randrange(9), "", b"x" * 300)
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < module.PENDING * 1_200


def test_an_id_depends_on_every_field_and_on_where_one_ends() -> None:
    ids = {
        event_id("step", "c", "a", 1, "u", ""),
        event_id("step", "c", "a", 1, "", "u"),
        event_id("step", "c", "a", 2, "u", ""),
        event_id("step", "ca", "", 1, "u", ""),
        event_id("returned", "c", "a", 1, "u", ""),
    }

    assert len(ids) == 5
    assert len(fingerprint("c", b"x")) == 16
    assert fingerprint("c", b"x")[:6] == fingerprint("c", b"y")[:6]


def test_arrival_counts_only_what_was_sent() -> None:
    first, next_ = {0: 100, 1: 7}, {0: 110, 1: 8}

    assert arrival({}, first, next_) == Arrival(0, 11)
    assert arrival({0: 104, 1: 3, 2: 99}, first, next_) == Arrival(4, 11)
    assert arrival({0: 500, 1: 8}, first, next_) == Arrival(11, 11)
    assert arrival({0: 500, 1: 8}, first, next_).complete
    assert not arrival({0: 500, 1: 8}, first, next_)._replace(waiting="database").complete
    assert arrival({}, {}, {}).complete


def test_counts_are_told_since_a_moment() -> None:
    assert ArrivalCounts(10, 5, 1).since(ArrivalCounts(4, 5, 0)) == ArrivalCounts(6, 0, 1)
