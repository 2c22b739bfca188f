"""What units report by hand and what other systems export, by ``ioc import``, from file to figures."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from infra.kafka.topics import ensure_topics
from schemas.topics import OUTREACH, PORTAL
from streams.intake.arrival import ArrivalCounts
from streams.intake.importing import bring
from streams.intake.reading import Events
from tests.system.harness import Ground, Slot, wait_for
from tests.system.test_probes import figures
from tests.unit.tables import RECORDED, Unseen, filled, table, template


@pytest.fixture
def worker(ground: Ground, make_slot: Callable[..., Slot]) -> Slot:
    ensure_topics(ground.kafka, [replace(topic, name=topic.name + ground.suffix) for topic in (OUTREACH, PORTAL)])
    slot = make_slot(topics=f"{OUTREACH.name},{PORTAL.name}")
    with ground.superuser() as db:
        wait_for(lambda: db.execute("SELECT 1 FROM heartbeat").fetchone(), 30, slot.said)
    return slot


class Elsewhere:
    """A reading whose events go to this test's own topic."""

    def __init__(self, reading: Events, suffix: str) -> None:
        self.report, self.source, self.events = reading.report, reading.source, reading.events
        self.topic = replace(reading.topic, name=reading.topic.name + suffix)


def taken(ground: Ground, reading: Events) -> ArrivalCounts | None:
    work = bring(Elsewhere(reading, ground.suffix), ground.kafka, ground.database.streams, Unseen())
    return asyncio.run(asyncio.wait_for(work, 120)).outcome


def test_a_filled_template_comes_to_its_figures_once_twice_and_corrected(
    ground: Ground, worker: Slot, tmp_path: Path
) -> None:
    row: list[object] = [1, date(2024, 1, 31), "Họp dân, tổ công tác", "Hướng dẫn nộp hồ sơ", 120]
    other: list[object] = [2, date(2024, 1, 30), "Báo, đài", "Giới thiệu VNeID", 3000]
    path = filled("truyen-thong", tmp_path, {"Truyền thông": [row, other]})

    assert taken(ground, template(path, Unseen())) == ArrivalCounts(2, 0, 0), worker.said()
    assert figures(ground, "activity") == {"held": 2, "reached": 3120}
    assert taken(ground, template(path, Unseen())) == ArrivalCounts(0, 2, 0)

    corrected = filled("truyen-thong", tmp_path, {"Truyền thông": [row, other, [3, *row[1:4], 150, 2]]})
    assert taken(ground, template(corrected, Unseen())) == ArrivalCounts(1, 2, 0)
    assert figures(ground, "activity") == {"held": 2, "reached": 3150}

    in_place = [*other[:4], 3300]
    for last, counts in (
        (in_place, ArrivalCounts(1, 1, 0)),
        (in_place, ArrivalCounts(0, 1, 0)),
        (other, ArrivalCounts(0, 2, 0)),
    ):
        path = filled("truyen-thong", tmp_path, {"Truyền thông": [row, last]})
        assert taken(ground, template(path, Unseen())) == counts
        assert figures(ground, "activity") == {"held": 2, "reached": 3450}


def test_a_table_of_petitions_comes_to_its_figures(ground: Ground, worker: Slot) -> None:
    folder = RECORDED / "tables"
    reading = table(folder / "petitions.csv", (folder / "petitions.toml").read_text("utf-8"), Unseen())

    assert taken(ground, reading) == ArrivalCounts(7, 0, 0), worker.said()
    assert figures(ground, "petition") == {
        "received": 3,
        "answered": 2,
        "answered_on_time": 1,
        "answered_late": 1,
        "disliked": 1,
    }
