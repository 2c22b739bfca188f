"""How what was decided becomes records: CloudEvents as bytes, the mistakes of sources and networks, the order of
sending.

A teller speaks on one topic. Each event has the moment of which it speaks, the moment at which it is said (the same,
but for a wrong date) and the moment at which it arrives. A mistake never changes what is true: what was said wrongly
is corrected or voided on the same day, so at the end of every day what stands is the truth.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from random import Random

from infra.simulate.calendar import DAY_S, OFFSET_S, day_at, seconds_of
from infra.simulate.chance import chance
from infra.simulate.digests import Books
from schemas.case_data import SIMULATED
from schemas.province import as_date

LONGEST_LATE_S = 40 * DAY_S
LONGEST_AGAIN_S = 2 * DAY_S
Record = tuple[int, bytes, bytes]  # arrives at (seconds since the epoch), key, value
Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Disturbances:
    """Shares of events: sent twice, sent up to 40 days late, said wrongly and then corrected or voided. 0 is off."""

    duplicates: float = 0.02
    late: float = 0.05
    corrections: float = 0.01


USUAL = Disturbances()
NONE = Disturbances(0, 0, 0)


@cache
def clock_texts() -> list[str]:
    return [f"T{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}Z" for s in range(DAY_S)]


@cache
def date_text(day: int) -> str:
    return as_date(day).isoformat()


def stamp(second: int) -> str:
    """``2024-01-31T01:45:00Z``."""
    return date_text(second // DAY_S) + clock_texts()[second % DAY_S]


@cache
def head(name: str) -> str:
    """An event of this type, up to where its id begins."""
    return f'{{"specversion":"1.0","type":"{name}.v1","source":"{SIMULATED}","id":"'


def event(name: str, id: str, subject: str, second: int, data: str) -> bytes:
    """``data`` is JSON; id and subject need no escaping (they are made here)."""
    return f'{head(name)}{id}","subject":"{subject}","time":"{stamp(second)}","data":{data}}}'.encode()


def reference_to(id: str) -> str:
    return f'{{"source":"{SIMULATED}","id":"{id}"}}'


class SimulatedOutbox:
    """Records of one topic, by the day on which they arrive. Nothing arrives before ``begins`` (what is older comes
    then), at or after ``until`` (what is still held back comes just before), or in one of the ``silences``."""

    def __init__(self, begins: int, until: int | None, silences: tuple[Window, ...] = ()) -> None:
        self.days: dict[int, list[Record]] = defaultdict(list)
        self.begins = begins
        self.until = until
        self.silences = silences

    def post(self, arrives: int, key: bytes, value: bytes) -> None:
        if self.silences:
            for begins, ends in self.silences:
                if begins <= arrives < ends:
                    arrives = ends + (arrives - begins) // 60
        if arrives < self.begins:
            arrives = self.begins
        if self.until is not None and arrives >= self.until:
            arrives = self.until - 1
        self.days[(arrives + OFFSET_S) // DAY_S].append((arrives, key, value))

    def take(self, day: int) -> list[Record]:
        """What arrives on the day, in order."""
        records = self.days.pop(day, [])
        records.sort(key=itemgetter(0))
        return records

    def drain(self) -> Iterator[Record]:
        """Everything that is held, in no order."""
        for day in list(self.days):
            yield from self.days.pop(day)


class SimulatedTeller:
    """``begins``: the moment at which play begins. ``until``: nothing is said at or after it; ``None`` is for ever."""

    def __init__(
        self,
        topic: str,
        seed: int,
        disturbances: Disturbances,
        begins: int,
        until: int | None,
        silences: tuple[Window, ...] = (),
        digests: bool = True,
    ) -> None:
        self.topic = topic
        self.seed = seed
        self.outbox = SimulatedOutbox(begins, until, silences)
        self.until = until
        self.books = Books(topic, seed) if digests else None
        self.again = disturbances.duplicates
        self.late = self.again + disturbances.late
        self.wrong = self.late + disturbances.corrections
        self.random = Random(0)  # noqa: S311 - a simulation; begin() seeds it
        self._day = 0
        self._number = 0

    def begin(self, day: int) -> None:
        """The ids and mistakes of what is told from now on are the day's."""
        self.random = chance(self.seed, "telling", self.topic, day)
        self._day, self._number = day, 0

    def end(self, day: int) -> None:
        """All of the day has been told: the source closes its books of the day before."""
        if self.books is not None:
            for said, id, data in self.books.close(day - 1, seconds_of(day + 1) + 1_800):
                if self.open_at(said):
                    self.send(said, event("source.digest", id, SIMULATED, said, data), SIMULATED.encode())

    def open_at(self, second: int) -> bool:
        return self.until is None or second < self.until

    def send(self, said: int, value: bytes, key: bytes) -> None:
        """One event on its way, sometimes twice or late."""
        chosen = self.random.random()
        if chosen < self.late:
            if chosen < self.again:
                self.outbox.post(said + int(self.random.random() * LONGEST_AGAIN_S), key, value)
            else:
                said += int(self.random.random() * LONGEST_LATE_S)
        self.outbox.post(said, key, value)

    def note(self, unit: str | None, second: int, id: str) -> None:
        if self.books is not None:
            self.books.note(unit, day_at(second), id)

    def say(
        self, name: str, at: int, subject: str, data: str, *, unit: str | None = None, wrong: str | None = None
    ) -> bool:
        """A true fact (``name`` is its type without version). Whether it is said at all: nothing is from ``until`` on.

        ``wrong``: what might have been said of it first.
        """
        if not self.open_at(at):
            return False
        self._number += 1
        id = f"{self.seed:x}.{self.topic[:2]}{self._day:x}.{self._number:x}"
        key = subject.encode()
        if self.random.random() >= self.wrong - self.late:
            self._speak(name, id, subject, at, data, unit, key)
            return True
        domain = name.partition(".")[0]
        ends_at = min(at + self.random.randrange(60, 7_200), seconds_of(day_at(at) + 1) - 1)
        if wrong is not None and self.random.random() < 0.6:
            self._speak(name, id, subject, at, wrong, unit, key)
            fact = f'{{"type":"{name}.v1","time":"{stamp(at)}","data":{data}}}'
            right = f'{{"replaces":{reference_to(id)},"event":{fact}}}'
            self._speak(f"{domain}.corrected", f"{id}.c", subject, ends_at, right, unit, key)
        else:
            self._speak(name, id, subject, at, data, unit, key)
            self._speak(name, f"{id}.x", subject, at, data, unit, key)
            never = f'{{"replaces":{reference_to(f"{id}.x")}}}'
            self._speak(f"{domain}.voided", f"{id}.v", subject, ends_at, never, None, key)
        return True

    def _speak(self, name: str, id: str, subject: str, at: int, data: str, unit: str | None, key: bytes) -> None:
        self.note(unit, at, id)
        self.send(at, event(name, id, subject, at, data), key)
