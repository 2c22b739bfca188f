"""One question is asked once for all who ask it at the same moment."""

import asyncio

import pytest

from dashboards.deadline import Overdue, within
from dashboards.shared_answers import Shared


async def test_who_asks_at_the_same_moment_has_the_same_answer_and_later_a_new_one() -> None:
    now, asked = [0.0], list[int]()
    shared: Shared[int] = Shared(1.0, lambda: now[0])

    async def ask() -> int:
        asked.append(len(asked))
        await asyncio.sleep(0.01)
        return asked[-1]

    assert await asyncio.gather(*(shared.answer("q", ask) for _ in range(20))) == [0] * 20
    assert await shared.answer("other", ask) == 1
    now[0] = 2.0
    assert await shared.answer("q", ask) == 2


async def test_a_question_does_not_end_with_the_one_who_asked_first_and_a_failure_is_not_kept() -> None:
    shared: Shared[str] = Shared(60.0)

    async def slow() -> str:
        await asyncio.sleep(0.05)
        return "answer"

    async def broken() -> str:
        raise LookupError

    first = asyncio.create_task(shared.answer("q", slow))
    await asyncio.sleep(0.01)
    first.cancel()
    assert await shared.answer("q", broken) == "answer"
    with pytest.raises(LookupError):
        await shared.answer("b", broken)
    assert await shared.answer("b", slow) == "answer"


async def test_work_that_does_not_end_when_it_is_told_to_is_not_waited_for() -> None:
    over = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await over.wait()

    async with asyncio.timeout(1):
        with pytest.raises(Overdue):
            await within(0.05, stubborn())
    over.set()
    await asyncio.sleep(0)
