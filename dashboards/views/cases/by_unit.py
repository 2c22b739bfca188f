"""Which units to look at: those that pull the on-time rate down, or those with most overdue cases. Pure."""

from typing import NamedTuple

from dashboards.figures.headline import unit_pulls
from dashboards.readers.snapshot import Live
from dashboards.words import number, points


class UnitRow(NamedTuple):
    """``part`` is the bar's length against the longest; the number opens ``cases`` cases of ``counter``."""

    unit: str
    part: float
    text: str
    counter: str
    cases: int
    warn: bool


class UnitPanel(NamedTuple):
    """``pulling`` says which of the two questions the rows answer; without rows, ``instead`` says why."""

    pulling: bool
    rows: tuple[UnitRow, ...]
    instead: str = ""


def by_unit(live: Live, most: int) -> UnitPanel:
    """Where an earlier rate is known and a unit lies below it, what pulls down; else what is overdue."""
    pulled = [pull for pull in unit_pulls(live)[:most] if pull.effect < 0]
    if live.has_period and pulled:
        longest = -pulled[0].effect
        return UnitPanel(
            True,
            tuple(
                UnitRow(pull.unit, -pull.effect / longest, points(pull.effect), "late", pull.late, True)
                for pull in pulled
            ),
        )
    overdue = sorted((row for row in live.now if row.overdue), key=lambda row: (-row.overdue, row.unit))[:most]
    if not overdue:
        nothing_late = "Không đơn vị nào có hồ sơ quá hạn"
        return UnitPanel(False, (), nothing_late if live.total_now("open") else "Không có hồ sơ đang xử lý")
    return UnitPanel(
        False,
        tuple(
            UnitRow(row.unit, row.overdue / overdue[0].overdue, number(row.overdue), "overdue", row.overdue, False)
            for row in overdue
        ),
    )
