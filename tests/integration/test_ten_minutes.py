"""The record of a leader's ten minutes, as the auditor reads it: whole, in order, and a changed row in it is found."""

import re
from html import unescape
from urllib.parse import quote

import httpx
import psycopg

from dashboards.access import addresses
from dashboards.access.access import COOKIE
from dashboards.access.record_reader import Checked, RecordReader
from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from tests.integration.sample_province import UNITS, play, tell
from tests.integration.screens_served import Client, Served, screens_served, words
from tests.integration.signed_in import api_served, shown

UNIT = UNITS[0]
CHANGED = "UPDATE access_record SET object = 'H19.00/another' WHERE number = %s"
# What he did, the latest first: deed, what it was done to, its unit, how many rows. Capitals: what only a run knows.
DONE = [
    ("Đăng xuất", "", "", ""),
    ("Xem danh sách", "cases", UNIT, "5"),
    ("Bị từ chối", "nhật ký không thuộc vai", "", "1"),
    ("Xem hồ sơ", "", "", "0"),
    ("Xem hồ sơ", "CASE", UNIT, "1"),
    ("Xem danh sách", "OPENING", UNIT, "LISTED"),
    ("Mở một con số", "Tiếp nhận, danh sách OPENING", UNIT, "COUNTED"),
    ("Đăng nhập", "", "", ""),
]


def signed(client: Client) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}", "Sec-Fetch-Site": "same-origin"}


def rows_of(page: httpx.Response) -> list[list[str]]:
    """Each row's cells, a cell's two lines one after the other."""
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)]
    return [[re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", one))).strip() for one in row] for row in rows]


async def check(served: Served) -> Checked:
    async with Database(served.database.access, name="test") as access:
        return await RecordReader(access).check(served.clock())


async def spent(served: Served, leader: Client) -> dict[str, str]:
    """A number, its list, a case, a code that there is not, a page that is not his, the data API, and out again; the
    test's words for what only this run knows."""
    opened = await leader.get(f"/man-hinh/mo?so=accepted&ky=tat-ca&don-vi={quote(UNIT)}")
    assert opened.status_code == 303, opened.text
    way = opened.headers["location"]
    listed = await shown(served.http, way, signed(leader))
    codes = set(re.findall(r'"href": "/man-hinh/ho-so/([^"?]+)', listed))
    of_unit = served.rows("SELECT subject FROM case_state WHERE unit = %s ORDER BY subject LIMIT 1", UNIT)
    case = str(of_unit[0][0])
    assert case in await shown(served.http, f"/man-hinh/ho-so/{quote(case, safe='')}", signed(leader))
    await shown(served.http, "/man-hinh/ho-so/khong-co", signed(leader))
    await shown(served.http, "/man-hinh/may-tinh-bang/don-vi", signed(leader))  # figures hand out no case
    assert (await leader.get(addresses.RECORD)).status_code == 403
    while not served.rows("SELECT FROM access_record WHERE what = 'refused' AND object = 'record'"):  # within a second
        await shown(served.http, "/man-hinh/may-tinh-bang", signed(leader))
    async with api_served(served.database) as api:
        asked = {"counter": "accepted", "period": "all", "unit": UNIT, "limit": "5"}
        answer = await api.get("/api/v1/cases", params=asked, headers=signed(leader))
        assert len(answer.json()["cases"]) == 5, answer.text
    assert (await leader.post(addresses.SIGN_OUT)).status_code == 303
    (counted,) = served.rows("SELECT rows FROM access_record WHERE what = 'list_opened'")
    return {
        "CASE": case,
        "OPENING": way.rpartition("/")[2],
        "LISTED": str(len(codes)),
        "COUNTED": str(counted[0]),
    }


async def test_the_auditor_reads_a_leader_s_ten_minutes_whole_and_a_changed_row_is_found(
    database: DatabaseUrls,
) -> None:
    await play(database.streams, tell())
    async with screens_served(database) as served:
        told = await spent(served, await served.signed_in("lanh.dao", "leader"))
        whole = await check(served)
        auditor = await served.signed_in("kiem.tra", "auditor")
        page = await auditor.get(f"{addresses.RECORD}?nguoi=lanh.dao")
        rows = rows_of(page)
        expected = [[re.sub("[A-Z]{4,}", lambda word: told.get(word[0], word[0]), one) for one in row] for row in DONE]
        assert [[row[2], *row[3:5]] for row in rows] == [
            [f"{deed} {of}".strip(), *rest] for deed, of, *rest in expected
        ]
        assert {(row[1], row[5]) for row in rows} == {("Người lanh.dao Lãnh đạo", "127.0.0.1")}
        assert [int(row[6]) for row in rows] == list(range(9, 1, -1)), "no row of his is missing between"
        assert (whole.through, whole.broken) == (9, None)
        assert "9 dòng đều khớp" in words(page)

        case_row = next(int(row[6]) for row in rows if told["CASE"] in row[2])
        with psycopg.connect(database.migrate) as owner:  # by whom no trigger hinders
            owner.execute("ALTER TABLE access_record DISABLE TRIGGER ALL")
            owner.execute(CHANGED, [case_row])
            owner.execute("ALTER TABLE access_record ENABLE TRIGGER ALL")
        assert (await check(served)).broken == case_row
        said = words(await auditor.get(addresses.RECORD))
        assert f"Chuỗi nhật ký hỏng ở số {case_row} " in said
        assert "có dòng bị sửa hoặc bị xóa" in said


async def test_no_question_of_the_auditor_s_is_too_odd(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        auditor = await served.signed_in("kiem.tra", "auditor")
        for query in ("ngay=khong-ngay", "viec=khong-co", "truoc=9999999999999999999999", "nguoi=%27%3B--&don-vi=x"):
            assert (await auditor.get(f"{addresses.RECORD}?{query}")).status_code == 200, query
        assert "Không có việc này" in words(await auditor.get(f"{addresses.RECORD}?viec=khong-co"))
