"""What becomes of a directive, in any order of what is said of it, and of commands before they are taken."""

from datetime import UTC, datetime
from itertools import permutations
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.actions.command import Command, command
from schemas.actions import DIRECTIVE
from schemas.contracts import CONTRACTS
from schemas.domain import Breach
from schemas.rules.directive_moves import MOVES, Side, chain
from streams.entries.subjects import standing
from streams.folds.directives import directive
from tests.unit.gateway import Kept, examples, grant
from tests.unit.test_gateway import broken, post
from tests.unit.told import at
from tests.unit.told_subjects import Told

BY = {"by": "a1", "by_name": "Lãnh đạo"}
DUE = "2024-02-01T17:00:00+07:00"
LATER = "2024-02-09T17:00:00+07:00"
NOW = datetime(2024, 1, 24, 7, 30, tzinfo=UTC)
ID = UUID("0d2b6f6e-3f67-4e58-9c1c-000000000002")


def ordered() -> Told:
    said = {"unit": "26041", "sentence": "Xử lý xong 62 hồ sơ trễ.", "due_at": DUE, "aim": "on_time"}
    return Told("directive", "cd-a/26041").say("issued", "2024-01-24T08:00", **said, **BY)


def move(told: Told, kind: str, time: str, after: int, **said: Any) -> Told:
    return told.say(kind, time, after=after, **said, **BY)


def test_it_is_on_time_by_the_deadline_that_was_given_last_before_it_was_done() -> None:
    told = move(ordered(), "asked", "2024-01-31T08:00", 1, due_at=LATER, sentence="Thiếu người.")
    assert (told.state().standing, told.state().detail["asked_until"]) == ("asking", at("2024-02-09T17:00"))
    move(move(told, "extended", "2024-01-31T09:00", 2, due_at=LATER), "done", "2024-02-08T08:00", 3)

    assert told.counts() == {"issued": 1, "extensions": 1, "done": 1, "done_on_time": 1}
    assert (told.state().standing, told.state().due_at, told.state().ended_at) == ("done", at("2024-02-09T17:00"), None)


def test_what_is_reopened_was_not_done_and_what_is_verified_has_ended() -> None:
    told = move(move(ordered(), "done", "2024-01-30T08:00", 1), "reopened", "2024-01-30T09:00", 2, sentence="Còn 9.")
    assert told.counts() == {"issued": 1}
    move(move(told, "done", "2024-02-02T08:00", 3), "verified", "2024-02-03T08:00", 4)

    assert told.counts() == {"issued": 1, "done": 1, "done_late": 1, "verified": 1}
    assert told.state().ended_at == at("2024-02-03T08:00")


def test_of_two_on_the_same_standing_the_earlier_counts_and_the_other_is_kept() -> None:
    told = move(ordered(), "cannot", "2024-01-25T08:00:01", 1, sentence="Chờ thuế.")
    move(told, "accepted", "2024-01-25T08:00", 1)

    assert (told.state().standing, told.state().detail["overtaken"]) == ("accepted", ["e2"])


def test_a_move_counts_by_its_place_though_the_clock_of_who_made_it_is_behind() -> None:
    told = move(move(ordered(), "done", "2024-01-25T07:00", 2), "accepted", "2024-01-25T08:00", 1)

    assert (told.state().standing, told.state().detail["revision"]) == ("done", 3)


def test_what_was_not_possible_then_changes_nothing() -> None:
    told = move(ordered(), "verified", "2024-01-25T08:00", 1)

    assert (told.state().standing, told.state().detail["revision"]) == ("issued", 1)


def test_answers_without_their_order_count_for_nobody_until_it_comes() -> None:
    told = move(Told("directive", "cd-a"), "accepted", "2024-01-25T08:00", 1)
    assert (told.state().standing, told.counts()) == ("", {})


@given(
    st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(1, 5), st.integers(0, 5)), max_size=7), st.randoms()
)
def test_any_order_of_any_moves_is_one_state_and_each_is_counted_or_overtaken_or_waits(
    drawn: list[tuple[str, int, int]], random: Random
) -> None:
    said = [("issued", 0, 0), *drawn, *drawn[:2]]
    more = {"asked": {"due_at": LATER, "sentence": "x"}, "extended": {"due_at": LATER}, "reopened": {"sentence": "x"}}
    more |= {kind: {"sentence": "x"} for kind in ("cannot", "closed")}
    order = {"unit": "26041", "sentence": "x", "due_at": DUE}
    states = []
    for _ in range(2):
        told = Told("directive", "cd-a")
        for kind, after, minute in random.sample(said, len(said)):
            data = order if kind == "issued" else {"after": after, **more.get(kind, {})}
            name = f"{kind}{after}{minute}"
            told.say(kind, f"2024-01-25T08:0{minute}", **data, **BY, id=name)
        states.append(told.state())
    assert states[0] == states[1]
    facts = standing(DIRECTIVE, "cd-a", told.entries()).told
    made = chain(facts)
    assert [fact.data.after for fact in made[1:]] == [*range(1, len(made))]
    assert states[0].detail["revision"] == len(made)
    assert set(states[0].detail["overtaken"]).isdisjoint(fact.id for fact in made)
    assert directive(facts).standing == states[0].standing


def test_every_standing_but_the_ends_has_an_answer_of_the_unit_or_of_who_ordered() -> None:
    reached = {"issued", *(move.to for move in MOVES.values())}
    for stands in reached:
        sides = {move.side for move in MOVES.values() if stands in move.of}
        assert Side.ORDERER in sides, stands
    assert {stands for move in MOVES.values() for stands in move.of} == reached


def made(now: datetime = NOW, **data: Any) -> Command:
    said = {"unit": "26041", "sentence": "Xử lý xong 62 hồ sơ.", "due_at": datetime(2024, 2, 1, 10, tzinfo=UTC)}
    return command(
        ID, "directive.issued.v1", "cd-a/26041", said | data, unit="26041", by="a1", by_name="Lãnh đạo", now=now
    )


@pytest.mark.parametrize("field", ["sentence", "post", "origin_key"])
def test_a_text_with_an_identity_number_is_no_command_and_is_not_repeated(field: str) -> None:
    with pytest.raises(Breach) as refused:
        made(NOW, **{field: "CCCD 075 0 88 001234 của"})
    assert (refused.value.field, refused.value.rule) == (f"data.{field}", "identity_number")
    assert "001234" not in str(refused.value)


def test_the_same_command_at_another_moment_asks_for_the_same_and_another_text_for_something_else() -> None:
    assert made().asked == made(now=NOW.replace(hour=9)).asked
    assert made().asked != made(sentence="Xử lý xong 61 hồ sơ.").asked
    assert (made().after, made().kind, made().domain) == (0, "issued", "directive")


def test_every_order_of_three_moves_by_hand_comes_to_the_same() -> None:
    moves = [("accepted", "2024-01-25T08:00", 1), ("done", "2024-01-26T08:00", 2), ("verified", "2024-01-27T08:00", 3)]
    found = set()
    for told_in in permutations(moves):
        told = ordered()
        for _number, (kind, time, after) in enumerate(told_in):
            told.say(kind, time, after=after, **BY, id=f"m{after}")
        found.add((told.state().standing, told.state().ended_at))
    assert found == {("verified", at("2024-01-27T08:00"))}


@pytest.mark.parametrize("event", [one for one in examples() if one["type"] in CONTRACTS["actions"].types])
async def test_nobody_sends_what_only_the_centre_says(event: dict[str, Any]) -> None:
    kept = Kept()
    answer = await post(event, kept=kept, grants={"t": grant(event["source"], types="*")})
    assert (answer.status_code, broken(answer)) == (403, [("type", "not_granted")])
    assert kept.records == []
