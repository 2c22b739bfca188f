"""Why a case is judged as it is, and the readings of the law with their effect, as the data API answers them."""

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest

from dashboards.readers.database import Database
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import read
from tests.integration.data_api import client
from tests.integration.sample_province import NOW, UNITS, event, play

DUE = {"due_on": "2024-11-11"}  # five working days from Monday 4 November


def told() -> list[bytes]:
    """``waits``: back with the citizen past its appointment. ``late``: a new appointment after expiry. ``plain``: done
    in time; ``reason``: refused without one."""
    events = []
    for code in ("waits", "late", "plain"):
        moment = _at("2024-11-04T09:00")
        events.append(event(code, f"{code}a", "accepted", moment, unit=UNITS[0], channel="direct", **DUE))
    events += [
        event("waits", "w1", "supplement_requested", _at("2024-11-08T10:00")),
        event("late", "l1", "extended", _at("2024-11-13T10:00"), due_on="2024-11-18", apology=False),
        event("late", "l2", "finished", _at("2024-11-15T10:00"), unit=UNITS[0]),
        event("plain", "p1", "finished", _at("2024-11-08T10:00"), unit=UNITS[0]),
        event("reason", "r0", "submitted", _at("2024-11-04T09:00"), channel="online"),
        event("reason", "r1", "refused", _at("2024-11-05T09:00"), unit=UNITS[0], reason_given=False),
    ]
    return events


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.fixture
async def api(database: DatabaseUrls) -> AsyncIterator[httpx.AsyncClient]:
    load(database.migrate, read(), NOW)
    await play(database.streams, told())
    async with Database(database.api, name="test", clock=lambda: NOW, patience=30) as reader, client(reader) as asking:
        yield asking


async def test_a_case_says_both_deadlines_why_and_what_was_broken(api: httpx.AsyncClient) -> None:
    waits, late, plain, reason = [
        (await api.get(f"/api/v1/cases/{code}")).json() for code in ("waits", "late", "plain", "reason")
    ]

    assert waits["judgement"]["due_61"] is None
    assert waits["judgement"]["due_766"] == "2024-11-11T17:00:00Z"
    assert "không hạn nào chạy" in waits["judgement"]["why_61"]
    assert [one["counter"] for one in waits["judgement"]["breaches"]] == ["late_requests"]
    assert [move["why"] for move in late["judgement"]["moves"]] == ["accepted", "extended_late"]
    assert late["judgement"]["breaches"][0]["article"].endswith("Điều 19(9)")
    assert late["history"][1]["data"]["apology"] is False
    assert plain["judgement"]["why_61"] == "Hẹn trả khi tiếp nhận 04/11/2024: 11/11/2024."
    assert (plain["judgement"]["breaches"], plain["judgement"]["readings"]) == ([], [])
    assert reason["history"][-1]["data"]["reason_given"] is False


async def test_each_reading_says_in_how_many_cases_the_other_would_judge_otherwise(api: httpx.AsyncClient) -> None:
    found = {one["name"]: one for one in (await api.get("/api/v1/readings")).json()["readings"]}

    assert {rule: one["changed"] for rule, one in found.items() if one["changed"]} == {
        "open_request_stops_deadline": 1,
        "extension_after_expiry_moves": 1,
    }
    assert found["extension_after_expiry_moves"]["taken"] == "không đổi hạn nào: việc đã trễ vẫn trễ"
    assert {one["setting"] for one in found.values()} == {None, "IOC_SCORE_DISLIKES", "IOC_SCORE_RANK_BY"}
    assert {found[name]["noun"] for name in ("rank", "dislikes", "apology_in_working_days")} == {
        "đơn vị", "hồ sơ, phản ánh", "hồ sơ"
    }  # fmt: skip
    assert len(found) == 10
