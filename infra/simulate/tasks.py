"""``ioc.tasks``: Plan 30/KH-UBND of 23/01/2024 (3 late, 10 common, 26 specific tasks) and the 43 pilot models of Plan
106 of 06/7/2023 (schemas/reference/plans.csv), each with one unit that leads it, and set again every year.

Their real titles are not public, so each is named by its kind, number and year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from infra.simulate.agenda import Agenda, Planned, written
from infra.simulate.calendar import OPENS_S, day_at, office, reference, seconds_of
from infra.simulate.chance import chance
from infra.simulate.province import epoch_of
from infra.simulate.telling import SimulatedTeller
from infra.simulate.topic import Plain
from infra.simulate.truth import Truth
from schemas.counter_kinds import SOON_DAYS
from schemas.province import as_date, day_number
from schemas.reference.rows import PlanPart, Tier

KINDS = {"cham": "late", "chung": "common", "cu-the": "specific", "mo-hinh-diem": "pilot"}
TITLES = {
    "late": "Nhiệm vụ chậm tiến độ",
    "common": "Nhiệm vụ chung",
    "specific": "Nhiệm vụ cụ thể",
    "pilot": "Mô hình điểm",
}
LAST_YEAR = 2030
TO_THE_NEXT = 350  # days until what is left over is closed, before the plan is set again
LEADS_LOCALLY = 0.3  # of the pilot models
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Task:
    """One task of one year, and the unit that leads it. ``due`` moves at most once; ``blocked`` is ``None`` where it
    never is."""

    part: PlanPart
    year: int
    number: int
    unit: str
    assigned: int
    due_on: int
    extended: tuple[int, int] | None  # at, to which day
    blocked: tuple[int, int] | None  # from, to
    ended: int
    cancelled: bool

    @property
    def kind(self) -> str:
        return KINDS[self.part.part]

    @property
    def subject(self) -> str:
        return f"{self.part.plan}/{self.part.part}-{self.number:02d}/{self.year}"

    def due(self, at: int) -> int:
        """24:00 of the deadline that stands at that moment."""
        moved = self.extended is not None and self.extended[0] < at
        return seconds_of((self.extended[1] if moved and self.extended else self.due_on) + 1)


def tasks(seed: int) -> Iterator[Task]:
    """Every task of every plan, year after year."""
    for placed in reference().plans:
        part = placed.row
        for year in range(part.valid_from.year, LAST_YEAR + 1):
            start = office().shift(day_number(part.valid_from.replace(year=year)), 0)
            for number in range(1, part.amount + 1):
                yield _task(seed, part, year, number, start)


def _lead(random: Random, part: PlanPart, start: int) -> str:
    """A department of that day, or of a pilot model sometimes a commune."""
    units = epoch_of(max(start, day_number(date(2024, 1, 1)))).codes
    local = KINDS[part.part] == "pilot" and random.random() < LEADS_LOCALLY
    return random.choice(units[Tier.COMMUNE if local else Tier.DEPARTMENT])


def _task(seed: int, part: PlanPart, year: int, number: int, start: int) -> Task:
    random = chance(seed, "task", part.plan, part.part, number, year)
    unit = _lead(random, part, start)
    late = KINDS[part.part] == "late"
    assigned = office().moment(office().opening(start) + random.randrange(5 * 8 * 3_600))
    days = random.randrange(60, 150 if late else 300)
    due_on = office().shift(start + days, 0)
    extended = None
    if not late and random.random() < 0.2:
        at = seconds_of(due_on - random.randrange(3, 12)) + 10 * 3_600
        extended = (at, office().shift(due_on + random.randrange(10, 40), 0))
    last = extended[1] if extended else due_on
    blocked = None
    if random.random() < 0.12:
        begin = seconds_of(start + 15 + random.randrange(days // 2)) + OPENS_S + random.randrange(9 * 3_600)
        blocked = (begin, begin + random.randrange(5, 60) * DAY_S)
    chosen = random.random()
    on = start + TO_THE_NEXT
    if not late and chosen < 0.92:
        on = last - random.randrange(0, 25) if chosen < 0.84 else last + random.randrange(1, 30)
    ended = max(seconds_of(on) + 15 * 3_600 + random.randrange(3_600), assigned + 3 * DAY_S)
    for span in (extended, blocked):  # everything else happens before it ends
        if span is not None:
            ended = max(ended, span[0] + DAY_S, span[1] + DAY_S if span is blocked else 0)
    return Task(part, year, number, unit, assigned, due_on, extended, blocked, ended, 0.82 < chosen < 0.84)


def facts(seed: int, task: Task) -> Iterator[Planned]:
    """Everything that is ever told of it."""
    random = chance(seed, "reports", task.subject)
    own = (task.unit, task.part.plan)

    def planned(
        at: int, kind: str, data: dict[str, Any], *counters: str, wrong: dict[str, Any] | None = None
    ) -> Planned:
        return Planned(
            at,
            f"task.{kind}",
            task.subject,
            written(data),
            data.get("unit"),
            written(wrong) if wrong is not None else None,
            tuple((counter, *own) for counter in counters),
        )

    assignment: dict[str, Any] = {
        "title": f"{TITLES[task.kind]} số {task.number:02d}, năm {task.year}",
        "plan": task.part.plan,
        "kind": task.kind,
        "unit": task.unit,
        "due_on": as_date(task.due_on).isoformat(),
    }
    wrong = assignment | {"due_on": as_date(task.due_on + 30).isoformat()}
    yield planned(task.assigned, "assigned", assignment, "assigned", wrong=wrong)
    end = task.ended
    percent, at = 0, task.assigned + random.randrange(20, 30) * DAY_S
    while at < end - DAY_S:
        percent = min(95, percent + random.randrange(2, 18))
        data = {"percent": percent, "evidence": f"Báo cáo số {random.randrange(10, 400)}/BC"}
        yield planned(at, "progressed", data, "reports", wrong=data | {"percent": 100 - percent})
        at += random.randrange(26, 34) * DAY_S
    if task.extended is not None:
        data = {"due_on": as_date(task.extended[1]).isoformat()}
        yield planned(task.extended[0], "extended", data, "extensions")
    if task.blocked is not None:
        by = random.choice(epoch_of(day_at(task.assigned)).codes[Tier.DEPARTMENT])
        yield planned(task.blocked[0], "blocked", {"by": by, "reason": "Chờ ý kiến của đơn vị phối hợp"})
        yield planned(task.blocked[1], "unblocked", {})
    if task.cancelled:
        yield planned(task.ended, "cancelled", {}, "cancelled")
    else:
        when = "done_late" if task.ended > task.due(task.ended) else "done_on_time"
        yield planned(task.ended, "done", {"evidence": "Báo cáo kết quả"}, "done", when)


class Tasks(Plain):
    """All tasks of all plans."""

    def __init__(self, seed: int, scale: float, teller: SimulatedTeller, truth: Truth, first: int) -> None:
        super().__init__(seed, scale, teller, truth, first)
        self._tasks = tuple(tasks(seed))
        self._agenda = Agenda((fact for task in self._tasks for fact in facts(seed, task)), first)

    def of_day(self, day: int) -> None:
        self.tell(self._agenda.of(day))

    def finish(self) -> None:
        now = self.truth.until
        for task in self._tasks:
            if task.assigned >= now or task.ended < now:
                continue
            counted = ["open"]
            if task.blocked is not None and task.blocked[0] < now <= task.blocked[1]:
                counted.append("blocked")
            due = task.due(now)
            if due < now:
                counted.append("overdue")
            elif due < now + SOON_DAYS * DAY_S:
                counted.append("due_soon")
            for counter in counted:
                self.truth.add_now("task", counter, task.unit, task.part.plan)
