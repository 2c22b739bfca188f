"""The audit finds what is planted in the tables of subjects: one wrong row in each place, each named."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from schemas.contracts import CONTRACTS
from schemas.province import ZONE, as_date, day_of, moment
from schemas.topics import BY_CONTRACT
from streams.audit import subjects as audit_subjects
from streams.audit.cases import audit
from streams.audit.report import AuditReport
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_audit import names
from tests.integration.test_store import Rec
from tests.unit.told_subjects import Told

EVENTS = "subject_event_digest"
HISTORIES = "subject_history_vs_events"
STATES = "subject_state_vs_history"
CONTRIBUTIONS = "subject_contribution_vs_state"
FIGURES = "subject_figures_vs_contributions"
TASK: dict[str, Any] = {"plan": "30/KH-UBND", "kind": "common", "unit": "so-tu-phap", "due_on": "2024-01-31"}
ODD = 'Ê"\\-4'
TOPIC_OF = {domain.name: BY_CONTRACT[name] for name, said in CONTRACTS.items() for domain in said.domains}


def ago(minutes: float) -> str:
    """A slice looks at the events of the last hour and the figures of two days."""
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


def story() -> list[Told]:
    """Tasks that were corrected, voided and told twice, and a data set whose levels are zero."""
    told = [Told("task", subject) for subject in ("t1", "t2", "t3", ODD)]
    for one in told:
        one.say("assigned", ago(9), title='Việc "1" \\ đ', **TASK).say("progressed", ago(8), percent=0, id="p")
    told[0].say("done", ago(7), id="d").correct("d", "done", ago(6), at=ago(5))
    told[1].void(at=ago(5))
    told[2].say("done", ago(7), id="d").say("done", ago(6), id="d")
    at = datetime.now(UTC) - timedelta(minutes=4)
    zero = dict.fromkeys(("records", "digitised", "valid", "complete", "clean", "fresh"), 0)
    measured: dict[str, Any] = {"sector": "ho-tich", "unit": "26068", **zero}
    subject = f"ho-tich/26068/{at.astimezone(ZONE):%Y-%m}"
    return [*told, Told("dataset", subject).say("measured", at.isoformat(), **measured)]


async def take(database: DatabaseUrls, told: list[Told]) -> None:
    """Each on a partition of its own, as if Kafka had it now."""
    connection = await connect(database.streams)
    now = int(datetime.now(UTC).timestamp() * 1000)
    try:
        store = Store(connection)
        for number, one in enumerate(told):
            topic = TOPIC_OF[one.domain]
            partition = Partition("cluster", f"id-{number}", topic.name, 0)
            await store.begin(partition, 0)
            records = [Rec(offset, json.dumps(event).encode(), now) for offset, event in enumerate(one.said)]
            batch = Decoder(topic).batch(records)
            assert batch.rejected == []
            await store.apply(partition, 0, len(records), batch)
    finally:
        await connection.close()


@pytest.mark.parametrize("scope", ["full", "slice"])
async def test_what_the_store_writes_of_subjects_agrees(database: DatabaseUrls, scope: str) -> None:
    await take(database, story())
    report = audit(database.streams, scope)  # type: ignore[arg-type]
    assert report.ok, report.plain()
    assert report.subjects == 5
    assert all(check.compared for check in report.checks if check.name in (STATES, CONTRIBUTIONS, FIGURES))


# What is planted, and the checks that name it.
PLANTED: dict[str, tuple[str, set[str]]] = {
    "event_says_something_else": (
        """UPDATE subject_event SET data = '{"percent":9}' WHERE id = 'p' AND subject = 't1'""",
        {EVENTS, HISTORIES},
    ),
    "event_of_another_kind": (
        "UPDATE subject_event SET kind = 'cancelled' WHERE kind = 'done' AND subject = 't1'",
        {EVENTS, HISTORIES},
    ),
    "event_of_another_domain": (
        "UPDATE subject_event SET domain = 'campaign' WHERE id = 'p' AND subject = 't1'",
        {HISTORIES},
    ),
    "event_at_another_moment": (
        "UPDATE subject_event SET time = time + interval '1 microsecond' WHERE id = 'p' AND subject = 't1'",
        {EVENTS, HISTORIES},
    ),
    "event_missing": ("DELETE FROM subject_event WHERE id = 'p' AND subject = 't1'", {HISTORIES}),
    "event_of_a_subject_with_quotes_missing": (
        f"DELETE FROM subject_event WHERE id = 'p' AND subject = '{ODD}'",  # noqa: S608
        {HISTORIES},
    ),
    "event_too_many": (
        """INSERT INTO subject_event SELECT domain, source, 'p9', subject, time, sha256('x'), kind, data, topic_id,
        partition, "offset", received_at FROM subject_event WHERE id = 'p' AND subject = 't1'""",
        {EVENTS, HISTORIES},
    ),
    "event_too_many_that_differs_only_in_kind": (
        """INSERT INTO subject_event SELECT domain, source, id, subject, time,
            sha256(convert_to('["t3","cancelled",' || (extract(epoch FROM time) * 1000000)::bigint || ',"' || source
            || '","d",{}]', 'UTF8')), 'cancelled', data, topic_id, partition, "offset", received_at
        FROM subject_event WHERE id = 'd' AND subject = 't3' ORDER BY time LIMIT 1""",
        {HISTORIES},
    ),
    "history_lacks_an_entry": (
        """UPDATE subject_history SET events = (SELECT json_agg(e) FROM json_array_elements(events::json) e
        WHERE e ->> 0 NOT IN ('done', 'corrected'))::text WHERE subject = 't1'""",
        {HISTORIES, STATES, CONTRIBUTIONS},
    ),
    "history_entry_says_something_else": (
        """UPDATE subject_history SET events = replace(events, '"percent":0', '"percent":9') WHERE subject = 't2'""",
        {HISTORIES},
    ),
    "history_missing": (
        "DELETE FROM subject_history WHERE subject = 't1'",
        {HISTORIES, STATES},
    ),
    "state_missing": ("DELETE FROM subject_state WHERE subject = 't1'", {STATES, FIGURES}),
    "detail": ("""UPDATE subject_state SET detail = '{"kind":"late"}' WHERE subject = 't3'""", {STATES}),
    "contribution_amount": (
        """UPDATE subject_state SET contribution = regexp_replace(contribution, '1]]$', '2]]') WHERE subject = 't1'""",
        {CONTRIBUTIONS, FIGURES},
    ),
    "contribution_row_missing": (
        """UPDATE subject_state SET contribution = regexp_replace(contribution, '^.*?],', '[') WHERE subject = 't1'""",
        {CONTRIBUTIONS, FIGURES},
    ),
    "figure_amount": ("UPDATE subject_figure SET amount = amount + 1 WHERE counter = 'done'", {FIGURES}),
    "figure_subjects": ("UPDATE subject_figure SET subjects = subjects + 1 WHERE counter = 'done'", {FIGURES}),
    "figure_missing": ("DELETE FROM subject_figure WHERE counter = 'done'", {FIGURES}),
    "figure_of_zero_missing": ("DELETE FROM subject_figure WHERE counter = 'fresh'", {FIGURES}),
    "figure_too_many": (
        """INSERT INTO subject_figure SELECT 'task', 'cancelled', unit, part, day, 0, 1 FROM subject_figure
        WHERE counter = 'done'""",
        {FIGURES},
    ),
} | {
    f"state_{column}": (f"UPDATE subject_state SET {column} = {value} WHERE subject = 't1'", {STATES})  # noqa: S608
    for column, value in {
        "unit": "'so-y-te'",
        "part": "'106/KH-UBND'",
        "standing": "'open'",
        "title": "NULL",
        "opened_at": "opened_at + interval '1 microsecond'",
        "due_at": "NULL",
        "ended_at": "ended_at - interval '1 microsecond'",
        "last_at": "last_at + interval '1 second'",
        "voided_at": "now()",
        "oversized": "true",
        "simulated": "true",
    }.items()
}
CHANGES_THE_COUNT = ("event_missing", "event_too_many", "event_of_a_subject_with_quotes_missing")


@pytest.mark.parametrize("scope", ["full", "slice"])
async def test_one_wrong_row_of_a_subject_is_found_and_named(make_database: Any, scope: str) -> None:
    """One database, one fault after another, each taken back: what the audit keeps is put back with it."""
    database: DatabaseUrls = make_database()
    await take(database, story())
    for place, (statement, expected) in PLANTED.items():
        counted = scope == "full" and place.startswith(CHANGES_THE_COUNT)
        wanted = {*expected, "sources_vs_events"} if counted else expected
        with psycopg.connect(database.migrate, autocommit=True) as db:
            _keep(db)
            assert db.execute(statement).rowcount == 1, place
            report = audit(database.streams, scope)  # type: ignore[arg-type]
            assert names(report) == wanted, place
            assert all(check.examples for check in report.checks if check.differences), place
            _take_back(db)
    assert audit(database.streams, scope).ok  # type: ignore[arg-type]


TABLES = ("subject_event", "subject_history", "subject_state", "subject_figure")


def _keep(db: psycopg.Connection) -> None:
    for table in TABLES:
        db.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")  # noqa: S608


def _take_back(db: psycopg.Connection) -> None:
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608
        db.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")  # noqa: S608
        db.execute(f"DROP TABLE kept_{table}")
    db.execute("DELETE FROM audit_run")


async def test_a_conflict_after_all_that_stands_is_no_difference_of_a_slice(database: DatabaseUrls) -> None:
    told = Told("task", "t").say("done", "2024-02-20T08:00", id="d").say("done", "2024-02-22T08:00", id="d")
    await take(database, [told.correct("d", "done", "2024-01-12T08:00")])
    report = AuditReport("slice", "")
    with psycopg.connect(database.streams) as db:
        first_day = as_date(day_of(moment(datetime(2024, 2, 1, tzinfo=ZONE))))
        audit_subjects.slice(db, report, ("", ""), 100, datetime(2024, 2, 1, tzinfo=ZONE), first_day)
    assert report.ok, report.plain()
    assert {check.name: check.compared for check in report.checks}[FIGURES] == 1


async def test_a_slice_of_subjects_goes_on_where_the_last_one_ended(
    database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    await take(database, story())
    monkeypatch.setattr("streams.audit.cases.SLICE_CASES", 2)
    dataset = story()[-1].subject
    ends = [audit(database.streams, "slice").until_subject for _ in range(4)]
    assert ends == [("task", "t1"), ("task", "t3"), ("task", ODD), ("", "")]
    assert dataset.startswith("ho-tich/")
    with psycopg.connect(database.migrate) as db:
        db.execute("UPDATE subject_state SET unit = 'so-y-te' WHERE subject = 't2'")
    assert names(audit(database.streams, "slice")) == set()
    assert names(audit(database.streams, "slice")) == {STATES}
