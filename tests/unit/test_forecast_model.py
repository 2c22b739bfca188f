"""What the forecast may rely on: places, shrunk chances, what was known on a morning, thresholds, scores."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.province import day_of, day_start
from schemas.rules.worktime import HOUR_US
from streams.forecast.baseline import judged
from streams.forecast.choose import learn
from streams.forecast.model import SHAPES, Shape, fit, known_by
from streams.forecast.seen import days_before, examples, known, morning_of, seen_at
from streams.forecast.tables import BINS, DEADLINE, EDGES, ForecastCells, place_of
from tests.unit.sample_logs import DAY, MONDAY, RULES, WORK, entry, opens, province, seen, story


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 4_000))
def test_a_place_leads_back_to_its_working_time_and_1_is_the_deadline(used: int, left: int, worked: int) -> None:
    one = seen(left * HOUR_US, used * HOUR_US + HOUR_US)
    place = one.place(worked * HOUR_US)
    assert one.worked_to(place) == pytest.approx(worked * HOUR_US)
    assert (place >= 1) == (worked >= left)


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 20), st.booleans()), max_size=60),
    st.sampled_from((1.0, 20.0, 80.0)),
)
def test_a_curve_only_falls_and_stays_a_chance(told: list[tuple[str, float, bool]], weight: float) -> None:
    cells = ForecastCells()
    for name, place, ended in told:
        cells.add((name, "x"), place, ended=ended)
    for path in ((), ("a",), ("a", "x"), ("never", "seen")):
        curve = cells.curve(path, weight)
        assert len(curve) == BINS
        assert all(1 >= before >= after > 0 for before, after in pairwise(curve))


def test_a_rare_cell_says_what_the_coarser_one_says_until_it_has_seen_enough() -> None:
    def late(rare: int) -> float:
        cells = ForecastCells()
        for number in range(1_000):
            cells.add(("often",), 0.5 if number % 10 else 1.5, ended=True)
        for _ in range(rare):
            cells.add(("rare",), 1.5, ended=True)
        return cells.curve(("rare",), 20.0)[DEADLINE]

    assert late(0) == pytest.approx(0.1, abs=0.03)
    assert late(0) < late(3) < 0.6
    assert late(1_000) > 0.9


def test_a_case_that_is_watched_only_up_to_now_does_not_count_as_ended() -> None:
    watched, ended = ForecastCells(), ForecastCells()
    for number in range(100):
        watched.add((), 0.5, ended=number % 2 == 0)
        ended.add((), 0.5, ended=True)
    assert watched.curve((), 1.0)[DEADLINE] > ended.curve((), 1.0)[DEADLINE]


def test_half_of_a_curve_is_where_half_have_ended() -> None:
    cells = ForecastCells()
    for number in range(1_000):
        cells.add((), number / 1_000, ended=True)
    assert place_of(cells.curve((), 1.0), 0.5) == pytest.approx(0.5, abs=0.03)
    slow = place_of(cells.curve((), 1.0), 0.5, 0.5)
    assert slow is not None
    assert slow > 0.6
    assert place_of(tuple(1.0 for _ in EDGES), 0.5) is None


def test_mornings_know_only_what_had_happened_and_count_working_time() -> None:
    told = story(3)
    found = list(examples("c", told, RULES, told[-1].time + 1))
    assert [day_of(one.at) - MONDAY for one in found] == [1, 2, 3]
    assert [one.seen.steps for one in found] == [0, 1, 2]
    assert [one.seen.used for one in found] == [DAY, 2 * DAY, 3 * DAY]
    assert [one.seen.there for one in found] == [DAY, DAY, DAY]
    assert [one.after for one in found] == [2 * DAY, DAY, 0]
    assert {(one.ended, one.late) for one in found} == {(True, False)}


def test_nothing_later_than_the_cut_is_learned_from() -> None:
    told = story(9)
    cut = morning_of(MONDAY + 4)
    by_then = list(examples("c", [one for one in told if one.time <= cut], RULES, cut))
    later = known_by(list(examples("c", told, RULES, told[-1].time + 1)), cut, WORK)
    assert by_then == later
    assert {(one.ended, one.late) for one in by_then} == {(False, None)}


def test_a_weekend_has_no_morning_and_a_passed_deadline_none_either() -> None:
    told = story(9, allowed_days=5)
    days = [day_of(one.at) - MONDAY for one in examples("c", told, RULES, told[-1].time + 1)]
    assert days == [1, 2, 3, 4, 7]
    case = known("c", told[:-1], RULES)
    assert case is not None
    assert seen_at(case, morning_of(MONDAY + 8), WORK) is None
    assert known("c", told, RULES) is None, "it has ended"


def test_an_end_of_any_kind_in_time_is_not_late() -> None:
    for kind, took, late in (("finished", 3, False), ("withdrawn", 3, False), ("finished", 9, True)):
        told = story(took, end=kind)
        assert {one.late for one in examples("c", told, RULES, told[-1].time)} == {late}


def test_only_passed_deadlines_are_judged() -> None:
    told = story(3)
    (first, *_) = examples("c", told, RULES, told[-1].time)
    assert first.late is False
    assert not judged(first, first.seen.due - 1), "the late ones of its day are not known yet"
    assert judged(first, first.seen.due)


def test_two_working_days_before_monday_is_thursday() -> None:
    assert days_before(day_start(MONDAY + 1), 2, WORK) == MONDAY - 4
    assert days_before(day_start(MONDAY + 5), 2, WORK) == MONDAY + 2


def test_what_is_learned_beats_the_baseline_and_tells_slow_from_fast() -> None:
    told = province(600)
    fitted = learn(told, opens(MONDAY + 400), WORK)
    assert fitted is not None
    assert fitted.tried is not None
    assert fitted.tried.chances_beat
    assert abs(fitted.tried.over) < 5
    mornings = [one for _, one in told]
    model = fit(mornings, Shape("time"))
    assert model.chance(seen(left=DAY, used=5 * DAY)) > model.chance(seen(left=5 * DAY, used=DAY))
    assert learn(told[:50], opens(MONDAY + 400), WORK) is None


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_same_mornings_give_the_same_model(shape: Shape) -> None:
    mornings = [one for _, one in province(120)]
    first, second = fit(mornings, shape), fit(list(reversed(mornings)), shape)
    for one in mornings[::17]:
        assert first.chance(one.seen) == pytest.approx(second.chance(one.seen))
        assert 0 <= first.chance(one.seen) <= 1
        assert first.expected(one.seen) >= 0


def test_a_case_without_a_deadline_can_miss_none() -> None:
    told = [entry("accepted", opens(MONDAY), unit="u", procedure="p")]
    assert known("c", told, RULES) is None
    assert list(examples("c", told, RULES, opens(MONDAY + 9))) == []
