"""What a leader would drill: disturbances of the province itself, each with a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from infra.simulate.calendar import WORK_S, office, seconds_of
from infra.simulate.case_stories import Story, StoryFact
from infra.simulate.procedures import SimulatedProcedure
from infra.simulate.province import epoch_of
from infra.simulate.telling import Window
from schemas.province import as_date, day_number
from schemas.reference.rows import Tier

TET = {2024: date(2024, 2, 9), 2025: date(2025, 1, 28), 2026: date(2026, 2, 16)}  # New Year's Eve; schemas/reference
SURGE_OF_2024 = date(2024, 1, 23)  # domain.md 0

NAMES = {
    "lookup-surge": "a script on one account and a retry storm; the connection is cut at noon, restored two days later",
    "stalled-chain": "interlinked cases stall between two agencies for twelve working days",
    "silent-source": "no case event arrives from 9:00 until 14:00 two days later; then all of them do",
    "rewritten-status": "for ten working days the sync to the national portal rewrites statuses 5, 6 and 8 to 9",
    "commune-behind-before-tet": "the largest commune works at a quarter of its speed in the three weeks before Tết",
    "sync-faults": "every case goes to the national portal in time and whole, but for faults planted from that day on",
    "failing-certificate": "a certificate ends at 7:00; its system cannot be reached until it is renewed at 15:00",
}


@dataclass(frozen=True, slots=True)
class Drill:
    """A scenario and the day on which it begins."""

    name: str
    day: int

    def __str__(self) -> str:
        return f"{self.name}@{as_date(self.day).isoformat()}"


def parse(text: str, first: int, last: int) -> Drill:
    """``NAME`` or ``NAME@2024-01-23``; without a day that of the real event where the span holds it, else the working
    day in the middle of the span ``[first, last]``. Raises ``ValueError`` with what is wrong."""
    name, _, day = text.partition("@")
    if name not in NAMES:
        raise ValueError(f"no such scenario: {name}; there are {', '.join(NAMES)}")
    if day:
        try:
            return Drill(name, day_number(date.fromisoformat(day)))
        except ValueError:
            raise ValueError(f"{name}: the day is not YYYY-MM-DD") from None
    middle = (first + last) // 2
    chosen = office().shift(middle, 0)
    if name == "lookup-surge" and first <= day_number(SURGE_OF_2024) <= last:
        chosen = day_number(SURGE_OF_2024)
    if name == "sync-faults":
        chosen = first
    if name == "commune-behind-before-tet":
        eve = TET.get(as_date(middle).year)
        chosen = office().shift(day_number(eve), -15) if eve is not None else chosen
    return Drill(name, chosen)


class Drills:
    """Those that are played, as the topics ask for them."""

    def __init__(self, drills: Iterable[Drill] = ()) -> None:
        self.all = tuple(drills)

    def of(self, name: str) -> list[int]:
        """The days on which a scenario begins."""
        return [drill.day for drill in self.all if drill.name == name]

    @cached_property
    def silences(self) -> tuple[Window, ...]:
        """When nothing of ``ioc.cases`` arrives, in seconds."""
        return tuple(
            (seconds_of(day) + 9 * 3_600, seconds_of(day + 2) + 14 * 3_600) for day in self.of("silent-source")
        )

    @cached_property
    def _behind(self) -> tuple[tuple[int, int, str], ...]:
        found = []
        for day in self.of("commune-behind-before-tet"):
            largest = max(epoch_of(day).of(Tier.COMMUNE), key=lambda unit: unit.weight)
            found.append((day, office().shift(day, 15), largest.code))
        return tuple(found)

    def rewrites(self, at: int) -> bool:
        """Whether the sync to the national portal rewrites statuses at that moment."""
        return any(begins <= at < ends for begins, ends in self._rewriting)

    @cached_property
    def _rewriting(self) -> tuple[Window, ...]:
        return tuple((seconds_of(day), seconds_of(office().shift(day, 10))) for day in self.of("rewritten-status"))

    def faulty(self, day: int) -> bool | None:
        """Whether faults of the sync are planted in cases that come in on the day; ``None`` where the drill is not
        played and the sync is as it is."""
        begins = self.of("sync-faults")
        return min(begins) <= day if begins else None

    def slower(self, day: int) -> Mapping[str, float]:
        """How much slower than always units work on the cases that come in on the day."""
        return {code: 4.0 for first, last, code in self._behind if first <= day < last}

    def change(self, story: Story, procedure: SimulatedProcedure, day: int) -> Story:
        """The story of an interlinked case as the stall changes it: it comes to a stand at its first hand-over."""
        if procedure.chain is None or story.never:
            return story
        for first in self.of("stalled-chain"):
            last = office().shift(first, 12)
            if first <= day < last:
                return _stalled(story, seconds_of(last))
        return story


def _stalled(story: Story, until: int) -> Story:
    """Nothing behind the first hand-over happens before ``until``; what comes later keeps its distances in working
    time, and deadlines stay: nobody has moved them."""
    sent = (n for n, fact in enumerate(story.facts) if fact.kind == "chain_step" and '"state":"sent"' in fact.data)
    place = next(sent, None)
    if place is None or place + 1 >= len(story.facts):
        return story
    clock, moment = office().clock, office().moment
    shift = clock(until) + WORK_S // 4 - clock(story.facts[place + 1].at)
    if shift <= 0:
        return story
    told, due = list[StoryFact](), None
    for number, fact in enumerate(story.facts):
        due = fact.due or due
        if number > place:
            at = max(moment(clock(fact.at) + shift), told[-1].at + 1)
            fact = fact._replace(at=at, late=None if fact.late is None else due is not None and at > due)
        told.append(fact)
    return story._replace(facts=told)
