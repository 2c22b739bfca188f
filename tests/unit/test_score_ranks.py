"""Ranks of units by their score of Quyết định 766."""

from datetime import date

import pytest

from dashboards.periods import between, previous
from dashboards.readers.score import UnitScore, change, ranked
from dashboards.readers.score_counts import Figure
from schemas.rules.decision_766 import Counted, Reading, score


def unit(name: str | None, tier: str | None, part: int | None) -> UnitScore:
    figures = {} if part is None else {"PROGRESS": Figure(Counted(part, 1000))}
    return UnitScore(name, tier, figures, score({code: f.counted for code, f in figures.items()}, Reading.PORTAL))


def test_ranks_are_within_a_tier_equal_totals_share_one_and_nothing_counted_has_none() -> None:
    found = ranked(
        [
            unit(None, "province", 900),
            unit("a", "commune", 700),
            unit("b", "commune", 900),
            unit("c", "commune", 700),
            unit("d", "commune", 100),
            unit("e", "commune", None),
            unit("s", "department", 300),
            unit("?", None, 999),
        ]
    )
    assert {one.unit: (one.rank, one.ranked) for one in found} == {
        None: (None, None),
        "a": (2, 4),
        "b": (1, 4),
        "c": (2, 4),
        "d": (4, 4),
        "e": (None, None),
        "s": (1, 1),
        "?": (None, None),
    }


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (("2024-03-01", "2024-03-01"), ("2024-02-29", "2024-02-29")),
        (("2024-03-01", "2024-03-31"), ("2024-02-01", "2024-02-29")),
        (("2024-01-01", "2024-03-31"), ("2023-10-01", "2023-12-31")),
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")),
        (("2024-01-02", "2024-01-31"), None),
    ],
)
def test_before_a_day_is_a_day_and_before_months_are_as_many(
    days: tuple[str, str], before: tuple[str, str] | None
) -> None:
    found = previous(between(*map(date.fromisoformat, days)))
    assert (None if found is None else (str(found.first), str(found.last))) == before


def test_a_change_is_of_what_is_known_both_times() -> None:
    now = unit("a", "commune", 700)
    assert change(now, unit("a", "commune", 600)) == pytest.approx(2)
    assert change(now, unit("a", "commune", None)) is None
    assert change(now, None) is None
