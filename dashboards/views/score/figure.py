"""The figure of one component of the score of Quyết định 766."""

from dataclasses import dataclass

from schemas.rules.decision_766 import CountedPart


@dataclass(frozen=True, slots=True)
class Figure:
    """One component of one unit. ``published``: the portal's own, of that period (2026-10, 2026-Q3, 2026). ``lacking``:
    how many cases stand between it and its maximum, where they are listed."""

    counted: CountedPart
    published: str | None = None
    lacking: int | None = None
