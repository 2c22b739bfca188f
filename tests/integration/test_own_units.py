"""Whoever may see some units only: what the database lets through, and what the data API makes of it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import httpx
import psycopg
import pytest
from pydantic import SecretStr

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.settings import SignIn
from dashboards.api import rights
from dashboards.api.app import build
from dashboards.periods import PeriodName
from dashboards.ratios import share
from dashboards.readers.asked_database import AskedDatabase, own_units
from dashboards.readers.database import Database
from dashboards.readers.snapshot import Selection, feeding, read
from dashboards.screens.screen import Name
from dashboards.settings import ScreensSettings
from dashboards.source_silence import Condition, State
from dashboards.views.cases import tablet
from dashboards.views.cases.wall import render
from dashboards.views.cases.wall_parts import WallPart
from dashboards.words import NB, percent
from infra.endpoints import DatabaseUrls
from tests.askers import LEADER, answering, asking_as, for_askers
from tests.integration.sample_province import NOW, UNITS, play, tell

OWN, *OTHERS = UNITS
SETTINGS = ScreensSettings(database_screens=SecretStr(""), sign_in=SignIn.DEMO)
OFFICER = Asker(AskerKind.ACCOUNT, "officer", "Cán bộ", Role.UNIT_OFFICER, (OWN,))
# Read by `units` without a limit, since nothing of a unit stands there.
OF_THE_PROVINCE = {
    *("stream_offset", "stream_source", "stream_hole", "stream_epoch", "heartbeat", "audit_run", "rules_swept"),
    *("forecast_run", "forecast_score", "lookup_unit", "alembic_version", "gateway_source"),
    *("rules_change", "reference_use", "unit_end", "province_by_day"),
}
OF_EVERYBODY = {"/api/v1/indicators", "/api/v1/openapi.json"}
READABLE = """
SELECT c.relname, c.relkind = 'v', c.relrowsecurity, coalesce(c.reloptions::text LIKE '%security_invoker=true%', false)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
    AND has_any_column_privilege('units', c.oid, 'SELECT')
"""


def test_whatever_is_read_for_some_units_is_limited_by_row_or_named_here(database: DatabaseUrls) -> None:
    with psycopg.connect(database.migrate) as connection:
        rows = connection.execute(READABLE).fetchall()
    assert len(rows) > 40
    open_ = {
        name
        for name, view, limited, as_asker in rows
        if not (as_asker if view else limited) and name not in OF_THE_PROVINCE and not name.startswith("ref_")
    }
    assert open_ == set()


def test_without_units_nothing_is_seen(database: DatabaseUrls) -> None:
    with psycopg.connect(database.migrate) as connection:
        limited = [name for name, view, by_row, _ in connection.execute(READABLE).fetchall() if by_row and not view]
        policies = connection.execute("SELECT count(*) FROM pg_policies WHERE 'units' = ANY (roles)").fetchone()
    assert policies == (len(limited),)
    with psycopg.connect(database.streams) as connection:
        connection.execute(
            "INSERT INTO case_by_unit_day (unit, day, channel, accepted) VALUES ('u', '2026-01-05', 'online', 1)"
        )
    for setting, seen in ((None, 0), ("", 0), ("v", 0), ("v,u", 1)):
        with psycopg.connect(database.units) as connection:
            if setting is not None:
                connection.execute("SELECT set_config('ioc.units', %s, true)", [setting])
            assert connection.execute("SELECT count(*) FROM case_by_unit_day").fetchone() == (seen,), setting


@pytest.fixture
async def readers(database: DatabaseUrls) -> AsyncIterator[AskedDatabase]:
    await play(database.streams, tell())
    async with (
        Database(database.api, name="test", clock=lambda: NOW, patience=30) as province,
        own_units(database.units, name="test", clock=lambda: NOW, patience=30) as own,
    ):
        yield for_askers(province, own)


def asked_as(asker: Asker, readers: AskedDatabase) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(answering(build(readers), asker), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


async def test_an_officer_s_figures_are_those_that_a_leader_has_of_that_unit(readers: AskedDatabase) -> None:
    """By each grain: also by procedure, of which there is no table by unit and day."""
    async with asked_as(OFFICER, readers) as officer, asked_as(LEADER, readers) as leader:
        for by in ("total", "channel", "day", "procedure", "unit"):
            for period in ("month", "year", "all"):
                mine = await officer.get("/api/v1/figures", params={"by": by, "period": period})
                his = await leader.get("/api/v1/figures", params={"by": by, "period": period, "unit": OWN})
                assert mine.status_code == his.status_code == 200, mine.text
                my_rows, his_rows = mine.json()["rows"], his.json()["rows"]
                if by == "procedure":  # steps in the cases of others are not known by procedure
                    for row in (*my_rows, *his_rows):
                        row["cases"].pop("steps")
                    his_rows = [row for row in his_rows if any(row["cases"].values())]
                assert my_rows == his_rows, (by, period)
                assert his_rows


async def test_an_officer_has_the_sums_of_the_province_beside_his_own(readers: AskedDatabase) -> None:
    differs = False
    for period in ("month", "quarter", "year", "all"):
        sums = []
        async with asked_as(OFFICER, readers) as officer, asked_as(LEADER, readers) as leader:
            for by in ("total", "channel", "day"):
                asked = {"by": by, "period": period}
                mine = await officer.get("/api/v1/figures/province", params=asked)
                whole = await leader.get("/api/v1/figures", params=asked)
                assert mine.json()["rows"] == whole.json()["rows"] != []
                assert (await officer.get("/api/v1/figures", params=asked)).json()["rows"] != mine.json()["rows"]
                sums.append(whole.json()["rows"][0]["on_time_rate"])
            assert (await officer.get("/api/v1/figures/province", params={"by": "unit"})).status_code == 422
        view = Selection(Name.WALL, PeriodName(period), scope=OFFICER.units)
        with asking_as(OFFICER):
            async with readers.snapshot() as snapshot:
                live = await read(snapshot, await feeding(snapshot.conn), view, SETTINGS)
        assert live.province_rate == sums[0]
        differs |= live.province_rate != share(live.total("on_time"), live.total("on_time") + live.total("late"))
        parts, _ = render(replace(live, condition=Condition(State.LIVE)), SETTINGS)
        assert f"toàn tỉnh {percent(sums[0])}" in str(parts[WallPart.RATE]).replace("\\xa0", NB)
        parts, _ = tablet.render(replace(live, condition=Condition(State.LIVE)), SETTINGS)
        assert f"toàn tỉnh {percent(sums[0])}" in str(parts[tablet.HomePart.NUMBERS]).replace("\\xa0", NB)
    assert differs  # else it might be his own


async def test_an_officer_lists_and_opens_own_cases_alone(readers: AskedDatabase) -> None:
    async with asked_as(OFFICER, readers) as officer, asked_as(LEADER, readers) as leader:
        mine = (await officer.get("/api/v1/cases", params={"limit": 1000})).json()["cases"]
        his = (await leader.get("/api/v1/cases", params={"limit": 1000, "unit": OWN})).json()["cases"]
        others = (await leader.get("/api/v1/cases", params={"limit": 1000, "unit": OTHERS[0]})).json()["cases"]
        assert [case["code"] for case in mine] == [case["code"] for case in his] != []
        assert (await officer.get(f"/api/v1/cases/{mine[0]['code']}")).status_code == 200
        for case in others[:5]:
            assert (await officer.get(f"/api/v1/cases/{case['code']}")).status_code == 404
            assert (await leader.get(f"/api/v1/cases/{case['code']}")).status_code == 200


async def test_no_answer_to_an_officer_names_another_unit(readers: AskedDatabase) -> None:
    """Every address of the API that can be asked without more, and with another's unit."""
    async with asked_as(OFFICER, readers) as officer:
        for path in addresses(readers):
            answer = await officer.get(path)
            assert answer.status_code in (200, 403, 404, 422), (path, answer.status_code, answer.text)
            assert units_in(answer.json()) & set(OTHERS) == set(), path
            refused = await officer.get(path, params={"unit": OTHERS[0]})
            assert refused.status_code in (403, 422) or path in OF_EVERYBODY, path
            assert OTHERS[0] not in refused.text


async def test_one_who_sees_all_is_told_of_all(readers: AskedDatabase) -> None:
    """Else the test above proves nothing."""
    named: set[str] = set()
    async with asked_as(LEADER, readers) as leader:
        for path in addresses(readers):
            named |= units_in((await leader.get(path)).json())
    assert named >= set(OTHERS)


def units_in(said: Any, of: str = "") -> set[str]:
    """Whose rows an answer has. Where an own case lies now (`last_unit`) and who did its steps is told of it."""
    if isinstance(said, dict):
        by_unit = said.get("by") == "unit"
        found = {value for name, value in said.items() if name == "unit" and isinstance(value, str) and of != "history"}
        if by_unit:
            found |= {row["key"] for row in said.get("rows", [])}
        return found.union(*(units_in(value, name) for name, value in said.items() if name not in ("data", "history")))
    return set().union(*(units_in(one, of) for one in said)) if isinstance(said, list) else set()


def addresses(readers: AskedDatabase) -> Iterator[str]:
    for route in rights.routes(build(readers)):
        path = route.path
        for name, value in (("{domain}", "tasks"), ("{code:path}", "H19.01/241231.0001"), ("{subject:path}", "T-1")):
            path = path.replace(name, value)
        yield path + ("?procedure=1.001" if path == "/api/v1/process" else "")
        if path.endswith("/figures"):
            yield f"{path}?by=unit"
