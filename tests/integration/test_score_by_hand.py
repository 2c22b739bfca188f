"""The page docs/score-by-hand.md: its figures, points and lists are the centre's for what its tables tell."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboards.periods import between
from dashboards.readers import cases
from dashboards.readers.database import Database
from dashboards.readers.figures import Filters
from dashboards.score_settings import Choices
from dashboards.views.score import reader as score
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from schemas.rules.decision_766 import COMPONENT, COMPONENTS, CountedPart, Reading
from schemas.rules.score_choices import Dislikes
from schemas.rules.score_flags import FLAGS
from tests.integration.sample_domains import take
from tests.integration.sample_province import play
from tests.integration.score_by_hand import UNIT, case_events, code_of, portal_events, procedures, table

AT = datetime(2026, 11, 5, 3, tzinfo=UTC)
OCTOBER = between(datetime(2026, 10, 1, tzinfo=UTC).date(), datetime(2026, 10, 31, tzinfo=UTC).date())


@pytest.fixture
async def centre(database: DatabaseUrls, tmp_path: Path) -> AsyncIterator[Database]:
    (tmp_path / "procedures_by_hand.csv").write_text(procedures(), "utf-8")
    load(database.migrate, read(PACKAGED, tmp_path), AT)
    await play(database.streams, case_events(), AT)
    await take(database, "portal", list(portal_events()), at=AT)
    async with Database(database.api, name="test", clock=lambda: AT, patience=30) as found:
        yield found


async def test_the_score_by_hand_is_the_centre_s_in_both_readings(centre: Database) -> None:
    rows = {row["component"]: row for row in table("component")}
    total = rows.pop("total")
    async with centre.snapshot() as (conn, as_of):
        portal, annex = [
            {one.unit: one for one in await score.read(conn, as_of, OCTOBER, reading)}[UNIT]
            for reading in (Reading.PORTAL, Reading.ANNEX)
        ]
        choices = Choices(dislikes=Dislikes.ONCE)
        once = [
            (await score.read(conn, as_of, OCTOBER, reading, UNIT, choices))[0].score.total
            for reading in (Reading.PORTAL, Reading.ANNEX)
        ]
        lists = {
            code: [case.subject for case in await score.lacking(conn, as_of, OCTOBER, code, UNIT)]
            for code in score.LISTED
        }
    assert rows.keys() == portal.figures.keys() == portal.score.points.keys()
    for code, row in rows.items():
        counted = CountedPart(int(row["numerator"]), int(row["denominator"]))
        assert portal.figures[code].counted == annex.figures[code].counted == counted, code
        assert float(row["portal"]) == pytest.approx(portal.score.points[code], abs=0.006), code
        assert float(row["annex"]) == pytest.approx(annex.score.points[code], abs=0.006), code
        assert [code_of(case) for case in row["lacking"].split()] == lists.get(code, []), code
    assert total["portal"] == "48.38"
    assert (portal.score.total, annex.score.total) == pytest.approx((48.38, float(total["annex"])), abs=0.01)
    assert portal.score.possible == 88 == sum(COMPONENT[code].maximum for code in rows)
    assert "of 88 points" in total["reckoned"]
    assert once == pytest.approx([51.21, 50.62], abs=0.01)
    unknown = {one.number for one in COMPONENTS if one.code in portal.score.unknown}
    assert unknown == {"1.2", "3.5", "4.4", "4.6"}


async def test_the_numerators_and_denominators_are_the_lists_that_the_centre_opens(centre: Database) -> None:
    def codes(counter: str) -> set[str]:
        return {row["case"] for row in table("case") if told(row)[counter]}

    def told(row: dict[str, str]) -> dict[str, bool]:
        october = row["accepted"].startswith("2026-10")
        papers, _, result = (row["digitised"] or "0 0 no").split()
        paid = row["paid"] not in ("", "0 cash")
        owes = row["procedure"] in ("9.000001", "9.000003", "9.000004") and row["paid"] != "0 cash"
        ended = row["ended"].startswith("2026-10")
        return {
            "accepted": october,
            "portal_known": october and row["on the portal"] == "yes",
            "results_electronic": october and result == "yes",
            "digitised_whole": october and result == "yes" and papers != "0",
            "papers_reused": october and " 1 " in row["digitised"],
            "population_used": october and row["population"] == "yes",
            "fee_cases": october and (paid or owes),
            "paid_online": october and paid and row["paid"].endswith("online"),
            "dissatisfied": october and row["rating"] in ("1", "2"),
            "accepted_online": october and row["channel"] == "online",
            "on_time_766": ended and row["ended"] <= row["due"],
            "late_766": ended and row["ended"] > row["due"],
        }

    async with centre.snapshot() as (conn, as_of):
        for counter in ("accepted", *FLAGS, "on_time_766", "late_766"):
            page = await cases.page(conn, as_of, counter=counter, period=OCTOBER, filters=Filters(unit=UNIT))
            found = [item.case.subject for item in page.items]
            assert found == sorted(code_of(case) for case in codes(counter)), counter
