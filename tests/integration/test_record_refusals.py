"""Refusals on record, so few that a flood does not fill it, and nothing of what was typed."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from getpass import getuser

import httpx
import psycopg

from dashboards.access import denials as refusals
from dashboards.access.asker import nobody
from dashboards.access.denials import Denials
from dashboards.access.record import Record
from dashboards.readers.database import Database
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from tests.integration.sample_province import NOW, play, tell
from tests.integration.signed_in import api_served, cookie, key, person, record, screens_served, shown


async def test_refusals_are_on_record_and_a_flood_of_them_is_two_rows(database: DatabaseUrls) -> None:
    token, (administrator, session) = key(database, now=NOW), person(database, "quan.tri", "administrator", now=NOW)
    with psycopg.connect(database.migrate) as conn:
        conn.execute("UPDATE access_credential SET ended_at = %s WHERE kind = 'key'", [NOW])
        ended = conn.execute("SELECT id::text FROM access_credential WHERE kind = 'key'").fetchone()
    _, leading = person(database, "lanh.dao", "leader", now=NOW)
    async with api_served(database, NOW) as api:
        for _ in range(30):
            assert (await api.get("/api/v1/figures", headers={"Authorization": f"Bearer {token}"})).status_code == 401
        assert (await api.get("/api/v1/cases", headers=cookie(session))).status_code == 403
        assert (await api.get("/api/v1/figures")).status_code == 401
    async with screens_served(database, NOW) as screens:
        said = await shown(screens, "/man-hinh/danh-sach/abc", cookie(session))
        for _ in range(20):
            assert (await screens.get("/quan-tri/khoa", headers=cookie(leading))).status_code == 403
        for _ in range(4):
            answer = await screens.post(
                "/dang-nhap", data={"ten": "quan.tri", "mat-khau": "sai"}, headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert answer.status_code == 401
        crossing = {**cookie(session), "Sec-Fetch-Site": "same-site"}
        assert (await screens.post("/dang-xuat", headers=crossing)).status_code == 403

    assert "không xem được" in said
    found = record(database, "refused", "not_signed_in")
    total: Counter[tuple[str, str, str]] = Counter()
    for row in found:
        total[row.what, row.who, row.object] += row.rows or 0
    assert ended is not None
    assert [many for (_, _, of), many in total.items() if of == "/quan-tri/khoa"] == [20]
    total = Counter({key: many for key, many in total.items() if key[2] != "/quan-tri/khoa"})
    del total["refused", "", "nobody"]  # this test's own looks whether the process is there
    assert total == {
        ("refused", ended[0], "key"): 30,
        ("refused", administrator, "cases"): 1,
        ("refused", administrator, "page"): 1,
        ("not_signed_in", "", administrator): 4,
        ("refused", "", "origin"): 1,
    }
    assert len(found) <= 11


async def test_what_another_site_or_name_asks_is_on_record_by_number_alone(database: DatabaseUrls) -> None:
    """Before anybody is known: what a page elsewhere makes a signed-in browser ask, or leads here by its own name."""
    _, session = person(database, "lanh.dao", "leader", now=NOW)
    asked = cookie(session)
    elsewhere = {**asked, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    named = {**asked, "Host": "079123456789.example"}
    async with screens_served(database, NOW) as screens:
        for _ in range(7):
            assert (await screens.get("/man-hinh/dong?man=ho-so", headers=elsewhere)).status_code == 403
        for _ in range(3):
            assert (await screens.get("/man-hinh/ho-so", headers=named)).status_code == 421
    async with api_served(database, NOW) as api:
        for _ in range(5):
            assert (await api.get("/api/v1/figures", headers=named)).status_code == 421
    told: Counter[tuple[str, str, str]] = Counter()
    rows = [row for row in record(database, "refused") if row.object != "nobody"]
    for row in rows:
        told[row.who, row.object, row.address] += row.rows or 0

    assert told == {("", "elsewhere", "127.0.0.1"): 7, ("", "host", "127.0.0.1"): 8}
    assert len(rows) <= 6


async def test_refusals_from_everywhere_share_one_row(database: DatabaseUrls) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    clock = [now]
    async with Database(database.access, name="test", patience=30) as access:
        kept = Denials(Record(access, lambda: clock[0]), None, lambda: clock[0])
        for number in range(5_000):
            kept.note(nobody(f"10.0.{number // 250}.{number % 250}"), "nobody")
        await kept.write()
        clock[0] += refusals.WINDOW
        await kept.write()
        await kept.write()
    rows = record(database, "refused")

    assert len(rows) == refusals.MOST + 1
    assert sum(row.rows or 0 for row in rows) == 5_000
    assert [row.object for row in rows].count("others") == 1
    assert not kept._refused, "nothing is remembered of who has stopped"


async def test_refusals_wait_for_a_database_that_is_away(database: DatabaseUrls) -> None:
    async with Database(database.access, name="test", patience=30) as access:
        kept = Denials(Record(access, lambda: NOW), None, lambda: NOW)
        with psycopg.connect(database.migrate, autocommit=True) as conn:
            conn.execute("REVOKE EXECUTE ON FUNCTION access_recorded FROM access")
            await kept.tell(nobody("10.0.0.1"), "key")
            await kept.tell(nobody("10.0.0.1"), "key")
            assert record(database, "refused") == []
            conn.execute("GRANT EXECUTE ON FUNCTION access_recorded TO access")
            running = asyncio.create_task(kept.run())
            await asyncio.sleep(0)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    (row,) = record(database, "refused")

    assert (row.object, row.rows, row.address) == ("key", 2, "10.0.0.1")


async def patiently(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> httpx.Response:
    """A busy machine answers 503 at first; so is asked again what may be asked again."""
    async with asyncio.timeout(60):
        while (answer := await client.get(path, headers=headers)).status_code == 503:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    return answer


async def test_nothing_that_a_visitor_types_stands_on_record(database: DatabaseUrls) -> None:
    """What people type may be a citizen's number, or a password."""
    await play(database.streams, tell())
    _, session = person(database, "lanh.dao", "leader", now=NOW)
    typed = "012345678901"
    async with screens_served(database, NOW) as screens:
        await screens.get(f"/man-hinh/mo?so=accepted&ky=nam&don-vi={typed}", headers=cookie(session))
        await screens.get(f"/man-hinh/mo?so={typed}", headers=cookie(session))
        for path in (f"ho-so/{typed}", f"danh-sach/{typed}", f"doi-tuong/task/{typed}", f"doi-tuong/x/{typed}"):
            await shown(screens, f"/man-hinh/{path}", cookie(session))
        await screens.post(
            "/dang-nhap", data={"ten": typed, "mat-khau": typed}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        await screens.get("/man-hinh/dong", headers={"Authorization": f"Bearer {typed}"})
    async with api_served(database, NOW) as api:
        answers: list[httpx.Response] = [
            await patiently(api, f"/api/v1/{path}", cookie(session))
            for path in (f"cases?code={typed}", f"cases/{typed}", f"topics/task/subjects?subject={typed}")
        ]
    assert [answer.status_code for answer in answers] == [200, 404, 200]
    rows = record(database)
    assert len(rows) > 6
    assert not [row for row in rows if typed in repr(row)]


async def test_reference_data_that_are_loaded_are_on_record(database: DatabaseUrls) -> None:
    """Rules and limits are files of theirs."""
    load(database.migrate, read(PACKAGED), NOW)
    (row,) = record(database, "reference_loaded")

    assert (row.kind, row.who) == ("operator", getuser())
    assert "rules.csv" in row.object
    assert (row.rows or 0) > 100
