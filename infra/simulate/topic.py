"""One topic of the province, as the player asks it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from infra.simulate.agenda import Planned
from infra.simulate.telling import SimulatedTeller
from infra.simulate.truth import Truth, TruthRow


class SimulatedTopic(Protocol):
    """Days are asked for in any order, each once."""

    teller: SimulatedTeller

    def day(self, day: int) -> None:
        """Decides, tells and counts what begins on the day."""

    def finish(self) -> None:
        """Counts what is so when the span ends."""

    def closed(self, before: int | None) -> Iterator[TruthRow]:
        """Takes out the true figures of days before that one; all of them with ``None``."""


class Plain:
    """A topic whose truth is a :class:`Truth` and no more. ``first`` is the first day that is played."""

    def __init__(self, seed: int, scale: float, teller: SimulatedTeller, truth: Truth, first: int) -> None:
        self.seed = seed
        self.scale = scale
        self.teller = teller
        self.truth = truth
        self.first = first

    def day(self, day: int) -> None:
        self.teller.begin(day)
        self.of_day(day)
        self.teller.end(day)

    def of_day(self, day: int) -> None:
        raise NotImplementedError

    def finish(self) -> None: ...

    def closed(self, before: int | None) -> Iterator[TruthRow]:
        yield from self.truth.closed(before)

    def tell(self, planned: Iterable[Planned]) -> None:
        """Facts of an agenda, and what they add to the truth."""
        for fact in planned:
            if self.teller.say(fact.name, fact.at, fact.subject, fact.data, unit=fact.unit, wrong=fact.wrong):
                domain = fact.name.partition(".")[0]
                for counter, unit, part in fact.counts:
                    self.truth.add(domain, counter, unit, part, fact.at)
