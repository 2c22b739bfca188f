"""One procedure as a process: what its steps take, where its cases stand, where they turn back, which ways they go.

Times and ways are those of the cases that ended in the period; the queue is of the open ones, whatever the period. A
step is told when it is done, so an open case stands *behind* its last step (``docs/adr/0031-process-view.md``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from psycopg.rows import class_row, dict_row

from dashboards.percentiles import Spread, spread
from dashboards.periods import Period
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from schemas.rules.paths import CHAIN, REPEATED, SUPPLEMENT

VARIANTS = 5


class ProcessPart(StrEnum):
    """Which cases a number of the view counts."""

    ENDED = "ended"  # in the period; the others but `queue` are of these
    PASSED = "passed"  # did a step
    AGAIN = "again"  # did a step more than once
    LOOPED = "looped"  # turned back, of all reasons or of the first one asked for
    VARIANT = "variant"  # went one way
    QUEUE = "queue"  # open, behind the step asked for ("" is the acceptance), or all


class Reason(StrEnum):
    """Why a case first turned back."""

    SUPPLEMENT = SUPPLEMENT
    CHAIN = CHAIN
    REPEATED = REPEATED


REASONS = {
    Reason.SUPPLEMENT: "Yêu cầu bổ sung",
    Reason.CHAIN: "Liên thông trả lại, lỗi",
    Reason.REPEATED: "Làm lại bước",
}


@dataclass(frozen=True, slots=True)
class StepTimes:
    """``name`` is "" for the acceptance, behind which cases may stand, and ``None`` for what follows the last step
    until the end. ``cases`` did it, ``again`` more than once. Times in whole working minutes, ``None`` where none did
    it: *office* with the unit itself, *waited* with the citizen, another agency, a payment. ``queue``: open cases that
    stand behind it, the ``oldest`` since then."""

    name: str | None
    cases: int = 0
    again: int = 0
    office: Spread | None = None
    waited: Spread | None = None
    queue: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class WayTaken:
    """One way to one end; ``id`` names it in addresses. ``share`` is of all cases that ended."""

    id: str
    steps: tuple[str, ...]
    end_kind: str
    cases: int
    share: float


@dataclass(frozen=True, slots=True)
class StepsOfProcess:
    """``ended`` in the period, ``looped`` of them turned back ``loops`` times in all, by first reason. ``variants`` are
    the commonest of ``ways``."""

    procedure: str
    ended: int
    looped: int
    loops: int
    reasons: Mapping[Reason, int]
    steps: tuple[StepTimes, ...]
    variants: tuple[WayTaken, ...]
    ways: int

    @property
    def queue(self) -> int:
        return sum(step.queue for step in self.steps)

    @property
    def fullest(self) -> StepTimes | None:
        """The step behind which most open cases stand."""
        found = max(self.steps, key=lambda step: step.queue, default=None)
        return found if found is not None and found.queue else None

    @property
    def oldest(self) -> datetime | None:
        """Since when the open case that stands longest does."""
        return min((step.oldest for step in self.steps if step.oldest is not None), default=None)


@dataclass(frozen=True, slots=True)
class ProcessQuestion:
    """Cases of one procedure. ``step``, ``reason`` and ``variant`` narrow the parts that have them."""

    procedure: str
    period: Period
    unit: str | None = None
    part: ProcessPart = ProcessPart.ENDED
    step: str | None = None
    reason: Reason | None = None
    variant: str | None = None

    def parameters(self) -> dict[str, object]:
        return {
            "procedure": self.procedure,
            "unit": self.unit,
            "first": self.period.first,
            "last": self.period.last,
            "part": self.part,
            "step": self.step,
            "reason": self.reason,
            "variant": self.variant,
        }


@dataclass(frozen=True, slots=True)
class PassingCase:
    """``since``: of an open case, when it came to where it stands. Times in working seconds; of an open case, up
    to when it came to where it is now (``schemas.rules.waiting``)."""

    subject: str
    unit: str
    accepted_at: datetime
    ended_at: datetime | None
    end_kind: str | None
    steps: int
    last_step: str | None
    since: datetime | None
    office_s: int
    waited_s: int
    loops: int
    loop_reason: Reason | None


@dataclass(slots=True)
class _Seen:
    """What the cases of one period say of one step."""

    office: Counter[int] = field(default_factory=Counter)
    waited: Counter[int] = field(default_factory=Counter)
    places: int = 0
    cases: int = 0
    again: int = 0

    @property
    def place(self) -> float:
        """Where in a case it stands, on average."""
        return self.places / max(self.office.total(), 1)


async def read(conn: Connection, asked: ProcessQuestion, most_variants: int = VARIANTS) -> StepsOfProcess:
    """The view of a procedure; steps in the order in which cases come to them, the acceptance first, the end last."""
    parameters = await _of_days(conn, asked)
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("process/ended"), parameters)
        rows = await cursor.fetchall()
        await cursor.execute(query("process/queue"), asked.parameters())
        queue = {row["step"]: row for row in await cursor.fetchall()}
    ways = [row for row in rows if row["times"] is None]
    seen = _seen((row for row in rows if row["times"] is not None), ways)
    names = sorted((n for n in seen.keys() | queue.keys() if n), key=lambda n: (seen[n].place if n in seen else 0, n))
    wanted: list[str | None] = [*([""] if "" in queue else []), *names, *([None] if None in seen else [])]
    ended = sum(row["cases"] for row in ways)
    reasons = Counter[str]()
    for row in ways:
        reasons[row["loop_reason"]] += row["cases"]
    return StepsOfProcess(
        procedure=asked.procedure,
        ended=ended,
        looped=sum(reasons[reason] for reason in Reason),
        loops=sum(row["loops"] for row in ways),
        reasons={reason: reasons[reason] for reason in Reason},
        steps=tuple(_step(name, seen.get(name), queue.get(name)) for name in wanted),
        variants=_variants(ways, ended, most_variants),
        ways=len({row["variant"] for row in ways}),
    )


async def cases(
    conn: Connection, asked: ProcessQuestion, after: str = "", limit: int = 100, offset: int = 0
) -> tuple[PassingCase, ...]:
    """A page of the cases that a number counts, in the order of their codes, ``offset`` cases behind ``after``."""
    parameters = {**await _of_days(conn, asked), "after": after, "limit": limit, "offset": offset}
    async with conn.cursor(row_factory=class_row(PassingCase)) as cursor:
        await cursor.execute(query("process/cases"), parameters)
        return tuple(await cursor.fetchall())


async def count(conn: Connection, asked: ProcessQuestion) -> int:
    """How many cases the number counts."""
    row = await (await conn.execute(query("process/count"), await _of_days(conn, asked))).fetchone()
    return int(row[0]) if row else 0


async def _of_days(conn: Connection, asked: ProcessQuestion) -> dict[str, object]:
    """Of a unit's cases that ended, those of its own days; the queue is of this moment."""
    if asked.part is ProcessPart.QUEUE:
        return asked.parameters()
    period, unit = await unit_days.asked(conn, asked.period, asked.unit)
    return replace(asked, period=period, unit=unit).parameters()


def _seen(times: Iterable[Mapping[str, Any]], ways: Iterable[Mapping[str, Any]]) -> dict[str | None, _Seen]:
    seen: dict[str | None, _Seen] = {}
    for row in times:
        step = seen.setdefault(row["step"], _Seen())
        step.office[row["office"]] += row["times"]
        step.waited[row["waited"]] += row["times"]
        step.places += row["places"]
    for row in ways:
        for name, count in Counter(row["path"]).items():
            seen[name].cases += row["cases"]
            seen[name].again += row["cases"] if count > 1 else 0
        seen[None].cases += row["cases"]
    return seen


def _step(name: str | None, seen: _Seen | None, queue: Mapping[str, Any] | None) -> StepTimes:
    told = seen or _Seen()
    return StepTimes(
        name=name,
        cases=told.cases,
        again=told.again,
        office=spread(told.office),
        waited=spread(told.waited),
        queue=queue["cases"] if queue else 0,
        oldest=queue["oldest"] if queue else None,
    )


def _variants(ways: Iterable[Mapping[str, Any]], ended: int, most: int) -> tuple[WayTaken, ...]:
    """The commonest first; rows of one way differ in why their cases first turned back."""
    cases: Counter[str] = Counter()
    told = {}
    for row in ways:
        cases[row["variant"]] += row["cases"]
        told[row["variant"]] = row
    first = sorted(cases, key=lambda id: (-cases[id], id))[:most]
    return tuple(
        WayTaken(id, tuple(told[id]["path"]), told[id]["end_kind"], cases[id], cases[id] / ended) for id in first
    )
