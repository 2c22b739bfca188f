"""What is asked for by name is counted as events are: all names of a thing are one filter, an invented one is none."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from dashboards.readers import named_keys
from dashboards.readers.database import Database
from dashboards.readers.snapshot import Selection
from dashboards.selections import NotThere, Selections
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from infra.home import Home
from schemas.reference import names
from schemas.reference.reading import read
from tests.answer_parts import settled
from tests.conftest import own_database
from tests.integration.data_api import assert_problem, client
from tests.integration.sample_domains import take
from tests.integration.test_names import say

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
UNIT = "so-tu-phap"
WRITTEN = ("Sở Tư pháp", "SỞ  TƯ PHÁP", "sở tư pháp")
ROUTES = {
    "figures": {"period": "all"},
    "cases": {},
    "essential-services": {},
    "essential-services/cases": {"service": "1"},
    "forecast": {},
    "forecast/cases": {},
    "portal-gap": {},
    "portal-gap/cases": {},
    "process": {"procedure": "1.001193"},
    "process/cases": {"procedure": "1.001193"},
    "chains": {},
    "chains/cases": {},
    "scores": {"period": "year"},
    "scores/cases": {"component": "ORIGINAL_RESULT_AVAILABLE", "period": "year"},
    "topics/activity/figures": {},
    "topics/campaign/subjects": {},
    "topics/lookup/figures": {},
}
INVENTED = "Sở Không có thật"


@pytest.fixture(scope="module")
def told(home: Home, template_database: str) -> Iterator[DatabaseUrls]:
    with own_database(home, template_database) as database:
        load(database.migrate, read(), NOW)
        yield database


@pytest.fixture
async def api(told: DatabaseUrls) -> AsyncIterator[httpx.AsyncClient]:
    async with Database(told.api, name="test", patience=30, clock=lambda: NOW) as reader, client(reader) as asking:
        yield asking


@pytest.fixture(autouse=True)
async def events(told: DatabaseUrls) -> None:
    """Taken once; again they are duplicates. A unit and a procedure are unknown to the reference."""
    await take(told, "cases", [
        say("case.accepted", 1, "H19.1", unit=UNIT, procedure="1.001193", channel="direct"),
        say("case.accepted", 2, "H19.2", unit="BQL Khu kinh tế mới", procedure="9.999999", channel="direct"),
    ])  # fmt: skip
    await take(told, "datasets", [
        say("campaign.planned", 1, "C1", title="x", sector="ho-tich", unit=UNIT, planned=9, due_on="2024-06-30"),
    ])  # fmt: skip
    named_keys._stored.clear()


def lasting(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return settled(answer.json(), None)


@pytest.mark.parametrize("route", ROUTES)
async def test_a_unit_by_any_of_its_names_is_the_unit_and_an_invented_one_is_refused(
    api: httpx.AsyncClient, route: str
) -> None:
    path, more = f"/api/v1/{route}", ROUTES[route]
    by_key = lasting(await api.get(path, params={**more, "unit": UNIT}))
    for name in WRITTEN:
        assert lasting(await api.get(path, params={**more, "unit": name})) == by_key
    lasting(await api.get(path, params={**more, "unit": ""}))

    answer = await api.get(path, params={**more, "unit": INVENTED})
    assert_problem(answer, 422)
    assert [one["field"] for one in answer.json()["errors"]] == ["unit"]
    assert "by its key or one of its names" in answer.json()["errors"][0]["rule"]
    assert "Không có thật" not in answer.text


@pytest.mark.parametrize(
    ("route", "field", "names", "more"),
    [
        ("figures", "procedure", ("1.001193", "1.001193.000.00.00.H19", "ĐĂNG KÝ KHAI SINH"), {}),
        ("process", "procedure", ("1.001193", "Đăng ký khai sinh"), {}),
        ("chains/cases", "agency", (UNIT, *WRITTEN), {}),
        ("topics/campaign/figures", "part", ("ho-tich", "HỘ TỊCH", "Hộ tịch"), {}),
        ("topics/task/figures", "part", ("KH30-2024",), {}),
        ("essential-services/cases", "service", ("1",), {}),
    ],
)
async def test_what_else_the_reference_knows_is_resolved_and_refused_alike(
    api: httpx.AsyncClient, route: str, field: str, names: tuple[str, ...], more: dict[str, str]
) -> None:
    answers = [lasting(await api.get(f"/api/v1/{route}", params={**more, field: name})) for name in names]
    assert all(answer == answers[0] for answer in answers)
    invented = "9998" if field == "service" else "H19.không.có"
    answer = await api.get(f"/api/v1/{route}", params={**more, field: invented})
    assert_problem(answer, 422)
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert invented not in answer.text


async def test_a_name_counts_what_its_key_counts(api: httpx.AsyncClient) -> None:
    for asked in ({"unit": "sở tư pháp"}, {"procedure": "Đăng ký khai sinh"}):
        answer = await api.get("/api/v1/figures", params={"period": "all", **asked})
        assert answer.json()["rows"][0]["cases"]["accepted"] == 1


async def test_what_figures_stand_under_is_asked_for_though_the_reference_does_not_know_it(
    api: httpx.AsyncClient,
) -> None:
    for asked in ({"unit": "BQL Khu kinh tế mới"}, {"unit": "BQL  Khu kinh tế mới"}, {"procedure": "9.999999"}):
        answer = await api.get("/api/v1/figures", params={"period": "all", **asked})
        assert answer.json()["rows"][0]["cases"]["accepted"] == 1, asked


async def test_a_name_that_only_a_former_unit_had_is_that_unit(api: httpx.AsyncClient, told: DatabaseUrls) -> None:
    """Its key is another unit's since 1/7/2025; until anything is told of that day, the key is the old one's."""
    async with Database(told.api, name="test", patience=30) as reader:
        asked = named_keys.Asked(names.UNIT, "Phường Trung Dũng")
        async with reader.snapshot() as (conn, _):
            assert await named_keys.key_of(conn, NOW.date(), asked) == "26041"
        later = {
            **say("case.accepted", 3, "H19.3", unit="Xã Đak Lua", channel="direct"),
            "time": "2025-07-02T08:00:00+07:00",
        }
        await take(told, "cases", [later], 2, datetime(2025, 7, 3, tzinfo=UTC))
        async with reader.snapshot() as (conn, _):
            assert await named_keys.key_of(conn, NOW.date(), asked) == "26041/2025-06-30"
    by_name, by_key = [
        await api.get("/api/v1/figures", params={"period": "all", "unit": unit})
        for unit in ("Phường Trung Dũng", "26041/2025-06-30")
    ]
    assert lasting(by_name) == lasting(by_key)


async def test_names_are_read_once_an_edition(told: DatabaseUrls) -> None:
    async with Database(told.api, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        asked = named_keys.Asked(names.UNIT, "Sở Tư pháp")
        assert await named_keys.key_of(conn, date(2026, 11, 24), asked) == UNIT
        held = named_keys._editions[named_keys._database(conn)]
        assert await named_keys.key_of(conn, date(2026, 11, 24), asked) == UNIT
        assert named_keys._editions[named_keys._database(conn)] is held


class Awake:
    """A hub that reads."""

    hangs_since = None


async def test_screens_and_openings_take_the_same_names_and_refuse_the_same(told: DatabaseUrls) -> None:
    async with Database(told.screens, name="test", patience=30) as reader:
        there = Selections(reader, Awake())  # type: ignore[arg-type]
        chosen = Selection("may-tinh-bang", unit="SỞ TƯ PHÁP")
        assert (await there.check(chosen)).unit == UNIT
        assert await there.check(Selection("may-tinh-bang", unit="")) == Selection("may-tinh-bang", unit="")
        written = {"so": "late", "don-vi": "sở tư pháp", "thu-tuc": "Đăng ký khai sinh", "co-quan": "-"}
        assert await there.named(written) == {**written, "don-vi": UNIT, "thu-tuc": "1.001193"}
        known = {"don-vi": "BQL Khu kinh tế mới", "thu-tuc": "9.999999"}
        assert await there.named(known) == known
        sectors = {"mien": "campaign", "so": "open", "phan": "HỘ TỊCH"}
        assert (await there.named(sectors))["phan"] == "ho-tich"
        by_source = {"mien": "source", "so": "rejected", "don-vi": "urn:nobody"}
        assert await there.named(by_source) == by_source
        for word in ("don-vi", "thu-tuc", "co-quan"):
            with pytest.raises(NotThere):
                await there.named({word: INVENTED})
        with pytest.raises(NotThere):
            await there.check(Selection("may-tinh-bang", unit=INVENTED))
