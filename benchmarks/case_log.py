"""A case log as a province makes it: events in the order of time, thousands of cases open at once.

Ten events a case (accepted, eight steps, finished), 230-270 bytes each, as CloudEvents. ``open_at_once`` cases take
turns, so that a span holds hardly two events of one case: the hard way for a store that folds histories, and what a
replay after an outage looks like.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

EVENTS_PER_CASE = 10
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def case_log(events: int, open_at_once: int, seed: int) -> Iterator[tuple[bytes, bytes]]:
    """Key and value of every record. ``events`` a multiple of ten gives whole cases only."""
    rng = random.Random(seed)
    cases = events // EVENTS_PER_CASE
    running: list[list[int]] = []  # [case, events so far]
    next_case = 0
    for number in range(cases * EVENTS_PER_CASE):
        while len(running) < open_at_once and next_case < cases:
            running.append([next_case, 0])
            next_case += 1
        place = rng.randrange(len(running))
        case, done = running[place]
        yield _event(case, done, START + timedelta(seconds=number * 0.4))
        if done + 1 == EVENTS_PER_CASE:
            running[place] = running[-1]
            running.pop()
        else:
            running[place][1] = done + 1


def _event(case: int, step: int, at: datetime) -> tuple[bytes, bytes]:
    code = f"000.00.{case % 40:02d}.H19-{260105 + case % 20:06d}-{case:05d}"
    unit = f"Phường {case % 95:02d}"
    if step == 0:
        kind = "accepted"
        due = (at + timedelta(hours=30)).isoformat()
        data = {"unit": unit, "channel": ("online", "direct", "post")[case % 3], "procedure": f"1.{case % 60:06d}"}
        data["due_at"] = due
    elif step == EVENTS_PER_CASE - 1:
        kind, data = "finished", {"unit": unit}
    else:
        kind, data = "step", {"unit": unit, "name": "Thẩm định hồ sơ"}
    event = {
        "specversion": "1.0",
        "id": f"{case}-{step}",
        "source": "urn:ioc:simulated",
        "type": f"case.{kind}.v1",
        "subject": code,
        "time": at.isoformat(),
        "data": data,
    }
    return code.encode(), json.dumps(event, ensure_ascii=False).encode()
