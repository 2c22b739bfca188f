"""A night's run on the real tables: forecasts of the open cases, lists that hold what they count, scores of the day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import psycopg
import pytest

from dashboards.readers.database import Database
from dashboards.views.forecast import reader as forecast
from dashboards.views.forecast.reader import ListName
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.province import ZONE
from schemas.reference.reading import read
from streams.forecast.nightly import NO_HOURS, TOO_FEW, run
from tests.integration.data_api import assert_problem, client
from tests.integration.sample_province import event, play

FIRST = datetime(2024, 1, 2, 2, tzinfo=UTC)
DAYS = 70
CASES = 700
UNITS = ("Phường Trấn Biên", "Sở Tư pháp", "Xã Đak Lua")
MORNING = datetime(2024, 3, 12, 4, tzinfo=ZONE).astimezone(UTC)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


async def province(database: DatabaseUrls) -> None:
    """Ten weeks of cases that were promised four days or fourteen. Who is slow at the first step is slow to the
    end; some are left lying, and nothing that lies behind the morning has happened yet."""
    random, told = Random(6), list[bytes]()
    for number in range(CASES):
        code, unit = f"000.00.19.H19-24.{number:04d}", UNITS[number % len(UNITS)]
        start = FIRST + timedelta(days=random.randrange(DAYS), minutes=random.randrange(300))
        promised = timedelta(days=(4, 14)[number % 2])
        whole = promised * random.lognormvariate(-0.5, 0.5) * (3 if random.random() < 0.08 else 1)
        due = (start + promised).isoformat()
        happens = [
            ("accepted", start, {"channel": "online", "procedure": f"P{number % 2}", "due_at": due}),
            ("step", start + whole / 3, {"name": "Thẩm định hồ sơ"}),
            ("step", start + whole * 2 / 3, {"name": "Trình lãnh đạo ký"}),
            ("finished", start + whole, {}),
        ]
        for place, (kind, moment, data) in enumerate(happens):
            if moment < MORNING:
                told.append(event(code, f"{number}.{place}", kind, moment, unit=unit, **data))
    load(database.migrate, read(), MORNING)
    await play(database.streams, told)


async def test_a_run_says_of_every_open_case_what_to_expect_and_the_lists_hold_what_they_count(
    database: DatabaseUrls,
) -> None:
    await province(database)
    ran = run(database.streams, MORNING)
    assert ran.forecasts > 50
    assert ran.reason == ""

    async with Database(database.screens, name="test", patience=30, clock=at(MORNING)) as db, db.snapshot() as snapshot:
        conn, as_of = snapshot
        said = await forecast.run(conn, as_of)
        counts = await forecast.counts(conn, as_of)
        for name in ListName:
            for unit, count in counts[name].items():
                listed = await forecast.cases(conn, name, as_of, unit, limit=10_000)
                assert len(listed) == count > 0
                assert {case.unit for case in listed} == {unit}
        everything = await forecast.cases(conn, ListName.DUE_TOMORROW, as_of, limit=10_000)
        risky = await forecast.cases(conn, ListName.AT_RISK, as_of, limit=10_000)
    assert said is not None
    assert said.shown
    assert said.at_risk is not None
    assert ran.at_risk == len(risky) > 0
    assert all(case.chance is not None and case.chance >= said.at_risk - 1e-6 for case in risky)
    assert all(case.expected_at is not None and case.expected_at >= MORNING for case in everything)
    assert said.base is not None
    assert said.at_risk >= said.base, "never a case below the base rate"
    assert all(case.chance_61 == case.chance_766 == case.chance for case in everything), "no reading differs here"
    with psycopg.connect(database.migrate) as connection:
        row = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE f.subject IS NULL) FROM case_open o"
            " LEFT JOIN forecast_case f USING (subject) WHERE o.due_at > %s",
            [MORNING],
        ).fetchone()
    assert row == (ran.forecasts, 0), "every open case with a deadline ahead has its forecast"

    await assert_pages_meet_every_case_once(database)
    again = run(database.streams, MORNING)
    assert again == ran, "the same night says the same"


async def assert_pages_meet_every_case_once(database: DatabaseUrls) -> None:
    async with Database(database.api, name="test", patience=30, clock=at(MORNING)) as reader, client(reader) as api:
        counted = (await api.get("/api/v1/forecast")).json()
        for name in ListName:
            listed, cursor = list[str](), dict[str, str]()
            while True:
                asked = {"which": str(name), "limit": "7", **cursor}
                page = (await api.get("/api/v1/forecast/cases", params=asked)).json()
                listed += [case["subject"] for case in page["cases"]]
                if page["next_cursor"] is None:
                    break
                cursor = {"cursor": page["next_cursor"]}
            assert len(listed) == len(set(listed)) == sum(row[str(name)] for row in counted["rows"]) > 0
        assert_problem(await api.get("/api/v1/forecast/cases", params={"which": "dreams"}), 422)


async def test_a_case_that_ends_leaves_the_list_and_is_scored_by_what_happened(database: DatabaseUrls) -> None:
    await province(database)
    run(database.streams, MORNING)
    async with Database(database.screens, name="test", patience=30, clock=at(MORNING)) as reader:
        async with reader.snapshot() as (conn, as_of):
            before = await forecast.cases(conn, ListName.AT_RISK, as_of, limit=10_000)
        ended = before[0].subject
        await play(database.streams, [event(ended, "the-end", "finished", MORNING + timedelta(hours=6))])
        async with reader.snapshot() as (conn, as_of):
            after = await forecast.cases(conn, ListName.AT_RISK, as_of, limit=10_000)
    assert [case.subject for case in before if case.subject != ended] == [case.subject for case in after]

    later = MORNING + timedelta(days=8)
    ran = run(database.streams, later)
    assert ran.scored == 8
    with psycopg.connect(database.migrate) as db:
        scores = db.execute(
            "SELECT sum(ended), sum(judged), sum(late_cases), sum(open_before), sum(named_late), sum(named),"
            " sum(ahead), max(open_error_us), max(simple_open_error_us) FROM forecast_score"
        ).fetchone()
        due = db.execute(
            "SELECT count(*) FROM forecast_case WHERE day = %s AND due_at <= %s",
            [
                MORNING.astimezone(ZONE).date(),
                later,
            ],
        ).fetchone()
    assert scores is not None
    assert due is not None
    assert scores[0] == 1, "only the one case has ended since"
    assert 0 < scores[1] <= due[0]
    assert scores[2] >= scores[3] >= scores[4] > 0
    _, _, _, open_before, named_late, named, ahead, lain, simply_lain = scores
    assert ahead > named >= named_late, "beside those named stand all that could have been"
    assert ahead >= open_before
    assert min(lain, simply_lain) > 0, "cases that are open still have lain longer than was expected"
    assert run(database.streams, later).scored == 0, "a day is scored once"


SCORED = """
INSERT INTO forecast_score (day, ended, error_us, simple_error_us, judged, late, chance, brier, simple_brier,
    late_cases, open_before, named_late, named, ahead, open_error_us, simple_open_error_us)
VALUES (%(day)s, 500, 100, 200, 500, 60, 60, 40, 50, 20, 20, 10, 20, 100, %(open)s, 10)
"""


async def test_days_that_are_no_better_are_hidden_and_chances_stay(database: DatabaseUrls) -> None:
    await province(database)
    with psycopg.connect(database.migrate) as connection:
        # What ended was told well; what is open still has lain far longer than was said.
        connection.execute(SCORED, {"day": MORNING.astimezone(ZONE).date() - timedelta(days=1), "open": 1_000})
    ran = run(database.streams, MORNING)
    assert (ran.reason, ran.at_risk > 0) == ("", True)
    async with Database(database.screens, name="test", patience=30, clock=at(MORNING)) as db, db.snapshot() as snapshot:
        conn, as_of = snapshot
        said, worth = await forecast.run(conn, as_of), await forecast.worth(conn, as_of)
        risky = await forecast.cases(conn, ListName.AT_RISK, as_of, limit=10_000)
    assert said is not None
    assert (said.shown, said.chances_shown, said.days_shown) == (True, True, False)
    assert {case.expected_at for case in risky} == {None}
    assert all(case.chance is not None for case in risky)
    assert worth.error == pytest.approx(1_100 / 210)
    assert worth.base == pytest.approx(0.2)


async def test_chances_that_are_no_better_name_nobody_and_days_stay(database: DatabaseUrls) -> None:
    await province(database)
    with psycopg.connect(database.migrate) as connection:
        connection.execute(SCORED, {"day": MORNING.astimezone(ZONE).date() - timedelta(days=1), "open": 0})
        connection.execute("UPDATE forecast_score SET brier = 60")
    ran = run(database.streams, MORNING)
    assert (ran.reason, ran.at_risk) == ("", 0)
    async with Database(database.screens, name="test", patience=30, clock=at(MORNING)) as db, db.snapshot() as snapshot:
        conn, as_of = snapshot
        said = await forecast.run(conn, as_of)
        risky = await forecast.cases(conn, ListName.AT_RISK, as_of, limit=10_000)
        due = await forecast.cases(conn, ListName.DUE_TOMORROW, as_of, limit=10_000)
    assert said is not None
    assert (said.shown, said.chances_shown, said.days_shown, said.says_risk) == (True, False, True, False)
    assert risky == ()
    assert {(case.chance, case.chance_61, case.chance_766) for case in due} == {(None, None, None)}
    assert all(case.expected_at is not None for case in due)


async def test_a_province_without_history_has_no_forecast_and_says_so(database: DatabaseUrls) -> None:
    assert run(database.streams, MORNING).reason == NO_HOURS
    load(database.migrate, read(), MORNING)
    assert run(database.streams, MORNING).reason == TOO_FEW
    async with Database(database.api, name="test", patience=30, clock=at(MORNING)) as reader, client(reader) as api:
        said = (await api.get("/api/v1/forecast")).json()
        old = await _at(reader, MORNING + timedelta(days=3))
    assert said["run"]["shown"] is False
    assert said["run"]["reason"] == TOO_FEW
    assert said["rows"] == []
    assert old == "old", "a run of the day before yesterday says nothing of today"


async def _at(reader: Database, moment: datetime) -> str | None:
    async with reader.snapshot() as (conn, _):
        found = await forecast.run(conn, moment)
    return found.reason if found is not None else None


@pytest.mark.parametrize(
    ("today", "next_day"),
    [(date(2024, 3, 12), date(2024, 3, 13)), (date(2024, 3, 15), date(2024, 3, 18))],
)
async def test_tomorrow_is_the_next_working_day(database: DatabaseUrls, today: date, next_day: date) -> None:
    moment = datetime.combine(today, datetime.min.time(), ZONE) + timedelta(hours=8)
    async with Database(database.screens, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        assert await forecast.next_working_day(conn, moment) == next_day
