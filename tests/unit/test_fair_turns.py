"""Who may ask next: each client has its share, and none waits for another's queue."""

import asyncio

import pytest

from dashboards.fair_turns import NoTurn, Turns


async def ask(turns: Turns, client: str, order: list[str], seconds: float = 0.01) -> None:
    async with turns.one(client):
        order.append(client)
        await asyncio.sleep(seconds)


async def test_a_client_with_fifty_slow_questions_leaves_room_for_anothers_quick_one() -> None:
    turns, order = Turns(4, share=3), list[str]()
    slow = [asyncio.create_task(ask(turns, "slow", order, 5)) for _ in range(50)]
    await asyncio.sleep(0.01)
    assert order == ["slow"] * 3
    async with asyncio.timeout(0.5):
        await ask(turns, "quick", order)
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    async with asyncio.timeout(0.5):
        await asyncio.gather(*(ask(turns, "after", order) for _ in range(8)))


async def test_of_those_who_wait_each_client_is_given_a_turn_in_turn() -> None:
    turns, order = Turns(1, share=1), list[str]()
    tasks = [asyncio.create_task(ask(turns, client, order)) for client in "aaaabbc"]
    await asyncio.gather(*tasks)
    assert order[:4] == ["a", "a", "b", "c"]
    assert sorted(order) == list("aaaabbc")


async def test_who_waits_too_long_is_told_so_and_takes_no_place() -> None:
    turns = Turns(1, share=1, waits=0.05)
    async with turns.one("a"):
        with pytest.raises(NoTurn):
            async with turns.one("b"):
                pass
    async with asyncio.timeout(0.5), turns.one("b"):
        pass


async def test_a_turn_that_its_asker_left_goes_to_the_next() -> None:
    turns, order = Turns(1, share=1), list[str]()
    async with turns.one("a"):
        leaving = asyncio.create_task(ask(turns, "b", order))
        staying = asyncio.create_task(ask(turns, "c", order))
        await asyncio.sleep(0.01)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
    async with asyncio.timeout(0.5):
        await staying
    assert order == ["c"]
