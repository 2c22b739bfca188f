"""Accounts of look-ups: by name for those who are entitled, as a hash for everybody else, in every list and page."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from dashboards.access.asker import Asker, AskerKind, Right, Role
from dashboards.periods import ALL
from dashboards.readers import lookups
from dashboards.readers.asked_database import AskedDatabase, own_units
from dashboards.readers.database import Database
from dashboards.readers.lookups import LookupBy, LookupFilters
from infra.endpoints import DatabaseUrls
from tests.askers import LEADER, asking_as, for_askers
from tests.integration.sample_domains import AS_OF, UNITS, fill
from tests.integration.test_own_units import asked_as

NAME, HASH = re.compile(r"\btk-\d"), re.compile(r"an-danh-[0-9a-f]{12}")
OFFICER = Asker(AskerKind.ACCOUNT, "officer", "Cán bộ", Role.UNIT_OFFICER, (UNITS[0],))
PROGRAM = Asker(AskerKind.KEY, "key", "bao-cao", Role.PROGRAM)
ENTITLED = Asker(
    AskerKind.KEY, "key-2", "giam-sat", Role.PROGRAM, scopes=frozenset({Right.CASES.value, Right.ACCOUNTS.value})
)
SUBJECTS = "/api/v1/topics/lookup/subjects"


@pytest.fixture
async def readers(database: DatabaseUrls) -> AsyncIterator[AskedDatabase]:
    await fill(database)
    now = AS_OF + timedelta(seconds=1)
    async with (
        Database(database.api, name="test", clock=lambda: now, patience=30) as province,
        own_units(database.units, name="test", clock=lambda: now, patience=30) as own,
    ):
        yield for_askers(province, own)


async def pages(client: httpx.AsyncClient, limit: int, **more: Any) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        asked = {"limit": limit, **more} | ({} if cursor is None else {"cursor": cursor})
        answer = (await client.get(SUBJECTS, params=asked)).json()
        assert NAME.search(cursor or "") is None
        found += [row["subject"] for row in answer["subjects"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            return found


@pytest.mark.parametrize("asker", [OFFICER, PROGRAM], ids=["officer", "program"])
async def test_whoever_is_not_entitled_sees_hashes_and_reads_as_before(readers: AskedDatabase, asker: Asker) -> None:
    unit = {"unit": UNITS[0]} if asker.units else {}
    async with asked_as(asker, readers) as client, asked_as(LEADER, readers) as leader:
        named = await pages(leader, 100, period="all", counter="lookups", **unit)
        for limit in (1, 100):
            hashed = await pages(client, limit, period="all", counter="lookups")
            assert len(hashed) == len(set(hashed)) == len(named) > 3
            assert [one[-10:] for one in hashed] == [one[-10:] for one in named]
        assert all(NAME.match(one) for one in named)
        assert all(HASH.fullmatch(one[:-11]) for one in hashed)
        # The same account is the same hash on each of its days.
        assert len({one[:-11] for one in hashed}) == len({one[:-11] for one in named})
        for shown, real in zip(hashed, named, strict=True):
            answer = await client.get(f"{SUBJECTS}/{quote(shown)}")
            assert answer.status_code == 200
            assert NAME.search(answer.text) is None
            assert answer.json()["subject"]["subject"] == shown
            assert [
                row["subject"] for row in (await client.get(SUBJECTS, params={"subject": shown})).json()["subjects"]
            ] == [shown]
            assert (await client.get(f"{SUBJECTS}/{quote(real)}")).status_code == 404
            assert await pages(client, 10, subject=real) == []


async def test_no_answer_names_an_account_to_one_who_is_not_entitled(readers: AskedDatabase) -> None:
    """Every topic, also the limit of an account."""
    for asker, by_name in ((OFFICER, False), (PROGRAM, False), (ENTITLED, True), (LEADER, True)):
        told = ""
        async with asked_as(asker, readers) as client:
            for topic in ("lookup", "limit"):
                answer = await client.get(f"/api/v1/topics/{topic}/subjects", params={"limit": 1000})
                told += answer.text
                for row in answer.json()["subjects"]:
                    told += (await client.get(f"/api/v1/topics/{topic}/subjects/{quote(row['subject'])}")).text
        assert (NAME.search(told) is not None) == by_name, asker.name
        assert (HASH.search(told) is not None) == (not by_name)


@pytest.mark.parametrize("asker", [PROGRAM, LEADER], ids=["program", "leader"])
async def test_figures_and_look_ups_by_account_agree_with_their_filter(readers: AskedDatabase, asker: Asker) -> None:
    with asking_as(asker):
        async with readers.snapshot() as (conn, _):
            rows = await lookups.figures(conn, ALL, LookupBy.ACCOUNT)
            assert len(rows) == 5
            for row in rows:
                assert (NAME if asker is LEADER else HASH).fullmatch(row.key)
                mine = LookupFilters(account=row.key)
                (total,) = await lookups.figures(conn, ALL, LookupBy.TOTAL, mine)
                assert total.counts == row.counts
                met: list[lookups.StoredLookUp] = []
                page = await lookups.page(conn, "lookups", ALL, mine, limit=2)
                while True:
                    met += page.items
                    if page.before is None:
                        break
                    page = await lookups.page(conn, "lookups", ALL, mine, page.before, limit=2)
                assert len(met) == len({(one.subject, one.id) for one in met}) == row.counts["lookups"]
                assert {one.account for one in met} == {row.key} == {one.subject[:-11] for one in met}
            if asker is PROGRAM:
                assert await lookups.figures(conn, ALL, LookupBy.TOTAL, LookupFilters(account="tk-1")) == []
