"""The same names for the same filters everywhere, and what narrows a list of cases."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import psycopg

from dashboards.access.asker import Right
from dashboards.api.app import build
from dashboards.api.forms.route import is_table
from dashboards.api.rights import right_of, routes
from dashboards.readers.database import Database
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.province import ZONE
from schemas.reference.reading import PACKAGED, read
from tests.askers import for_askers
from tests.integration import sample_domains
from tests.integration.asked_routes import DAYS, asks, asks_of_figures
from tests.integration.sample_province import BORDERS, NOW, UNITS, event, play, tell
from tests.integration.signed_in import api_served, key

# What is no figure and no list of a unit or of days.
WITHOUT = {
    "/api/v1/indicators": "the registry of what is shown",
    "/api/v1/readings": "questions of law",
    "/api/v1/openings/{opening}": "a list that was asked for with its filters",
    "/api/v1/cases/{code:path}": "one case",
    "/api/v1/topics/{domain}/subjects/{subject:path}": "one subject",
    "/api/v1/directives/{directive:path}": "one order",
}

OF_THE_PROVINCE = "/api/v1/figures/province"  # beside one's own unit's


async def test_every_table_takes_period_from_to_and_unit(database: DatabaseUrls) -> None:
    load(database.migrate, read(PACKAGED), datetime.now(UTC))  # the list of essential services
    await play(database.streams, tell(20))
    await sample_domains.fill(database)
    asked = {"Authorization": f"Bearer {key(database, now=NOW)}"}
    app = build(for_askers(Database(database.api, name="unopened")))
    tables = [route for route in routes(app) if is_table(route)]
    assert set(WITHOUT) < {route.path for route in tables}
    async with api_served(database, NOW) as api:
        for route in tables:
            if route.path in WITHOUT:
                continue
            for address in asks(route.path) if right_of(route) is Right.CASES else asks_of_figures(route.path):
                plain = address.replace(DAYS, "").rstrip("&?")
                sign = "&" if "?" in plain else "?"
                asks_of = ["period=month", "from=2024-12-01&to=2024-12-31"]
                if route.path != OF_THE_PROVINCE:
                    asks_of.append(f"period=month&unit={quote(UNITS[0])}")
                for more in asks_of:
                    answer = await api.get(f"{plain}{sign}{more}", headers=asked)
                    assert answer.status_code == 200, (address, more, answer.text)


async def codes(api: httpx.AsyncClient, asked: dict[str, str], **query: Any) -> list[str]:
    rows: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await api.get("/api/v1/cases", params={"limit": 3, **query, **cursor}, headers=asked)
        assert answer.status_code == 200, answer.text
        rows += [case["code"] for case in answer.json()["cases"]]
        if (following := answer.json()["next_cursor"]) is None:
            return rows
        cursor = {"cursor": following}


async def test_cases_are_narrowed_by_deadline_step_arrival_and_own_units_page_by_page(database: DatabaseUrls) -> None:
    await play(database.streams, tell(), at=NOW - timedelta(days=3))
    late = [event("H19.new", "n-1", "accepted", BORDERS[1], unit=UNITS[0], channel="post")]  # long ago, told just now
    await play(database.streams, late, at=NOW)
    asked = {"Authorization": f"Bearer {key(database, now=NOW)}"}
    with psycopg.connect(database.migrate) as conn:
        held = conn.execute(
            "SELECT subject, due_at, coalesce(path[cardinality(path)], ''),"
            " accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL, accepted_at FROM case_state"
            " ORDER BY subject"
        ).fetchall()
    today = NOW.astimezone(ZONE).date()
    monday = today - timedelta(days=today.weekday())

    def due(first: Any, last: Any) -> list[str]:
        return [row[0] for row in held if row[1] is not None and first <= row[1].astimezone(ZONE).date() <= last]

    async with api_served(database, NOW) as api:
        assert await codes(api, asked, due="week") == due(monday, monday + timedelta(days=6)) != []
        wide = {"due_from": "2024-12-01", "due_to": "2024-12-30"}
        assert await codes(api, asked, **wide) == due(*(datetime.fromisoformat(day).date() for day in wide.values()))
        by_counter = await codes(api, asked, counter="open", **wide)
        assert by_counter == [row[0] for row in held if row[3] and row[0] in set(await codes(api, asked, **wide))]
        for step in {row[2] for row in held if row[3]}:
            assert await codes(api, asked, step=step) == [row[0] for row in held if row[3] and row[2] == step]
        yesterday = (NOW - timedelta(days=1)).isoformat()
        assert await codes(api, asked, changed_since=yesterday) == ["H19.new"]
        assert await codes(api, asked, changed_since=(NOW - timedelta(days=9)).isoformat()) == [row[0] for row in held]
        december = [row[0] for row in held if row[4] and row[4].astimezone(ZONE).strftime("%Y-%m") == "2024-12"]
        assert await codes(api, asked, period="month") == december
