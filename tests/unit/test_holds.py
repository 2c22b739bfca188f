"""What becomes of a holding order, in any order of what is said of it."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.told import at
from tests.unit.told_subjects import Told

BY = {"by": "a1", "by_name": "Trực ban"}
ORDER = {"scope": "account", "key": "cb.26041.03", "unit": "26041", "measure": "stop"}
ORDER |= {"ends_at": "2024-01-23T10:15:00+07:00", "sentence": "Tạm dừng tra cứu."}
MORE: dict[str, dict[str, Any]] = {
    "ordered": ORDER | BY,
    "lifted": {"after": 1, **BY},
    "accepted": {"tries": 1},
    "refused": {"reason": "other", "tries": 1},
    "ended": {"tries": 1},
    "unanswered": {"reached": True},
}


def hold(*said: str) -> Told:
    """Each a minute after the one before it."""
    told = Told("hold", "giu-a-0")
    for minute, kind in enumerate(said):
        told.say(kind, f"2024-01-23T09:{minute:02d}", **MORE[kind])
    return told


def test_it_holds_from_the_receivers_answer_until_the_receiver_says_that_it_ended() -> None:
    assert hold("ordered").state().standing == "ordered"
    assert hold("ordered", "accepted").state().standing == "held"
    assert hold("ordered", "accepted", "lifted").state().standing == "ended_early"
    over = hold("ordered", "accepted", "lifted", "ended")
    assert (over.state().standing, over.state().ended_at) == ("ended", at("2024-01-23T09:03"))
    assert over.counts() == {"ordered": 1, "accepted": 1, "lifted": 1}


def test_an_answer_after_we_gave_up_waiting_changes_no_end_and_the_receivers_word_goes_before_ours() -> None:
    assert hold("ordered", "unanswered", "accepted").state().standing == "unanswered"
    assert hold("ordered", "unanswered", "refused").state().standing == "refused"
    assert hold("ordered", "unanswered", "accepted", "ended").state().standing == "ended"


def test_of_two_orders_and_two_early_ends_the_first_count_and_the_others_are_kept() -> None:
    state = hold("ordered", "ordered", "lifted", "lifted").state()
    assert (state.standing, state.detail["overtaken"], state.detail["revision"]) == ("ended_early", ["e2", "e4"], 2)


def test_an_accounts_order_is_no_row_of_its_unit_so_that_nobody_there_reads_the_name() -> None:
    state = hold("ordered").state()
    assert (state.unit, state.part, state.detail["of_unit"]) == ("", "account", "26041")


def test_answers_without_their_order_count_for_nobody_until_it_comes() -> None:
    told = hold("accepted", "ended")
    assert (told.state().standing, told.counts()) == ("", {})


@given(st.lists(st.tuples(st.sampled_from(sorted(MORE)), st.integers(0, 5)), max_size=8), st.randoms())
def test_any_order_and_repetition_of_what_is_said_is_one_state(drawn: list[tuple[str, int]], random: Random) -> None:
    states = []
    for _ in range(2):
        told = Told("hold", "giu-a-0")
        for kind, minute in random.sample([*drawn, *drawn[:3]], len(drawn) + len(drawn[:3])):
            told.say(kind, f"2024-01-23T09:0{minute}", id=f"{kind}{minute}", **MORE[kind])
        states.append((told.state(), told.counts()))
    assert states[0] == states[1]
