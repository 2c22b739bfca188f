"""The audit of look-ups: rollups against the look-ups that stand, digests against what the rows say."""

from datetime import date, datetime
from typing import Any

import psycopg

from schemas.reference.names import keys_before
from schemas.rollups import LOOKUP_ROLLUPS, Rollup
from schemas.topics import PROJECT_06
from streams.audit.report import EXAMPLES, AuditReport, Check
from streams.queries import QUERIES

Connection = psycopg.Connection[Any]
_MOST = 1000  # differences that a query names


def full(connection: Connection, report: AuditReport) -> None:
    """Everything, in the transaction of ``connection``."""
    report.checks.append(_named(connection, "lookup_event_digest", "lookups/audit_digests", since=PROJECT_06))
    report.checks.append(_named(connection, "lookup_day_vs_exceptions", "lookups/audit_days"))
    for rollup in LOOKUP_ROLLUPS:
        _rollup(connection, report, rollup, None)
    report.old_rules += _under_old_names(connection)


def _under_old_names(connection: Connection) -> int:
    """Days of accounts whose look-ups are counted under an older meaning of a unit's name."""
    changed = {name for (name,) in connection.execute(QUERIES["lookups/changed_names"])}
    if not changed:
        return 0
    units = [(written, keys) for written, _, keys in connection.execute(QUERIES["lookups/all_units"])]
    row = connection.execute(QUERIES["lookups/days_of_keys"], {"keys": keys_before(changed, units)}).fetchone()
    return int(row[0]) if row is not None else 0


def slice(connection: Connection, report: AuditReport, since: datetime, first_day: date) -> None:
    """The events since a moment, and the rollups from a day on."""
    report.checks.append(_named(connection, "lookup_event_digest", "lookups/audit_digests", since=since))
    for rollup in LOOKUP_ROLLUPS:
        _rollup(connection, report, rollup, first_day)


def _named(connection: Connection, name: str, query: str, **arguments: Any) -> Check:
    check = Check(name)
    for subject, *kind in connection.execute(QUERIES[query], {**arguments, "limit": _MOST}):
        check.differ(subject=subject, **({"kind": kind[0]} if kind else {}))
    return check


def _rollup(connection: Connection, report: AuditReport, rollup: Rollup, since: date | None) -> None:
    check = Check(f"lookup_{rollup.name}_vs_standing")
    rows = connection.execute(QUERIES[f"lookups/audit_{rollup.name}"], {"since": since, "limit": EXAMPLES}).fetchall()
    for *key, counter, counted, rolled, total in rows:
        bucket = dict(zip(rollup.keys, key, strict=True))
        check.examples.append({**bucket, "counter": counter, "counted": counted, "rolled": rolled})
        check.differences = int(total)
    count = connection.execute(QUERIES[f"lookups/audit_count_{rollup.name}"], {"since": since}).fetchone()
    if count is not None:
        check.compared = int(count[0])
        if count[1]:
            check.differ(all_zero_rows=count[1])
    report.buckets += check.compared
    report.checks.append(check)
