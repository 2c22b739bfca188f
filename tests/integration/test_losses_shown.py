"""What the screens and the API say was lost is what the stream's own comparison says."""

from datetime import date

import psycopg

from dashboards.readers import losses as shown
from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from schemas.digests import part_of
from streams.losses import losses
from tests.integration.test_losses import DAY, digest, fill
from tests.integration.test_subjects import take

TASK = {"title": "Nhiệm vụ 1", "plan": "30/KH-UBND", "kind": "late", "unit": "Phường Trấn Biên"}


async def test_the_screens_losses_are_the_streams(database: DatabaseUrls) -> None:
    ids = [f"s{n}" for n in range(20)]
    await fill(database, ids[2:])
    parts = [digest(f"d{n}", [id for id in ids if part_of(id, 3) == n], part=n, parts=3) for n in range(3)]
    await take(database, "cases", [digest("d9", ["x1"], named=False, unit="Sở Tư pháp"), *parts])
    said = {
        **digest("t1", []),
        "type": "task.assigned.v1",
        "subject": "30/1",
        "time": "2024-01-31T02:00:00Z",
        "data": TASK,
    }
    await take(database, "tasks", [said, digest("d1", ["t1", "t2"]), digest("d2", ["t9"], time="2024-01-30T02:00:00Z")])

    with psycopg.connect(database.screens) as db:
        expected = losses(db, DAY, DAY)
    async with Database(database.api, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        found = await shown.losses(conn, DAY, DAY)
        assert await shown.losses(conn, date(2024, 3, 1), date(2024, 3, 7)) == ()

    assert [(x.source, x.topic, x.day, x.unit, x.sent, x.held, x.ids) for x in found] == [
        (x.source, x.topic, x.day, x.unit, x.sent, x.held, x.ids) for x in expected
    ]
    assert [(x.topic, x.unit, x.missing) for x in found] == [
        ("cases", "Phường Trấn Biên", 2),
        ("cases", "Sở Tư pháp", 1),
        ("tasks", "Phường Trấn Biên", 1),
    ]
