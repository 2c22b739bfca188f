"""What may need a leader, read in one snapshot: the rule that chooses is :mod:`dashboards.directives.needs_direction`.
Each page's own judgement is asked, none is made anew here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from dashboards import source_names, source_silence
from dashboards.directives import reader
from dashboards.directives.judged_kind import JudgedKind
from dashboards.directives.needs_direction import Directed, Gravity, Needed
from dashboards.directives.reader import StoredDirective
from dashboards.directives.words import STANDINGS, until
from dashboards.periods import Period, PeriodName, today
from dashboards.readers import sending
from dashboards.readers.database import Connection
from dashboards.readers.figures import Filters
from dashboards.readers.queries import query
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.screens import links
from dashboards.settings import ScreensSettings
from dashboards.source_silence import DEAD, FeedState, State
from dashboards.views import VIEWS
from dashboards.views.topics import needs as topics
from dashboards.words import day_of, number, sentence_unit, small, unbroken, unit, when
from schemas.actions import OPEN, SOURCE

SOON = timedelta(hours=24)
REJECTED = 100  # records of one source on one day: our own bound
CASES = ("cases",)
RUNNING = "đơn vị vận hành nguồn"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """What is not known now, and up to when it was."""

    subject: str
    since: datetime | None


class Gathered(NamedTuple):
    """``looked``: what was looked at; of the rest nothing is known now, or no source of it has ever told anything."""

    found: tuple[Needed, ...]
    unknown: tuple[NotKnown, ...]
    looked: tuple[str, ...]


async def candidates(
    conn: Connection, as_of: datetime, known: Feeding, view: Selection, settings: ScreensSettings
) -> Gathered:
    """All but the directives, and what is not known of the rest. ``known`` was read in the same snapshot. Who sees some
    units only (``view.scope``) gets what is theirs."""
    judged = [JudgedKind("hồ sơ quá hạn", CASES, PeriodName.TODAY, _units)]
    judged += [one for of in VIEWS if of.directs for one in of.part("needs").JUDGED]
    judged += topics.JUDGED
    found: list[Needed] = []
    unknown: list[NotKnown] = []
    looked: list[str] = []
    if not view.scope:  # how the machinery is, is the province's
        found += [*await _cut(conn), *_silent(known, as_of, settings), *await _rejecting(conn, as_of)]
        looked.append("nguồn dữ liệu")
    for one in judged:
        asked = view._replace(period=one.period)
        ground = ground_of(Ground, known.of(one.contracts), asked, as_of, settings)
        if ground.reach is None:
            continue  # no source of it has ever told anything
        if ground.standing(True, finished=one.finished) in DEAD:
            unknown.append(NotKnown(one.subject, ground.condition.since))
        else:
            found += await one.read(conn, ground, settings)
            looked.append(one.subject)
    if view.scope:
        found = [one for one in found if one.unit in view.scope]
    return Gathered(tuple(found), tuple(unknown), (*looked, "chỉ đạo đang mở"))


async def open_directives(conn: Connection) -> list[StoredDirective]:
    return await reader.listed(conn, standings=OPEN)


def directed_of(one: StoredDirective) -> Directed:
    about = one.detail.get("origin_key") if one.detail.get("origin") == "alert" else ""
    return Directed(one.subject, one.unit, one.by_name, one.issued_at, one.due_at, one.aim, about or "")


def waiting(directives: list[StoredDirective], as_of: datetime) -> list[Needed]:
    """The open directives that wait for whoever ordered them, or are late."""
    found = []
    for one in directives:
        waits, late = one.standing in ("asking", "cannot", "done"), one.overdue(as_of)
        if not waits and not late:
            continue
        asked = f" đến {until(one.asked_until)}" if one.asked_until is not None else ""
        said = small(STANDINGS[one.standing]) + asked
        found.append(
            Needed(
                key=f"directive/{one.subject}",
                kind="directive",
                gravity=Gravity.WARNING if late else Gravity.OPINION,
                what=f"{unit(one.unit)}: {said}" + ("; đã quá hạn" if late else ""),
                why=f"chỉ đạo: {one.sentence}".rstrip("."),
                owner=unit(one.unit),
                limit=one.due_at,
                people=int(one.detail.get("aim_value") or 0) if one.aim == "overdue" else 0,
                since=one.issued_at,
                before=None if late else one.due_at,
                unit=one.unit,
                directive=one.subject,
            )
        )
    return found


async def _cut(conn: Connection) -> list[Needed]:
    rows = await (await conn.execute(query("directives_cut"))).fetchall()
    return [
        Needed(
            key=f"connection/{subject}",
            kind="connection",
            gravity=Gravity.GRAVE,
            what="Kết nối cơ sở dữ liệu quốc gia về dân cư bị ngắt",
            where=f"từ {until(since)}",
            why=f"lý do: {why}" if why else "",
            owner=topics.WATCHED,
            limit=since,
            people=0,
            since=since,
            work="khôi phục kết nối cơ sở dữ liệu quốc gia về dân cư và báo cáo nguyên nhân",
            opens=links.topic(topics.GUARDED.name, Selection("", PeriodName.TODAY)),
            see="Xem tra cứu",
        )
        for subject, since, why in rows
    ]


def _silent(known: Feeding, as_of: datetime, settings: ScreensSettings) -> list[Needed]:
    """Sources past their bound in their own hours; not the centre's own directives, which nobody has to send."""
    return [
        Needed(
            key=f"silent/{feed.contract}/{feed.source}"[:80],
            kind="source",
            gravity=Gravity.WARNING,
            what=f"Nguồn {_name(feed)} im lặng từ {when(feed.received_at, day_of(as_of))}",
            why="số của nguồn này là số cũ",
            owner=RUNNING,
            limit=feed.received_at,
            people=0,
            since=feed.received_at,
            work=f"khôi phục việc gửi dữ liệu của nguồn {_name(feed)}",
            opens=links.topic("nguon", Selection("", PeriodName.MONTH)),
            see="Xem nguồn",
        )
        for feed in source_silence.live_feeds(known.sources, as_of, settings, known.work)
        if feed.state is State.SILENT and feed.source != SOURCE and not feed.stranger
    ]


def _name(feed: FeedState) -> str:
    return feed.name or source_names.name(feed.source)


async def _rejecting(conn: Connection, as_of: datetime) -> list[Needed]:
    day = today(as_of)
    of_day: dict[str, int] = {}
    for row in await sending.rejected(conn, Period(PeriodName.TODAY, day, day)):
        if row.source:
            of_day[row.source] = of_day.get(row.source, 0) + row.records
    return [
        Needed(
            key=f"rejected/{source}"[:80],
            kind="source",
            gravity=Gravity.WARNING,
            what=f"{number(records)} bản ghi bị từ chối hôm nay",
            where=f"của {unbroken(source_names.name(source))}",
            why="sai quy cách gửi",
            owner=RUNNING,
            limit=as_of,
            people=records,
            work=f"sửa {number(records)} bản ghi bị từ chối của nguồn {source_names.name(source)}",
            opens=links.opening("rejected", Selection("", PeriodName.TODAY), Filters(unit=source), domain="source"),
            see=f"Xem {number(records)} bản ghi",
        )
        for source, records in of_day.items()
        if records >= REJECTED
    ]


async def _units(conn: Connection, ground: Ground, settings: ScreensSettings) -> list[Needed]:
    as_of = ground.at
    rows = await (await conn.execute(query("directives_units"), {"as_of": as_of, "until": as_of + SOON})).fetchall()
    found = []
    for key, overdue, soon, next_due, oldest in rows:
        if not overdue or not key:
            continue
        more = f"{number(soon)} hồ sơ nữa đến hạn, sớm nhất {when(next_due, day_of(as_of))}" if soon else ""
        found.append(
            Needed(
                key=f"overdue/{key}",
                kind="overdue",
                gravity=Gravity.WARNING,
                what=f"{number(overdue)} hồ sơ quá hạn",
                where=f"ở {unbroken(sentence_unit(key))}",
                why="; ".join(filter(None, (f"lâu nhất từ {when(oldest, day_of(as_of))}", more))),
                owner=unit(key),
                limit=as_of,
                people=overdue,
                before=next_due if soon else None,
                unit=key,
                counter="overdue",
                aims=frozenset(("overdue", "on_time")),
                opens=links.opening("overdue", Selection("", PeriodName.ALL), Filters(unit=key)),
                see=f"Xem {number(overdue)} hồ sơ",
            )
        )
    return found
