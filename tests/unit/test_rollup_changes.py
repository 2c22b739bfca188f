"""What a span changes in the rollups: new contributions minus stored ones."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from schemas.counters import COUNTER_INDEX, FLOW_COUNTERS
from schemas.province import as_date, day_number
from schemas.rollups import CASE_ROLLUPS
from schemas.state import NOTHING, Contribution
from streams.rollup_changes import Delta, month_of

DAY = day_number(date(2024, 2, 29))
ONE = Contribution("1.1", "online", (("A", DAY, "accepted", 1), ("B", DAY, "steps", 3)))


def said(delta: Delta, rollup: str) -> dict[tuple[object, ...], dict[str, int]]:
    return {
        key: {name: row[index] for name, index in COUNTER_INDEX.items() if row[index]}
        for key, row in delta.of(rollup).items()
    }


def test_a_new_case_adds_all_it_has_at_every_grain() -> None:
    delta = Delta()
    delta.replace(NOTHING, ONE)

    first = day_number(date(2024, 2, 1))
    assert said(delta, "unit_day") == {("A", DAY, "online"): {"accepted": 1}, ("B", DAY, "online"): {"steps": 3}}
    assert said(delta, "procedure_day") == {("1.1", DAY, "online"): {"accepted": 1, "steps": 3}}
    assert said(delta, "unit_procedure_month") == {
        ("A", "1.1", first): {"accepted": 1},
        ("B", "1.1", first): {"steps": 3},
    }


def test_a_case_that_adds_what_it_added_before_changes_no_row() -> None:
    delta = Delta()
    delta.replace(ONE, ONE)

    assert [delta.of(rollup.name) for rollup in CASE_ROLLUPS] == [{}, {}, {}]


def test_a_case_that_changes_its_channel_leaves_the_old_rows_for_the_new_ones() -> None:
    delta = Delta()
    delta.replace(ONE, Contribution("1.1", "post", ONE.rows))

    assert said(delta, "procedure_day") == {
        ("1.1", DAY, "online"): {"accepted": -1, "steps": -3},
        ("1.1", DAY, "post"): {"accepted": 1, "steps": 3},
    }
    assert delta.of("unit_procedure_month") == {}


def test_what_two_cases_take_from_each_other_cancels_out() -> None:
    delta = Delta()
    delta.replace(NOTHING, ONE)
    delta.replace(ONE, NOTHING)

    assert [delta.of(rollup.name) for rollup in CASE_ROLLUPS] == [{}, {}, {}]


@given(st.dates(date(2010, 1, 1), date(2100, 1, 1)))
def test_a_month_is_known_by_its_first_day(day: date) -> None:
    assert as_date(month_of(day_number(day))) == day.replace(day=1)


_keys = st.tuples(st.sampled_from("AB"), st.integers(DAY, DAY + 2), st.sampled_from(FLOW_COUNTERS[:4]))
_contributions = st.builds(
    lambda procedure, channel, rows: Contribution(procedure, channel, tuple((*key, n) for key, n in rows.items())),
    st.sampled_from(["1.1", "2.2"]),
    st.sampled_from(["online", "post"]),
    st.dictionaries(_keys, st.integers(1, 3), max_size=5),
)


@given(st.lists(st.tuples(_contributions, _contributions), max_size=5))
def test_the_differences_are_the_sum_of_the_new_minus_the_sum_of_the_old(
    changes: list[tuple[Contribution, Contribution]],
) -> None:
    delta = Delta()
    sums: dict[str, Counter[tuple[object, ...]]] = {rollup.name: Counter() for rollup in CASE_ROLLUPS}
    for old, new in changes:
        delta.replace(old, new)
        for of, sign in ((old, -1), (new, 1)):
            for unit, day, counter, amount in of.rows:
                month = day_number(as_date(day).replace(day=1))
                sums["unit_day"][unit, day, of.channel, counter] += sign * amount
                sums["procedure_day"][of.procedure, day, of.channel, counter] += sign * amount
                sums["unit_procedure_month"][unit, of.procedure, month, counter] += sign * amount

    for rollup, wanted in sums.items():
        found = {(*key, name): n for key, row in said(delta, rollup).items() for name, n in row.items()}
        assert found == {key: n for key, n in wanted.items() if n}
