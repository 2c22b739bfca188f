"""Own figure and portal figure: every case that makes the difference is named with its cause, and no other."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from dashboards.periods import between, portal_period
from dashboards.readers.database import Database
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.reader import Cause
from infra.endpoints import DatabaseUrls
from tests.integration.data_api import assert_problem, client
from tests.integration.sample_province import event, play
from tests.integration.test_subjects import take

JANUARY = between(date(2024, 1, 1), date(2024, 1, 31))
FEBRUARY = between(date(2024, 2, 1), date(2024, 2, 29))
AT = datetime(2024, 1, 10, 2, tzinfo=UTC)
LAST_DAY = datetime(2024, 1, 31, 9, tzinfo=UTC)
UNITS = ("Phường Trấn Biên", "Sở Tư pháp")
A_FAULT = 20
TAKEN = {"message": "CapNhatTienDoHoSoMC", "answer": "taken"}
REFUSED = {"message": "CapNhatTienDoHoSoMC", "answer": "refused", "error": "E1"}


class Story:
    """One case, its events, and what the comparison of January must say of it."""

    def __init__(self, number: int, expected: dict[Indicator, Cause]) -> None:
        self.code = f"000.00.19.H19-240110-{number:04d}"
        self.expected = expected
        self.unit = UNITS[number % 2]
        self._count = 0
        self.events: list[bytes] = []
        self.say("accepted", AT, unit=self.unit, channel="online", due_at=(AT + timedelta(days=25)).isoformat())

    def say(self, kind: str, at: datetime, **data: object) -> "Story":
        self._count += 1
        self.events.append(event(self.code, f"{self.code}.{self._count}", kind, at, **data))
        return self


def soon(hours: int) -> datetime:
    return AT + timedelta(hours=hours)


def planted(kind: str, number: int) -> Story:
    """A fault, or a look-alike (``like_…``) that is none."""
    finished = {Indicator.FINISHED, Indicator.ON_TIME}

    def story(*of: Indicator, cause: Cause) -> Story:
        return Story(number, dict.fromkeys(of, cause))

    match kind:
        case "not_sent":
            return story(Indicator.RECEIVED, *finished, cause=Cause.NOT_SENT).say("finished", soon(9))
        case "all_refused":
            found = story(Indicator.RECEIVED, *finished, cause=Cause.NOT_SENT).say("finished", soon(9))
            return found.say("synced", soon(10), sent_status=9, **REFUSED)
        case "behind":
            found = story(*finished, cause=Cause.STATUS_BEHIND).say("finished", soon(9))
            return found.say("synced", soon(1), sent_status=2, **TAKEN)
        case "last_refused":
            found = story(*finished, cause=Cause.STATUS_BEHIND).say("synced", soon(1), sent_status=2, **TAKEN)
            return found.say("finished", soon(9)).say("synced", soon(10), sent_status=9, **REFUSED)
        case "other_code":
            found = story(Indicator.RECEIVED, *finished, cause=Cause.OTHER_CODE).say("finished", soon(9))
            return found.say("synced", soon(10), sent_status=9, portal_code=f"X-{number}", **TAKEN)
        case "rewritten":
            found = story(*finished, cause=Cause.REWRITTEN_STATUS).say("supplement_requested", soon(5), unit="x")
            return found.say("synced", soon(6), sent_status=9, hazards=["status_rewritten"], **TAKEN)
        case "other_period":
            found = story(*finished, cause=Cause.OTHER_PERIOD).say("finished", LAST_DAY)
            return found.say("portal_status", LAST_DAY + timedelta(days=1), portal_status=9)
        case "own_behind":
            found = story(*finished, cause=Cause.OWN_BEHIND).say("step", soon(3), unit="x", name="Thẩm định")
            return found.say("portal_status", soon(9), portal_status=10)
        case "like_late_sync":  # sent in February, but the message says when it ended
            found = Story(number, {}).say("finished", LAST_DAY)
            return found.say("synced", LAST_DAY + timedelta(days=1), sent_status=9, **TAKEN)
        case "like_refused_then_taken":
            found = Story(number, {}).say("finished", soon(9)).say("synced", soon(10), sent_status=9, **REFUSED)
            return found.say("synced", soon(20), sent_status=9, **TAKEN)
        case "like_rewritten_and_put_right":
            found = Story(number, {}).say("supplement_requested", soon(5), unit="x")
            found.say("synced", soon(6), sent_status=9, hazards=["status_rewritten"], **TAKEN)
            return found.say("synced", soon(8), sent_status=5, **TAKEN)
        case "like_both_open":  # 4 here, 2 there: open on both sides
            found = Story(number, {}).say("step", soon(3), unit="x", name="Thẩm định")
            return found.say("synced", soon(1), sent_status=2, **TAKEN)
        case "like_own_code":
            found = Story(number, {}).say("finished", soon(9))
            return found.say("synced", soon(10), sent_status=10, portal_code=found.code, **TAKEN)
        case "like_finished_then_returned":
            found = Story(number, {}).say("finished", soon(9)).say("returned", soon(30))
            return found.say("synced", soon(10), sent_status=9, **TAKEN).say(
                "synced", soon(31), sent_status=10, **TAKEN
            )
    raise ValueError(kind)


KINDS = (
    "not_sent",
    "all_refused",
    "behind",
    "last_refused",
    "other_code",
    "rewritten",
    "other_period",
    "own_behind",
    "like_late_sync",
    "like_refused_then_taken",
    "like_rewritten_and_put_right",
    "like_both_open",
    "like_own_code",
    "like_finished_then_returned",
)


@pytest.mark.parametrize("seed", range(3))
async def test_every_planted_fault_is_named_with_its_cause_and_nothing_else(seed: int, database: DatabaseUrls) -> None:
    stories = [planted(kind, 100 * place + n) for place, kind in enumerate(KINDS) for n in range(A_FAULT)]
    events = [one for story in stories for one in story.events]
    Random(seed).shuffle(events)
    await play(database.streams, events)

    async with Database(database.screens, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        for indicator in Indicator:
            listed = await portal_gap.cases(conn, indicator, JANUARY, limit=10_000)
            wanted = {s.code: s.expected[indicator] for s in stories if indicator in s.expected}
            assert {case.subject: case.cause for case in listed} == wanted, indicator

            by_unit = await portal_gap.read(conn, indicator, JANUARY)
            causes = Counter((case.unit, case.cause) for case in listed)
            for gap in by_unit:
                assert gap.causes == {cause: causes[gap.unit, cause] for cause in Cause}
                assert gap.gap == sum(case.own - case.portal for case in listed if case.unit == gap.unit)
                assert gap.missing == sum(case.own > case.portal for case in listed if case.unit == gap.unit)
                assert gap.extra == sum(case.portal > case.own for case in listed if case.unit == gap.unit)
                alone = await portal_gap.read(conn, indicator, JANUARY, gap.unit)
                assert alone == (gap,)

        counted = {indicator: await portal_gap.read(conn, indicator, JANUARY) for indicator in Indicator}
        late = await portal_gap.cases(conn, Indicator.FINISHED, FEBRUARY)
    assert sum(gap.own for gap in counted[Indicator.RECEIVED]) == len(stories)
    assert {case.cause for case in late} == {Cause.OTHER_PERIOD}
    assert len(late) == A_FAULT, "what January counts here, February counts on the portal"


async def test_pages_of_the_list_meet_every_case_once(database: DatabaseUrls) -> None:
    stories = [planted("not_sent", number) for number in range(7)]
    await play(database.streams, [one for story in stories for one in story.events])

    found, after = list[str](), ""
    async with Database(database.api, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        while page := await portal_gap.cases(conn, Indicator.RECEIVED, JANUARY, after=after, limit=3):
            found += [case.subject for case in page]
            after = found[-1]
        assert await portal_gap.cases(conn, Indicator.RECEIVED, JANUARY, cause=Cause.OTHER_CODE) == ()
    assert found == sorted(story.code for story in stories)


def test_a_whole_month_quarter_and_year_have_the_portals_name() -> None:
    def name(first: tuple[int, int, int], last: tuple[int, int, int]) -> str | None:
        return portal_period(between(date(*first), date(*last)))

    assert name((2024, 2, 1), (2024, 2, 29)) == "2024-02"
    assert name((2024, 10, 1), (2024, 12, 31)) == "2024-Q4"
    assert name((2024, 1, 1), (2024, 12, 31)) == "2024"
    assert name((2024, 2, 1), (2024, 2, 28)) is None
    assert name((2024, 2, 1), (2024, 4, 30)) is None
    assert name((2024, 1, 2), (2024, 12, 31)) is None
    assert name((2023, 12, 1), (2024, 2, 29)) is None


async def test_the_api_has_both_figures_the_published_one_and_every_case(database: DatabaseUrls) -> None:
    stories = [planted(kind, number) for number, kind in enumerate(["not_sent"] * 4 + ["like_own_code"] * 6)]
    await play(database.streams, [one for story in stories for one in story.events])
    later = [published_figure(f"p{number}", UNITS[0], 5 - number, date(2024, 2, 3 + number)) for number in range(2)]
    await take(database, "portal", later)  # a later export of the same month stands for the earlier

    async with Database(database.api, name="test", patience=30) as reader, client(reader) as api:
        asked = {"indicator": "received", "from": "2024-01-01", "to": "2024-01-31"}
        said = (await api.get("/api/v1/portal-gap", params=asked)).json()
        rows = {row["unit"]: row for row in said["rows"]}
        listed, cursor = list[str](), dict[str, str]()
        while True:
            page = (await api.get("/api/v1/portal-gap/cases", params={**asked, **cursor, "limit": "1"})).json()
            listed += [case["subject"] for case in page["cases"]]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
        part = (await api.get("/api/v1/portal-gap", params={**asked, "to": "2024-01-30"})).json()
        refused = await api.get("/api/v1/portal-gap", params={**asked, "indicator": "dreams"})

    first = rows[UNITS[0]]
    assert (first["own"], first["portal"], first["gap"], first["causes"]["not_sent"]) == (5, 3, 2, 2)
    assert (first["published"], first["published_on"], first["unexplained"]) == (4, "2024-02-04", -1)
    assert rows[UNITS[1]]["published"] is None
    assert {row["published"] for row in part["rows"]} == {None}, "the portal shows no figure of thirty days"
    assert listed == sorted(story.code for story in stories[:4])
    assert_problem(refused, 422)


def published_figure(id: str, unit: str, numerator: int, on: date) -> dict[str, object]:
    data = {"unit": unit, "period": "2024-01", "component": "DOSSIER_SYNC", "numerator": numerator, "denominator": 9}
    return {
        "specversion": "1.0",
        "id": id,
        "source": "urn:test:portal",
        "type": "portal.published.v1",
        "subject": f"{unit}/2024-01/DOSSIER_SYNC",
        "time": f"{on.isoformat()}T02:00:00Z",
        "data": {**data, "published_on": on.isoformat()},
    }
