"""Ranks of units by their score of Quyết định 766."""

from datetime import date

import pytest

from dashboards.periods import before, between
from dashboards.views.score.figure import Figure
from dashboards.views.score.reader import ScoredUnit, change, ranked
from schemas.rules.decision_766 import CountedPart, Reading, score
from schemas.rules.score_choices import RankBy


def unit(name: str | None, tier: str | None, part: int | None) -> ScoredUnit:
    figures = {} if part is None else {"PROGRESS": Figure(CountedPart(part, 1000))}
    return ScoredUnit(name, tier, figures, score({code: f.counted for code, f in figures.items()}, Reading.PORTAL))


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


def test_what_is_not_known_does_not_lower_a_rank_unless_the_points_as_they_are_are_asked_for() -> None:
    known = {"PROGRESS": Figure(CountedPart(950, 1000)), "DOSSIER_SYNC": Figure(CountedPart(1, 2))}
    both = ScoredUnit("b", "commune", known, score({code: f.counted for code, f in known.items()}, Reading.PORTAL))

    def ranks(rank_by: RankBy) -> list[int | None]:
        return [one.rank for one in ranked([unit("a", "commune", 900), both], rank_by)]

    assert ranks(RankBy.SHARE) == [1, 2]  # 18 of 20 before 22 of 26
    assert ranks(RankBy.TOTAL) == [2, 1]


def test_a_total_never_ranks() -> None:
    found = {one.unit: one.rank for one in ranked([unit("75", "province", 999), unit("a", "commune", 100)])}
    assert found == {"75": None, "a": 1}


@pytest.mark.parametrize(
    ("days", "earlier"),
    [
        (("2024-03-01", "2024-03-01"), ("2024-02-29", "2024-02-29")),
        (("2024-03-01", "2024-03-31"), ("2024-02-01", "2024-02-29")),
        (("2024-01-01", "2024-03-31"), ("2023-10-01", "2023-12-31")),
        (("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")),
        (("2024-01-02", "2024-01-31"), None),
    ],
)
def test_before_a_day_is_a_day_and_before_months_are_as_many(
    days: tuple[str, str], earlier: tuple[str, str] | None
) -> None:
    found = before(between(*map(date.fromisoformat, days)), None)
    assert (None if found is None else (str(found.first), str(found.last))) == earlier


def test_a_change_is_of_what_is_known_both_times() -> None:
    now = unit("a", "commune", 700)
    assert change(now, unit("a", "commune", 600)) == pytest.approx(2)
    assert change(now, unit("a", "commune", None)) is None
    assert change(now, None) is None
