"""Ranks of units by their score of Quyết định 766."""

from dashboards.readers.score import Figure, UnitScore, ranked
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
