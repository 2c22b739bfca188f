"""A counter of cases that adds up over days is two places: its line, and what a case adds. The rest is written."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from infra.endpoints import DatabaseUrls
from tests.product_copy import copy_product, put_before

LINE = """    Counter("portal_words", "Lời của Cổng", "words of the national portal on a case", noun=Noun.TIME,
            definition="Lượt Cổng DVCQG báo trạng thái."),
"""
ADDS = """    "portal_status": "portal_words",
"""
# Two words of the portal on one case, through the stream's store, and then asked of figures, list and data API.
ASKED = """
import asyncio, json, sys
from datetime import datetime, timedelta, UTC

from dashboards.api.app import build, document
from dashboards.indicators import all_indicators
from dashboards.periods import ALL
from dashboards.readers import figures, openings
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Database
from infra.db.migrate import migrate
from infra.endpoints import DatabaseUrls
from schemas.topics import CASES
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect

urls = DatabaseUrls(**json.loads(sys.argv[1]))
migrate(urls)


class Record:
    def __init__(self, offset, type, id, **data):
        at = datetime(2024, 2, 1, 1, offset, tzinfo=UTC)
        self.offset, self.timestamp = offset, int((at + timedelta(days=1)).timestamp() * 1000)
        self.value = json.dumps({
            "specversion": "1.0", "id": id, "source": "urn:test", "type": f"case.{type}.v1", "subject": "A-1",
            "time": at.isoformat(), "data": data,
        }).encode()


async def main():
    told = [
        Record(0, "accepted", "a", unit="Phường Trấn Biên", channel="online"),
        Record(1, "portal_status", "p", portal_status=2),
        Record(2, "portal_status", "q", portal_status=4),
    ]
    store, place = Store(await connect(urls.streams)), Partition("cluster", "topic-id", CASES.name, 0)
    await store.begin(place, 0)
    await store.apply(place, 0, len(told), Decoder(CASES).batch(told))
    async with Database(urls.screens, name="test", patience=30) as database, database.writing() as snapshot:
        counts = await figures.total(snapshot.conn, snapshot.as_of, ALL)
        opened = await openings.open_number(snapshot.conn, snapshot.as_of, "portal_words", ALL)
    assert (counts["portal_words"], opened.amount, opened.listed) == (2, 2, 1), (counts, opened)


asyncio.run(main())
(one,) = [one for one in all_indicators() if one.name == "portal_words"]
assert one.definition == "Lượt Cổng DVCQG báo trạng thái."
assert "portal_words" in json.dumps(document(build(AskedDatabase(Database(urls.api, name="test"), None))))
print("asked")
"""


def test_a_line_and_what_a_case_adds_are_all_there_is_to_it(empty_database: DatabaseUrls, tmp_path: Path) -> None:
    copy_product(tmp_path)
    put_before(tmp_path / "schemas/case_counters.py", '    Counter("open", ', LINE)
    put_before(tmp_path / "streams/folds/kinds.py", '    "data_used": "data_used",\n', ADDS)
    before = len(list((tmp_path / "infra/db/migrations").glob("*.sql")))

    ran(tmp_path, "-m", "infra.db.written_sql")  # make sql

    assert len(list((tmp_path / "infra/db/migrations").glob("*.sql"))) == before + 1
    assert ran(tmp_path, "-c", ASKED, json.dumps(asdict(empty_database))) == "asked\n"


def ran(copy: Path, *what: str) -> str:
    done = subprocess.run([sys.executable, *what], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
