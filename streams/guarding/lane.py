"""The guard beside the book of look-ups, of one partition: it sees what counts, and what it finds is written in the
same transaction.

What it remembers is of committed spans alone: when a transaction fails, the lane takes another store, whose guard reads
the last hour from the table. Only look-ups that come soon after they happened are judged; a year's history is counted,
and no alarm.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from schemas.lookup_findings import LookupFinding
from schemas.lookups import LOOKUP, account_of
from schemas.province import as_date, as_datetime, day_of
from streams.books.book import Connection
from streams.column_arrays import named
from streams.decode import Accepted
from streams.guard.accounts import MINUTE_US, SeenLook
from streams.guard.episodes import LONG, ToldFinding
from streams.guard.guard import LookupGuard
from streams.guarding.room import GuardRoom
from streams.queries import QUERIES

HOUR_US = 60 * MINUTE_US
LATE_US = 2 * HOUR_US  # what comes later than so long after it happened is no news
COUNTED_US = 26 * HOUR_US  # and later than that, it is not in the curve of the day
MOST_RECENT = 100_000  # look-ups that a guard begins with
_MINUTE = ("minute", "unit", "application")
_COUNTS = ("lookups", "without_case", "not_found", "errors")


class JudgedSpan(NamedTuple):
    minutes: Mapping[tuple[int, str, str], list[int]]
    told: Sequence[ToldFinding]


NOT_JUDGED = JudgedSpan({}, ())


class LaneGuard:
    def __init__(self, room: GuardRoom) -> None:
        self._room = room
        self._guard: LookupGuard | None = None

    async def prepare(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> None:
        """Before the first span that it judges: what its partition had seen, and what stands open."""
        if self._guard is not None or self._room.ground is None or accepted[0].domain != LOOKUP.name:
            return
        now = accepted[0].received + self._room.offset_us
        guard = LookupGuard(self._room.ground)
        since = as_datetime(now - HOUR_US)
        asked = {**name, "since": since, "day": as_date(day_of(now - HOUR_US)), "limit": MOST_RECENT}
        rows = await (await connection.execute(QUERIES["guard/recent"], asked)).fetchall()
        guard.accounts.take(sorted(SeenLook(*row) for row in rows))
        await resume(connection, guard, now)
        self._guard = guard

    def judge(self, counts: Sequence[Accepted], key_of: Callable[[str, int], str]) -> JudgedSpan:
        minutes: dict[tuple[int, str, str], list[int]] = {}
        seen: list[SeenLook] = []
        offset = self._room.offset_us
        for a in counts:
            entry = a.entry
            late = a.received + offset - entry.time
            if late > COUNTED_US:
                continue
            data = entry.data
            unit = key_of(data.unit, entry.time)
            row = minutes.setdefault((entry.time // MINUTE_US, unit, data.application), [0, 0, 0, 0])
            row[0] += 1
            row[1] += data.case is None
            row[2] += data.result == "not_found"
            row[3] += data.result == "error"
            if late <= LATE_US:
                seen.append(
                    SeenLook(
                        entry.time, entry.source, entry.id, account_of(a.subject), unit, data.application, data.case,
                        data.person, data.result, data.channel == "screen", data.client,
                    )
                )  # fmt: skip
        guard, ground = self._guard, self._room.ground
        if guard is None or ground is None:
            return JudgedSpan(minutes, ())
        guard.ground = ground
        return JudgedSpan(minutes, guard.observe(seen) if seen else ())

    async def write(self, connection: Connection, judged: JudgedSpan) -> None:
        if judged.minutes:
            rows = named(_MINUTE, judged.minutes) | named(_COUNTS, judged.minutes.values())
            await connection.execute(QUERIES["guard/add_minutes"], rows)
        await tell(connection, judged.told)


async def resume(connection: Connection, guard: LookupGuard, now: int) -> None:
    """The episodes that may still go on."""
    since = as_datetime(now) - timedelta(minutes=max(LONG.values()))
    rows = await (await connection.execute(QUERIES["guard/open_findings"], {"since": since})).fetchall()
    for rule, scope, key, id, began, last, lookups in rows:
        guard.episodes.resume((rule, scope, key), id, began, last, lookups)


async def tell(connection: Connection, told: Iterable[ToldFinding]) -> None:
    """Writes them, in the order of their ids, so that two never wait for each other."""
    for one in sorted(told, key=lambda one: one.id):
        await connection.execute(QUERIES["guard/tell"], {"id": one.id, **columns(one.finding)})


def columns(finding: LookupFinding) -> dict[str, Any]:
    said = {name: getattr(finding, name) for name in finding.__struct_fields__}
    examples = [word for example in finding.examples for word in example]
    return said | {"rule": str(finding.rule), "scope": str(finding.scope), "examples": examples}
