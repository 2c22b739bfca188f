"""Every recorded message to the national portal through the real store: its figure is in the tables, once."""

import json
from collections.abc import AsyncIterator

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from schemas.counters import COUNTER
from schemas.topics import CASES
from streams.audit.cases import audit
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec
from tests.unit.dvcqg import FIGURES, MESSAGES, converted

PARTITION = Partition("cluster", "topic-id", CASES.name, 0)
RECEIVED_MS = 1_709_251_200_000  # 2024-03-01
SECRETS = ("Mẫu", "075199999999", "000000001", "mau@example", "0900000000", "don.pdf", "Bổ sung bản sao")
FIGURES_OF = "SELECT counter, sum(amount)::int FROM case_flow WHERE subject = %s GROUP BY counter"


def merged(name: str) -> dict[str, dict[str, int]]:
    """What a message and those played before it come to; the first case is told of by two."""
    return {**FIGURES[name], **({} if name != "accepted_online" else FIGURES["finished_and_returned"])}


@pytest.fixture
async def store(database: DatabaseUrls) -> AsyncIterator[Store]:
    connection = await connect(database.streams)
    yield Store(connection)
    await connection.close()


async def play(store: Store, start: int) -> int:
    values = [
        event.model_dump_json(exclude_none=True).encode() for name in MESSAGES for event in converted(name).events
    ]
    records = [Rec(start + number, value, RECEIVED_MS) for number, value in enumerate(values)]
    batch = Decoder(CASES).batch(records)
    assert not batch.rejected
    await store.apply(PARTITION, start, start + len(records), batch)
    return start + len(records)


async def test_the_figure_of_every_recorded_message_is_in_the_tables_and_stays_when_they_come_again(
    store: Store, database: DatabaseUrls
) -> None:
    await store.begin(PARTITION, 0)
    end = await play(store, 0)
    with psycopg.connect(database.screens, autocommit=True) as db:
        for _ in range(2):
            for name in MESSAGES:
                for subject, expected in merged(name).items():
                    wanted = expected if subject != "000.00.19.H19-240131-0001" else {**expected, "synced": 2}
                    found: dict[str, int] = dict(db.execute(FIGURES_OF, [subject]).fetchall())
                    assert {
                        name: n for name, n in found.items() if not (COUNTER[name].judged or COUNTER[name].scored)
                    } == wanted, name
            end = await play(store, end)
        state = db.execute(
            "SELECT portal_status, portal_code, status, (SELECT count(*) FROM case_portal_gap)"
            " FROM case_state WHERE subject = 'MC-2024-77'"
        ).fetchone()
        assert state is not None
        assert state[:3] == (4, "000.00.19.H19-240131-59310", 2)
        assert state[3] > 0
        rows = [db.execute(f"SELECT t::text FROM {table} t").fetchall() for table in ("case_event", "case_state")]  # noqa: S608
        assert [secret for secret in SECRETS if secret in json.dumps(rows, ensure_ascii=False)] == []
    assert audit(database.streams).ok


async def test_the_rollups_count_each_hazard(store: Store, database: DatabaseUrls) -> None:
    await store.begin(PARTITION, 0)
    await play(store, 0)
    with psycopg.connect(database.screens, autocommit=True) as db:
        sums = db.execute(
            "SELECT sum(sync_rewritten)::int, sum(sync_code_invented)::int, sum(sync_dummy_identity)::int,"
            " sum(sync_attachment_repeated)::int, sum(sync_status_missing)::int, sum(sync_refused)::int"
            " FROM case_by_unit_day"
        ).fetchone()
    assert sums == (3, 2, 1, 1, 1, 1)
