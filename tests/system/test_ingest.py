"""``ioc ingest dvcqg`` from file to tables, with a worker as a process."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from streams.intake.dvcqg.reading import Messages
from streams.intake.importing import bring
from streams.intake.reading import ImportReport
from tests.system.harness import Ground, Slot, wait_for
from tests.system.test_import import Watched
from tests.unit.dvcqg import FIGURES, HASHER, MESSAGES, SOURCE, base


@pytest.fixture
def worker(make_slot: Callable[..., Slot], ground: Ground) -> Slot:
    slot = make_slot()
    with ground.superuser() as db:
        wait_for(lambda: len(ground.next_offsets(db, ground.history)) == 4 or None, 40, slot.said)
        wait_for(lambda: db.execute("SELECT 1 FROM heartbeat").fetchone(), 20, slot.said)
    return slot


def ingest(ground: Ground, path: Path, viewer: Watched) -> ImportReport:
    reading = Messages(path, SOURCE, HASHER, viewer, datetime.now(UTC))
    reading.topic = ground.history
    work = bring(reading, ground.kafka, ground.database.streams, viewer, last_counts=False)
    return asyncio.run(asyncio.wait_for(work, 240))


def test_a_file_of_messages_reaches_the_tables_and_again_adds_nothing(
    worker: Slot, ground: Ground, tmp_path: Path
) -> None:
    lines = [json.dumps(base(name), ensure_ascii=False) for name in MESSAGES]
    (tmp_path / "sent.jsonl").write_text("\n".join([*lines, "{"]), "utf-8")
    viewer = Watched()

    first, again = ingest(ground, tmp_path / "sent.jsonl", viewer), ingest(ground, tmp_path / "sent.jsonl", Watched())

    assert [one[1:3] for one in viewer.rejections] == [("body", "json_invalid")]
    assert first.outcome is not None
    assert again.outcome is not None
    # The acceptance, submission, papers and databases of the first case are told of by two messages.
    assert (first.outcome.new, first.outcome.duplicates) == (first.events.total() - 4, 4), worker.said()
    assert (again.outcome.new, again.outcome.duplicates) == (0, first.events.total())
    with ground.superuser() as db:
        synced = db.execute("SELECT sum(amount)::int FROM case_flow WHERE counter = 'synced'").fetchone()
        cases = {row[0] for row in db.execute("SELECT subject FROM case_state").fetchall()}
    assert synced == (len(MESSAGES),)
    assert cases == {subject for figures in FIGURES.values() for subject in figures}
