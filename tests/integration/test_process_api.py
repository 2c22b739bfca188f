"""The data API on the process of a procedure and on the chains: the readers' numbers, and as many cases as they say."""

from typing import Any

import httpx

from dashboards.readers.database import Database
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from infra.endpoints import DatabaseUrls
from tests.integration.data_api import assert_problem, client
from tests.integration.sample_process import PROCEDURES
from tests.integration.test_process import MARCH, told

DAYS = {"from": "2024-03-10", "to": "2024-04-12"}
Json = dict[str, Any]


async def listed(api: httpx.AsyncClient, path: str, asked: Json, limit: int = 7) -> list[str]:
    """Every case, page after page."""
    found, cursor = list[str](), dict[str, str]()
    while True:
        answer = await api.get(f"/api/v1/{path}/cases", params={**asked, **cursor, "limit": str(limit)})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [case["subject"] for case in page["cases"]]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


async def test_the_process_of_a_procedure_and_every_case_behind_it(database: DatabaseUrls) -> None:
    await told(database, seed=7)
    asked = {"procedure": PROCEDURES[0], **DAYS}
    async with Database(database.api, name="test", patience=30) as reader, client(reader) as api:
        async with reader.snapshot() as (conn, _):
            view = await process.read(conn, process.ProcessQuestion(PROCEDURES[0], MARCH))
        said = (await api.get("/api/v1/process", params=asked)).json()

        assert said["ended"] == view.ended > 0
        assert [step["name"] for step in said["steps"]] == [step.name for step in view.steps]
        assert [step["office"] for step in said["steps"]] == [s.office and s.office._asdict() for s in view.steps]
        assert {row["reason"]: row["cases"] for row in said["reasons"]} == dict(view.reasons)
        assert len(await listed(api, "process", asked)) == said["ended"]
        assert len(await listed(api, "process", {**asked, "part": "queue"})) == said["queue"]
        assert len(await listed(api, "process", {**asked, "part": "looped"})) == said["looped"]
        for row in said["reasons"]:
            narrowed = {**asked, "part": "looped", "reason": row["reason"]}
            assert len(await listed(api, "process", narrowed)) == row["cases"]
        for variant in said["variants"]:
            found = await listed(api, "process", {**asked, "part": "variant", "variant": variant["id"]})
            assert len(found) == variant["cases"]
        for step in said["steps"]:
            if step["name"]:
                for part in ("passed", "again"):
                    found = await listed(api, "process", {**asked, "part": part, "step": step["name"]})
                    assert len(found) == step["cases" if part == "passed" else "again"]
            if step["name"] is not None:
                found = await listed(api, "process", {**asked, "part": "queue", "step": step["name"]})
                assert len(found) == len(set(found)) == step["queue"]


async def test_the_chains_and_every_case_that_waits(database: DatabaseUrls) -> None:
    await told(database, seed=8)
    async with Database(database.api, name="test", patience=30) as reader, client(reader) as api:
        async with reader.snapshot() as (conn, _):
            rows = await chains.read(conn, chains.ChainsQuestion(MARCH))
        said = (await api.get("/api/v1/chains", params=DAYS)).json()
        one = (await api.get("/api/v1/chains", params={**DAYS, "chain": "death"})).json()

        assert [(r["chain"], r["step"], r["agency"]) for r in said["rows"]] == [
            (r.chain, r.step, r.agency) for r in rows
        ]
        assert one["rows"] == [row for row in said["rows"] if row["chain"] == "death"]
        assert sum(row["waiting"] for row in said["rows"]) > 0 < sum(row["not_received"] for row in said["rows"])
        for row in said["rows"]:
            place = {name: row[name] for name in ("chain", "step", "agency") if row[name] is not None}
            for part in chains.ChainPart:
                found = await listed(api, "chains", {**DAYS, **place, "part": part.value})
                assert len(found) == len(set(found)) == row[part], (place, part)


async def test_a_part_has_what_it_is_about_and_nothing_else(database: DatabaseUrls) -> None:
    async with Database(database.api, name="test", patience=30) as reader, client(reader) as api:
        for wrong in (
            {},
            {"procedure": "1.001", "part": "passed"},
            {"procedure": "1.001", "part": "variant"},
            {"procedure": "1.001", "part": "queue", "variant": "0" * 16},
            {"procedure": "1.001", "part": "ended", "step": "Kiểm tra hồ sơ"},
            {"procedure": "1.001", "part": "variant", "variant": "x"},
            {"procedure": "1.001", "reason": "supplement"},
            {"procedure": "1.001", "part": "dreams"},
        ):
            assert_problem(await api.get("/api/v1/process/cases", params=wrong), 422)
        assert_problem(await api.get("/api/v1/process"), 422)
        assert_problem(await api.get("/api/v1/chains", params={"chain": "dreams"}), 422)
        invented = await api.get("/api/v1/process", params={"procedure": "9.999"})
        assert_problem(invented, 422)  # no process of zero cases: nobody knows the procedure
