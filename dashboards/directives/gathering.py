"""What may need a leader, read now: the rule that chooses is :mod:`dashboards.directives.needs_direction`."""

from datetime import datetime, timedelta

from dashboards.directives import reader
from dashboards.directives.needs_direction import Gravity, Needed
from dashboards.directives.words import STANDINGS, until
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.words import day_of, number, small, unit, when
from schemas.actions import OPEN

SOON = timedelta(hours=24)


async def needed(conn: Connection, as_of: datetime, *, cases: bool = True) -> list[Needed]:
    """``cases``: whether it is known how many are overdue."""
    directed = await reader.listed(conn, standings=OPEN)
    found = [*await _cut(conn), *_directives(directed, as_of)]
    if not cases:
        return found
    at_it = {one.unit for one in directed if one.aim in ("overdue", "on_time")}
    return [*found, *(one for one in await _units(conn, as_of) if one.unit not in at_it)]


async def _cut(conn: Connection) -> list[Needed]:
    rows = await (await conn.execute(query("directives_cut"))).fetchall()
    return [
        Needed(
            key=f"connection/{subject}",
            gravity=Gravity.GRAVE,
            what="Kết nối cơ sở dữ liệu quốc gia về dân cư bị ngắt",
            rest=f" từ {until(since)}" + (f"; lý do: {why}." if why else "."),
            owner="Công an tỉnh, Văn phòng UBND tỉnh",
            limit=since,
            people=0,
            since=since,
        )
        for subject, since, why in rows
    ]


def _directives(directed: list[reader.StoredDirective], as_of: datetime) -> list[Needed]:
    found = []
    for one in directed:
        waits, late = one.standing in ("asking", "cannot", "done"), one.overdue(as_of)
        if not waits and not late:
            continue
        asked = f" đến {until(one.asked_until)}" if one.asked_until is not None else ""
        said = small(STANDINGS[one.standing]) + asked
        found.append(
            Needed(
                key=f"directive/{one.subject}",
                gravity=Gravity.WARNING if late else Gravity.OPINION,
                what=f"{unit(one.unit)}: {said}" + ("; đã quá hạn" if late else ""),
                rest=f". Chỉ đạo: {one.sentence}",
                owner=unit(one.unit),
                limit=one.due_at,
                people=int(one.detail.get("aim_value") or 0) if one.aim == "overdue" else 0,
                since=one.issued_at,
                unit=one.unit,
                directive=one.subject,
            )
        )
    return found


async def _units(conn: Connection, as_of: datetime) -> list[Needed]:
    asked = {"as_of": as_of, "until": as_of + SOON}
    rows = await (await conn.execute(query("directives_units"), asked)).fetchall()
    found = []
    for key, overdue, soon, next_due, _ in rows:
        if not overdue or not key:
            continue
        more = f"; {number(soon)} hồ sơ nữa đến hạn, sớm nhất {when(next_due, day_of(as_of))}" if soon else ""
        found.append(
            Needed(
                key=f"overdue/{key}",
                gravity=Gravity.WARNING,
                what=f"{number(overdue)} hồ sơ quá hạn",
                rest=f" ở {unit(key)}{more}.",
                owner=unit(key),
                limit=as_of,
                people=overdue,
                before=next_due if soon else None,
                unit=key,
                counter="overdue",
            )
        )
    return found
