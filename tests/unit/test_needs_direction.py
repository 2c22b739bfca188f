"""What a leader sees first, by the rule alone; and the number that a directive is to move."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboards.directives.aims import NOT_KNOWN, ON_TIME, OVERDUE, AimValue, better, by_week, moved
from dashboards.directives.drawing import curve
from dashboards.directives.needs_direction import OF_A_KIND, Directed, Gravity, Needed, chosen, in_order, paired

NOW = datetime(2026, 11, 24, 7, 32, tzinfo=UTC)


def needed(
    key: str,
    gravity: Gravity = Gravity.WARNING,
    hours: float | None = None,
    people: int = 0,
    kind: str = "",
    **more: Any,
) -> Needed:
    limit = None if hours is None else NOW + timedelta(hours=hours)
    return Needed(key, kind or key, gravity, "việc", "đơn vị", limit, people, **more)


def directed(subject: str = "cd-a/1", unit: str = "1", aim: str = "", about: str = "") -> Directed:
    return Directed(subject, unit, "Lãnh đạo", NOW - timedelta(days=1), NOW + timedelta(days=1), aim, about)


def order(*found: Needed) -> list[str]:
    return [one.key for one in chosen(found, NOW)]


def test_the_gravest_first_then_the_nearest_limit_then_most_people() -> None:
    cut = needed("cut", Gravity.GRAVE, hours=5)
    asks = needed("asks", Gravity.OPINION, hours=-30, people=900)
    soon, later, never = needed("soon", hours=1), needed("later", hours=9, people=900), needed("never", people=5_000)
    many, few = needed("many", hours=-1, people=62), needed("few", hours=-200, people=3)

    assert order(never, asks, few, later, many, soon, cut) == ["cut", "many", "few", "soon", "later"]


def test_the_third_of_a_kind_comes_after_the_equally_grave_of_other_kinds_and_never_after_a_lesser_one() -> None:
    units = [needed(f"unit-{place}", hours=-1, people=100 - place, kind="overdue") for place in range(4)]
    ends, asks = needed("certificate", hours=30), needed("asks", Gravity.OPINION, hours=-1)

    assert order(*units, ends, asks) == ["unit-0", "unit-1", "certificate", "unit-2", "unit-3"]


def test_what_is_ordered_already_sinks_below_everything_that_is_not() -> None:
    grave = needed("grave", Gravity.GRAVE, hours=1)
    found = paired([grave, needed("asks", Gravity.OPINION)], [directed(about="grave")])

    assert order(*found) == ["asks", "grave"]
    assert found[0].directed == directed(about="grave")


def test_a_directive_is_about_a_thing_by_its_key_or_by_the_number_that_it_is_to_move_in_the_same_unit() -> None:
    overdue = needed("overdue/1", unit="1", aims=frozenset(("overdue",)))
    tasks = needed("task/1", unit="1")

    def about(directive: Directed) -> list[bool]:
        return [one.directed is not None for one in paired([overdue, tasks], [directive])]

    assert about(directed(aim="overdue")) == [True, False]
    assert about(directed(about="task/1")) == [False, True]
    assert about(directed(unit="2", aim="overdue")) == [False, False]
    assert about(directed()) == [False, False]


def test_where_the_directive_itself_waits_for_an_answer_its_thing_is_said_once() -> None:
    late = needed("directive/cd-a/1", unit="1", directive="cd-a/1")
    found = paired([needed("overdue/1", unit="1", aims=frozenset(("overdue",))), late], [directed(aim="overdue")])

    assert [one.key for one in found] == [late.key]


SOME = st.lists(
    st.tuples(
        st.sampled_from(Gravity),
        st.none() | st.integers(-5, 5),
        st.integers(0, 3),
        st.sampled_from("ab"),
        st.booleans(),
    ),
    max_size=12,
)


@given(SOME, st.randoms())
def test_any_order_of_arrival_chooses_the_same_and_nothing_left_out_goes_before_what_is_shown(
    drawn: list[tuple[Gravity, int | None, int, str, bool]], random: Random
) -> None:
    found = [
        needed(str(place), gravity, hours, people, kind, directed=directed() if sunk else None)
        for place, (gravity, hours, people, kind, sunk) in enumerate(drawn)
    ]
    shown = chosen(found, NOW)
    assert chosen(random.sample(found, len(found)), NOW) == shown
    assert len(shown) == min(5, len(found))
    left = [one for one in found if one not in shown]
    if any(one.directed is not None for one in shown):
        assert all(one.directed is not None for one in left)
    for of in (True, False):
        gravities = [one.gravity for one in shown if (one.directed is not None) is of]
        behind = [one.gravity for one in left if (one.directed is not None) is of]
        assert gravities == sorted(gravities, reverse=True)
        assert not gravities or not behind or max(behind) <= min(gravities)
    for one in shown:  # no place is taken by a third of a kind that another kind would have wanted
        like = [
            other
            for other in shown
            if (other.kind, other.gravity, other.directed) == (one.kind, one.gravity, one.directed)
        ]
        others = [
            other
            for other in left
            if other.kind != one.kind and (other.gravity, other.directed) == (one.gravity, one.directed)
        ]
        taken = {
            kind: sum(
                (other.kind, other.gravity, other.directed) == (kind, one.gravity, one.directed) for other in shown
            )
            for kind in {other.kind for other in others}
        }
        assert len(like) <= OF_A_KIND or all(count >= OF_A_KIND for count in taken.values())


@given(SOME.filter(bool), st.data())
def test_a_thing_that_grows_graver_or_nearer_or_larger_never_falls_back(
    drawn: list[tuple[Gravity, int | None, int, str, bool]], data: st.DataObject
) -> None:
    found = [needed(str(place), gravity, hours, people) for place, (gravity, hours, people, _, _) in enumerate(drawn)]
    place = data.draw(st.integers(0, len(found) - 1))
    one = found[place]
    nearer = NOW + timedelta(hours=-9) if one.limit is None else one.limit - timedelta(hours=1)
    worse = data.draw(
        st.sampled_from(
            [replace(one, gravity=Gravity.GRAVE), replace(one, limit=nearer), replace(one, people=one.people + 1)]
        )
    )
    before, after = (
        [it.key for it in in_order(some, NOW)] for some in (found, [*found[:place], worse, *found[place + 1 :]])
    )
    assert after.index(one.key) <= before.index(one.key)


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
