"""Medians and p90 by nearest rank, and spans of working time in words."""

from collections import Counter

import hypothesis
from hypothesis import strategies as st

from dashboards.percentiles import Spread, spread
from dashboards.words import NB, worked


@hypothesis.given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_at_least_half_and_nine_tenths_are_not_greater_and_nothing_smaller_would_do(values: list[int]) -> None:
    def least(tenths: int) -> int:
        enough = (v for v in values if 10 * sum(other <= v for other in values) >= tenths * len(values))
        return min(enough)

    assert spread(Counter(values)) == Spread(least(5), least(9))


def test_of_nothing_there_is_no_median() -> None:
    assert spread({}) is None
    assert spread({7: 1}) == (7, 7)


def test_a_span_is_written_in_the_unit_that_says_it_best() -> None:
    assert [worked(minutes) for minutes in (0, 59, 60, 210, 959, 960, 4_800)] == [
        f"0{NB}phút",
        f"59{NB}phút",
        f"1,0{NB}giờ",
        f"3,5{NB}giờ",
        f"16,0{NB}giờ",
        f"2,0{NB}ngày",
        f"10,0{NB}ngày",
    ]
