"""Quyết định 766 from the tables: every component of every unit against a slow count over the events, and its cases."""

import json
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest

from dashboards.periods import Period, PeriodName, between, named
from dashboards.readers import score as reader
from dashboards.readers import score_information
from dashboards.readers.database import Database, Snapshot
from dashboards.readers.score_counts import OF_CASES, Figure
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.portal import PetitionKind
from schemas.province import ZONE
from schemas.reference.reading import PACKAGED, read
from schemas.rules.decision_766 import Counted, Reading
from schemas.topics import CASES
from streams.decode import Decoder
from tests.integration.sample_province import HISTORY_LIMIT, NOW, play, tell
from tests.integration.test_store import Rec
from tests.integration.test_subjects import take
from tests.reference.cases import Case
from tests.reference.law import Law
from tests.reference.province import Province
from tests.reference.rules import Judged

PERIODS = (
    *(named(name, NOW) for name in (PeriodName.TODAY, PeriodName.MONTH, PeriodName.QUARTER, PeriodName.YEAR)),
    between(date(2024, 2, 1), date(2024, 2, 29)),
    between(date(2024, 2, 29), date(2024, 12, 30)),
)
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
    load(database.migrate, read(), NOW)
    await play(database.streams, tell())
    async with Database(database.api, name="test", clock=lambda: NOW, patience=30) as found:
        yield found


def slowly(cases: list[Case], period: Period, unit: str | None) -> dict[str, tuple[int, set[str]]]:
    """By component: the whole, and the cases that its part has not."""
    assert period.first is not None
    assert period.last is not None
    end = min(datetime.combine(period.last + timedelta(days=1), datetime.min.time(), tzinfo=ZONE), NOW)

    def within(at: datetime | None) -> bool:
        return at is not None and period.first <= at.astimezone(ZONE).date() <= period.last  # type: ignore[operator]

    cases = [case for case in cases if unit is None or case.unit == unit]
    taken = {
        case.subject: Judged(case.facts, case.state, LAW).scored()
        for case in cases
        if within(case.state["accepted_at"])
    }
    found = {
        code: (len(taken), {subject for subject, flags in taken.items() if flag not in flags})
        for code, flag in OF_CASES.items()
        if code != "ONLINE_PAYMENT"
    }
    fees = {subject: flags for subject, flags in taken.items() if "fee_cases" in flags}
    found["ONLINE_PAYMENT"] = (len(fees), {subject for subject, flags in fees.items() if "paid_online" not in flags})
    whole, overdue = 0, set()
    for case in cases:
        row = case.state
        ended, due = row["ended_766"], row["due_766"]
        if within(ended) and row["late_766"] is not None:
            whole += 1
            if row["late_766"]:
                overdue.add(case.subject)
        accepted, gone = row["accepted_at"], row["ended_at"] is not None and ended is None
        later = ended is not None and ended.astimezone(ZONE).date() > period.last
        open_then = accepted is not None and accepted < end and not gone and (ended is None or later)
        if open_then and (due is not None or (ended is None and row["late_766"])):
            whole += 1
            if (ended is None and row["late_766"]) or (due is not None and due < end):
                overdue.add(case.subject)
    found["PROGRESS"] = (whole, overdue)
    return found


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
        for code, (whole, missing) in slowly(told, period, one.unit).items():
            got = one.figures.get(code, Figure(Counted(0, 0))).counted
            assert got == Counted(whole - len(missing), whole), (one.unit, code)
            assert [case.subject for case in lists[one.unit, code]] == sorted(missing), (one.unit, code)
            assert one.lacking.get(code, 0) == len(missing)
    assert counted == scores[0].lacking["PROGRESS"]


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
    granted = {"department": frozenset({"PUBLIC_UPDATE_ON_TIME"})}
    async with province.snapshot() as (conn, as_of):
        scores = {one.unit: one for one in await reader.read(conn, as_of, PERIODS[3], Reading.PORTAL, granted=granted)}
    ranks = {unit: (one.tier, one.rank, one.ranked) for unit, one in scores.items()}
    assert ranks[None] == ("province", None, None)
    assert ranks["so-tu-phap"] == ("department", 1, 1)
    assert ranks["Phường Trấn Biên"] == (None, None, None)  # not known by this name in 2024
    assert scores["so-tu-phap"].score.points["PUBLIC_UPDATE_ON_TIME"] == 4
    assert "PUBLIC_UPDATE_ON_TIME" in scores[None].score.unknown


async def test_the_portal_s_figure_stands_where_no_event_says_it_and_names_its_period(
    database: DatabaseUrls, province: Database
) -> None:
    unit = "so-tu-phap"
    told = [
        published(unit, "2024-01", "PUBLISH_ON_TIME", 3, 4),
        published(unit, "2023-Q4", "PUBLISH_ON_TIME", 1, 4),
        published(unit, "2024-01", "DOSSIER_SYNC", 1, 100),  # our own events say it
        published(unit, "2024-02", "ELECTRONIC_CERTIFIED_COPY", 1, 2),
    ]
    await take(database, "portal", told)
    february, january = PERIODS[4], between(date(2024, 1, 1), date(2024, 1, 31))
    async with province.snapshot() as (conn, as_of):
        later = {one.unit: one for one in await reader.read(conn, as_of, february, Reading.PORTAL)}
        at_once = await reader.read(conn, as_of, january, Reading.PORTAL, unit)
        quarter = await reader.read(conn, as_of, between(date(2023, 10, 1), date(2023, 12, 31)), Reading.PORTAL, unit)
    for key in (unit, None):
        assert later[key].figures["PUBLISH_ON_TIME"] == Figure(Counted(3, 4), "2024-01")
        assert later[key].score.points["PUBLISH_ON_TIME"] == 4.5
        assert later[key].figures["DOSSIER_SYNC"].published is None
        assert later[key].figures["ELECTRONIC_CERTIFIED_COPY"].published == "2024-02"
    assert at_once[0].figures["PUBLISH_ON_TIME"].published == "2024-01"
    assert "ELECTRONIC_CERTIFIED_COPY" not in at_once[0].figures
    assert quarter[0].figures["PUBLISH_ON_TIME"] == Figure(Counted(1, 4), "2023-Q4")


def published(unit: str, period: str, component: str, numerator: int, denominator: int) -> dict[str, object]:
    data = {"unit": unit, "period": period, "component": component, "numerator": numerator, "denominator": denominator}
    return {
        "specversion": "1.0",
        "id": f"{unit}/{period}/{component}",
        "source": "urn:test:portal",
        "type": "portal.published.v1",
        "subject": f"{unit}/{period}/{component}",
        "time": "2024-02-08T02:00:00+00:00",
        "data": data,
    }


async def test_petitions_give_their_points_only_where_there_is_such_a_source(
    database: DatabaseUrls, province: Database
) -> None:
    async with province.snapshot() as (conn, as_of):
        before = await reader.read(conn, as_of, PERIODS[4], Reading.PORTAL)
        assert (await score_information.read(Snapshot(conn, as_of), PERIODS[4])).petitions is None
    assert "PETITION_PROCESSING_ON_TIME" in before[0].score.unknown
    await take(database, "portal", [petition("p1", "received"), petition("p1", "answered")])
    async with province.snapshot() as (conn, as_of):
        after = {one.unit: one for one in await reader.read(conn, as_of, PERIODS[4], Reading.PORTAL)}
        whose = {
            unit: (await score_information.read(Snapshot(conn, as_of), PERIODS[4], unit)).petitions
            for unit in (None, "so-tu-phap", "Xã Đak Lua")
        }
    assert whose[None] == whose["so-tu-phap"] == {PetitionKind.PROCEDURE: 0, PetitionKind.STAFF: 1}
    assert whose["Xã Đak Lua"] == {PetitionKind.PROCEDURE: 0, PetitionKind.STAFF: 0}
    assert after["so-tu-phap"].figures["PETITION_PROCESSING_ON_TIME"].counted == Counted(1, 1)
    assert after["Xã Đak Lua"].figures["PETITION_PROCESSING_ON_TIME"].counted == Counted(0, 0)
    assert after["Xã Đak Lua"].score.points["PETITION_PROCESSING_ON_TIME"] == 6
    assert after[None].figures["PETITION_HANDLING_SATISFACTION"].counted == Counted(1, 1)


async def test_a_period_that_is_over_has_the_same_score_while_nothing_happens(
    database: DatabaseUrls, province: Database
) -> None:
    """One petition is open and falls due on 20 February, after January has ended and before February has."""
    await take(database, "portal", [petition("p1", "received"), petition("p2", "received"), petition("p2", "answered")])
    january, february = between(date(2024, 1, 1), date(2024, 1, 31)), PERIODS[4]
    quarter = between(date(2024, 1, 1), date(2024, 3, 31))
    over = (january, february, between(date(2024, 2, 4), date(2024, 2, 10)), quarter)
    whole = {period: {"so-tu-phap": Counted(1, 2), None: Counted(1, 2)} for period in (february, quarter)}
    async with province.snapshot() as (conn, as_of):
        moments = [as_of + timedelta(days=days) for days in (1, 40, 400)]
        for period in over:
            first, *later = [
                {one.unit: one.figures for one in await reader.read(conn, moment, period, Reading.PORTAL)}
                for moment in moments
            ]
            assert first
            assert [first == other for other in later] == [True, True]
            for code in ("PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION"):
                want = whole.get(period) or {None: Counted(0, 0) if period is january else Counted(1, 1)}
                assert {unit: first[unit][code].counted for unit in want} == want


def petition(subject: str, kind: str) -> dict[str, object]:
    data: dict[str, object] = (
        {"unit": "so-tu-phap", "kind": "staff", "due_on": "2024-02-20"} if kind == "received" else {}
    )
    return {
        "specversion": "1.0",
        "id": f"{subject}/{kind}",
        "source": "urn:test:portal",
        "type": f"petition.{kind}.v1",
        "subject": subject,
        "time": f"2024-02-0{4 if kind == 'received' else 5}T02:00:00+00:00",
        "data": data,
    }
