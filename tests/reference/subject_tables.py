"""What the real tables ``subject_*`` hold, in the shape of ``Subjects.tables``, so that a test can say ``==``."""

import json
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.reference.facts import microseconds

EMPTIED = (
    "subject_event",
    "subject_history",
    "subject_state",
    "subject_figure",
    "stream_offset",
    "stream_source",
    "dead_letter",
)
EPOCH = date(1970, 1, 1).toordinal()


def actual(db: psycopg.Connection) -> dict[str, Any]:
    events = sorted(
        (domain, subject, digest, kind, microseconds(time), source, id, data)
        for domain, subject, digest, kind, time, source, id, data in db.execute(
            "SELECT domain, subject, encode(digest, 'hex'), kind, time, source, id, data FROM subject_event"
        )
    )
    histories = {
        (domain, subject): (oversized, json.loads(text))
        for domain, subject, oversized, text in db.execute(
            "SELECT domain, subject, oversized, events FROM subject_history"
        )
    }
    states, contributions = {}, {}
    with db.cursor(row_factory=dict_row) as rows:
        for row in rows.execute("SELECT * FROM subject_state"):
            name = (row.pop("domain"), row.pop("subject"))
            for sweeps in ("rules_version", "rules_edition", "names"):  # what the sweep finds its rows by
                row.pop(sweeps)
            said = json.loads(row.pop("contribution"))
            added = {(c, unit, part, date.fromordinal(EPOCH + day)): amount for c, unit, part, day, amount in said}
            assert len(added) == len(said), "a contribution names one row of the rollup twice"
            states[name], contributions[name] = row, added
    figures = {
        (domain, counter, unit, part, day): (amount, subjects)
        for domain, counter, unit, part, day, amount, subjects in db.execute(
            "SELECT domain, counter, unit, part, day, amount, subjects FROM subject_figure"
        )
    }
    return {
        "events": events,
        "histories": histories,
        "states": states,
        "contributions": contributions,
        "figures": figures,
    }
