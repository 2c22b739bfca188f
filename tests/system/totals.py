"""What the tables say while it happens, sampled, and what they must say in the end."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

import psycopg
from psycopg import sql

from schemas.counters import COUNTER, FLOW_COUNTERS
from tests.system.flow import Bucket, Flow, Sender
from tests.system.harness import Ground, wait_for

# What the events alone say; rules and calendar judge the others, also long after (tests/integration/test_sweep.py).
COUNTERS = tuple(name for name in FLOW_COUNTERS if not (COUNTER[name].judged or COUNTER[name].scored))
EVERY_S = 0.1
GRAINS = ("case_by_unit_day", "case_by_procedure_day", "case_by_unit_procedure_month")
EPOCH = date(1970, 1, 1).toordinal()
BOUNDS = "time >= '2010-01-01' AND time < '2100-01-01'"


class Sampler(threading.Thread):
    """Reads the totals every 100 ms in one snapshot: none may be more than was sent, fall, or differ between grains.

    While the database is away it waits; what it has seen before still binds what it sees afterwards.
    """

    def __init__(self, ground: Ground, senders: Sequence[Sender]) -> None:
        super().__init__(daemon=True)
        self._ground = ground
        self._senders = senders
        self._done = threading.Event()
        self._before: Counter[str] = Counter()
        self.samples = 0
        self.moved: list[float] = []  # when a sample showed more events than the one before
        self.faults: list[str] = []

    def run(self) -> None:
        while not self._done.is_set():
            try:
                with psycopg.connect(self._ground.database.screens, connect_timeout=5) as db:
                    db.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                    while not self._done.wait(EVERY_S):
                        self._look(db)
            except psycopg.OperationalError:
                time.sleep(EVERY_S)
            except BaseException as exc:  # noqa: BLE001 (said by close())
                self.faults.append(f"the sampler itself: {exc!r}")
                return

    def silence(self) -> float:
        """The longest time without progress, after the first."""
        return max((b - a for a, b in pairwise(self.moved)), default=0.0)

    def close(self) -> None:
        """Stops, and raises what was wrong."""
        self._done.set()
        self.join(20)
        assert not self.faults, "\n".join(self.faults[:20])
        assert self.samples > 0

    def _look(self, db: psycopg.Connection) -> None:
        with db.transaction():
            seen = [read_totals(db, table) for table in GRAINS]
            row = db.execute(f"SELECT count(*) FROM case_event WHERE {BOUNDS}").fetchone()  # noqa: S608
            assert row is not None
        events = int(row[0])
        self.samples += 1
        sent_events, most = 0, Counter[str]()
        for sender in self._senders:
            some, amounts = sender.sent()
            sent_events += some
            most += amounts
        most["events"] = sent_events
        for table, totals in zip(GRAINS[1:], seen[1:], strict=True):
            if totals != seen[0]:
                self.faults.append(f"{table} has {totals}, {GRAINS[0]} {seen[0]}")
        now = seen[0]
        now["events"] = events
        if events > self._before["events"]:
            self.moved.append(time.monotonic())
        for name, amount in now.items():
            if amount > most[name]:
                self.faults.append(f"{name}: {amount} of {most[name]} sent")
        for name, amount in self._before.items():
            if now[name] < amount:
                self.faults.append(f"{name} fell from {amount} to {now[name]}")
        self._before = now


def read_totals(db: psycopg.Connection, table: str) -> Counter[str]:
    columns = sql.SQL(", ").join(
        sql.SQL("coalesce(sum({}), 0)::bigint").format(sql.Identifier(name)) for name in COUNTERS
    )
    row = db.execute(sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier(table))).fetchone()
    assert row is not None
    return Counter({name: int(amount) for name, amount in zip(COUNTERS, row, strict=True) if amount})


def drained(ground: Ground, senders: Sequence[Sender], seconds: float, explain: Callable[[], str] = str) -> float:
    """Waits until the table has reached what was acknowledged; how long that took."""
    began = time.monotonic()
    ends: dict[int, int] = {}
    for sender in senders:
        for partition, end in sender.acknowledged().items():
            ends[partition] = max(end, ends.get(partition, 0))

    def reached() -> bool:
        try:
            with psycopg.connect(ground.database.screens, connect_timeout=5) as db:
                stands = ground.next_offsets(db)
        except psycopg.OperationalError:
            return False
        return all(stands.get(partition, 0) >= end for partition, end in ends.items())

    wait_for(reached, seconds, explain, every=0.1)
    return time.monotonic() - began


def check(ground: Ground, *flows: Flow) -> None:
    """Missing 0, counted twice 0: events, every bucket of every grain, stored contributions, dead letters, records."""
    tally: Counter[Bucket] = sum((flow.tally for flow in flows), Counter())
    produced = {(flow.source, *name) for flow in flows for name in flow.names}
    with psycopg.connect(ground.database.screens) as db:
        stored = db.execute(f"SELECT source, id, subject FROM case_event WHERE {BOUNDS}").fetchall()  # noqa: S608
        assert len(produced - set(stored)) == 0, f"missing: {sorted(produced - set(stored))[:5]}"
        assert len(stored) == len(produced), "an event is held twice"
        unit_day = _buckets(db, "case_by_unit_day", ("unit", "day::text", "channel"))
        procedure_day = _buckets(db, "case_by_procedure_day", ("procedure", "day::text", "channel"))
        month = _buckets(db, "case_by_unit_procedure_month", ("unit", "procedure", "month::text"))
        assert unit_day == _grouped(tally, lambda b: (b[0], b[1], b[2], b[4]))
        assert procedure_day == _grouped(tally, lambda b: (b[3], b[1], b[2], b[4]))
        assert month == _grouped(tally, lambda b: (b[0], b[3], b[1][:8] + "01", b[4]))
        assert unit_day == _contributed(db)
        records = sum(len(flow.messages) for flow in flows)
        counted = db.execute("SELECT sum(records), sum(duplicates), sum(rejected) FROM stream_offset").fetchone()
        assert counted == (records, sum(flow.repeated for flow in flows), sum(flow.broken for flow in flows))
        letters = db.execute("SELECT count(*) FROM dead_letter").fetchone()
        assert letters == (sum(flow.broken for flow in flows),)


def _buckets(db: psycopg.Connection, table: str, keys: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    names = ", ".join((*keys, *COUNTERS))
    for row in db.execute(f"SELECT {names} FROM {table}"):  # noqa: S608
        for counter, amount in zip(COUNTERS, row[len(keys) :], strict=True):
            if amount:
                found[(*row[: len(keys)], counter)] = amount
    return found


def _grouped(tally: Counter[Bucket], key: Callable[[Bucket], tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    grouped: Counter[tuple[str, ...]] = Counter()
    for bucket, amount in tally.items():
        grouped[key(bucket)] += amount
    return grouped


def _contributed(db: psycopg.Connection) -> Counter[tuple[str, ...]]:
    """The stored contributions of all cases, added up."""
    found: Counter[tuple[str, ...]] = Counter()
    for (text,) in db.execute("SELECT contribution FROM case_state"):
        _, channel, rows = json.loads(text)
        for unit, day, counter, amount in rows:
            if COUNTER[counter].judged or COUNTER[counter].scored:
                continue
            found[(unit, date.fromordinal(EPOCH + day).isoformat(), channel, counter)] += amount
    return found
