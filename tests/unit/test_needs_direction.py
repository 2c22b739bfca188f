"""What a leader sees first, by the rule alone; and the number that a directive is to move."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboards.directives.aims import NOT_KNOWN, ON_TIME, OVERDUE, AimValue, better, by_week, moved
from dashboards.directives.drawing import curve
from dashboards.directives.needs_direction import Gravity, Needed, chosen

NOW = datetime(2026, 11, 24, 7, 32, tzinfo=UTC)


def needed(key: str, gravity: Gravity = Gravity.WARNING, hours: float | None = None, people: int = 0) -> Needed:
    limit = None if hours is None else NOW + timedelta(hours=hours)
    return Needed(key, gravity, "việc", ".", "đơn vị", limit, people)


def order(*found: Needed) -> list[str]:
    return [one.key for one in chosen(found, NOW)]


def test_the_gravest_first_then_the_nearest_limit_then_most_people() -> None:
    cut = needed("cut", Gravity.GRAVE, hours=5)
    asks = needed("asks", Gravity.OPINION, hours=-30, people=900)
    soon, later, never = needed("soon", hours=1), needed("later", hours=9, people=900), needed("never", people=5_000)
    many, few = needed("many", hours=-1, people=62), needed("few", hours=-200, people=3)

    assert order(never, asks, few, later, many, soon, cut) == ["cut", "many", "few", "soon", "later"]


@given(
    st.lists(st.tuples(st.sampled_from(Gravity), st.none() | st.integers(-5, 5), st.integers(0, 3)), max_size=9),
    st.randoms(),
)
def test_any_order_of_arrival_chooses_the_same_and_nothing_left_out_goes_before_what_is_shown(drawn, random) -> None:  # type: ignore[no-untyped-def]
    found = [needed(str(place), gravity, hours, people) for place, (gravity, hours, people) in enumerate(drawn)]
    shown = chosen(found, NOW)
    assert chosen(random.sample(found, len(found)), NOW) == shown
    assert len(shown) == min(5, len(found))
    left = [one.gravity for one in found if one not in shown]
    assert not left or max(left) <= min(one.gravity for one in shown)


def test_a_share_of_a_week_leaves_out_days_of_which_nothing_is_known() -> None:
    days = {date(2026, 11, 2): (1, 2), date(2026, 11, 20): (8, 10)}
    points = by_week(days, date(2026, 11, 1), date(2026, 11, 22))

    assert [point.day.day for point in points] == [2, 3, 4, 5, 6, 7, 8, 20, 21, 22]
    assert {point.amount for point in points} == {0.5, 0.8}


def test_the_sentence_says_then_and_now_and_which_way_is_better() -> None:
    then, now = AimValue(62, 100), AimValue(88, 100)
    assert moved(ON_TIME, then, now).replace("\u00a0", " ") == "tỷ lệ đúng hạn lúc chỉ đạo 62,0 %, nay 88,0 %"
    assert better(ON_TIME, then, now) is True
    assert better(OVERDUE, AimValue(13), AimValue(20)) is False
    assert better(OVERDUE, AimValue(13), AimValue(13)) is None
    assert better(ON_TIME, then, NOT_KNOWN) is None
    assert "không" in moved(ON_TIME, then, NOT_KNOWN)


def test_the_curve_marks_the_day_of_the_order_and_is_nothing_of_nothing() -> None:
    points = by_week({date(2026, 11, 20): (8, 10)}, date(2026, 11, 18), date(2026, 11, 22))
    drawn = curve(points, ON_TIME, date(2026, 11, 21), date(2026, 11, 22))
    assert "chỉ đạo 21/11" in drawn
    assert "80,0" in drawn
    assert "<svg" not in curve([], ON_TIME, date(2026, 11, 21), date(2026, 11, 22))
