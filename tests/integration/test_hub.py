"""The hub is fair: a view that is slow, locked or broken holds up and marks itself only; and it says when reading
hangs."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from dashboards.background_reads import Survey
from dashboards.readers.database import Database
from dashboards.readers.snapshot import NOTHING, Selection
from dashboards.viewers import TooManyViews
from infra.endpoints import DatabaseUrls
from infra.home import Home
from tests.integration.probe_screens import Watching, frozen, locked, running, watching, withheld

QUICK = {"quick": "SELECT 1", "quick-2": "SELECT 2"}
SLOW = {f"slow-{index}": "SELECT pg_sleep(5)" for index in range(6)}  # longer than the hub waits


async def test_views_that_are_always_too_slow_hold_up_no_other_and_mark_only_themselves(
    database: DatabaseUrls,
) -> None:
    async with running(database, QUICK | SLOW | {"new": "SELECT 3"}) as hub, watching(hub, *SLOW, *QUICK) as seen:
        await seen["quick"].until("live", 5)
        await asyncio.sleep(6)
        async with watching(hub, "new") as late:
            first = await late["new"].until("live", 5)
        gaps = [b - a for a, b in pairwise(seen["quick"].moments)]
        assert max(gaps) < 2.0, "a quick view waited for a slow one"
        assert len(gaps) > 10
        assert first < 1.5, "a new view waited for a slow one"
        assert {state for name in QUICK for state in seen[name].states} == {"live"}
        assert any(seen[name].states == ["error"] for name in SLOW), "one that was given up says so"


async def test_of_slow_views_the_one_that_waits_longest_is_next(database: DatabaseUrls) -> None:
    slow = {f"slow-{index}": "SELECT pg_sleep(0.4)" for index in range(5)}
    async with running(database, slow) as hub, watching(hub, *slow) as seen:
        await asyncio.sleep(6)
        counts = [len(one.states) for one in seen.values()]
        assert min(counts) >= 2
        assert max(counts) - min(counts) <= 2, counts


async def test_a_lock_marks_the_view_that_it_holds_up(database: DatabaseUrls) -> None:
    asking = {**QUICK, "slow": "SELECT pg_sleep(0.3)", "locked": "SELECT count(*) FROM forecast_score"}
    async with running(database, asking) as hub, watching(hub, *asking) as seen:
        for one in seen.values():
            await one.until("live", 5)
        async with locked(database, "forecast_score"):
            await seen["locked"].until("error", 8)
        await seen["locked"].until("live", 10)
        assert {state for name in ("quick", "quick-2", "slow") for state in seen[name].states} == {"live"}


async def test_a_question_that_the_database_refuses_is_that_views_error(database: DatabaseUrls) -> None:
    asking = {**QUICK, "broken": "SELECT no_such_column FROM case_state", "bad": "SELECT 'x'::date"}
    async with running(database, asking) as hub, watching(hub, *asking) as seen:
        await seen["broken"].until("error", 5)
        await seen["bad"].until("error", 5)
        await asyncio.sleep(2)
        assert {state for name in QUICK for state in seen[name].states} == {"live"}
        assert len(seen["quick"].states) > 4


async def test_a_database_that_hangs_is_said_as_such_and_passes(database: DatabaseUrls, home: Home) -> None:
    asking = {**QUICK, "slow": "SELECT pg_sleep(0.3)", "new": "SELECT 4"}
    async with (
        running(database, asking, hanging_after=timedelta(seconds=3)) as hub,
        watching(hub, "quick", "slow") as seen,
    ):
        for one in seen.values():
            await one.until("live", 5)
        with frozen(home):
            assert await seen["quick"].until("hanging", 5) > 2
            await seen["slow"].until("hanging", 1)
            assert hub.hangs_since is not None
            async with watching(hub, "new") as opened:
                await opened["new"].until("hanging", 1)
            await asyncio.sleep(6)
            assert {one.states[-1] for one in seen.values()} == {"hanging"}
            assert max(b - a for a, b in pairwise(seen["quick"].moments)) < 5, "a browser would say it is offline"
        for one in seen.values():
            await one.until("live", 15)
        assert hub.hangs_since is None


async def test_who_sees_some_units_is_never_shown_the_province_instead(database: DatabaseUrls) -> None:
    """Where there is no database for such askers, the view is in error."""
    seen = Watching()
    async with running(database, QUICK) as hub:
        view = Selection("quick", scope=("26041",))
        following = asyncio.create_task(seen.follow(hub.watch(view), asyncio.get_running_loop().time))
        await seen.until("error", 5)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
    assert set(seen.states) == {"error"}


async def test_a_full_disk_is_named_where_it_took_the_database_down(tmp_path: Path) -> None:
    nowhere = DatabaseUrls(*["postgresql://nobody@127.0.0.1:1/none"] * 6)
    (tmp_path / "postgres").symlink_to("/proc")  # which has no room at all
    for home, said in ((tmp_path, "error đĩa đầy"), (tmp_path / "elsewhere", "error")):
        async with running(nowhere, QUICK, home=home) as hub, watching(hub, "quick") as seen:
            await seen["quick"].until(said, 8)


async def test_a_client_watches_its_share_of_selections_and_another_its_own(database: DatabaseUrls) -> None:
    asking = {f"view-{index}": "SELECT 1" for index in range(4)}
    async with running(database, asking, views=3) as hub:
        async with watching(hub, "view-0", "view-1", "view-2", client="a") as seen:
            for one in seen.values():
                await one.until("live", 5)
            with pytest.raises(TooManyViews):
                await anext(hub.watch(Selection("view-3"), "a"))
            again = hub.watch(Selection("view-0"), "a")
            assert b"live" in await anext(again)
            await again.aclose()  # type: ignore[attr-defined]
            async with watching(hub, "view-3", client="b") as other:
                await other["view-3"].until("live", 5)
        await asyncio.sleep(0)
        last = hub.watch(Selection("view-3"), "a")
        assert b"live" in await anext(last)
        await last.aclose()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("ref_thing", "names of units"),
        ("ref_system", "names of parts"),
        ("ref_calendar_day", "working calendar"),
        ("case_state", "old rules"),
    ],
)
async def test_what_is_read_beside_the_views_may_be_refused_and_ends_nothing(
    database: DatabaseUrls, table: str, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Database(database.screens, name="test", size=2) as opened:
        survey = Survey(opened)
        async with withheld(database, table):
            await survey.name_units_once()
            counting = asyncio.create_task(survey.count_old_rules())
            await asyncio.sleep(0.3)
            assert not counting.done()
            counting.cancel()
        assert [record.getMessage() for record in caplog.records] == [f"not read what={what!r}"]
        assert (survey.told(NOTHING).work is None) == (what == "working calendar")
