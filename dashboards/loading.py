"""Whether a demo is still loading the year behind the present day, and how far it has come. Pure.

While it does, what is open or overdue and the charts of past days change for no reason that an office has given.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from dashboards.readers.sources import Heartbeat
from dashboards.settings import ScreensSettings
from schemas.simulated_history import reached_by


class Loading(NamedTuple):
    """Of ``reached`` and every later day all has been counted. ``going_on``: else it was left off there."""

    reached: date
    going_on: bool


def loading(heartbeats: Iterable[Heartbeat], as_of: datetime, settings: ScreensSettings) -> Loading | None:
    """``None`` once the history is whole, and in every home that is no demo's."""
    for beat in heartbeats:
        reached = reached_by(beat.process, beat.state, beat.detail)
        if reached is not None:
            return Loading(reached, as_of - beat.beat_at <= settings.processing_silent_after)
    return None
