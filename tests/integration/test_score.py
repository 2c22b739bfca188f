"""Quyết định 766 from the tables: every component of every unit against a slow count over the events, and its cases."""

import json
from collections.abc import AsyncIterator
from datetime import date

import pytest

from dashboards.periods import Period, between
from dashboards.readers.database import Database
from dashboards.readers.interpretations import effects
from dashboards.score_settings import Choices, ScoreSettings
from dashboards.views.score import information as score_information
from dashboards.views.score import reader
from dashboards.views.score.figure import Figure
from infra.endpoints import DatabaseUrls
from schemas.province import ZONE
from schemas.reference.reading import PACKAGED
from schemas.rules.decision_766 import CountedPart, Reading
from schemas.rules.score_choices import Dislikes
from schemas.topics import CASES
from streams.decode import Decoder
from tests.integration.sample_province import HISTORY_LIMIT, NOW, tell
from tests.integration.scored_province import PERIODS as USUAL_PERIODS
from tests.integration.scored_province import scored_province, spanned
from tests.integration.test_store import Rec
from tests.reference.cases import Case
from tests.reference.law import Law
from tests.reference.province import Province
from tests.reference.score import of_cases

PERIODS = (*USUAL_PERIODS, between(date(2024, 2, 29), date(2024, 12, 30)))
LAW = Law.of(PACKAGED)


@pytest.fixture(scope="module")
def told() -> list[Case]:
    values = tell()
    received = int(NOW.timestamp() * 1000)
    batch = Decoder(CASES).batch([Rec(n, value, received) for n, value in enumerate(values)])  # not those of the future
    events = [json.loads(values[accepted.offset]) for accepted in batch.accepted]
    cases = Province.after(events, HISTORY_LIMIT, LAW).cases.values()
    return [case for case in cases if not case.oversized and case.voided_at is None]


@pytest.fixture
async def province(database: DatabaseUrls) -> AsyncIterator[Database]:
    async with scored_province(database) as found:
        yield found


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.first}-{period.last}")
async def test_every_component_counts_what_the_events_say_and_opens_what_it_lacks(
    province: Database, told: list[Case], period: Period
) -> None:
    async with province.snapshot() as (conn, as_of):
        scores = await reader.read(conn, as_of, period, Reading.PORTAL)
        lists = {
            (one.unit, code): await reader.lacking(conn, as_of, period, code, one.unit)
            for one in scores
            for code in reader.LISTED
        }
        counted = await reader.lacking_count(conn, as_of, period, "PROGRESS")
    assert scores[0].unit is None
    assert len(scores) > 3
    for one in scores:
        for code, share in of_cases(told, LAW, spanned(period), one.unit).items():
            got = one.figures.get(code, Figure(CountedPart(0, 0)))
            assert got.counted == CountedPart(share.part, share.whole), (one.unit, code)
            if code in reader.LISTED:
                assert [case.subject for case in lists[one.unit, code]] == sorted(share.lacking), (one.unit, code)
                assert one.lacking.get(code, 0) == len(share.lacking)
        for code, figure in one.figures.items():
            assert 0 <= figure.counted.part <= figure.counted.whole, (one.unit, code)
    assert counted == scores[0].lacking["PROGRESS"]


async def test_what_is_late_and_disliked_is_subtracted_once_where_that_is_set(
    province: Database, told: list[Case]
) -> None:
    year, code = PERIODS[3], "DOSSIER_RECEIVING_SATISFACTION"
    once, twice = (of_cases(told, LAW, spanned(year), None, once=way)[code] for way in (True, False))
    assert once.part > twice.part, "the sample has a case that is late and disliked"
    choices = Choices(dislikes=Dislikes.ONCE)
    async with province.snapshot() as (conn, as_of):
        (whole, *_) = await reader.read(conn, as_of, year, Reading.PORTAL, choices=choices)
        changed = await effects(conn, as_of, ScoreSettings())
    assert whole.figures[code].counted == CountedPart(once.part, once.whole)
    assert changed["dislikes"] == once.part - twice.part
    assert changed["voided"] == 6  # of seven one was voided in 2023


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: f"{period.first}-{period.last}")
async def test_the_mean_time_is_that_of_the_cases_that_ended(
    province: Database, told: list[Case], period: Period
) -> None:
    assert period.first is not None
    assert period.last is not None
    for unit in (None, *{case.unit for case in told}):
        spent = [
            sum(case.state[f"{whose}_us"] for whose in ("office", "agency", "payment"))
            for case in told
            if unit in (None, case.unit)
            and case.state["end_kind"] in ("finished", "returned")
            and period.first <= case.state["ended_at"].astimezone(ZONE).date() <= period.last
        ]
        async with province.snapshot() as snapshot:
            found = await score_information.read(snapshot, period, unit)
        assert found.ended == len(spent)
        if spent:
            assert found.mean_s == pytest.approx(sum(spent) / len(spent) / 1_000_000, abs=0.5)
        else:
            assert found.mean_s is None


async def test_one_unit_alone_is_the_same_as_among_all(province: Database) -> None:
    async with province.snapshot() as (conn, as_of):
        for period in PERIODS[:4]:
            scores = await reader.read(conn, as_of, period, Reading.ANNEX)
            for one in scores[1:]:
                (alone,) = await reader.read(conn, as_of, period, Reading.ANNEX, one.unit)
                assert (alone.figures, alone.score) == (one.figures, one.score)


async def test_a_day_without_events_has_no_score(province: Database) -> None:
    day = date(2024, 12, 30)
    async with province.snapshot() as (conn, as_of):
        quiet = await conn.execute(
            "SELECT d::date FROM generate_series(%s::date - 400, %s::date, '1 day') d WHERE NOT EXISTS (SELECT FROM"
            " case_state WHERE province_day(accepted_at) = d::date OR province_day(ended_766) = d::date) AND EXISTS ("
            "SELECT FROM case_state WHERE province_day(accepted_at) < d::date AND (ended_766 IS NULL OR"
            " province_day(ended_766) > d::date)) ORDER BY 1 DESC LIMIT 1",
            [day, day],
        )
        (sunday,) = (await quiet.fetchone()) or (None,)
        assert sunday is not None, "the sample has no day on which cases were only open"
        whole, *units = await reader.read(conn, as_of, between(sunday, sunday), Reading.PORTAL)
    assert whole.score.points == {}
    assert units == []


async def test_units_are_ranked_within_their_tier_and_get_what_does_not_apply_to_it(province: Database) -> None:
    choices = Choices(granted={"department": frozenset({"PUBLIC_UPDATE_ON_TIME"})})
    async with province.snapshot() as (conn, as_of):
        scores = {one.unit: one for one in await reader.read(conn, as_of, PERIODS[3], Reading.PORTAL, choices=choices)}
    ranks = {unit: (one.tier, one.rank, one.ranked) for unit, one in scores.items()}
    assert ranks[None] == ("province", None, None)
    assert ranks["so-tu-phap"] == ("department", 1, 1)
    assert ranks["Phường Trấn Biên"] == (None, None, None)  # not known by this name in 2024
    assert scores["so-tu-phap"].score.points["PUBLIC_UPDATE_ON_TIME"] == 4
    assert "PUBLIC_UPDATE_ON_TIME" in scores[None].score.unknown
