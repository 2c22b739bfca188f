"""Rows as the statements of ``sql/`` take them: one list a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from streams import column_arrays
from streams.decode import Accepted, Batch
from streams.reject_rate import nameable
from streams.span import Partition


def name(partition: Partition) -> dict[str, Any]:
    return {
        "cluster_id": partition.cluster_id,
        "topic_id": partition.topic_id,
        "topic": partition.topic,
        "partition": partition.number,
    }


def fence(start: int, end: int, batch: Batch) -> dict[str, Any]:
    last = max((item.received for items in (batch.accepted[-1:], batch.rejected[-1:]) for item in items), default=None)
    return {
        "from": start,
        "to": end,
        "records": len(batch.accepted) + len(batch.rejected),
        "rejected": len(batch.rejected),
        "received": last,
        "now": datetime.now(UTC),
    }


def events(accepted: Sequence[Accepted]) -> dict[str, Any]:
    return {
        "source": column_arrays.array([a.entry.source for a in accepted]),
        "id": column_arrays.array([a.entry.id for a in accepted]),
        "subject": column_arrays.array([a.subject for a in accepted]),
        "time": column_arrays.array([a.entry.time for a in accepted]),
        "digest": [a.digest for a in accepted],
        "kind": column_arrays.array([a.entry.kind for a in accepted]),
        "data": column_arrays.array([a.data for a in accepted]),
        "offset": column_arrays.array([a.offset for a in accepted]),
        "received": column_arrays.array([a.received for a in accepted]),
    }


@dataclass(slots=True)
class _Sent:
    """What one source sent in a span. ``events`` that were held already are taken off at the end."""

    received: int
    events: int = 0
    rejected: int = 0
    last_time: int | None = None


def sources(batch: Batch, fresh: Mapping[str, int], known: set[str]) -> dict[str, Any]:
    """Per source: new, held already, rejected, greatest event time, last record. Sorted, as every lock is."""
    rows: dict[str, _Sent] = {}
    for a in batch.accepted:
        row = rows.get(a.entry.source)
        if row is None:
            row = rows[a.entry.source] = _Sent(a.received)
        row.events += 1
        row.received = a.received
        if row.last_time is None or a.entry.time > row.last_time:
            row.last_time = a.entry.time
    for r in batch.rejected:
        if r.source is not None and (r.source in known or r.source in rows):
            rows.setdefault(r.source, _Sent(r.received)).rejected += 1
    names = sorted(rows)
    return {
        "source": names,
        "events": [fresh.get(s, 0) for s in names],
        "duplicates": [rows[s].events - fresh.get(s, 0) for s in names],
        "rejected": [rows[s].rejected for s in names],
        "last_time": [rows[s].last_time for s in names],
        "received": [rows[s].received for s in names],
    }


def dead_letters(batch: Batch, known: set[str]) -> dict[str, Any]:
    said = known | {a.entry.source for a in batch.accepted}
    return {
        "offset": [r.offset for r in batch.rejected],
        "received": [r.received for r in batch.rejected],
        "source": [
            r.source if r.source is not None and (r.source in said or nameable(r.source)) else None
            for r in batch.rejected
        ],
        "field": [r.field for r in batch.rejected],
        "rule": [r.rule for r in batch.rejected],
        "hash": [r.hash for r in batch.rejected],
    }
