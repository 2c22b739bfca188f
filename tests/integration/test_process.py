"""The process of a procedure and the chains against a slow recount over the events; every number against its list."""

from datetime import UTC, date, datetime

import pytest

from dashboards.periods import between
from dashboards.readers.database import Database
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.case_portal import Chain
from schemas.reference.reading import PACKAGED, read
from tests.integration.sample_process import PROCEDURES, UNITS, as_json, cases
from tests.integration.sample_province import HISTORY_LIMIT, play
from tests.reference.facts import province_day
from tests.reference.law import Law
from tests.reference.process import Recount, rank, stays
from tests.reference.province import Province

FIRST, LAST = date(2024, 3, 10), date(2024, 4, 12)
MARCH = between(FIRST, LAST)


async def told(database: DatabaseUrls, seed: int, count: int = 150) -> Province:
    """The cases in the tables, and what the events say of them."""
    load(database.migrate, read(), datetime(2024, 3, 1, tzinfo=UTC))
    events = cases(count, seed)
    await play(database.streams, events)
    return Province.after(as_json(events), HISTORY_LIMIT, Law.of(PACKAGED))


@pytest.mark.parametrize("seed", range(3))
async def test_the_process_of_a_procedure_is_what_a_recount_over_its_events_says(
    seed: int, database: DatabaseUrls
) -> None:
    province = await told(database, seed)
    async with Database(database.screens, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        for procedure in PROCEDURES:
            for unit in (None, UNITS[0]):
                recount = Recount(province, procedure, FIRST, LAST, unit)
                asked = process.ProcessQuestion(procedure, MARCH, unit)
                view = await process.read(conn, asked, most_variants=1000)
                ways, reasons, queue = recount.ways(), recount.reasons(), recount.queue()

                assert view.ended == len(recount.ended()) > 0
                assert view.loops == sum(state["loops"] for _, state in recount.ended())
                assert dict(view.reasons) == {reason: reasons[reason] for reason in process.Reason}
                assert {(v.steps, v.end_kind): v.cases for v in view.variants} == dict(ways)
                assert view.ways == len(ways)
                assert [v.cases for v in view.variants] == sorted(ways.values(), reverse=True)
                assert {s.name: (s.queue, s.oldest) for s in view.steps if s.queue} == {
                    step: (len(waiting), waiting[0][0]) for step, waiting in queue.items()
                }
                names = {name for steps, _ in ways for name in steps} | {None}
                assert {step.name for step in view.steps} == names | queue.keys()
                for step in view.steps:
                    for spread, column in ((step.office, "path_office_s"), (step.waited, "path_waited_s")):
                        minutes = recount.minutes(step.name, column)
                        assert spread == (None if not minutes else (rank(minutes, 5), rank(minutes, 9)))


@pytest.mark.parametrize("seed", range(2))
async def test_every_number_of_the_process_lists_the_cases_that_it_counts(seed: int, database: DatabaseUrls) -> None:
    province = await told(database, seed)
    recount = Recount(province, PROCEDURES[0], FIRST, LAST)
    ended = dict(recount.ended())
    async with Database(database.api, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        view = await process.read(conn, process.ProcessQuestion(PROCEDURES[0], MARCH))

        async def listed(part: process.ProcessPart, shown: int, **narrow: object) -> list[str]:
            asked = process.ProcessQuestion(PROCEDURES[0], MARCH, part=part, **narrow)  # type: ignore[arg-type]
            found = [case.subject for case in await process.cases(conn, asked, limit=10_000)]
            assert len(found) == await process.count(conn, asked) == shown, (part, narrow)
            return found

        assert await listed(process.ProcessPart.ENDED, view.ended) == sorted(ended)
        looped = sorted(subject for subject, state in ended.items() if state["loops"])
        assert await listed(process.ProcessPart.LOOPED, view.looped) == looped
        for reason, count in view.reasons.items():
            found = await listed(process.ProcessPart.LOOPED, count, reason=reason)
            assert found == [subject for subject in looped if ended[subject]["loop_reason"] == reason]
        for variant in view.variants:
            found = await listed(process.ProcessPart.VARIANT, variant.cases, variant=variant.id)
            ways = {(tuple(ended[subject]["path"]), ended[subject]["end_kind"]) for subject in found}
            assert ways == {(variant.steps, variant.end_kind)}
        waiting = sorted(subject for queue in recount.queue().values() for _, subject in queue)
        assert await listed(process.ProcessPart.QUEUE, view.queue) == waiting
        for step in view.steps:
            if step.name is None:
                continue
            found = await listed(process.ProcessPart.QUEUE, step.queue, step=step.name)
            assert found == sorted(subject for _, subject in recount.queue().get(step.name, []))
            if step.name:
                done = {subject: state["path"].count(step.name) for subject, state in ended.items()}
                found = await listed(process.ProcessPart.PASSED, step.cases, step=step.name)
                assert found == sorted(subject for subject, times in done.items() if times)
                found = await listed(process.ProcessPart.AGAIN, step.again, step=step.name)
                assert found == sorted(subject for subject, times in done.items() if times > 1)


@pytest.mark.parametrize("seed", range(2))
async def test_every_hand_over_has_the_waits_that_a_recount_says_and_lists_its_cases(
    seed: int, database: DatabaseUrls
) -> None:
    every = stays(await told(database, seed))
    async with Database(database.screens, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        rows = await chains.read(conn, chains.ChainsQuestion(MARCH))
        for row in rows:
            here = [
                stay
                for stay in every
                if stay["chain"] == row.chain
                and row.step in (None, stay["step"])
                and row.agency in (None, stay["agency"])
            ]
            waiting = [stay for stay in here if stay["until"] is None]
            through = [stay for stay in here if stay["until"] and FIRST <= province_day(stay["until"]) <= LAST]
            took = [stay["worked"] for stay in through]
            assert row.oldest == min((stay["since"] for stay in waiting), default=None)
            assert row.took == (None if not took else (rank(took, 5), rank(took, 9)))
            for part, of in (
                (chains.ChainPart.WAITING, waiting),
                (chains.ChainPart.NOT_RECEIVED, [stay for stay in waiting if not stay["received"]]),
                (chains.ChainPart.THROUGH, through),
            ):
                asked = chains.ChainsQuestion(MARCH, row.chain, part=part, step=row.step, agency=row.agency)
                listed = [case.subject for case in await chains.cases(conn, asked, limit=10_000)]
                assert listed == sorted({stay["subject"] for stay in of}), (row, part)
                assert await chains.count(conn, asked) == len(listed) == row.number(part)
    met = {(s["chain"], s["step"], s["agency"]) for s in every}
    assert {(row.chain, row.step, row.agency) for row in rows if row.step} <= met
    assert {row.chain for row in rows if row.step is None} == set(Chain)
