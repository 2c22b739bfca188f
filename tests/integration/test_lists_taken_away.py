"""Lists of the tablet as files: the rows that the page counts, for whoever may see them, on record."""

import re
from datetime import timedelta

import psycopg

from dashboards.settings import Feed
from dashboards.views import VIEWS
from infra.endpoints import DatabaseUrls
from schemas.rules.decision_766 import COMPONENT
from tests.integration.read_back import OWN, READERS, at, fill, listed, of_csv, same
from tests.integration.sample_province import NOW
from tests.integration.signed_in import api_served, cookie, key, person, record, screens_served, shown


async def test_a_list_behind_a_number_is_taken_from_the_tablet_by_who_may_see_it(database: DatabaseUrls) -> None:
    await fill(database)
    _, leader = person(database, "lanh.dao", "leader", now=NOW)
    _, officer = person(database, "can.bo", "unit_officer", [OWN], now=NOW)
    _, auditor = person(database, "kiem.tra", "auditor", now=NOW)
    async with screens_served(database, NOW) as screens, api_served(database, NOW) as api:
        asked = {"Authorization": f"Bearer {key(database, now=NOW)}"}
        opening = (await screens.get("/man-hinh/mo?so=accepted&ky=nam", headers=cookie(leader))).headers["location"]
        page = await shown(screens, opening, cookie(leader))
        id_ = opening.rpartition("/")[2]
        expected = await listed(api, f"/api/v1/openings/{id_}?limit=1000", "cases", asked)
        assert len(expected) > 50
        for form in ("csv", "xlsx"):
            way = f"/man-hinh/tai-ve/danh-sach/{id_}.{form}"
            assert way in page
            answer = await screens.get(way, headers=cookie(leader))
            assert answer.status_code == 200, answer.text
            said, columns, rows = READERS[form](answer.content)
            assert "counter=case/accepted" in said["Bộ lọc"]
            assert "lanh.dao" in said["Người hỏi"]
            for row, one in zip(rows, expected, strict=True):
                for column, cell in zip(columns, row, strict=True):
                    assert same(form, cell, at(one, column)), (column, cell)
            last = record(database, "exported")[-1]
            assert (last.object, last.rows, last.kind) == (f"opening {form}", len(expected), "account")
            refused = await screens.get(way, headers=cookie(auditor))
            assert refused.status_code == 403
            assert (await screens.get(way, headers=cookie(officer))).status_code == 404, "another's list"
        own = (await screens.get("/man-hinh/mo?so=accepted&ky=nam", headers=cookie(officer))).headers["location"]
        file = await screens.get(f"/man-hinh/tai-ve/danh-sach/{own.rpartition('/')[2]}.csv", headers=cookie(officer))
        _, columns, rows = of_csv(file.content)
        assert {row[columns.index("unit")] for row in rows} == {OWN}
        assert (await screens.get("/man-hinh/tai-ve/danh-sach/none.csv", headers=cookie(leader))).status_code == 404
        assert (await screens.get(f"/man-hinh/tai-ve/danh-sach/{id_}.csv")).status_code in (302, 303, 401)


async def test_every_page_that_lists_cases_gives_away_all_that_it_counts(database: DatabaseUrls) -> None:
    await fill(database)
    _, leader = person(database, "lanh.dao", "leader", now=NOW)
    search = {"quy-trinh/ho-so": "?thu-tuc=1.001&ky=nam", "diem-766/ho-so": "?thanh-phan=1.1&ky=nam"}
    search["diem-766/ho-so"] = f"?thanh-phan={COMPONENT['PROGRESS'].number}&ky=nam"
    search["sap-tre"] = "?ds=den-han"
    long = timedelta(days=900)
    patient = {"other_feeds": Feed(source="", name="", bound=long, rhythm=long), "processing_silent_after": long}
    with psycopg.connect(database.migrate) as conn:
        conn.execute("INSERT INTO heartbeat VALUES ('worker', %s, %s, 'live')", [NOW, NOW])
    rows_of_all = 0
    async with screens_served(database, NOW, **patient) as screens:
        for path in [view.at(page) for view in VIEWS for page in view.case_pages]:
            more = next((words for page, words in search.items() if path.endswith(page)), "?ky=nam")
            page = await shown(screens, path, cookie(leader), more)
            ways = {one.replace("&amp;", "&") for one in re.findall(r"/man-hinh/tai-ve/[^\"\\ ]+", page)}
            assert {way.partition("?")[0].rpartition(".")[2] for way in ways} == {"csv", "xlsx"}, path
            total = re.search(r"(\d+) hồ sơ", page)
            assert total is not None, path
            for way in ways:
                answer = await screens.get(way, headers=cookie(leader))
                assert answer.status_code == 200, (way, answer.text)
                form = way.partition("?")[0].rpartition(".")[2]
                rows = READERS[form](answer.content)[2]
                assert len(rows) == int(total[1]), (path, way)
                rows_of_all += len(rows)
    assert rows_of_all > 50
