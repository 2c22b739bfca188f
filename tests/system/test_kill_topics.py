"""The topics besides cases through kills: one worker takes tasks, platform and outreach, and dies in its midst."""

import json
import random
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from infra.kafka.topics import ensure_topics
from schemas.topics import OUTREACH, PLATFORM, TASKS, Topic
from streams.audit.cases import audit
from tests.reference.subject_tables import actual
from tests.reference.subjects import Subjects
from tests.reference.tables import differences
from tests.system.flow import Message, Sender
from tests.system.harness import Ground, Slot, wait_for

Json = dict[str, Any]

KILLS = 5
EVENTS = 5_000
SPAN = 100  # small spans, so that the flow lasts for all kills
PARTITIONS = 2
TOPICS = (TASKS, PLATFORM, OUTREACH)
PROVINCE = ZoneInfo("Asia/Ho_Chi_Minh")
UNITS = tuple(f"so-{number}" for number in range(8))


def said(rng: random.Random, number: int) -> tuple[Topic, Json]:
    """One event of a subject that others speak of too; every twentieth amends one that came before or will come."""
    time = datetime(2024, 2, 1, tzinfo=PROVINCE) + timedelta(minutes=rng.randrange(60 * 24 * 20))
    unit = rng.choice(UNITS)
    topic = rng.choice(TOPICS)
    data: Json
    if topic is TASKS:
        subject, deadline = f"30/{rng.randrange(120)}", f"2024-02-{rng.randrange(3, 28):02d}"
        assignment = {"title": "Nhiệm vụ", "plan": "30/KH-UBND", "kind": "common", "unit": unit, "due_on": deadline}
        facts: dict[str, Json] = {
            "task.assigned.v1": assignment,
            "task.progressed.v1": {"percent": rng.randrange(101)},
            "task.extended.v1": {"due_on": deadline},
            "task.blocked.v1": {"by": unit},
            "task.unblocked.v1": {},
            "task.done.v1": {},
        }
        type_ = rng.choice([*facts])
        data = facts[type_]
    elif topic is PLATFORM:
        system = f"he-thong-{rng.randrange(3)}"
        time = time.replace(day=1 + rng.randrange(2))
        subject, type_ = f"{system}/{time:%Y-%m-%dT%H}", "system.measured.v1"
        data = {"system": system, "unit": unit, "reachable": rng.random() < 0.9, "latency_ms": rng.randrange(2_000)}
    elif rng.random() < 0.5:
        subject, type_ = f"{unit}/{time:%Y-%m}", "staffing.reported.v1"
        data = {"unit": unit, "staff": rng.randrange(50, 60), "trained": rng.randrange(50), "it_staff": 1}
    else:
        subject, type_ = f"truyen-thong-{rng.randrange(200)}", "activity.held.v1"
        data = {"unit": unit, "kind": "press", "reached": rng.randrange(500)}
    event = {"specversion": "1.0", "id": f"n{number}", "source": "urn:test:flow", "type": type_, "subject": subject}
    if rng.random() < 0.05:
        domain = type_.partition(".")[0]
        fact = {"type": type_, "time": time.isoformat(), "data": data}
        data = {"replaces": {"source": "urn:test:flow", "id": f"n{rng.randrange(EVENTS)}"}}
        event["type"] = f"{domain}.voided.v1"
        if rng.random() < 0.5:
            event["type"], data = f"{domain}.corrected.v1", {**data, "event": fact}
    return topic, {**event, "time": time.isoformat(), "data": data}


def flow(rng: random.Random) -> tuple[list[Json], dict[Topic, list[Message]]]:
    """The events, and the records of each topic: 3 % come twice, some to another partition than their key's."""
    events: list[Json] = []
    messages: dict[Topic, list[Message]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for number in range(EVENTS):
        topic, event = said(rng, number)
        if "replaces" in event["data"] and names[event["subject"]]:  # what it names is mostly of its own subject
            event["data"]["replaces"]["id"] = rng.choice(names[event["subject"]])
        names[event["subject"]].append(event["id"])
        events.append(event)
        for _ in range(1 + (rng.random() < 0.03)):
            partition = rng.randrange(PARTITIONS) if rng.random() < 0.05 else None
            value = json.dumps(event, ensure_ascii=False).encode()
            place = len(messages[topic]) - min(len(messages[topic]), rng.choice((0, 0, 0, 40)))
            messages[topic].insert(place, Message(event["subject"], value, partition, (event["id"], ""), ()))
    return events, dict(messages)


@pytest.fixture
def topics(ground: Ground) -> dict[Topic, Topic]:
    """The three topics under this test's suffix."""
    own = {topic: replace(topic, name=topic.name + ground.suffix, partitions=PARTITIONS) for topic in TOPICS}
    ensure_topics(ground.kafka, [*own.values()])
    return own


def offsets(ground: Ground, db: psycopg.Connection, topics: dict[Topic, Topic]) -> dict[tuple[str, int], int]:
    return {
        (topic.name, partition): next_
        for topic in topics.values()
        for partition, next_ in ground.next_offsets(db, topic).items()
    }


@pytest.mark.timeout(300)
def test_five_kills_of_a_worker_of_three_topics_change_no_figure(
    rng: random.Random,
    ground: Ground,
    topics: dict[Topic, Topic],
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
) -> None:
    events, messages = flow(rng)
    senders = {topic: send(messages[topic], per_s=80, topic=topics[topic].name) for topic in TOPICS}
    slot = make_slot(max_poll_records=SPAN, topics=",".join(topic.name for topic in TOPICS))

    def ends() -> dict[tuple[str, int], int]:
        return {(topics[t].name, p): end for t, s in senders.items() for p, end in s.acknowledged().items()}

    with ground.superuser() as db:
        for _ in range(KILLS):
            enough = sum(offsets(ground, db, topics).values()) + rng.randrange(1, 4) * SPAN

            def moved(enough: int = enough) -> bool:
                return sum(offsets(ground, db, topics).values()) >= enough

            wait_for(moved, 60, slot.said)
            time.sleep(rng.random() * 0.03)
            wait_for(lambda: slot.kill_frozen(partial(ground.open_spans, db)), 60, slot.said, every=0.003)
        for sender in senders.values():
            sender.finish()

        def reached() -> bool:
            stands = offsets(ground, db, topics)
            return all(stands.get(place, 0) >= end for place, end in ends().items())

        wait_for(reached, 60, slot.said, every=0.1)

    want = Subjects.after(events, 2_000).tables()
    with psycopg.connect(ground.database.screens) as reader:
        have = actual(reader)
        assert have == want, differences(have, want)
        counted = reader.execute(
            "SELECT sum(records)::int, sum(duplicates)::int, sum(rejected)::int FROM stream_offset"
        )
        sent = sum(map(len, messages.values()))
        assert counted.fetchone() == (sent, sent - EVENTS, 0)
    report = audit(ground.database.streams)
    assert report.ok, report.plain()
    assert slot.codes == [-signal.SIGKILL] * KILLS
