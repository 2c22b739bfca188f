"""How places at work are shared between sources."""

from contextlib import ExitStack

import pytest

from streams.intake.gateway.limits import Busy, Places


def taken(places: Places, held: ExitStack, source: str, wanted: int) -> int:
    """How many of the wanted places the source gets."""
    for got in range(wanted):
        try:
            held.enter_context(places.one(source))
        except Busy:
            return got
    return wanted


def test_one_source_leaves_room_for_others_however_much_it_sends() -> None:
    places = Places(256)
    with ExitStack() as held:
        assert taken(places, held, "greedy", 260) == 129
        assert taken(places, held, "other", 50) == 50
        assert taken(places, held, "greedy", 1) == 0


def test_greedy_sources_share_and_a_new_one_still_finds_a_place() -> None:
    places = Places(256)
    with ExitStack() as held:
        got = [taken(places, held, f"greedy-{n}", 260) for n in range(4)]
        assert sum(got) < 256
        assert taken(places, held, "new", 1) == 1


def test_places_come_back_and_a_single_one_serves_each_in_turn() -> None:
    places = Places(1)
    with places.one("a"), pytest.raises(Busy), places.one("b"):
        pass
    with places.one("b"):
        pass
