"""What of a log's repetitions is written."""

import logging

from streams.repeated_warnings import KINDS, Repeated


def line(
    message: str, *args: object, level: int = logging.WARNING, name: str = "streams.partition_lanes"
) -> logging.LogRecord:
    return logging.LogRecord(name, level, __file__, 1, message, args, None)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_few_of_a_kind_are_written_and_the_next_minute_says_how_many_there_were() -> None:
    clock = Clock()
    rule = Repeated(at_most=3, clock=clock)

    written = [bool(rule.filter(line("retry: partition=%s", number))) for number in range(50)]
    assert written == [True] * 3 + [False] * 47

    clock.now = 61.0
    again = line("retry: partition=%s", 7)
    assert rule.filter(again)
    assert again.getMessage() == "retry: partition=7 (and 47 more like it)"
    later = line("retry: partition=%s", 8)
    assert rule.filter(later)
    assert later.getMessage() == "retry: partition=8"


def test_kinds_are_judged_apart_and_neither_progress_nor_the_last_word_is_left_out() -> None:
    rule = Repeated(at_most=1, clock=Clock())

    assert rule.filter(line("retry"))
    assert rule.filter(line("retry", name="aiokafka"))
    assert not rule.filter(line("retry"))
    assert all(rule.filter(line("request", level=logging.INFO)) for _ in range(5))
    assert all(rule.filter(line("leaving", level=logging.CRITICAL)) for _ in range(5))


def test_messages_that_are_all_different_do_not_fill_the_memory() -> None:
    rule = Repeated(at_most=1, clock=Clock())

    for number in range(KINDS + 50):
        rule.filter(line(f"at {number}"))
    assert len(rule._seen) == KINDS + 1
