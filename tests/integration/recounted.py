"""What the views beside the counters must say of a province: processes, chains, own and portal figures, recounted
slowly from the cases of the second implementation."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from dashboards.periods import Period, between
from dashboards.readers.database import Connection, Database
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.declared import Indicator
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from tests.reference.facts import Json, province_day
from tests.reference.process import Recount, rank, stays
from tests.reference.province import Province


async def views_agree(url: str, province: Province, days: Iterable[date]) -> None:
    """Raises ``AssertionError`` where a view says anything else: processes and chains of all the days together, own and
    portal figures by unit and day."""
    each = sorted(days)
    whole = between(each[0], each[-1])
    async with Database(url, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        procedures = {case.state["procedure"] for case in province.cases.values() if case.state["procedure"]}
        assert len(procedures) > 5
        for procedure in procedures:
            await _process(conn, Recount(province, procedure, each[0], each[-1]), whole)
        await _chains(conn, province, whole, set(each))
        for day in each:
            for indicator in Indicator:
                found = await portal_gap.read(conn, indicator, between(day, day))
                assert {gap.unit: (gap.own, gap.portal) for gap in found} == _sides(province, indicator, day), day


async def _process(conn: Connection, recount: Recount, period: Period) -> None:
    view = await process.read(conn, process.ProcessQuestion(recount.procedure, period), most_variants=1000)
    ways, queue = recount.ways(), recount.queue()
    assert {(way.steps, way.end_kind): way.cases for way in view.variants} == ways
    assert {reason: count for reason, count in view.reasons.items() if count} == recount.reasons()
    assert {step.name: (step.queue, step.oldest) for step in view.steps if step.queue} == {
        name: (len(waiting), waiting[0][0]) for name, waiting in queue.items()
    }
    for step in view.steps:
        for spread, column in ((step.office, "path_office_s"), (step.waited, "path_waited_s")):
            minutes = recount.minutes(step.name, column)
            assert spread == (None if not minutes else (rank(minutes, 5), rank(minutes, 9))), (recount, step)


async def _chains(conn: Connection, province: Province, period: Period, days: set[date]) -> None:
    every = stays(province)
    rows = await chains.read(conn, chains.ChainsQuestion(period))
    assert len(rows) > 2
    for row in rows:
        own = [
            stay
            for stay in every
            if stay["chain"] == row.chain
            and (row.step is None or (stay["step"], stay["agency"]) == (row.step, row.agency))
        ]
        waiting = [stay for stay in own if stay["until"] is None]
        through = [stay for stay in own if stay["until"] and province_day(stay["until"]) in days]
        took = [stay["worked"] for stay in through]
        assert row.waiting == len({stay["subject"] for stay in waiting})
        assert row.not_received == len({stay["subject"] for stay in waiting if not stay["received"]})
        assert row.took == (None if not took else (rank(took, 5), rank(took, 9)))


def _sides(province: Province, indicator: Indicator, day: date) -> dict[str, tuple[int, int]]:
    """By unit: how many cases our own events count on that day, and how many the portal does."""
    own, portal = Counter[str](), Counter[str]()
    for case in province.cases.values():
        state = case.state
        if state["accepted_at"] is None or case.voided_at is not None or case.oversized:
            continue
        if indicator is Indicator.RECEIVED:
            here = province_day(state["accepted_at"]) == day
            there = here and (state["synced_at"] is not None or state["portal_status"] is not None)
        else:
            done, ended = state["end_kind"] in ("finished", "returned"), state["ended_at"]
            here = done and province_day(ended) == day and _counts(indicator, ended, state)
            over, until = state["portal_status"] in (9, 10), state["portal_ended_at"]
            there = over and until is not None and province_day(until) == day and _counts(indicator, until, state)
        own[state["unit"]] += here
        portal[state["unit"]] += there
    return {unit: (own[unit], portal[unit]) for unit in own.keys() | portal.keys() if own[unit] or portal[unit]}


def _counts(indicator: Indicator, ended: datetime, state: Json) -> bool:
    due = state["due_at"]
    if indicator is Indicator.FINISHED:
        return True
    return due is not None and (ended <= due) is (indicator is Indicator.ON_TIME)
