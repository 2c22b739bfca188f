"""Quyết định 766 from the tables: what the portal published, petitions and the catalogue, against slow counts."""

import csv
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random

import pytest

from dashboards.periods import between
from dashboards.readers import domains
from dashboards.readers.database import Database, Snapshot
from dashboards.readers.figures import Filters
from dashboards.views.score import information as score_information
from dashboards.views.score import reader
from dashboards.views.score.figure import Figure
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.portal import PORTAL, PetitionKind
from schemas.reference.reading import PACKAGED, read
from schemas.rules.decision_766 import CountedPart, Reading
from tests.integration.sample_domains import take as send
from tests.integration.sample_province import HISTORY_LIMIT, NOW, event, play, tell
from tests.integration.scored_province import PERIODS, scored_province, spanned
from tests.integration.test_subjects import take
from tests.reference.law import Law
from tests.reference.province import Province
from tests.reference.score import of_catalogue, of_petitions, of_portal


@pytest.fixture
async def province(database: DatabaseUrls) -> AsyncIterator[Database]:
    async with scored_province(database) as found:
        yield found


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
        assert later[key].figures["PUBLISH_ON_TIME"] == Figure(CountedPart(3, 4), "2024-01")
        assert later[key].score.points["PUBLISH_ON_TIME"] == 4.5
        assert later[key].figures["DOSSIER_SYNC"].published is None
        assert later[key].figures["ELECTRONIC_CERTIFIED_COPY"].published == "2024-02"
    for key, figures in of_portal(told, spanned(february), "2024-02", {unit: "75"}).items():
        for code, (part, whole, name) in figures.items():
            if code != "DOSSIER_SYNC":
                assert later[key].figures[code] == Figure(CountedPart(part, whole), name)
    assert at_once[0].figures["PUBLISH_ON_TIME"].published == "2024-01"
    assert "ELECTRONIC_CERTIFIED_COPY" not in at_once[0].figures
    assert quarter[0].figures["PUBLISH_ON_TIME"] == Figure(CountedPart(1, 4), "2023-Q4")


async def test_what_was_published_of_the_province_stands_and_nothing_is_added_to_it(
    database: DatabaseUrls, province: Database
) -> None:
    told = [
        published("75", "2024-02", "PUBLISH_ON_TIME", 2, 39),
        published("so-tu-phap", "2024-02", "PUBLISH_ON_TIME", 3, 4),
        published("so-y-te", "2024-02", "PUBLIC_CONTENT_FULL", 9, 8),  # no share
        published("so-y-te", "2024-02", "ELECTRONIC_CERTIFIED_COPY", 1, 2),
        published("731", "2024-02", "ELECTRONIC_CERTIFIED_COPY", 4, 9),
        published("26041", "2024-02", "ELECTRONIC_CERTIFIED_COPY", 4, 8),  # a part of the district above
    ]
    await take(database, "portal", told)
    above = {"so-tu-phap": "75", "so-y-te": "75", "731": "75", "26041": "731"}
    async with province.snapshot() as (conn, as_of):
        scores = {one.unit: one for one in await reader.read(conn, as_of, PERIODS[4], Reading.PORTAL)}
        cells = await domains.total(conn, as_of, PORTAL, PERIODS[4], Filters(part="month/PUBLISH_ON_TIME"))
    want = of_portal(told, spanned(PERIODS[4]), "2024-02", above)
    got = {
        unit: {
            code: (figure.counted.part, figure.counted.whole, figure.published)
            for code, figure in one.figures.items()
            if figure.published is not None
        }
        for unit, one in scores.items()
    }
    assert {unit: figures for unit, figures in got.items() if figures} == want
    assert want[None] == {"PUBLISH_ON_TIME": (2, 39, "2024-02"), "ELECTRONIC_CERTIFIED_COPY": (5, 11, "2024-02")}
    assert (cells["numerator"], cells["denominator"]) == (2, 39)
    assert "75" not in scores
    assert scores["so-tu-phap"].ranked == 2  # with so-y-te; the province is not one of them


async def test_only_procedures_of_its_own_level_count_for_a_unit(
    database: DatabaseUrls, province: Database, tmp_path: Path
) -> None:
    """An online case of a procedure of another level gave a unit 1/1."""
    head = "code,name,level,online,fee,valid_from,confidence"
    rows = ["1.001,Của tỉnh,tỉnh,whole,yes,2022-01-06,memory", "2.002,Của xã,xã,partial,yes,2022-01-06,memory"]
    rows.append("3.003,Không ai nộp,tỉnh,none,yes,2022-01-06,memory")
    (tmp_path / "procedures_test.csv").write_text("\n".join([head, *rows, ""]), "utf-8")
    load(database.migrate, read(PACKAGED, tmp_path), NOW)
    law = Law.of(PACKAGED)
    catalogue = [*law.catalogue, *csv.DictReader(StringIO("\n".join([head, *rows])))]
    events = [json.loads(value) for value in tell()]
    cases = [case for case in Province.after(events, HISTORY_LIMIT, law).cases.values() if case.voided_at is None]
    year = PERIODS[3]
    async with province.snapshot() as (conn, as_of):
        scores = {one.unit: one for one in await reader.read(conn, as_of, year, Reading.PORTAL)}
    for unit, level in ((None, None), ("so-tu-phap", "tỉnh")):
        for code, share in of_catalogue(catalogue, cases, law, spanned(year), unit, level).items():
            assert scores[unit].figures[code].counted == CountedPart(share.part, share.whole), (unit, code)
    own = [case.state for case in cases if case.unit == "so-tu-phap"]
    online = {state["procedure"] for state in own if state["channel"] == "online"}
    assert "2.002" in online, "the sample has an online case of another level"
    assert scores[None].figures["ONLINE_SERVICES_USED"].counted == CountedPart(2, 2)
    assert "ONLINE_SERVICES_USED" not in scores["Phường Trấn Biên"].figures  # not known by this name in 2024


async def test_a_key_that_became_another_unit_s_is_two_units_two_rows_and_two_ranks(database: DatabaseUrls) -> None:
    """26041 was Phường Trung Dũng until 30/6/2025 and is Phường Trấn Biên since; named by either, or by the key."""
    now = datetime(2025, 12, 30, 5, tzinfo=UTC)
    load(database.migrate, read(), now)
    told = [
        event(f"H19.{number}", str(number), kind, datetime(2025, month, 10, 2, tzinfo=UTC), unit=unit, **more)
        for number, month, unit, kind, more in (
            (1, 6, "Phường Trung Dũng", "accepted", {"channel": "online"}),
            (2, 6, "26041", "accepted", {"channel": "direct"}),
            (3, 7, "Phường Trấn Biên", "accepted", {"channel": "online"}),
            (4, 7, "26041", "accepted", {"channel": "online"}),
            (5, 7, "26041", "accepted", {"channel": "online"}),
            (6, 8, "26068", "accepted", {"channel": "direct"}),
            (7, 8, "Phường Trung Dũng", "accepted", {"channel": "direct"}),  # nobody's name by then
        )
    ]
    await play(database.streams, told, now)
    year, half = between(date(2025, 1, 1), date(2025, 12, 31)), between(date(2025, 7, 1), date(2025, 12, 31))
    async with (
        Database(database.api, name="test", clock=lambda: now, patience=30) as reading,
        reading.snapshot() as (conn, as_of),
    ):
        scores = await reader.read(conn, as_of, year, Reading.PORTAL)
        since = await reader.read(conn, as_of, half, Reading.PORTAL)
    found = [(one.unit, one.name, one.until, one.figures["ONLINE_DOSSIERS"].counted, one.rank) for one in scores]
    assert found == [
        (None, None, None, CountedPart(4, 7), None),
        ("26041", "Phường Trung Dũng", date(2025, 6, 30), CountedPart(1, 2), 1),
        ("26041", None, None, CountedPart(3, 3), 1),
        ("26068", None, None, CountedPart(0, 1), 3),
        ("Phường Trung Dũng", None, None, CountedPart(0, 1), None),
    ]
    assert [one.ranked for one in scores[1:4]] == [3, 3, 3]
    assert [(one.unit, one.until) for one in since] == [
        (None, None), ("26041", None), ("26068", None), ("Phường Trung Dũng", None)
    ]  # fmt: skip


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
    assert after["so-tu-phap"].figures["PETITION_PROCESSING_ON_TIME"].counted == CountedPart(1, 1)
    assert after["Xã Đak Lua"].figures["PETITION_PROCESSING_ON_TIME"].counted == CountedPart(0, 0)
    assert after["Xã Đak Lua"].score.points["PETITION_PROCESSING_ON_TIME"] == 6
    assert after[None].figures["PETITION_HANDLING_SATISFACTION"].counted == CountedPart(1, 1)


async def test_petitions_are_counted_as_the_events_say(database: DatabaseUrls, province: Database) -> None:
    """Answered in time and late, open and overdue, without a deadline, disliked and both; one unit has no cases."""
    told = list(petitions())
    await send(database, "portal", told, at=NOW)
    counted = 0
    async with province.snapshot() as (conn, as_of):
        for period in PERIODS:
            scores = {one.unit: one for one in await reader.read(conn, as_of, period, Reading.PORTAL)}
            for unit in (None, "so-tu-phap", "so-y-te"):
                if unit not in scores:  # to which nothing happened on the one day asked for
                    assert period.first == period.last
                    continue
                for code, share in of_petitions(told, spanned(period), unit).items():
                    got = scores[unit].figures[code].counted
                    assert got == CountedPart(share.part, share.whole), (unit, code)
                    counted += share.whole
            if period.first != period.last:
                found = scores["so-y-te"]
                assert found.figures.keys() >= {"PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION"}
                assert found.rank is not None
    assert counted > 100


def petitions() -> Iterator[dict[str, object]]:
    """Of two units, received in each month of 2024, due a fortnight later, answered or not; from the seed 6."""
    chance = Random(6)
    for number in range(120):
        unit = ("so-tu-phap", "so-y-te")[number % 2]
        received = datetime(2024, 1 + number % 12, 1 + chance.randrange(27), 2, tzinfo=UTC)
        due = None if number % 9 == 0 else f"{received + timedelta(days=14):%F}"
        said = {"unit": unit, "kind": "staff", **({} if due is None else {"due_on": due})}
        yield about(f"q{number}", "received", received, said)
        if (days := chance.choice((3, 10, 20, 45, 400, 0, 0))) and (at := received + timedelta(days=days)) < NOW:
            yield about(f"q{number}", "answered", at, {})
        if number % 3:
            yield about(f"q{number}", "rated", received + timedelta(days=4), {"likes": 2, "dislikes": 1 + number % 4})


def about(subject: str, kind: str, at: datetime, data: Mapping[str, object]) -> dict[str, object]:
    return {
        "specversion": "1.0",
        "id": f"{subject}/{kind}",
        "source": "urn:test:portal",
        "type": f"petition.{kind}.v1",
        "subject": subject,
        "time": at.isoformat(),
        "data": data,
    }


async def test_a_period_that_is_over_has_the_same_score_while_nothing_happens(
    database: DatabaseUrls, province: Database
) -> None:
    """One petition is open and falls due on 20 February, after January has ended and before February has."""
    await take(database, "portal", [petition("p1", "received"), petition("p2", "received"), petition("p2", "answered")])
    january, february = between(date(2024, 1, 1), date(2024, 1, 31)), PERIODS[4]
    quarter = between(date(2024, 1, 1), date(2024, 3, 31))
    over = (january, february, between(date(2024, 2, 4), date(2024, 2, 10)), quarter)
    whole = {period: {"so-tu-phap": CountedPart(1, 2), None: CountedPart(1, 2)} for period in (february, quarter)}
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
                want = whole.get(period) or {None: CountedPart(0, 0) if period is january else CountedPart(1, 1)}
                assert {unit: first[unit][code].counted for unit in want} == want


def petition(subject: str, kind: str) -> dict[str, object]:
    data: dict[str, object] = (
        {"unit": "so-tu-phap", "kind": "staff", "due_on": "2024-02-20"} if kind == "received" else {}
    )
    return about(subject, kind, datetime(2024, 2, 4 if kind == "received" else 5, 2, tzinfo=UTC), data)
