"""The order of play: one day after another, each topic's records of the day in the order in which they arrive. Pure.

What is held back for later days is all that memory grows by; after sixty days it grows no more.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from infra.simulate.telling import Record
from infra.simulate.topic import SimulatedTopic
from infra.simulate.truth import TruthRow

LOOKS_BACK = 2  # days: what is decided on a day counts on none before the day before it


class PlayedBatch(NamedTuple):
    """What arrives on one topic on one day."""

    day: int
    topic: str
    records: list[Record]


def no_truth(rows: Iterable[TruthRow]) -> None:
    """For play whose truth nobody asks for."""
    for _ in rows:
        pass


def play(
    world: list[SimulatedTopic], first: int, last: int, keep: Callable[[Iterable[TruthRow]], None] = no_truth
) -> Iterator[PlayedBatch]:
    """Days ``first`` to ``last``, the last not included. ``keep`` takes the truth as it becomes known."""
    for day in range(first, last):
        for topic in world:
            topic.day(day)
            yield PlayedBatch(day, topic.teller.topic, topic.teller.outbox.take(day))
            keep(topic.closed(day - LOOKS_BACK))
    for topic in world:
        topic.finish()
        keep(topic.closed(None))
