"""What scores and thresholds may rely on: what counts as wrong, whom a list names, what has to be beaten."""

from random import Random

import pytest

from streams.forecast.baseline import baseline
from streams.forecast.score import ToldForecast, lifted, named, score, threshold
from streams.forecast.seen import Example
from tests.unit.sample_logs import MONDAY, seen


def drawn(share: float, of: int = 4_000, told_apart: bool = True) -> list[tuple[float, bool]]:
    """Chances about that share, that come true; or that say nothing of who is late."""
    random = Random(1)
    found = []
    for _ in range(of):
        chance = random.betavariate(4 * share, 4 * (1 - share))
        found.append((chance, random.random() < (chance if told_apart else share)))
    return found


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_a_list_doubles_the_odds_whatever_the_share_late_and_names_nobody_below_it(share: float) -> None:
    chances = drawn(share)
    found = threshold(chances, 2.0, 30)
    assert found is not None
    of = named(chances, found)
    assert of.precision is not None
    assert of.base is not None
    assert of.recall is not None
    assert of.precision >= lifted(of.base, 2.0) > of.base
    assert found >= of.base
    assert of.recall > of.named / of.all, "more than naming as many by lot"
    assert of.named < 0.75 * of.all


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_no_list_stands_where_chances_do_not_tell_the_late_from_the_others(share: float) -> None:
    assert threshold(drawn(share, told_apart=False), 2.0, 30) is None
    assert threshold([(0.5, number % 2 == 0) for number in range(400)], 2.0, 30) is None, "all with one chance"
    assert threshold([(0.5, True)] * 400, 2.0, 30) is None, "all are late"
    assert threshold([(0.5, False)] * 400, 2.0, 30) is None
    assert threshold([(0.9, True)] * 10 + [(0.1, False)] * 10, 2.0, 30) is None, "too few to know"
    assert threshold([], 2.0, 30) is None


def test_luck_makes_a_list_seldom() -> None:
    """Of two hundred logs in which nothing foretells who is late, however many lists each is searched for."""
    random, listed = Random(5), 0
    for number in range(200):
        share = (0.07, 0.3, 0.5, 0.8)[number % 4]
        chances = [(random.gauss(share, 0.15), random.random() < share) for _ in range(200)]
        listed += threshold(chances, 2.0, 20) is not None
    assert listed <= 12


def test_odds_are_doubled_not_shares() -> None:
    assert lifted(0.5, 2.0) == pytest.approx(2 / 3)
    assert lifted(2 / 3, 2.0) == pytest.approx(0.8)
    assert lifted(0.0, 2.0) == 0.0
    assert lifted(1.0, 2.0) == 1.0


def test_a_score_finds_chances_that_are_too_high() -> None:
    def told(shift: float) -> list[ToldForecast]:
        random = Random(2)
        made = []
        for number in range(3_000):
            chance = random.random() * 0.8
            late = random.random() < chance
            made.append(ToldForecast(str(number // 3), chance + shift, late, 2.0, 3.0, True, 5.0, 0.4, 0.4))
        return made

    honest, boastful = score(told(0)), score(told(0.1))
    assert honest is not None
    assert boastful is not None
    assert honest.low < 0 < honest.high
    assert boastful.low > 5
    assert honest.error == pytest.approx(0.5)
    assert honest.chances_beat
    assert honest.days_beat
    assert score([]) is None


def forecast_of(
    took: float, ended: bool, expected: float, simply: float, chance: float = 0.5, **more: float
) -> ToldForecast:
    simple = {"simple": 0.5, "share": 0.5, **more}
    return ToldForecast("c", chance, True, expected, took, ended, simply, simple["simple"], simple["share"])


def test_an_open_case_counts_in_the_error_only_by_what_it_has_lain_longer() -> None:
    ended = forecast_of(10.0, True, 8.0, 4.0)
    beyond, within = forecast_of(9.0, False, 7.0, 5.0), forecast_of(3.0, False, 8.0, 4.0)
    found = score([ended, beyond, within])
    assert found is not None
    assert found.error == pytest.approx((2 + 2 + 0) / (6 + 4 + 0))
    assert score([within]) is None, "nothing is known of its end yet"


def test_days_and_chances_pass_a_gate_of_their_own() -> None:
    days = score([forecast_of(10.0, True, 9.0, 4.0, chance=0.3)])
    chances = score([forecast_of(10.0, True, 4.0, 9.0, chance=0.9)])
    assert days is not None
    assert chances is not None
    assert (days.days_beat, days.chances_beat) == (True, False)
    assert (chances.days_beat, chances.chances_beat) == (False, True)


def test_chances_stand_against_the_better_of_the_share_of_the_step_and_the_share_of_all() -> None:
    for simple, share in ((0.9, 0.5), (0.5, 0.9)):
        found = score([forecast_of(10.0, True, 9.0, 4.0, chance=0.8, simple=simple, share=share)])
        assert found is not None
        assert found.simple_brier == pytest.approx(0.01)
        assert not found.chances_beat


def test_the_baseline_of_days_is_the_median_of_the_step() -> None:
    def ended(step: str, after: int) -> Example:
        return Example(seen(step=step), MONDAY, after, MONDAY + after, True, after > 5)

    mornings = [*(ended("a", after) for after in (1, 2, 90)), *(ended("b", after) for after in (7, 7, 8))]
    until = seen().due
    simple = baseline(mornings, until)
    assert simple.expected(seen(step="a")) == 2
    assert simple.expected(seen(step="never")) == 7
    assert simple.chance(seen(step="b")) == 1
    assert simple.chance(seen(step="never")) == pytest.approx(4 / 6)
    assert baseline(mornings, until, by_step=False).chance(seen(step="b")) == pytest.approx(4 / 6)
