"""What happens to a simulated case. Pure: the same seed and the same day or slot tell the same stories for ever."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

import msgspec

from infra.demo.clock import SATURDAY, after, working_days_later
from infra.demo.province import CHANNELS, Procedure, Unit, units
from schemas.cases import SIMULATED, Channel
from schemas.province import ZONE
from streams.intake.identity import event_id

SEED = "dong-nai-1"
CASES_A_DAY = 190  # of a working day
WEEKEND = (0.12, 0.04)  # Saturday's and Sunday's share of that
MOST_MINUTES = 14_000.0  # of office time: six weeks
LONGEST = timedelta(days=60)  # no story of a day goes on longer
SLOT = timedelta(seconds=5)  # one quick case each, while the demo runs
SLOTS_A_DAY = timedelta(days=1) // SLOT
LONGEST_QUICK = timedelta(hours=6)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_encode = msgspec.json.Encoder().encode  # orjson keeps 4 KB behind each of its results (3.13, measured)

STEPS = (
    "Kiểm tra thành phần hồ sơ",
    "Chuyển phòng chuyên môn",
    "Thẩm định hồ sơ",
    "Lấy ý kiến đơn vị liên quan",
    "Trình lãnh đạo ký",
    "Ký duyệt kết quả",
    "Đóng dấu, vào sổ",
)


class Happening(NamedTuple):
    """One event of the plan, ready to be sent once its time has come."""

    time: datetime
    key: bytes
    value: bytes


@dataclass(slots=True)
class _Story:
    """Collects what happens to one case."""

    code: str
    unit: str
    events: list[Happening] = field(default_factory=list)

    def tell(self, kind: str, at: datetime, **data: Any) -> None:
        number = len(self.events)
        at = at.astimezone(UTC).replace(microsecond=0) + timedelta(milliseconds=number)
        event = {
            "specversion": "1.0",
            "type": f"case.{kind}.v1",
            "source": SIMULATED,
            "id": event_id(kind, self.code, number),
            "subject": self.code,
            "time": at.isoformat().replace("+00:00", "Z"),
            "data": {"unit": self.unit, **data},
        }
        self.events.append(Happening(at, self.code.encode(), _encode(event)))


@cache
def _units() -> tuple[tuple[Unit, ...], list[float]]:
    made = units()
    return made, [unit.weight for unit in made]


def _choose(random: Random) -> tuple[Unit, Procedure, Channel]:
    made, weights = _units()
    unit = random.choices(made, weights)[0]
    procedure = random.choices(unit.procedures, [p.weight for p in unit.procedures])[0]
    return unit, procedure, random.choices(list(CHANNELS), list(CHANNELS.values()))[0]


def of_day(day: date) -> Iterator[Happening]:
    """Everything that ever happens to the cases that come in on this day of the province."""
    random = Random(f"{SEED}/{day}")  # noqa: S311 - a simulation
    share = WEEKEND[day.weekday() - SATURDAY] if day.weekday() >= SATURDAY else 1.0
    numbers: dict[str, int] = {}
    for _ in range(round(CASES_A_DAY * share * random.uniform(0.85, 1.15))):
        unit, procedure, channel = _choose(random)
        numbers[unit.prefix] = number = numbers.get(unit.prefix, 0) + 1
        opens = datetime.combine(day, time(7, 30), ZONE)
        accepted = opens + timedelta(minutes=570 * random.betavariate(1.6, 2.2))
        if day.weekday() < SATURDAY:
            accepted = after(opens, 480 * random.betavariate(1.4, 1.8))
        story = _Story(f"{unit.prefix}-{day:%y%m%d}-{number:04d}", unit.name)
        _slow(random, story, unit, procedure, channel, accepted)
        yield from story.events


def _slow(
    random: Random, story: _Story, unit: Unit, procedure: Procedure, channel: Channel, accepted: datetime
) -> None:
    """A case of days, worked on in office hours."""
    common = {"channel": channel, "procedure": procedure.code}
    if channel is not Channel.DIRECT:
        story.tell("submitted", accepted - timedelta(minutes=random.uniform(10, 900)), **common)
        if random.random() < 0.02:
            story.tell("refused", accepted)
            return
    due = working_days_later(accepted, procedure.days)
    exact = random.random() < 0.5
    story.tell("accepted", accepted, **common, **_deadline(due, exact=exact))
    if random.random() < 0.6:
        digitised = after(accepted, random.uniform(2, 20))
        story.tell("digitised", digitised, papers=random.randint(1, 6), reused=random.randint(0, 2))
    if random.random() < 0.35:
        paid = after(accepted, random.uniform(1, 30))
        story.tell("paid", paid, online=channel is Channel.ONLINE, amount_vnd=random.choice((8_000, 20_000, 50_000)))
    fate = random.random()
    planned = procedure.days * 480 * unit.slowness
    needed = planned * min(random.lognormvariate(-0.45, 0.42), 3.0)
    if fate < 0.025:
        needed = min(needed * 6, MOST_MINUTES)  # stuck: it will be overdue for long
    spent, at = 0.0, accepted
    names = _some_steps(random)
    for number, name in enumerate(names):
        spent += needed / len(names) * random.uniform(0.6, 1.0)
        at = after(accepted, spent)
        if number == 1 and fate > 0.93:
            spent, at = _interruption(random, story, accepted, spent, due)
            if fate > 0.985:
                story.tell("withdrawn" if fate > 0.9925 else "stopped", at)
                return
        story.tell("step", at, name=name)
    if needed > planned * 1.6 and random.random() < 0.4:
        story.tell("extended", due - timedelta(hours=20), **_deadline(working_days_later(due, 3), exact=exact))
    ended = after(accepted, max(spent, needed))
    story.tell("finished", ended)
    _hand_over(random, story, after(ended, random.expovariate(1 / 300)))


def _interruption(
    random: Random, story: _Story, accepted: datetime, spent: float, due: datetime
) -> tuple[float, datetime]:
    """The case waits for papers, or for another agency."""
    wait = random.uniform(300, 1500)
    stop, resume = after(accepted, spent), after(accepted, spent + wait)
    if random.random() < 0.7:
        story.tell("supplement_requested", stop)
        story.tell("supplement_received", resume, **_deadline(due + (resume - stop), exact=True))
    else:
        story.tell("suspended", stop)
        story.tell("resumed", resume, **_deadline(due + (resume - stop), exact=True))
    return spent + wait, resume


def slot_of(at: datetime) -> int:
    """The slot in which the moment lies, counted from 2026."""
    return (at - EPOCH) // SLOT


def of_slot(slot: int) -> Iterator[Happening]:
    """Everything that happens to the one quick case of this slot: done within the hour, or left lying."""
    random = Random(f"{SEED}/slot/{slot}")  # noqa: S311 - a simulation
    unit, procedure, channel = _choose(random)
    begins = EPOCH + slot * SLOT
    number = 1000 + slot % SLOTS_A_DAY
    story = _Story(f"{unit.prefix}-{begins.astimezone(ZONE):%y%m%d}-{number}", unit.name)
    _quick(random, story, unit, procedure, channel, begins + SLOT * random.random())
    yield from story.events


def _quick(
    random: Random, story: _Story, unit: Unit, procedure: Procedure, channel: Channel, submitted: datetime
) -> None:
    """A case of minutes, at any hour: the wall of a demonstration has to move at night too."""
    common = {"channel": channel, "procedure": procedure.code}
    story.tell("submitted", submitted, **common)
    at = accepted = submitted + timedelta(seconds=random.uniform(15, 240))
    due = accepted + timedelta(minutes=random.uniform(25, 60))
    story.tell("accepted", accepted, **common, **_deadline(due, exact=True))
    pace = random.lognormvariate(0, 0.5) * unit.slowness
    fate = random.random()
    if random.random() < 0.7:
        at += timedelta(seconds=random.uniform(10, 90))
        story.tell("digitised", at, papers=random.randint(1, 5), result=True)
    if random.random() < 0.5:
        at += timedelta(seconds=random.uniform(5, 60))
        story.tell("paid", at, online=channel is Channel.ONLINE, amount_vnd=random.choice((2_000, 8_000, 20_000)))
    for name in _some_steps(random):
        at += timedelta(minutes=min(random.uniform(1, 5) * pace, 25))
        story.tell("step", at, name=name)
    if fate < 0.04:
        return  # left lying
    if fate > 0.95:
        story.tell("supplement_requested", at)
        at += timedelta(minutes=random.uniform(10, 90))
        story.tell("supplement_received", at, **_deadline(at + timedelta(minutes=30), exact=True))
    at += timedelta(minutes=random.uniform(0.5, 4))
    if fate > 0.99:
        story.tell("withdrawn", at)
        return
    story.tell("finished", at)
    _hand_over(random, story, at + timedelta(minutes=random.uniform(0.5, 10)))


def _hand_over(random: Random, story: _Story, at: datetime) -> None:
    if random.random() < 0.92:
        story.tell("returned", at)
        if random.random() < 0.25:
            score = random.choices((1, 2, 3, 4, 5), (1, 1, 4, 20, 74))[0]
            story.tell("rated", at + timedelta(minutes=random.uniform(1, 30)), score=score)


def _some_steps(random: Random) -> list[str]:
    return [name for name in STEPS if random.random() < 0.8] or [STEPS[0]]


def _deadline(due: datetime, *, exact: bool) -> dict[str, str]:
    return (
        {"due_at": due.isoformat(timespec="seconds")} if exact else {"due_on": due.astimezone(ZONE).date().isoformat()}
    )
