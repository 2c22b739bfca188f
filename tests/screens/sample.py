"""Cases written straight into the tables, so that a screen has something to show at a moment of its own."""

import json
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import psycopg

from schemas.cases import SIMULATED
from schemas.province import ZONE, moment
from schemas.state import RULES_VERSION
from tests.integration.filled import write_rollups

UNITS = (
    "Phường Trấn Biên", "Xã Long Thành", "Sở Nông nghiệp và Môi trường", "Phường Hố Nai", "Xã Trảng Bom",
    "Phường Biên Hòa", "Xã Xuân Lộc", "Phường Long Khánh", "Sở Tư pháp", "Xã Định Quán", "Phường Đồng Xoài",
    "Sở Xây dựng",
)  # fmt: skip
LONGEST = (
    "Văn phòng Đăng ký đất đai chi nhánh Long Khánh", "Văn phòng Đăng ký đất đai chi nhánh Đồng Xoài",
    "Ban Quản lý các khu công nghiệp, khu kinh tế tỉnh Đồng Nai", "Trung tâm Phục vụ hành chính công phường Trấn Biên",
    "don-vi-khong-co-ten-chi-co-khoa-rat-dai-0123456789-0123456789-0123456789-012345", "Phường Bình Phước",
)  # fmt: skip
CHANNELS = ("online", "direct", "post", "other")
PROCEDURES = ("Đăng ký biến động đất đai, thừa kế", "Cấp giấy chứng nhận quyền sử dụng đất lần đầu",
              "Đăng ký thành lập hộ kinh doanh", "Thẩm định báo cáo đánh giá tác động môi trường", "")  # fmt: skip
COLUMNS = (
    "subject unit procedure channel submitted_at accepted_at due_at ended_at end_kind returned_at status status_raw"
    " last_at last_unit flows voided_at oversized simulated contribution rules_version"
)


class Row(NamedTuple):
    """One case, as far as the figures care."""

    unit: str
    channel: str
    accepted_at: datetime
    due_at: datetime | None
    ended_at: datetime | None = None


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE).astimezone(UTC)


def working_days(last: date, count: int) -> list[date]:
    days: list[date] = []
    while len(days) < count:
        if last.weekday() < 5:
            days.append(last)
        last -= timedelta(days=1)
    return days[::-1]


def province(now: datetime, *, units: Sequence[str] = UNITS, per_day: int = 60, seed: int = 7) -> list[Row]:
    """Some weeks of cases up to a moment; the first four units do worse today than they did before."""
    chance, rows = random.Random(seed), []
    today = now.astimezone(ZONE).date()
    for day in working_days(today, 25):
        for _ in range(per_day):
            unit = chance.choice(units)
            accepted = at(day, 8) + timedelta(minutes=chance.randrange(9 * 60))
            if accepted > now:
                continue
            promised = accepted + timedelta(days=chance.choice((5, 7, 12, 15)))
            due = at(promised.astimezone(ZONE).date(), 17)
            spread = 1.4 if unit in units[:4] and promised > now - timedelta(days=3) else 1.06
            ended = accepted + (due - accepted) * chance.uniform(0.3, spread)
            channel = chance.choices(CHANNELS, (87, 10, 2, 1))[0]
            rows.append(Row(unit, channel, accepted, due, ended if ended <= now else None))
    return rows


def write(
    conn: psycopg.Connection,
    rows: Sequence[Row],
    now: datetime,
    *,
    source: str = SIMULATED,
    topic: str = "ioc.cases",
    received_at: datetime | None = None,
) -> None:
    """The cases with their rollups and their source, as a worker would have left them."""
    simulated = source == SIMULATED
    states, histories = [], []
    for index, row in enumerate(rows):
        day = row.accepted_at.astimezone(ZONE)
        subject = f"000.00.{index % 40:02d}.H19-{day:%y%m%d}-{index:05d}"
        kind = None if row.ended_at is None else ("finished", "returned")[index % 2]
        steps = [["steps", row.unit, (day.date() - date(1970, 1, 1)).days, 2]]
        states.append((
            subject, row.unit, PROCEDURES[index % 5], row.channel, None, row.accepted_at, row.due_at, row.ended_at,
            kind, None, None, None, row.ended_at or row.accepted_at, row.unit, json.dumps(steps), None, False,
            simulated, "[]", RULES_VERSION,
        ))  # fmt: skip
        histories.append((subject, _history(row, kind, source)))
    _copied(conn, f"case_state ({COLUMNS.replace(' ', ', ')})", states)
    _copied(conn, "case_history (subject, events)", histories)
    write_rollups(conn)
    received = received_at or now - timedelta(seconds=4)
    conn.execute(
        "INSERT INTO stream_offset VALUES ('c', %s, %s, 0, %s, %s, 0, 0, %s, %s)",
        (topic, topic, len(rows), len(rows), received, received),
    )
    last = max(row.ended_at or row.accepted_at for row in rows)
    conn.execute(
        "INSERT INTO stream_source VALUES (%s, %s, %s, 0, %s, 0, 0, %s, %s)",
        (source, topic, topic, len(rows), last, received),
    )


def _copied(conn: psycopg.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """At once: thousands of single inserts take longer than most tests."""
    with conn.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def beat(conn: psycopg.Connection, at_: datetime, state: str = "running") -> None:
    conn.execute(
        "INSERT INTO heartbeat VALUES ('worker-1', %(at)s, %(at)s, %(state)s)"
        " ON CONFLICT (process) DO UPDATE SET beat_at = %(at)s, state = %(state)s",
        {"at": at_, "state": state},
    )


def receive(conn: psycopg.Connection, at_: datetime, source: str = SIMULATED) -> None:
    """A record of the source came at this moment; nothing else changes."""
    conn.execute("UPDATE stream_source SET received_at = %s WHERE source = %s", (at_, source))
    conn.execute("UPDATE stream_offset SET next = next + 1, received_at = %s", (at_,))


def audited(conn: psycopg.Connection, at_: datetime, cases: int, differences: int = 0) -> None:
    conn.execute(
        "INSERT INTO audit_run (scope, started_at, finished_at, cases, buckets, differences, detail)"
        " VALUES ('slice', %s, %s, %s, 100, %s, '[]')",
        (at_, at_, cases, differences),
    )


def _history(row: Row, kind: str | None, source: str) -> str:
    accepted = moment(row.accepted_at)
    end = moment(row.ended_at) if row.ended_at else None
    span = (end - accepted) if end else 4 * 86_400_000_000
    data = {"unit": row.unit, "channel": row.channel}
    if row.due_at:
        data["due"] = moment(row.due_at)  # type: ignore[assignment]
    other = UNITS[(UNITS.index(row.unit) + 3) % len(UNITS)] if row.unit in UNITS else row.unit
    events = [
        ["accepted", accepted, source, "1", data],
        ["step", accepted + span // 9, source, "2", {"unit": row.unit, "name": "Thẩm định hồ sơ"}],
        ["supplement_requested", accepted + span // 4, source, "3", {"unit": row.unit}],
        ["supplement_received", accepted + span // 2, source, "4", {"unit": row.unit}],
        ["step", accepted + span * 5 // 9, source, "5", {"unit": other, "name": "Lấy ý kiến"}],
    ]
    if end and kind:
        events.append([kind, end, source, "6", {"unit": row.unit}])
    return json.dumps(events, ensure_ascii=False)
