"""What the real tables hold, and what the reference says they must, in one shape, so that a test can say ``==``."""

import json
from collections import Counter
from datetime import date, datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from schemas.counters import FLOW_COUNTERS
from tests.reference.facts import Amounts
from tests.reference.province import Province

GRAINS = {
    "case_by_unit_day": ("unit", "day", "channel"),
    "case_by_procedure_day": ("procedure", "day", "channel"),
    "case_by_unit_procedure_month": ("unit", "procedure", "month"),
}
Tables = dict[str, Any]


def expected(province: Province) -> Tables:
    """The reference's tables."""
    cases = province.cases.values()
    return {
        "case_event": sorted(
            (case.subject, held.digest.hex(), *held.entry) for case in cases for held in case.versions.values()
        ),
        "case_history": {case.subject: (case.oversized, case.history) for case in cases},
        "case_state": {case.subject: case.state for case in cases},
        "contribution": {case.subject: case.amounts for case in cases},
        **{table: province.rollup(*keys) for table, keys in GRAINS.items()},
    }


def actual(db: psycopg.Connection) -> Tables:
    """The real tables. Rollup rows stay as they are, so an all-zero one would show as an empty dict."""
    with db.cursor() as cursor:
        cursor.execute("SELECT subject, encode(digest, 'hex'), kind, time, source, id, data FROM case_event")
        events = sorted((s, d, k, _us(t), source, id, data) for s, d, k, t, source, id, data in cursor)
        cursor.execute("SELECT subject, oversized, events FROM case_history")
        histories = {subject: (oversized, json.loads(text)) for subject, oversized, text in cursor}
    with db.cursor(row_factory=dict_row) as rows:
        rows.execute("SELECT * FROM case_state")
        states = {row.pop("subject"): row for row in rows}
        contributions = {}
        for subject, row in states.items():
            contributions[subject] = _amounts(row.pop("contribution"))
            row.pop("rules_version")
            row.pop("rules_edition")
            row.pop("names")
            row.pop("deadline_moves")  # the steps to both deadlines; tests/unit/test_clock_readings.py
            row.pop("flows")  # held against the rollups through the view case_flow
        rollups = {}
        for table, keys in GRAINS.items():
            rows.execute(f"SELECT * FROM {table}")  # noqa: S608  (a name from above)
            rollups[table] = {
                tuple(row[key] for key in keys): {name: row[name] for name in FLOW_COUNTERS if row[name]}
                for row in rows
            }
    return {
        "case_event": events,
        "case_history": histories,
        "case_state": states,
        "contribution": contributions,
        **rollups,
    }


def _us(moment: datetime) -> int:
    seconds = int(moment.timestamp() // 1)
    return seconds * 1_000_000 + moment.microsecond


def _amounts(contribution: str) -> Amounts:
    _, _, rows = json.loads(contribution)
    amounts = {(unit, date.fromordinal(719163 + day), counter): amount for unit, day, counter, amount in rows}
    assert len(amounts) == len(rows), "a contribution names one bucket and counter twice"
    return amounts


def disagreements(db: psycopg.Connection, province: Province, as_of: datetime) -> list[str]:
    """Where the tables contradict themselves: rollups against the sum of stored contributions, counts against lists."""
    found = []
    with db.cursor() as cursor:
        stored: dict[str, Counter[tuple[Any, ...]]] = {table: Counter() for table in GRAINS}
        cursor.execute("SELECT contribution FROM case_state")
        for (text,) in cursor:
            procedure, channel, _ = json.loads(text)
            for (unit, day, counter), amount in _amounts(text).items():
                said = {"unit": unit, "day": day, "month": day.replace(day=1)}
                said |= {"procedure": procedure, "channel": channel}
                for table, keys in GRAINS.items():
                    stored[table][(*(said[key] for key in keys), counter)] += amount
        for table, keys in GRAINS.items():
            cursor.execute(f"SELECT {', '.join((*keys, *FLOW_COUNTERS))} FROM {table}")  # noqa: S608
            counts: dict[tuple[Any, ...], int] = {}
            for row in cursor:
                if not any(row[3:]):
                    found.append(f"{table} keeps a row of zeros: {row[:3]}")
                counts |= {(*row[:3], name): n for name, n in zip(FLOW_COUNTERS, row[3:], strict=True) if n}
            if counts != dict(stored[table]):
                found.append(f"{table} is not the sum of stored contributions")
            columns = ", ".join("date_trunc('month', day::timestamp)::date" if key == "month" else key for key in keys)
            cursor.execute(f"SELECT {columns}, counter, sum(amount)::bigint FROM case_flow GROUP BY 1, 2, 3, 4")  # noqa: S608
            listed = {tuple(row[:4]): row[4] for row in cursor}
            if counts != listed:
                found.append(f"the list case_flow is not what {table} counts")
        cursor.execute("SELECT subject FROM case_open")
        if {row[0] for row in cursor} != province.open():
            found.append("case_open lists other cases than are open")
        cursor.execute("SELECT subject FROM case_open WHERE due_at < %s", (as_of,))
        if {row[0] for row in cursor} != province.overdue(as_of):
            found.append("case_open lists other cases than are overdue")
    return found


def differences(have: Tables, want: Tables) -> str:
    """What differs, table by table, short enough to be read; empty where nothing does."""
    lines = []
    for table in want:
        if have[table] == want[table]:
            continue
        if isinstance(want[table], dict):
            for key in sorted(have[table].keys() | want[table].keys(), key=repr):
                h, w = have[table].get(key), want[table].get(key)
                if h != w and isinstance(h, dict) and isinstance(w, dict):
                    changed = [name for name in h.keys() | w.keys() if h.get(name) != w.get(name)]
                    h, w = {n: h.get(n) for n in changed}, {n: w.get(n) for n in changed}
                if h != w:
                    lines.append(f"{table} {key!r}: have {h!r}, want {w!r}")
        else:
            lines += [f"{table} should not hold {row!r}" for row in have[table] if row not in want[table]]
            lines += [f"{table} should hold {row!r}" for row in want[table] if row not in have[table]]
    return "\n".join(lines[:40])
