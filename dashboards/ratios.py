"""Every ratio that a screen, a report or the API may show, computed here and nowhere else.

A ratio of nothing is ``None`` (unknown), never 0. Rounding is the screen's, once.
"""

from collections.abc import Mapping

Counts = Mapping[str, int]
"""Amount by name of counter (``schemas.counters``)."""


def share(part: int, whole: int) -> float | None:
    """``part / whole`` between 0 and 1, or ``None`` of nothing."""
    return part / whole if whole > 0 else None


def on_time_rate(counts: Counts) -> float | None:
    """Of the cases finished that had a deadline, how many were on time (tỷ lệ đúng hạn)."""
    return share(counts["on_time"], counts["on_time"] + counts["late"])


def overdue_rate(counts: Counts) -> float | None:
    """Of the cases open now, how many are past their deadline; of a period that is over nothing is open now."""
    return share(counts.get("overdue", 0), counts.get("open", 0))


def online_rate(accepted_by_channel: Counts) -> float | None:
    """Of the cases accepted, how many came online (tỷ lệ nộp trực tuyến); amounts by name of channel."""
    return share(accepted_by_channel.get("online", 0), sum(accepted_by_channel.values()))
