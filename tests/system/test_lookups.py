"""A worker of ioc.lookups that is killed in the middle changes no total."""

import json
import random
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice

import psycopg
import pytest

from benchmarks.lookup_log import lookup_log
from infra.kafka.topics import ensure_topics
from schemas.topics import LOOKUPS
from streams.audit.cases import audit
from tests.reference import lookups as reference
from tests.system.flow import Message, Sender
from tests.system.harness import Ground, Slot, wait_for

KILLS = 4
EVENTS = 6_000
SPAN = 200  # small spans, so that the flow lasts for all kills


@pytest.mark.timeout(300)
def test_kills_of_a_worker_change_no_total_of_look_ups(
    rng: random.Random, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    topic = replace(LOOKUPS, name=LOOKUPS.name + ground.suffix)
    ensure_topics(ground.kafka, [topic])
    log = list(islice(lookup_log(EVENTS, rng.randrange(2**32)), EVENTS))
    # The last tenth also first, so that some come twice, and by other partitions.
    ends = log[-EVENTS // 10 :]
    log = [*ends, *log]
    messages = [
        Message(key.decode(), value, rng.randrange(4) if rng.random() < 0.1 else None, None, ()) for key, value in log
    ]
    sender = send(messages, per_s=600, topic=topic.name)
    slot = make_slot(topics=LOOKUPS.name, max_poll_records=SPAN)
    with ground.superuser() as db:
        for _ in range(KILLS):
            stood = sum(ground.next_offsets(db, topic).values())
            enough = stood + rng.randrange(1, 5) * SPAN

            def moved(enough: int = enough) -> bool:
                return sum(ground.next_offsets(db, topic).values()) >= enough

            wait_for(moved, 60, slot.said, every=0.005)
            wait_for(lambda: slot.kill_frozen(partial(ground.open_spans, db)), 60, slot.said, every=0.003)
        sender.finish()
        wait_for(lambda: sum(ground.next_offsets(db, topic).values()) == len(log), 90, slot.said)
    events = [json.loads(value) for _, value in log]
    looks = reference.stands(events)
    with psycopg.connect(ground.database.screens) as reader:
        hours = reader.execute("SELECT unit, application, channel, hour, lookups FROM lookup_by_unit_hour").fetchall()
        days = reader.execute("SELECT account, unit, day, lookups FROM lookup_by_account_day").fetchall()
        taken = reader.execute("SELECT sum(events)::int, sum(duplicates)::int FROM stream_source").fetchone()
    assert {tuple(row[:4]): row[4] for row in hours} == {
        key: counts["lookups"] for key, counts in reference.by_unit_hour(looks).items()
    }
    assert {tuple(row[:3]): row[3] for row in days} == {
        key: counts["lookups"] for key, counts in reference.by_account_day(looks).items()
    }
    fresh = len({reference.version(event) for event in events})
    assert taken == (fresh, len(log) - fresh)
    assert audit(ground.database.streams).ok
    assert slot.codes == [-signal.SIGKILL] * KILLS
