"""The audit of every domain but cases: events, histories, states and rollup rows against each other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
import psycopg

from schemas.topics import PROJECT_06
from streams import rulebook
from streams.audit.report import EXAMPLES, AuditReport, Check, Watch, unwatched
from streams.books.subjects import outside_rows
from streams.entries import subjects as entries
from streams.folds.registry import FOLDED, FOLDS
from streams.folds.subject import SubjectState, come_to, oversized, rows_from
from streams.queries import QUERIES

Connection = psycopg.Connection[Any]
_MOST = 1000  # differences that a query names
_ALL: Mapping[str, Any] = {"domain": "", "subject": "", "until_domain": None, "until_subject": None}
_COLUMNS = (
    *("unit", "part", "standing", "title", "opened_at", "due_at", "ended_at", "last_at", "voided_at"),
    *("oversized", "simulated", "names"),
)


def full(connection: Connection, report: AuditReport, watch: Watch = unwatched) -> None:
    """Everything, in the transaction of ``connection``."""
    report.step(watch, "other events and histories")
    report.checks.append(_digests(connection, PROJECT_06))
    report.checks.append(_histories(connection, "subjects/audit_histories", {}))
    report.step(watch, "other states")
    _states(connection, report, _ALL)
    _figures(connection, report, None)


def slice(
    connection: Connection, report: AuditReport, behind: tuple[str, str], size: int, since: datetime, first_day: date
) -> None:
    """The next ``size`` subjects in key order, the events since a moment, and the rollup from a day on."""
    report.checks.append(_digests(connection, since))
    recent = _histories(connection, "subjects/audit_recent_events", {"since": since})
    keys = {"domain": behind[0], "subject": behind[1]}
    until = connection.execute(QUERIES["subjects/audit_slice_end"], {**keys, "size": size}).fetchone()
    if until is not None:
        keys = {**keys, "until_domain": until[0], "until_subject": until[1]}
        of_slice = _histories(connection, "subjects/audit_histories_slice", keys)
        recent.differences += of_slice.differences
        recent.examples += of_slice.examples
        _states(connection, report, keys)
        report.until_subject = (until[0], until[1])
    report.checks.append(recent)
    _figures(connection, report, first_day)


def _digests(connection: Connection, since: datetime) -> Check:
    check = Check("subject_event_digest")
    for domain, subject, kind in connection.execute(
        QUERIES["subjects/audit_digests"], {"since": since, "limit": _MOST}
    ):
        check.differ(domain=domain, subject=subject, kind=kind)
    return check


def _histories(connection: Connection, query: str, arguments: Mapping[str, Any]) -> Check:
    check = Check("subject_history_vs_events")
    for domain, subject, kind, event, entry in connection.execute(QUERIES[query], {**arguments, "limit": _MOST}):
        check.differ(domain=domain, subject=subject, kind=kind, in_events=event, in_history=entry)
    return check


def _states(connection: Connection, report: AuditReport, keys: Mapping[str, Any]) -> None:
    """Folds again and compares, subject by subject, without holding them all."""
    states, contributions = Check("subject_state_vs_history"), Check("subject_contribution_vs_state")
    strangers: set[tuple[str, str, str, str, bytes]] = set()
    names = rulebook.present(connection).names
    with connection.cursor(name="audited_subjects") as cursor:
        cursor.itersize = 2000
        cursor.execute(QUERIES["subjects/audit_states"], keys)
        for name, subject, events, too_many, stored, *columns, detail, contribution, version, named, old in cursor:
            report.subjects += 1
            domain = FOLDED.get(name)
            if domain is None or events is None or not stored:
                states.differ(domain=name, subject=subject, in_history=events is not None, in_state=stored)
                continue
            if version != domain.rules or old:
                report.old_rules += 1
                continue
            history = entries.decode(events)
            expected = oversized() if too_many else come_to(domain, FOLDS[name], subject, history, names)
            wrong = _wrong(expected, [*columns, tuple(named)], detail)
            if wrong:
                states.differ(domain=name, subject=subject, columns=wrong)
            if tuple(rows_from(contribution)) != expected.rows:
                contributions.differ(domain=name, subject=subject)
            rows = outside_rows(domain, subject, history, names)
            strangers.update((row[0], row[1], row[2], row[3], row[5]) for row in rows)
    states.compared = contributions.compared = report.subjects
    report.checks += [states, contributions, _outside(connection, strangers, keys)]


def _outside(connection: Connection, expected: set[tuple[str, str, str, str, bytes]], keys: Mapping[str, Any]) -> Check:
    check = Check("subject_outside_vs_history", compared=len(expected))
    stored = {(*key, bytes(digest)) for *key, digest in connection.execute(QUERIES["subjects/audit_outside"], keys)}
    for domain, subject, *_ in sorted(expected ^ stored):
        check.differ(domain=domain, subject=subject)
    return check


def _wrong(expected: SubjectState, columns: list[Any], detail: str) -> list[str]:
    wrong = [name for name, value in zip(_COLUMNS, columns, strict=True) if value != getattr(expected, name)]
    return wrong if msgspec.json.decode(detail) == expected.detail else [*wrong, "detail"]


def _figures(connection: Connection, report: AuditReport, since: date | None) -> None:
    check = Check("subject_figures_vs_contributions")
    rows = connection.execute(QUERIES["subjects/audit_figures"], {"since": since, "limit": EXAMPLES}).fetchall()
    for domain, counter, unit, part, day, stored, rolled, total in rows:
        check.examples.append(
            {"domain": domain, "counter": counter, "unit": unit, "part": part, "day": day}
            | {"stored": stored, "rolled": rolled}
        )
        check.differences = int(total)
    count = connection.execute(QUERIES["subjects/audit_count_figures"], {"since": since}).fetchone()
    check.compared = int(count[0]) if count is not None else 0
    report.buckets += check.compared
    report.checks.append(check)
