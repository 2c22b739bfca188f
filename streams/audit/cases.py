"""The standing audit: events, histories, states and rollups against each other, in one snapshot.

*Full*: everything. *Slice*: the next cases in key order, the buckets of the last days and the events of the last hour;
a worker runs one every few minutes, so that a wrong row shows on the wall before somebody decides by it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import psycopg

from schemas import history
from schemas.province import as_date, day_of, moment
from schemas.rollups import CASE_ROLLUPS
from schemas.state import RULES_VERSION, CaseState
from streams import rulebook
from streams.audit import lookups, subjects
from streams.audit.report import EXAMPLES, AuditReport, Check, Scope, Watch, unwatched
from streams.books.cases import outside_rows
from streams.folds import cases as fold
from streams.queries import QUERIES

SLICE_CASES = 2000
SLICE_DAYS = 2
RECENT = timedelta(hours=1)
SAY_EVERY = 1_000
SLICE_LOCK = 7106_0601
_ALWAYS = datetime(2010, 1, 1, tzinfo=UTC)


def audit(url: str, scope: Scope = "full", watch: Watch = unwatched) -> AuditReport:
    """Runs one audit as role ``streams`` and keeps its result in ``audit_run``. Blocking.

    Raises ``psycopg.Error`` when the database is away.
    """
    started = datetime.now(UTC)
    with psycopg.connect(url, autocommit=True) as connection:
        # An audit may take longer than any span may.
        connection.execute("SET transaction_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET jit = off")
        report = AuditReport(scope, started.isoformat())
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if scope == "full":
            _full(connection, report, watch)
        else:
            _slice(connection, report, started)
        connection.execute("COMMIT")
        finished = datetime.now(UTC)
        report.seconds = round((finished - started).total_seconds(), 3)
        connection.execute(
            QUERIES["audit/insert_run"],
            {
                "scope": scope,
                "started_at": started,
                "finished_at": finished,
                "cases": report.cases,
                "buckets": report.buckets,
                "differences": report.differences,
                "detail": msgspec.json.encode(report.plain()).decode(),
            },
        )
    return report


def audit_slice_alone(url: str) -> AuditReport | None:
    """One slice, unless another worker is at it."""
    with psycopg.connect(url, autocommit=True) as guard:
        row = guard.execute("SELECT pg_try_advisory_lock(%s)", [SLICE_LOCK]).fetchone()
        return audit(url, "slice") if row is not None and row[0] else None


def _full(connection: psycopg.Connection[Any], report: AuditReport, watch: Watch) -> None:
    report.step(watch, "events")
    report.checks.append(_digests(connection, _ALWAYS))
    report.step(watch, "histories")
    report.checks.append(_histories(connection, QUERIES["cases/audit_histories"], {}))
    _states(connection, report, "", None, watch)
    report.step(watch, "rollups")
    _rollups(connection, report, None)
    report.step(watch, "sources")
    said, there = _row(connection, "audit/source_counts")
    check = Check("sources_vs_events", compared=int(there))
    if said != there:
        check.differ(counted=said, found=there)
    report.checks.append(check)
    report.shared_ids = int(_row(connection, "audit/shared_ids")[0])
    subjects.full(connection, report, watch)
    report.step(watch, "look-ups")
    lookups.full(connection, report)
    _say_compared(connection, report, _ALWAYS)


def _say_compared(connection: psycopg.Connection[Any], report: AuditReport, since: datetime) -> None:
    """Of comparisons whose query names only what differs: how much it has looked at."""
    cases, subjects, lookups, days = _row(connection, "audit/compared", since=since)
    looked_at = {
        "event_digest": cases,
        "history_vs_events": cases,
        "subject_event_digest": subjects,
        "subject_history_vs_events": subjects,
        "lookup_event_digest": lookups,
        "lookup_day_vs_exceptions": days,
    }
    for check in report.checks:
        check.compared = check.compared or int(looked_at.get(check.name, 0))


def _slice(connection: psycopg.Connection[Any], report: AuditReport, now: datetime) -> None:
    last = connection.execute(QUERIES["audit/last_slice"]).fetchone()
    after = last[0] if last is not None else ""
    until = connection.execute(QUERIES["cases/audit_slice_end"], {"after": after, "size": SLICE_CASES}).fetchone()
    end = until[0] if until is not None else None
    since = min(now, last[1]) - RECENT if last is not None else now - RECENT
    report.checks.append(_digests(connection, since))
    recent = _histories(connection, QUERIES["cases/audit_recent_events"], {"since": since})
    if end is not None:
        entries = _histories(connection, QUERIES["cases/audit_histories_slice"], {"after": after, "until": end})
        recent.differences += entries.differences
        recent.examples += entries.examples
        _states(connection, report, after, end)
    report.checks.append(recent)
    first_day = as_date(day_of(moment(now)) - SLICE_DAYS + 1)
    _rollups(connection, report, first_day)
    report.until = end or ""
    behind = (last[2], last[3]) if last is not None else ("", "")
    subjects.slice(connection, report, behind, SLICE_CASES, since, first_day)
    lookups.slice(connection, report, since, first_day)
    _say_compared(connection, report, since)


def _digests(connection: psycopg.Connection[Any], since: datetime) -> Check:
    check = Check("event_digest")
    for subject, kind in connection.execute(QUERIES["cases/audit_digests"], {"since": since, "limit": 1000}):
        check.differ(case=subject, kind=kind)
    return check


def _histories(connection: psycopg.Connection[Any], query: str, arguments: dict[str, Any]) -> Check:
    check = Check("history_vs_events")
    for subject, kind, event, entry in connection.execute(query, {**arguments, "limit": 1000}):
        check.differ(case=subject, kind=kind, in_events=event, in_history=entry)
    return check


def _states(
    connection: psycopg.Connection[Any], report: AuditReport, after: str, until: str | None, watch: Watch = unwatched
) -> None:
    """Folds again and compares, case by case, without holding them all."""
    states, contributions = Check("state_vs_history"), Check("contribution_vs_state")
    strangers: set[tuple[str, str, str, bytes]] = set()
    rules = rulebook.present(connection)
    for subject, events, oversized, stored, state, text, old in _stored(connection, after, until):
        if report.cases % SAY_EVERY == 0:
            report.step(watch, f"states of cases: {report.cases:,}")
        report.cases += 1
        if events is None or not stored:
            states.differ(case=subject, in_history=events is not None, in_state=stored)
            continue
        if old:
            report.old_rules += 1
            continue
        expected = fold.OVERSIZED if oversized else fold.fold(subject, history.decode(events), rules)
        if state != expected:
            names = [n for n in CaseState.__struct_fields__ if getattr(state, n) != getattr(expected, n)]
            states.differ(case=subject, columns=names)
        if text != fold.contribution_json(fold.contribution(expected)):
            contributions.differ(case=subject)
        strangers.update(
            (row[1], row[2], row[3], row[5]) for row in outside_rows(subject, history.decode(events), rules.names)
        )
    states.compared = contributions.compared = report.cases
    report.checks += [states, contributions, _outside(connection, strangers, after, until)]


def _outside(
    connection: psycopg.Connection[Any], expected: set[tuple[str, str, str, bytes]], after: str, until: str | None
) -> Check:
    check = Check("outside_vs_history", compared=len(expected))
    rows = connection.execute(QUERIES["cases/audit_outside"], {"after": after, "until": until})
    for subject, *_ in sorted(expected ^ {(s, source, id, bytes(digest)) for s, source, id, digest in rows}):
        check.differ(case=subject)
    return check


def _stored(
    connection: psycopg.Connection[Any], after: str, until: str | None
) -> Iterator[tuple[str, str | None, bool, bool, CaseState, str, bool]]:
    with connection.cursor(name="audited") as cursor:
        cursor.itersize = 2000
        cursor.execute(QUERIES["cases/audit_states"], {"after": after, "until": until, "rules_version": RULES_VERSION})
        for row in cursor:
            subject, events, oversized, stored, *columns, contribution, old = row
            state = _state(columns) if stored else fold.OVERSIZED
            yield subject, events, bool(oversized), stored, state, contribution, bool(old)


def _state(columns: Sequence[Any]) -> CaseState:
    values = dict(zip(CaseState.__struct_fields__, columns, strict=True))
    for name in ("flows", "chain_stays", "deadline_moves"):
        values[name] = tuple(tuple(row) for row in msgspec.json.decode(values[name] or "[]"))
    for name in ("names", "readings"):
        values[name] = tuple(values[name])
    for name in ("path", "path_office_s", "path_waited_s"):
        values[name] = None if values[name] is None else tuple(values[name])
    return CaseState(**values)


def _rollups(connection: psycopg.Connection[Any], report: AuditReport, since: date | None) -> None:
    for rollup in CASE_ROLLUPS:
        grain = rollup.name
        check = Check(f"{grain}_vs_contributions")
        rows = connection.execute(QUERIES[f"cases/audit_{grain}"], {"since": since, "limit": EXAMPLES}).fetchall()
        for *key, counter, stored, rolled, total in rows:
            bucket = dict(zip(rollup.keys, key, strict=True))
            check.examples.append({**bucket, "counter": counter, "stored": stored, "rolled": rolled})
            check.differences = int(total)
        count, empty = _row(connection, f"cases/audit_count_{grain}", since=since)
        if empty:
            check.differ(all_zero_rows=empty)
        check.compared = int(count)
        report.buckets += int(count)
        report.checks.append(check)


def _row(connection: psycopg.Connection[Any], query: str, **arguments: Any) -> tuple[Any, ...]:
    row = connection.execute(QUERIES[query], arguments).fetchone()
    return tuple(row) if row is not None else ()
