"""Each table of the data API in each form: read back by another library than the one that wrote it, row by row what
JSON says, on record, and of one's own units alone."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from dashboards.access.asker import Right
from dashboards.api.app import build
from dashboards.api.forms import file_answer
from dashboards.api.forms.file_answer import FileAnswer
from dashboards.api.forms.route import is_table
from dashboards.api.forms.tables import tables_of
from dashboards.api.rights import right_of, routes
from dashboards.forms import rows_out
from dashboards.forms.form import FILES, MEDIA
from dashboards.forms.head import LINES
from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from tests.askers import for_askers
from tests.integration.asked_routes import asks, asks_of_figures, opened
from tests.integration.read_back import ODD, OWN, READERS, Cells, at, fill, listed, of_csv, same
from tests.integration.sample_province import BORDERS, NOW, UNITS, event, play
from tests.integration.signed_in import api_served, key, record


async def test_each_form_read_back_by_another_library_is_what_json_says_row_by_row(database: DatabaseUrls) -> None:
    await fill(database)
    asked = {"Authorization": f"Bearer {key(database, now=NOW)}"}
    with psycopg.connect(database.migrate) as conn:
        asked_for = "SELECT subject FROM subject_state WHERE domain = %s LIMIT 1"
        task, directive = (conn.execute(asked_for, [domain]).fetchone() for domain in ("task", "directive"))
    assert task is not None
    assert directive is not None
    placed = {
        "{case}": quote("H19.01/241231.0001", safe=""),
        "{task}": quote(task[0], safe=""),
        "{directive}": quote(directive[0]),
        "{opening}": await opened(database),
    }
    app = build(for_askers(Database(database.api, name="unopened")))
    tables = [route for route in routes(app) if is_table(route)]
    assert len(tables) >= 20
    met: Counter[str] = Counter()
    escaped: set[str] = set()
    async with api_served(database, NOW) as api:
        for route in tables:
            main = next(iter(tables_of(route.response_model)))
            of_cases = right_of(route) is Right.CASES
            for address in asks(route.path) if of_cases else asks_of_figures(route.path):
                for mark, value in placed.items():
                    address = address.replace(mark, value)
                address = address.replace("&limit=5", "")
                expected = await listed(api, address, main, asked)
                escaped |= {one.get("code", "") for one in expected} & set(ODD)
                before = len(record(database, "exported"))
                for form in FILES:
                    way = address + ("&" if "?" in address else "?") + f"format={form}"
                    answer = await api.get(way, headers=asked)
                    assert answer.status_code == 200, (way, answer.text)
                    assert answer.headers["content-type"].startswith(MEDIA[form]), way
                    said, columns, rows = READERS[form](answer.content)
                    assert set(LINES) <= set(said), way
                    assert "/api/v1/" in said["Nguồn"]
                    assert (said["Lúc"], "bao-cao" in said["Người hỏi"]) == ("2024-12-31T22:00:00+07:00", True)
                    assert f'.{form}"' in answer.headers["content-disposition"]
                    assert len(rows) == len(expected), way
                    for row, one in zip(rows, expected, strict=True):
                        for column, cell in zip(columns, row, strict=True):
                            assert same(form, cell, at(one, column)), (way, column, cell, at(one, column))
                    met[form] += len(rows)
                    again = await api.get(way, headers=asked | {"If-None-Match": answer.headers["etag"]})
                    assert again.status_code == 304
                kept = record(database, "exported")[before:]
                assert len(kept) == (len(FILES) if of_cases else 0), address
                for on_record, form in zip(kept, FILES, strict=False):
                    assert on_record.object == f"{route.operation_id} {form}"
                    if main != "history":
                        assert on_record.rows == len(expected)
                        by_unit = dict(zip(on_record.units, on_record.unit_rows or [], strict=True))
                        assert by_unit == Counter(row["unit"] for row in expected)
    assert min(met.values()) > 300
    assert escaped == set(ODD)


def whose(rows: Cells, columns: list[str]) -> Iterator[str]:
    yield from {row[columns.index("unit")] for row in rows}


async def test_a_file_has_the_asker_s_own_units_alone_and_what_its_rights_allow(database: DatabaseUrls) -> None:
    await fill(database)
    own = {"Authorization": f"Bearer {key(database, [OWN], now=NOW)}"}
    async with api_served(database, NOW) as api:
        for form in FILES:
            answer = await api.get(f"/api/v1/cases?format={form}", headers=own)
            _, columns, rows = READERS[form](answer.content)
            assert list(whose(rows, columns)) == [OWN]
            assert len(rows) > 5
            foreign = await api.get("/api/v1/cases", params={"format": form, "unit": UNITS[0]}, headers=own)
            assert foreign.status_code == 403
            assert (await api.get(f"/api/v1/cases?format={form}")).status_code == 401


async def test_accept_asks_for_a_form_too_and_what_is_none_is_refused(database: DatabaseUrls) -> None:
    await fill(database)
    asked = {"Authorization": f"Bearer {key(database, now=NOW)}"}
    async with api_served(database, NOW) as api:
        page = await api.get("/api/v1/cases?limit=7", headers=asked | {"Accept": "text/csv, application/json;q=0.5"})
        assert page.headers["content-type"].startswith("text/csv")
        assert page.headers["vary"] == "Accept"
        assert len(of_csv(page.content)[2]) == 7
        browser = "text/html,application/xhtml+xml,*/*;q=0.8"
        assert (await api.get("/api/v1/figures", headers=asked | {"Accept": browser})).json()["rows"]
        losses = await api.get("/api/v1/sources?format=csv&table=losses", headers=asked)
        assert "missing" in of_csv(losses.content)[1]
        for way, field in (
            ("/api/v1/figures?format=pdf", "format"),
            ("/api/v1/figures?format=csv&format=csv", "query"),
            ("/api/v1/figures?format=csv&table=cases", "table"),
            ("/api/v1/figures?table=rows", "table"),
            ("/api/v1/figures?format=csv&from=x", "from"),
        ):
            refused = await api.get(way, headers=asked)
            assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field), way


async def test_a_list_of_many_pages_is_of_one_moment_and_each_piece_is_on_record_before_it_leaves(
    database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(database)
    asked = {"Authorization": f"Bearer {key(database, now=NOW)}"}
    monkeypatch.setattr(file_answer, "A_PAGE", 7)
    monkeypatch.setattr(rows_out, "A_PIECE", 20)
    walked = FileAnswer._page
    changed = 0

    async def meanwhile(self: FileAnswer, cursor: str) -> Mapping[str, Any]:
        nonlocal changed
        changed += 1
        late = event(f"H19.z{changed}", f"late-{changed}", "accepted", BORDERS[3], unit=UNITS[0], channel="post")
        await play(database.streams, [late])
        return await walked(self, cursor)

    monkeypatch.setattr(FileAnswer, "_page", meanwhile)
    async with api_served(database, NOW) as api:

        async def codes() -> list[str]:
            return [one["code"] for one in await listed(api, "/api/v1/cases?limit=1000", "cases", asked)]

        for form in FILES:
            before = len(record(database, "exported"))
            expected = await codes()
            while changed and f"H19.z{changed}" not in expected:  # JSON may be of a moment that is a little older
                await asyncio.sleep(0.2)
                expected = await codes()
            answer = await api.get(f"/api/v1/cases?format={form}", headers=asked)
            _, columns, rows = READERS[form](answer.content)
            told = [row[columns.index("code")] for row in rows]
            assert [code if code in expected else code.removeprefix("'") for code in told] == expected, form
            kept = record(database, "exported")[before:]
            assert len(kept) >= 4
            assert [one.rows for one in kept][:-1] == [21] * (len(kept) - 1)
            assert sum(one.rows or 0 for one in kept) == len(told)
    assert changed > 30
