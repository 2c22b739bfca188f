"""Look-ups on the real database: the contract's examples, what takes them back, planted faults, and lists."""

import json
from datetime import date
from typing import Any

import psycopg
import pytest

from dashboards.periods import ALL, between
from dashboards.readers.database import Database
from dashboards.readers.lookups import LookupBy, LookupFilters, StoredLookUp, figures, page
from infra.endpoints import DatabaseUrls
from schemas.lookups import COUNTERS
from schemas.rollups import LOOKUP_ROLLUPS
from streams.audit.cases import audit
from streams.audit.report import AuditReport, Scope
from tests.integration.test_subjects import examples, take
from tests.settings import REPOSITORY

Json = dict[str, Any]
SCOPES: tuple[Scope, ...] = ("full", "slice")


def look(id: str, time: str = "2024-01-23T09:15:00+07:00", account: str = "cb.1", **data: Any) -> Json:
    said = {"unit": "26068", "application": "mot-cua", "channel": "screen", "result": "found", **data}
    return say("performed", id, f"{account}/{time[:10]}", time, said)


def say(kind: str, id: str, subject: str, time: str, data: Json) -> Json:
    head = {"specversion": "1.0", "type": f"lookup.{kind}.v1", "source": "urn:test", "id": id}
    return {**head, "subject": subject, "time": time, "data": data}


def corrected(id: str, of: str, fact: Json) -> Json:
    event = {name: fact[name] for name in ("type", "time", "data")}
    replaces = {"source": "urn:test", "id": of}
    return say("corrected", id, fact["subject"], "2024-01-24T08:00:00+07:00", {"replaces": replaces, "event": event})


def voided(id: str, of: str | None, subject: str) -> Json:
    data = {"replaces": {"source": "urn:test", "id": of}} if of else {}
    return say("voided", id, subject, "2024-01-24T08:00:00+07:00", data)


def total(database: DatabaseUrls, table: str = "lookup_by_unit_hour") -> dict[str, int]:
    with psycopg.connect(database.screens) as db:
        sums = ", ".join(f"coalesce(sum({name}), 0)::bigint" for name in COUNTERS)
        row = db.execute(f"SELECT {sums} FROM {table}").fetchone()  # noqa: S608  (names of ours)
        assert row is not None
        return {name: amount for name, amount in zip(COUNTERS, row, strict=True) if amount}


def names(report: AuditReport) -> set[str]:
    return {check.name for check in report.checks if check.differences}


async def test_the_examples_are_taken_once_and_the_audit_agrees(database: DatabaseUrls) -> None:
    said = list(examples("lookups"))
    for kind in ("corrected", "voided"):
        for path in sorted((REPOSITORY / f"schemas/examples/lookup.{kind}.v1").glob("*.json")):
            said.append(json.loads(path.read_text("utf-8")))
    plain = list(examples("lookups"))

    applied = await take(database, "lookups", plain)
    looks = sum(event["type"] == "lookup.performed.v1" for event in plain)
    assert total(database)["lookups"] == total(database, "lookup_by_account_day")["lookups"] == looks
    again = await take(database, "lookups", said, start=len(plain))
    third = await take(database, "lookups", said, start=len(plain) + len(said))

    assert (applied.fresh, again.fresh, third.fresh) == (len(plain), len(said) - len(plain), 0)
    for scope in SCOPES:
        report = audit(database.streams, scope)
        assert report.ok, report.plain()


async def test_a_voided_look_up_leaves_no_row_and_a_corrected_one_counts_where_it_belongs(
    database: DatabaseUrls,
) -> None:
    one, two = look("1", result="error", latency_ms=100), look("2", latency_ms=20_000)
    await take(database, "lookups", [one, two])
    assert total(database) == {"lookups": 2, "without_case": 2, "errors": 1, "latency_total": 20_100, "timed": 2}

    await take(database, "lookups", [voided("v", "1", one["subject"])], start=2)
    assert total(database) == {"lookups": 1, "without_case": 1, "latency_total": 20_000, "timed": 1}

    right = look("2", "2024-01-23T23:15:00+07:00", unit="26071", case="H19-1", channel="automatic")
    await take(database, "lookups", [corrected("c", "2", right)], start=3)
    assert total(database) == total(database, "lookup_by_account_day") == {"lookups": 1, "automatic": 1}
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT unit, channel, hour::text FROM lookup_by_unit_hour").fetchall() == [
            ("26071", "automatic", "2024-01-23 16:00:00+00")
        ]
        assert db.execute("SELECT account, days, lookups FROM lookup_account").fetchall() == [("cb.1", 1, 1)]

    await take(database, "lookups", [voided("all", None, one["subject"])], start=4)
    await take(database, "lookups", [look("3")], start=5)
    assert total(database) == {}
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT count(*) FROM lookup_by_unit_hour").fetchone() == (0,)
    assert audit(database.streams).ok


PLANTED: dict[str, tuple[str, set[str]]] = {
    "look-up changed": ("UPDATE lookup_event SET purpose = 'x' WHERE id = '1'", {"lookup_event_digest"}),
    "result changed": (
        "UPDATE lookup_event SET result = 'error' WHERE id = '1'",
        {"lookup_event_digest", "lookup_unit_hour_vs_standing", "lookup_account_day_vs_standing"},
    ),
    "look-up missing": (
        "DELETE FROM lookup_event WHERE id = '1'",
        {"sources_vs_events", "lookup_unit_hour_vs_standing", "lookup_account_day_vs_standing"},
    ),
    "exception changed": (
        """UPDATE lookup_exception SET data = '{"replaces":["urn:test","9"]}'""",
        {"lookup_event_digest"},
    ),
    "exception turned": (
        "UPDATE lookup_exception SET replaces_id = '1'",
        {"lookup_event_digest", "lookup_unit_hour_vs_standing"},
    ),
    "exception missing": (
        "DELETE FROM lookup_exception",
        {
            *("sources_vs_events", "lookup_day_vs_exceptions", "lookup_unit_hour_vs_standing"),
            "lookup_account_day_vs_standing",
        },
    ),
    "day not marked": ("UPDATE lookup_day SET exceptions = false", {"lookup_day_vs_exceptions"}),
    "rollup by hour": (
        "UPDATE lookup_by_unit_hour SET latency_250 = latency_250 + 1 WHERE lookups = 1 AND latency_250 = 1",
        {"lookup_unit_hour_vs_standing"},
    ),
    "rollup row missing": (
        "DELETE FROM lookup_by_account_day",
        {"lookup_account_day_vs_standing"},
    ),
    "all-zero row": (
        "INSERT INTO lookup_by_account_day (account, unit, day) VALUES ('a', 'b', '2024-01-23')",
        {"lookup_account_day_vs_standing"},
    ),
}


@pytest.mark.parametrize("place", PLANTED)
async def test_one_wrong_row_is_found_and_named(database: DatabaseUrls, place: str) -> None:
    one = look("1", latency_ms=200, fields=["họ-tên"], purpose='"q"\\')
    two = look("2", "2024-01-23T10:15:00+07:00", latency_ms=200)
    await take(database, "lookups", [one, two, voided("v", "2", one["subject"])])
    assert audit(database.streams).ok
    statement, expected = PLANTED[place]
    with psycopg.connect(database.migrate) as db:
        assert db.execute(statement).rowcount == 1
    report = audit(database.streams)
    assert names(report) == expected
    assert all(check.examples for check in report.checks if check.differences)


async def test_a_figure_is_as_long_as_its_list_by_every_filter_and_page(database: DatabaseUrls) -> None:
    said = [
        look(
            str(number),
            f"2024-01-{23 + number % 3}T{8 + number % 4:02d}:15:{number % 7:02d}+07:00",
            account=f"cb.{number % 2}",
            unit=("26068", "26071")[number % 3 == 0],
            application=("mot-cua", "lgsp")[number % 5 == 0],
            channel=("screen", "automatic")[number % 4 == 0],
            result=("found", "not_found", "mismatch", "error")[number % 7 % 4],
            **({"case": "H19-1"} if number % 2 else {}),
            **({"latency_ms": number} if number % 3 else {}),
        )
        for number in range(60)
    ]
    fact = look("0", "2024-01-25T23:15:00+07:00", account="cb.1", result="mismatch")
    out = [
        voided("v1", "7", said[7]["subject"]),
        corrected("c1", "17", fact),
        corrected("c2", "5", {**fact, **said[5]}),
    ]
    await take(database, "lookups", [*said, *out])
    period = between(date(2024, 1, 23), date(2024, 1, 24))
    filters = [
        LookupFilters(),
        LookupFilters(unit="26071"),
        LookupFilters(application="lgsp", channel="automatic"),
        LookupFilters(account="cb.1"),
    ]
    async with (
        Database(database.screens, name="test", patience=30) as reader,
        reader.snapshot(accounts=True) as (conn, _),
    ):
        for days in (ALL, period):
            for one in filters:
                rows = await figures(conn, days, LookupBy.TOTAL, one)
                counts = rows[0].counts
                assert counts["lookups"] > 0
                for counter in COUNTERS:
                    listed: list[StoredLookUp] = []
                    before = None
                    while True:
                        found = await page(conn, counter, days, one, before, limit=7)
                        listed += found.items
                        before = found.before
                        if before is None:
                            break
                    latencies = [item.latency_ms or 0 for item in listed]
                    amount = sum(latencies) if counter == "latency_total" else len(listed)
                    assert amount == counts[counter], (days.name, one, counter)
                    assert [item.time for item in listed] == sorted((item.time for item in listed), reverse=True)
        for by in LookupBy:
            rows = await figures(conn, period, by)
            total = await figures(conn, period, LookupBy.TOTAL)
            assert sum(row.counts["lookups"] for row in rows) == total[0].counts["lookups"]


def test_every_counter_has_its_column_in_both_rollups(database: DatabaseUrls) -> None:
    with psycopg.connect(database.screens) as db:
        for rollup in LOOKUP_ROLLUPS:
            columns = {c.name for c in db.execute(f"SELECT * FROM {rollup.table}").description or []}  # noqa: S608
            assert columns == {*rollup.keys, *rollup.counters}
