"""Readings on record: who, what, from where, whose data and how many rows."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import psycopg

from dashboards.access.asker import Right
from dashboards.access.record import READINGS
from dashboards.api.app import build
from dashboards.api.rights import right_of, routes
from dashboards.readers.database import Database
from dashboards.settings import Feed
from dashboards.views import VIEWS
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from schemas.rules.decision_766 import COMPONENT
from tests.askers import for_askers
from tests.integration import sample_domains
from tests.integration.asked_routes import asks, opened
from tests.integration.sample_province import NOW, UNITS, play, tell
from tests.integration.signed_in import api_served, cookie, key, person, record, screens_served, shown

UNIT = UNITS[0]
LISTED = "/man-hinh/danh-sach/"
READ = tuple(deed.value for deed in READINGS)


def case_units(database: DatabaseUrls) -> dict[str, str]:
    with psycopg.connect(database.migrate) as conn:
        return dict(conn.execute("SELECT subject, unit FROM case_state WHERE oversized IS NOT true").fetchall())


async def test_a_number_its_list_and_a_case_of_the_screens_are_on_record(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    leader, session = person(database, "lanh.dao", "leader", now=NOW)
    asked = cookie(session)
    async with screens_served(database, NOW) as screens:
        opened = await screens.get("/man-hinh/mo?so=accepted&ky=nam", headers=asked)
        assert opened.status_code == 303, opened.text
        way = opened.headers["location"]
        page = await shown(screens, way, asked)
        of_unit = await screens.get(f"/man-hinh/mo?so=accepted&ky=nam&don-vi={quote(UNIT)}", headers=asked)
        code = next(iter(case_units(database)))
        case = await shown(screens, f"/man-hinh/ho-so/{quote(code, safe='')}", asked)

    assert code in case
    rows = record(database, *READ)
    assert [row.what for row in rows] == ["list_opened", "list_read", "list_opened", "case_read"]
    assert {(row.who, row.kind, row.address) for row in rows} == {(leader, "account", "127.0.0.1")}
    first, read, second, one = rows
    assert way == f"{LISTED}{read.object}"
    assert first.object == f"case/accepted {read.object}"
    assert first.units == []
    assert second.units == [UNIT]
    assert of_unit.status_code == 303
    assert first.rows is not None
    assert second.rows is not None
    assert first.rows > second.rows > 0
    units = case_units(database)
    handed = {code for code in units if f'"{code}"' in page or quote(code, safe="") in page}
    assert read.rows == len(handed) > 5
    assert dict(zip(read.units, read.unit_rows or [], strict=True)) == Counter(units[code] for code in handed)
    assert (one.object, one.units, one.rows, one.unit_rows) == (code, [units[code]], 1, [1])


async def test_every_page_that_lists_cases_is_on_record_with_what_it_shows(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    await sample_domains.fill(database)
    _, session = person(database, "lanh.dao", "leader", now=NOW)
    paths = [view.at(page) for view in VIEWS for page in view.case_pages]
    search = {
        "quy-trinh/ho-so": "?thu-tuc=1.001&ky=nam",
        "diem-766/ho-so": f"?thanh-phan={COMPONENT['PROGRESS'].number}&ky=nam",
        "sap-tre": "?ds=den-han",
    }
    long = timedelta(days=900)
    patient = {"other_feeds": Feed(source="", name="", bound=long, rhythm=long), "processing_silent_after": long}
    with psycopg.connect(database.migrate) as conn:
        conn.execute("INSERT INTO heartbeat VALUES ('worker', %s, %s, 'live')", [NOW, NOW])
    async with screens_served(database, NOW, **patient) as screens:
        told = {path: await shown(screens, path, cookie(session), _search(path, search)) for path in paths}

    rows = {f"/man-hinh/may-tinh-bang/{row.object}": row for row in record(database, "list_read")}
    assert rows.keys() == set(paths)
    units = case_units(database)
    for path, page in told.items():
        handed = set(re.findall(r'"href": "/man-hinh/ho-so/([^"?]+)', page))
        assert rows[path].rows == len(handed), path
        codes = [code for code in units if quote(code, safe="") in handed]
        assert dict(zip(rows[path].units, rows[path].unit_rows or [], strict=True)) == Counter(
            units[code] for code in codes
        )
    assert sum(row.rows or 0 for row in rows.values()) > 20


def _search(path: str, more: dict[str, str]) -> str:
    return next((words for end, words in more.items() if path.endswith(end)), "?ky=nam")


async def test_a_case_that_is_another_unit_s_is_on_record_as_nothing_and_without_what_was_typed(
    database: DatabaseUrls,
) -> None:
    await play(database.streams, tell())
    officer, session = person(database, "can.bo", "unit_officer", ["26041"], now=NOW)
    code = next(iter(case_units(database)))
    async with screens_served(database, NOW) as screens:
        said = await shown(screens, f"/man-hinh/ho-so/{quote(code, safe='')}", cookie(session))
    (row,) = record(database, *READ)

    assert "không có hồ sơ mã này" in said
    assert (row.who, row.what, row.object, row.rows, row.units) == (officer, "case_read", "", 0, [])


async def test_what_cannot_be_put_on_record_is_not_shown(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    _, session = person(database, "lanh.dao", "leader", now=NOW)
    token = key(database, now=NOW)
    code = next(iter(case_units(database)))
    with psycopg.connect(database.migrate, autocommit=True) as conn:
        conn.execute("REVOKE EXECUTE ON FUNCTION access_recorded FROM access")
    async with screens_served(database, NOW) as screens:
        opened = await screens.get("/man-hinh/mo?so=accepted&ky=nam", headers=cookie(session))
        page = await shown(screens, f"/man-hinh/ho-so/{quote(code, safe='')}", cookie(session))
        figures = await shown(screens, "/man-hinh/may-tinh-bang/don-vi", cookie(session), "?ky=nam")
    async with api_served(database, NOW) as api:
        asked = await api.get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"})
        counted = await api.get("/api/v1/figures", headers={"Authorization": f"Bearer {token}"})

    assert opened.status_code == 503
    assert "nhật ký" in opened.text
    assert "nhật ký" in page
    assert "Mốc" not in page
    assert code not in page
    assert UNIT in figures, "figures are not read row by row, and need no record"
    assert asked.status_code == 503
    assert "record" in asked.json()["detail"]
    assert code not in asked.text
    assert counted.status_code == 200


async def test_every_route_that_hands_out_cases_is_on_record(database: DatabaseUrls) -> None:
    load(database.migrate, read(PACKAGED), datetime.now(UTC))  # the list of essential services
    await play(database.streams, tell())
    await sample_domains.fill(database)
    token = key(database, now=NOW)
    units = case_units(database)
    with psycopg.connect(database.migrate) as conn:
        task = conn.execute("SELECT subject FROM subject_state WHERE domain = 'task' LIMIT 1").fetchone()
    assert task is not None
    placed = {
        "{case}": quote(next(iter(units)), safe=""),
        "{task}": quote(task[0], safe=""),
        "{opening}": await opened(database),
    }
    app = build(for_askers(Database(database.api, name="unopened")))
    of_cases = [route.path for route in routes(app) if right_of(route) is Right.CASES]
    total = 0
    async with api_served(database, NOW) as api:
        for route in of_cases:
            for address in asks(route):
                for mark, value in placed.items():
                    address = address.replace(mark, value)
                before = len(record(database, *READ))
                answer = await api.get(address, headers={"Authorization": f"Bearer {token}"})
                assert answer.status_code == 200, (address, answer.text)
                rows = record(database, *READ)[before:]
                assert len(rows) == 1, address
                told = answer.json()
                handed = told.get("cases", told.get("subjects", [told.get("case", told.get("subject"))]))
                assert (rows[0].kind, rows[0].rows) == ("key", len(handed)), address
                by_unit = dict(zip(rows[0].units, rows[0].unit_rows or [], strict=True))
                assert by_unit == Counter(one["unit"] for one in handed), address
                total += len(handed)
                again = await api.get(
                    address, headers={"Authorization": f"Bearer {token}", "If-None-Match": answer.headers["etag"]}
                )
                assert again.status_code == 304
                (unchanged,) = record(database, *READ)[before + 1 :]
                assert (unchanged.units, unchanged.rows) == (rows[0].units, 0), "nothing is handed out by a 304"
        missing = await api.get("/api/v1/cases/khong-co-012345678901", headers={"Authorization": f"Bearer {token}"})
        assert missing.status_code == 404

    assert len(of_cases) >= 10
    assert total > 30
    last = record(database, *READ)[-1]
    assert (last.what, last.object, last.rows) == ("case_read", "", 0)
