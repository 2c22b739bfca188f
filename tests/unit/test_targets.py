"""Targets and their paths: exact, monotonous, and reached by exactly as many cases as is said."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dashboards.views.essential.targets import ServiceTarget, chosen, expected, standing

FIRST, DUE = date(2026, 1, 1), date(2026, 12, 31)
SHARES = st.fractions(0, 1, max_denominator=10_000)


def target(start: Fraction | None = Fraction(0), goal: Fraction = Fraction(4, 5), **of: object) -> ServiceTarget:
    made: dict[str, object] = {"number": 18, "unit": None, "first": FIRST, "due": DUE, "source": "KH", "verified": True}
    return ServiceTarget(start=start, goal=goal, **{**made, **of})  # type: ignore[arg-type]


def test_the_path_is_straight_from_its_start_to_its_goal() -> None:
    half = FIRST + (DUE - FIRST) / 2
    path = target(Fraction(1, 5), Fraction(4, 5))

    assert [expected(path, day) for day in (FIRST - timedelta(days=9), FIRST, half, DUE, DUE + timedelta(days=9))] == [
        Fraction(1, 5),
        Fraction(1, 5),
        Fraction(1, 2),
        Fraction(4, 5),
        Fraction(4, 5),
    ]
    assert expected(target(Fraction(9, 10)), FIRST) == Fraction(4, 5), "a goal already reached is to be kept"
    assert expected(target(None), half) is None


@given(SHARES, SHARES, st.integers(-400, 800), st.integers(0, 50))
def test_a_path_never_falls_and_never_leaves_its_ends(start: Fraction, goal: Fraction, day: int, more: int) -> None:
    path = target(start, goal)
    now, later = (expected(path, FIRST + timedelta(days=n)) for n in (day, day + more))

    assert now is not None
    assert later is not None
    assert min(start, goal) <= now <= later <= goal


@given(SHARES, SHARES, st.integers(1, 5_000), st.integers(0, 5_000), st.integers(0, 364))
def test_as_many_cases_as_are_said_reach_the_path_and_one_less_does_not(
    start: Fraction, goal: Fraction, received: int, online: int, day: int
) -> None:
    online = min(online, received)
    stands = standing(target(start, goal), received, online, FIRST + timedelta(days=day))
    path = stands.expected

    assert path is not None
    assert stands.behind is (Fraction(online, received) < path)
    if not stands.behind:
        assert (stands.missing, stands.to_come) == (0, 0)
        return
    assert stands.missing is not None
    assert Fraction(online + stands.missing, received) >= path > Fraction(online + stands.missing - 1, received)
    if stands.to_come is None:
        assert path == 1
    else:
        more = stands.to_come
        assert Fraction(online + more, received + more) >= path > Fraction(online + more - 1, received + more - 1)


def test_without_a_start_or_a_case_nobody_is_behind() -> None:
    assert standing(target(None), 10, 1, DUE).behind is None
    assert standing(target(), 0, 0, DUE).behind is None


def test_the_nearest_target_counts() -> None:
    every, every_of_unit = target(number=0), target(number=0, unit="a")
    own, own_of_unit = target(), target(unit="a")

    assert chosen([every, every_of_unit, own, own_of_unit], 18, "a") is own_of_unit
    assert chosen([every, every_of_unit, own], 18, "a") is own
    assert chosen([every, every_of_unit], 18, "a") is every_of_unit
    assert chosen([every, every_of_unit], 18, "b") is every
    assert chosen([every, own, own_of_unit], 18) is own
    assert chosen([own, own_of_unit], 19, "a") is None
