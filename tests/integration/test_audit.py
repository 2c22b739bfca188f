"""The audit finds what is planted: one wrong row in each place, each named."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from schemas.rollups import CASE_ROLLUPS
from streams.audit.cases import audit
from streams.audit.report import FULL_CHECKS, AuditReport
from streams.store import Store, connect
from tests.integration.test_store import LOG, PARTITION, T0, apply, event


async def fill(database: DatabaseUrls) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    correction = {"type": "case.finished.v1", "time": "2024-01-31T10:00:00Z", "data": {}}
    await apply(
        store,
        0,
        [
            *LOG,
            event("corrected", "A-2", "c1", 90, replaces={"source": "urn:test", "id": "f2"}, event=correction),
            event("voided", "A-3", "v3", 91),
            event("step", 'Ê"\\-4', "s'4", 92, name='Trả "kết quả" \\ đ', status_raw="đã trả"),
        ],
    )
    await connection.close()


def names(report: AuditReport) -> set[str]:
    return {check.name for check in report.checks if check.differences}


@pytest.mark.parametrize("scope", ["full", "slice"])
async def test_what_the_store_writes_agrees(database: DatabaseUrls, scope: str) -> None:
    await fill(database)
    report = audit(database.streams, scope)  # type: ignore[arg-type]
    assert report.ok, report.plain()
    assert report.cases == 4
    compared = {check.name: check.compared for check in report.checks}
    if scope == "full":
        assert compared["event_digest"] == compared["history_vs_events"] == compared["sources_vs_events"] > 0
        assert len(report.checks) == FULL_CHECKS
    else:
        assert compared["event_digest"] == 0, "the sample's events are older than an hour"
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT scope, cases, differences FROM audit_run").fetchall() == [(scope, 4, 0)]


PLANTED: dict[str, tuple[str, set[str]]] = {
    "event_changed": (
        """UPDATE case_event SET data = '{"unit":"Sở Y tế","name":"Thẩm định"}' WHERE id = 's2'""",
        {"event_digest", "history_vs_events"},
    ),
    "event_missing": ("DELETE FROM case_event WHERE id = 's2'", {"history_vs_events", "sources_vs_events"}),
    "event_added": (
        """INSERT INTO case_event SELECT source, 's9', subject, time, sha256('x'), kind, data, topic_id, partition,
        "offset", received_at FROM case_event WHERE id = 's2'""",
        {"event_digest", "history_vs_events", "sources_vs_events"},
    ),
    "history_entry_missing": (
        """UPDATE case_history SET events = (SELECT json_agg(e) FROM json_array_elements(events::json) e
        WHERE e ->> 3 <> 's2')::text WHERE subject = 'A-1'""",
        {"history_vs_events", "state_vs_history", "contribution_vs_state"},
    ),
    "state_changed": (
        "UPDATE case_state SET due_at = due_at + interval '1 day' WHERE subject = 'A-1'",
        {"state_vs_history"},
    ),
    "state_missing": (
        "DELETE FROM case_state WHERE subject = 'A-1'",
        {
            "state_vs_history",
            "unit_day_vs_contributions",
            "procedure_day_vs_contributions",
            "unit_procedure_month_vs_contributions",
        },
    ),
    "unit_day": (
        "UPDATE case_by_unit_day SET steps = steps + 1 WHERE unit = 'Sở Tư pháp'",
        {"unit_day_vs_contributions"},
    ),
    "unit_day_row_missing": ("DELETE FROM case_by_unit_day WHERE unit = 'Sở Tư pháp'", {"unit_day_vs_contributions"}),
    "procedure_day": (
        "UPDATE case_by_procedure_day SET accepted = 0 WHERE procedure = '1.1' AND accepted > 0",
        {"procedure_day_vs_contributions"},
    ),
    "unit_procedure_month": (
        "UPDATE case_by_unit_procedure_month SET voided = 7 WHERE voided > 0",
        {"unit_procedure_month_vs_contributions"},
    ),
    "all_zero_row": (
        "INSERT INTO case_by_unit_day (unit, day, channel) VALUES ('Sở Y tế', '2024-01-01', 'post')",
        {"unit_day_vs_contributions"},
    ),
}


@pytest.mark.parametrize("place", PLANTED)
async def test_one_wrong_row_is_found_and_named(database: DatabaseUrls, place: str) -> None:
    await fill(database)
    statement, expected = PLANTED[place]
    with psycopg.connect(database.migrate) as db:
        assert db.execute(statement).rowcount == 1
    report = audit(database.streams)
    assert names(report) == expected
    assert not report.ok
    assert all(check.examples for check in report.checks if check.differences)


async def test_a_slice_goes_on_where_the_last_one_ended_and_finds_a_wrong_state(
    database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(database)
    monkeypatch.setattr("streams.audit.cases.SLICE_CASES", 2)
    ends: list[str] = [audit(database.streams, "slice").until for _ in range(3)]
    assert ends == ["A-2", 'Ê"\\-4', ""]
    with psycopg.connect(database.migrate) as db:
        db.execute("UPDATE case_state SET unit = 'Sở Y tế' WHERE subject = 'A-3'")
    assert names(audit(database.streams, "slice")) == set()
    assert names(audit(database.streams, "slice")) == {"state_vs_history"}


async def test_a_slice_knows_a_lost_version_on_a_day_after_all_that_stands(
    database: DatabaseUrls,
) -> None:
    now = datetime.now(UTC)
    hours = (now - T0).total_seconds() / 3600
    fact = {"type": "case.step.v1", "time": (now - timedelta(days=9)).isoformat(), "data": {"name": "Kiểm tra"}}
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    await apply(
        store,
        0,
        [
            event("step", "A-1", "s1", hours - 0.2, name="Kiểm tra"),
            event("step", "A-1", "s1", hours - 0.1, name="Thẩm định"),
            event("corrected", "A-1", "c1", hours, replaces={"source": "urn:test", "id": "s1"}, event=fact),
        ],
        received=now,
    )
    await connection.close()

    assert names(audit(database.streams, "slice")) == set()


async def test_a_slice_misses_an_event_that_differs_from_another_one_only_in_its_kind(database: DatabaseUrls) -> None:
    hours = (datetime.now(UTC) - T0).total_seconds() / 3600
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    two = [event(kind, "A-1", "s1", hours, unit="Sở Tư pháp") for kind in ("suspended", "resumed")]
    await apply(store, 0, two, received=datetime.now(UTC))
    await connection.close()
    with psycopg.connect(database.migrate) as db:
        db.execute(
            """UPDATE case_history SET events = (SELECT json_agg(e) FROM json_array_elements(events::json) e
            WHERE e ->> 0 <> 'resumed')::text"""
        )

    assert "history_vs_events" in names(audit(database.streams, "slice"))


def test_every_counter_has_its_column_in_every_grain(database: DatabaseUrls) -> None:
    with psycopg.connect(database.screens) as db:
        for rollup in CASE_ROLLUPS:
            columns = [c.name for c in db.execute(f"SELECT * FROM {rollup.table}").description or []]  # noqa: S608
            assert columns == [*rollup.keys, *rollup.counters]
