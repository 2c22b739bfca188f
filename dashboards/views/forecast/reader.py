"""What will be late: the two lists of this morning, what the forecasts behind them are worth, or why they are hidden.

*Due tomorrow* is a fact: open cases whose deadline lies within the next working day. *At risk* is a forecast: cases
that this morning's run named, and that are open still with the same deadline ahead.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from psycopg.rows import class_row, dict_row

from dashboards.periods import ALL, Period
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.readers.worktime import worktime
from schemas.province import as_date, as_datetime, day_number, day_of, day_start, moment

WORTH_DAYS = 30  # of scores that are shown
OLD_DAYS = 1  # a run before yesterday says nothing of today


class ListName(StrEnum):
    """The lists that someone can act on this morning."""

    DUE_TOMORROW = "due_tomorrow"
    AT_RISK = "at_risk"


@dataclass(frozen=True, slots=True)
class Worth:
    """What became of the forecasts of the last days; ``None`` where there is nothing to say it by. ``error`` is the
    mean error over the baseline's; ``over`` by how many points chances lay above what came true. ``ahead``: cases that
    had a forecast two working days before their deadline, ``late_ahead`` those of them that missed it."""

    error: float | None
    over: float | None
    judged: int
    late_cases: int
    named_late: int
    named: int
    ahead: int = 0
    late_ahead: int = 0

    @property
    def precision(self) -> float | None:
        return self.named_late / self.named if self.named else None

    @property
    def base(self) -> float | None:
        """The share late of all that could have been named: what naming anybody would have hit."""
        return self.late_ahead / self.ahead if self.ahead else None


NO_WORTH = Worth(None, None, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Run:
    """The last run. ``reason`` is empty where it is shown: no_hours, too_few, untried, not_better, old; chances and
    days are hidden each for itself. ``tried_error``: the error over the baseline's on the mornings that it was tried on
    before it was shown; of those that lay two working days before the deadline ``tried_ahead``, of which
    ``tried_late`` were late. ``base``: their share, ``precision_set``: what a list had to reach. ``at_risk`` is
    ``None`` where none did: the late are not told from the others."""

    day: date
    made_at: datetime
    cases: int
    shape: str | None
    at_risk: float | None
    precision_set: float | None
    reason: str
    tried_error: float | None
    tried_over: float | None
    base: float | None = None
    chances_shown: bool = True
    days_shown: bool = True
    tried_ahead: int | None = None
    tried_late: int | None = None
    tried_named: int | None = None
    tried_named_late: int | None = None

    @property
    def shown(self) -> bool:
        return not self.reason

    @property
    def tried_worth(self) -> Worth:
        """The list on the mornings of the trial."""
        named, late, both = self.tried_named or 0, self.tried_late or 0, self.tried_named_late or 0
        return Worth(self.tried_error, self.tried_over, 0, late, both, named, self.tried_ahead or 0, late)

    @property
    def indistinct(self) -> bool:
        """Whether it was tried and does not tell the late from the others, two working days ahead."""
        return self.shown and self.chances_shown and self.at_risk is None and self.base is not None

    @property
    def says_risk(self) -> bool:
        """Whether it names cases at risk."""
        return self.shown and self.chances_shown and self.at_risk is not None


@dataclass(frozen=True, slots=True)
class Soon:
    """An open case of a list. What is forecast is ``None`` where the run says nothing of it, or is hidden."""

    subject: str
    unit: str
    procedure: str
    last_unit: str
    due_at: datetime
    step: str | None
    chance: float | None
    expected_at: datetime | None
    chance_61: float | None = None
    chance_766: float | None = None


async def run(conn: Connection, as_of: datetime) -> Run | None:
    """``None``: there has been none."""
    async with conn.cursor(row_factory=class_row(Run)) as cursor:
        await cursor.execute(query("forecast/run"), {"oldest": _today(as_of) - timedelta(days=OLD_DAYS)})
        return await cursor.fetchone()


async def worth(conn: Connection, as_of: datetime) -> Worth:
    """Of the last thirty days."""
    async with conn.cursor(row_factory=class_row(Worth)) as cursor:
        await cursor.execute(query("forecast/worth"), {"since": _today(as_of) - timedelta(days=WORTH_DAYS)})
        found = await cursor.fetchone()
    return found or NO_WORTH


async def counts(
    conn: Connection, as_of: datetime, unit: str | None = None, due: Period = ALL
) -> dict[ListName, dict[str, int]]:
    """How many cases each list has, by accepting unit; ``due``: of deadlines on these days alone."""
    found: dict[ListName, dict[str, int]] = {}
    for name in ListName:
        async with conn.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query("forecast/counts"), await _asked(conn, name, as_of, unit, due))
            found[name] = {row["unit"]: row["cases"] for row in await cursor.fetchall()}
    return found


async def cases(
    conn: Connection,
    name: ListName,
    as_of: datetime,
    unit: str | None = None,
    after: str = "",
    limit: int = 100,
    offset: int = 0,
    *,
    by_code: bool = False,
    due: Period = ALL,
) -> tuple[Soon, ...]:
    """A page of a list, the next deadline first and of one day the likeliest to be late; or in the order of codes."""
    asked = await _asked(conn, name, as_of, unit, due)
    asked |= {"after": after, "limit": limit, "offset": offset, "by_code": by_code}
    async with conn.cursor(row_factory=class_row(Soon)) as cursor:
        await cursor.execute(query("forecast/cases"), asked)
        return tuple(await cursor.fetchall())


async def next_working_day(conn: Connection, as_of: datetime) -> date:
    """After the day of ``as_of``, by the calendar that is loaded."""
    return as_date((await worktime(conn)).add_days(day_of(moment(as_of)), 1))


async def _asked(conn: Connection, name: ListName, as_of: datetime, unit: str | None, due: Period) -> dict[str, object]:
    day = day_of(moment(as_of))
    until = day_start(day_number(await next_working_day(conn, as_of)) + 1)
    return {
        "at_risk": name is ListName.AT_RISK,
        "oldest": as_date(day) - timedelta(days=OLD_DAYS),
        "as_of": as_of,
        "after_due": as_datetime(day_start(day + 1)),
        "until_due": as_datetime(until),
        "unit": unit,
        "first": due.first,
        "last": due.last,
    }


def _today(as_of: datetime) -> date:
    return as_date(day_of(moment(as_of)))
