"""A number that was opened stays what it was, for as long as it is kept."""

import asyncio
from datetime import date, timedelta
from http import HTTPStatus

import psycopg
from pydantic import SecretStr
from starlette.datastructures import Headers

from benchmarks import sample_year
from dashboards.access.settings import SignIn
from dashboards.background_reads import Survey
from dashboards.hub import Hub
from dashboards.pages import AllPages
from dashboards.periods import ALL, PeriodName, between, named
from dashboards.readers import figures, openings, sources
from dashboards.readers.database import Database
from dashboards.readers.figures import Filters
from dashboards.screens.opened import heading
from dashboards.settings import ScreensSettings
from infra.endpoints import DatabaseUrls
from tests.askers import asking_as, for_askers
from tests.integration.sample_province import NOW, UNITS, event, play, tell


def screens(database: DatabaseUrls) -> Database:
    return Database(database.screens, name="test", clock=lambda: NOW, patience=30)


async def test_an_opening_keeps_its_list_while_its_cases_change(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    async with screens(database) as reader:
        async with reader.writing() as (conn, as_of):
            opened = await openings.open_number(conn, as_of, "open", ALL)
        async with reader.snapshot() as (conn, _):
            before = await openings.page(conn, opened.id, limit=1000)
        codes = [item.counted.case.subject for item in before.items]
        await play(database.streams, [event(code, f"end-{code}", "finished", NOW) for code in codes])
        async with reader.snapshot() as (conn, as_of):
            after = await openings.page(conn, opened.id, limit=1000)
            left = (await figures.total(conn, as_of, ALL))["open"]

    assert opened.amount == opened.cases == len(codes) > 10
    assert [item.counted.case.subject for item in after.items] == codes
    assert left == 0
    assert all(item.counted.case.ended_at is not None for item in after.items), "the case is shown as it is now"


async def test_pages_of_an_opening_follow_each_other_without_gap_or_double(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    async with screens(database) as reader:
        async with reader.writing() as (conn, as_of):
            opened = await openings.open_number(conn, as_of, "steps", ALL)
        positions, after = [], 0
        while True:
            async with reader.snapshot() as (conn, _):
                page = await openings.page(conn, opened.id, after, limit=7)
            positions += [item.position for item in page.items]
            if page.next_after is None:
                break
            after = page.next_after

    assert positions == list(range(1, opened.cases + 1))
    assert opened.amount > opened.cases


async def test_the_latest_case_comes_first(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    async with screens(database) as reader, reader.writing() as (conn, as_of):
        opened = await openings.open_number(conn, as_of, "late", ALL)
        cases = [item.counted.case for item in (await openings.page(conn, opened.id)).items]

    lateness = [case.ended_at - case.due_at for case in cases if case.ended_at and case.due_at]
    assert len(lateness) == opened.cases > 3
    assert lateness == sorted(lateness, reverse=True)


async def test_an_opening_says_again_what_was_asked(database: DatabaseUrls) -> None:
    asked = (
        ("accepted", named(PeriodName.MONTH, NOW), Filters(unit=UNITS[0], channel="online", day=date(2024, 12, 30))),
        ("open", ALL, Filters(procedure="", due_before=NOW + timedelta(hours=3))),
        ("steps", between(date(2024, 2, 29), None), Filters(unit="")),
    )
    async with screens(database) as reader, reader.writing() as (conn, as_of):
        for counter, period, filters in asked:
            opened = await openings.open_number(conn, as_of, counter, period, filters)
            assert await openings.get(conn, opened.id) == opened
            assert (opened.counter, opened.period, opened.filters) == (counter, period, filters)
        assert await openings.get(conn, "no-such-opening") is None


async def test_what_is_due_soon_opens_only_what_is_due_soon(database: DatabaseUrls) -> None:
    due = {"a": NOW - timedelta(seconds=1), "b": NOW, "c": NOW + timedelta(hours=1), "d": NOW + timedelta(hours=2)}
    accepted = [
        event(code, code, "accepted", NOW - timedelta(days=1), unit="U", channel="post", due_at=at.isoformat())
        for code, at in due.items()
    ]
    await play(database.streams, accepted)
    soon = Filters(due_before=NOW + timedelta(hours=2))
    async with screens(database) as reader, reader.writing() as (conn, as_of):
        shown = await figures.total(conn, as_of, ALL, soon)
        opened = await openings.open_number(conn, as_of, "open", ALL, soon)
        listed = [item.counted.case.subject for item in (await openings.page(conn, opened.id)).items]

    assert (shown["open"], opened.amount, listed) == (2, 2, ["b", "c"])


async def test_openings_are_forgotten_with_their_lists_once_they_are_old(database: DatabaseUrls) -> None:
    await play(database.streams, tell(30))
    moments = iter((NOW, NOW + timedelta(days=6)))
    async with Database(database.screens, name="test", clock=lambda: next(moments), patience=30) as reader:
        async with reader.writing() as (conn, as_of):
            old = await openings.open_number(conn, as_of, "accepted", ALL)
        async with reader.writing() as (conn, as_of):
            young = await openings.open_number(conn, as_of, "accepted", ALL)
            assert await openings.expire(conn, NOW + timedelta(days=1)) == 1
            assert await openings.get(conn, old.id) is None
            assert (await openings.page(conn, old.id)).items == ()
            assert len((await openings.page(conn, young.id, limit=1000)).items) == young.cases > 0


async def test_of_a_long_list_its_amount_and_its_first_rows_are_kept(database: DatabaseUrls) -> None:
    cases = openings.MOST + 500
    sample_year.write(database.migrate, cases)
    async with Database(database.screens, name="test", patience=30) as reader:
        async with reader.writing() as (conn, as_of):
            opened = await openings.open_number(conn, as_of, "accepted", named(PeriodName.YEAR, as_of))
        async with reader.snapshot() as (conn, _):
            whole = await openings.page(conn, opened.id, limit=cases)
            last = await openings.page(conn, opened.id, after=opened.listed - 3, limit=50)

    assert (opened.amount, opened.cases, opened.listed) == (cases, cases, openings.MOST)
    assert len(whole.items) == openings.MOST
    assert [item.position for item in last.items] == [openings.MOST - 2, openings.MOST - 1, openings.MOST]
    assert "10.000 dòng đầu" in str(heading(opened, "", ""))


async def test_many_who_open_the_same_number_at_once_share_one_list(database: DatabaseUrls) -> None:
    """Also where they are more than may wait for a turn."""
    await play(database.streams, tell())
    settings = ScreensSettings(database_screens=SecretStr(database.screens), sign_in=SignIn.DEMO)
    async with screens(database) as reader:
        pages = AllPages(for_askers(reader), Hub(reader, settings, lambda: NOW, Survey(reader)), settings)
        with asking_as():
            opened = [pages.open_number({"so": "accepted", "ky": "nam"}, Headers()) for _ in range(200)]
            answers = await asyncio.gather(*opened)

    assert {answer.status_code for answer in answers} == {HTTPStatus.SEE_OTHER}
    assert len({answer.headers["location"] for answer in answers}) == 1


async def test_old_openings_are_forgotten_in_slices(database: DatabaseUrls) -> None:
    async with screens(database) as reader, reader.writing() as (conn, as_of):
        for _ in range(openings.A_SLICE + 3):
            await openings.open_number(conn, as_of, "accepted", ALL)
        later = as_of + timedelta(days=1)
        assert [await openings.expire(conn, later) for _ in range(3)] == [openings.A_SLICE, 3, 0]


async def test_cases_under_older_rules_are_counted_once_for_all_who_ask_at_a_moment(database: DatabaseUrls) -> None:
    await play(database.streams, tell(30))
    async with screens(database) as reader:
        async with reader.snapshot() as (conn, _):
            before = (await sources.stream(conn)).old_rules
        with psycopg.connect(database.migrate) as db:
            db.execute("UPDATE case_state SET rules_version = 1")
        async with reader.snapshot() as (conn, _):
            assert await sources.old_rules(conn) > 0
            assert (await sources.stream(conn)).old_rules == before == 0, "it was counted anew for another request"
