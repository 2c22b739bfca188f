"""What was lost before Kafka shows as a figure per day and unit, with its ids."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg

from infra.endpoints import DatabaseUrls
from schemas.digests import hash_of, part_of
from schemas.losses import SourceLoss
from schemas.topics import BY_CONTRACT
from streams.audit.cases import audit
from streams.losses import losses
from streams.store import Store, connect
from tests.integration.test_store import PARTITION, apply
from tests.integration.test_store import event as case_event
from tests.integration.test_subjects import take

DAY = date(2024, 1, 31)
SOURCE = "urn:test"
UNIT = "Phường Trấn Biên"


def digest(id: str, ids: Sequence[str], *, named: bool = True, time: str = "2024-02-01T00:30:00Z", **data: Any) -> Any:
    said = {"day": DAY.isoformat(), "unit": UNIT, "count": len(ids), "hash": hash_of(ids), **data}
    if named:
        said["ids"] = list(ids)
    return {
        "specversion": "1.0",
        "id": id,
        "source": SOURCE,
        "type": "source.digest.v1",
        "subject": SOURCE,
        "time": time,
        "data": said,
    }


async def fill(database: DatabaseUrls, ids: Sequence[str]) -> None:
    connection = await connect(database.streams)
    store = Store(connection)
    await store.begin(PARTITION, 0)
    await apply(store, 0, [case_event("step", f"A-{id}", id, unit=UNIT, name="Kiểm tra") for id in ids])
    await connection.close()


def found(database: DatabaseUrls) -> list[SourceLoss]:
    with psycopg.connect(database.screens) as db:
        return losses(db, DAY, DAY)


async def test_nothing_differs_where_everything_arrived(database: DatabaseUrls) -> None:
    await fill(database, ["s1", "s2", "s3"])
    await take(database, "cases", [digest("d1", ["s3", "s1", "s2"])])

    assert found(database) == []
    assert audit(database.streams).ok


async def test_lost_ids_are_named_and_disappear_once_they_are_sent_again(database: DatabaseUrls) -> None:
    await fill(database, ["s1", "s3"])
    await take(database, "cases", [digest("d1", ["s1", "s2", "s3", "s4"])])

    assert found(database) == [SourceLoss(SOURCE, "cases", DAY, UNIT, sent=4, held=2, missing=2, ids=("s2", "s4"))]

    connection = await connect(database.streams)
    again = [case_event("step", f"A-{id}", id, unit=UNIT, name="Kiểm tra") for id in ("s1", "s2", "s3", "s4")]
    await apply(Store(connection), 2, again)
    await connection.close()
    assert found(database) == []


async def test_a_loss_shows_by_the_hash_alone_where_the_counts_agree(database: DatabaseUrls) -> None:
    await fill(database, ["s1", "s2"])
    await take(database, "cases", [digest("d1", ["s1", "s9"], named=False)])

    assert found(database) == [SourceLoss(SOURCE, "cases", DAY, UNIT, sent=2, held=2, missing=0, ids=())]


async def test_parts_are_compared_each_for_itself_and_the_last_way_of_cutting_counts(database: DatabaseUrls) -> None:
    ids = [f"s{n}" for n in range(20)]
    await fill(database, ids[1:])
    earlier = digest("d0", ["x1", "x2"], time="2024-02-01T00:10:00Z")
    parts = [digest(f"d{n}", [id for id in ids if part_of(id, 3) == n], part=n, parts=3) for n in range(3)]
    await take(database, "cases", [earlier, *parts])

    assert found(database) == [SourceLoss(SOURCE, "cases", DAY, UNIT, sent=20, held=19, missing=1, ids=("s0",))]


async def test_a_later_digest_of_the_same_day_stands_for_the_earlier(database: DatabaseUrls) -> None:
    await fill(database, ["s1", "s2"])
    await take(database, "cases", [digest("d1", ["s1"]), digest("d2", ["s1", "s2"], time="2024-02-01T06:00:00Z")])

    assert found(database) == []


async def test_a_correction_that_an_import_made_is_nothing_that_its_source_has_sent(database: DatabaseUrls) -> None:
    await fill(database, ["s1", "s2"])
    await take(database, "cases", [digest("d1", ["s1", "s2"])])
    fact = {"type": "case.step.v1", "time": "2024-01-31T03:00:00Z", "data": {"unit": UNIT, "name": "Thẩm định"}}

    async def correct(start: int, id: str) -> None:
        connection = await connect(database.streams)
        replaces = {"source": SOURCE, "id": "s1"}
        await apply(Store(connection), start, [case_event("corrected", "A-s1", id, 1, replaces=replaces, event=fact)])
        await connection.close()

    await correct(2, f"{'a1' * 16}.0")
    assert found(database) == []
    await correct(3, "the-source-s-own")
    assert found(database) == [SourceLoss(SOURCE, "cases", DAY, UNIT, sent=2, held=3, missing=0, ids=())]


async def test_every_topic_takes_digests(database: DatabaseUrls) -> None:
    task = {"title": "Nhiệm vụ 1", "plan": "30/KH-UBND", "kind": "late", "unit": UNIT}
    said = {
        **digest("t1", []),
        "type": "task.assigned.v1",
        "subject": "30/1",
        "time": "2024-01-31T02:00:00Z",
        "data": task,
    }
    await take(database, "tasks", [said, digest("d1", ["t1", "t2"])])

    assert found(database) == [SourceLoss(SOURCE, "tasks", DAY, UNIT, sent=2, held=1, missing=1, ids=("t2",))]
    assert BY_CONTRACT["tasks"].name == "ioc.tasks"


async def test_nothing_differs_where_all_parts_arrived(database: DatabaseUrls) -> None:
    ids = [f"s{n}" for n in range(20)]
    await fill(database, ids)
    parts = [digest(f"d{n}", [id for id in ids if part_of(id, 3) == n], part=n, parts=3) for n in range(3)]
    await take(database, "cases", parts)

    assert found(database) == []
