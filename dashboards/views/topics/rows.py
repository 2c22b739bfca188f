"""A topic's tables: its units or parts, the worst first. Pure."""

from typing import NamedTuple

from dashboards.readers.figures import Filters
from dashboards.views.topics.declared import Number, Share, ShownBy, Table
from dashboards.views.topics.live import Topical
from dashboards.words import number, percent


class RankedRow(NamedTuple):
    """``part`` is the bar's length against the longest; the text opens ``amount`` of ``opens``."""

    key: str
    part: float
    text: str
    opens: Number
    amount: int
    filters: Filters
    warn: bool


def rows_of(live: Topical, table: Table, most: int) -> tuple[RankedRow, ...]:
    """Up to ``most`` rows: those with most of a counter, none of which have none, or those with the lowest share."""
    of = table.of
    if isinstance(of, Number):
        amounts = {key: amount for key, amount in live.amounts(of, table.by).items() if amount and _under(table, key)}
        worst = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))[:most]
        return tuple(
            RankedRow(key, amount / worst[0][1], number(amount), of, amount, filters_of(live, table, key), of.warn)
            for key, amount in worst
        )
    counts = live.amounts(of.opens, table.by)
    shares = {key: value for key, value in live.shares(of, table.by).items() if _under(table, key)}
    lowest = sorted(shares.items(), key=lambda item: (item[1], item[0]))[:most]
    return tuple(
        RankedRow(key, value, percent(value), of.opens, counts.get(key, 0), filters_of(live, table, key), False)
        for key, value in lowest
    )


def filters_of(live: Topical, table: Table, key: str) -> Filters:
    """What a row counts, within what the view has chosen."""
    unit, part = live.view.unit, live.view.part
    return Filters(unit=key, part=part) if table.by is ShownBy.UNIT else Filters(unit=unit, part=key)


def _under(table: Table, key: str) -> bool:
    """Of a portal's parts only whole components of one kind of period: one service's are in the list."""
    return not table.under or (key.startswith(table.under) and key.count("/") == 1)


__all__ = ["RankedRow", "Share", "filters_of", "rows_of"]
