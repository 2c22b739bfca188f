"""Identity numbers, names and addresses, sent in by every way, wherever they do not belong: in no table, topic or log,
and in nothing that anybody is told."""

import asyncio
import logging
from collections.abc import Callable, Iterator

import psycopg
import pytest

from schemas.topics import TOPICS
from tests.system.gateways import GatewayProcess, all_topics, records
from tests.system.harness import Ground, Slot, wait_for
from tests.system.planted import ADDRESS, NAME, Numbers, by_files, by_http, by_kafka
from tests.system.read_by_all import told

SUBJECTS = """
SELECT domain, array_agg(subject ORDER BY subject) FROM (
    SELECT domain, subject, row_number() OVER (PARTITION BY domain ORDER BY (subject LIKE '%:%') DESC, subject) AS n
    FROM (SELECT 'case' AS domain, subject FROM case_state UNION ALL SELECT domain, subject FROM subject_state) s
) numbered WHERE n <= 2 GROUP BY domain"""
LARGEST = "SELECT unit FROM case_state WHERE unit <> '' GROUP BY unit ORDER BY count(*) DESC, unit LIMIT 3"


@pytest.mark.timeout(600)
def test_planted_persons_are_nowhere_and_nobody_is_told_of_them(
    ground: Ground, make_slot: Callable[..., Slot], caplog: pytest.LogCaptureFixture
) -> None:
    all_topics(ground)
    number = Numbers()
    gateway = GatewayProcess(ground, {"gateway_burst": 1_000_000})
    gateway.start()
    try:
        gateway.wait_ready()
        texts = {"answers": "\n".join(by_http(gateway, number))}
        assert by_files(ground, number) > 10
        assert len(number.given) > 900
        in_kafka = records(ground, [topic.name for topic in TOPICS])
        assert len(in_kafka) > 400
        past = by_kafka(ground, number)
        slot = make_slot(topics="")
        with ground.superuser() as db:
            taken = lambda: len(in_kafka) + past == total(ground, db)  # noqa: E731
            wait_for(taken, 150, slot.said, every=0.5)
            assert count_of(db, "SELECT count(*) FROM dead_letter WHERE rule = 'identity_number'") > 100
            units = [row[0] for row in db.execute(LARGEST).fetchall()]
            with caplog.at_level(logging.INFO):
                said = asyncio.run(told(ground.database, units, dict(db.execute(SUBJECTS).fetchall())))
            texts |= dict(tables(db)) | {f"told to {name}": text for name, text in said.items()}
        assert texts["case_event"].count("\n") > 50
        texts["Kafka"] = "\n".join((part or b"").decode() for record in in_kafka for part in record)
        texts["gateway's log"] = gateway.said()
        texts["worker's log"] = slot.log.read_text(errors="replace")
        texts["log of screens and API"] = "\n".join(f"{one.name} {one.getMessage()}" for one in caplog.records)
        planted = [*number.given, NAME, ADDRESS]
        found = {name: [one for one in planted if one in text] for name, text in texts.items()}
        assert {name: some for name, some in found.items() if some} == {}
        assert "k1:" in texts["case_event"], "nothing was replaced, so nothing was shown"
        for name in ("leader", "duty_officer", "unit_officer", "key"):
            assert "k1:" in texts[f"told to {name}"], f"{name} reads no case in which something was replaced"
    finally:
        gateway.close()


def total(ground: Ground, db: psycopg.Connection) -> int:
    return count_of(db, "SELECT coalesce(sum(next), 0)::int FROM stream_offset")


def count_of(db: psycopg.Connection, asked: str) -> int:
    row = db.execute(asked.encode()).fetchone()
    assert row is not None
    return int(row[0])


def tables(db: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Every table of ours, as text."""
    named = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    for (name,) in db.execute(named).fetchall():
        rows = db.execute(f'SELECT t::text FROM public."{name}" t').fetchall()  # noqa: S608  names from the catalogue
        yield name, "\n".join(row[0] for row in rows) + "\n"
