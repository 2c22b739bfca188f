"""What a view says of itself that may need a leader: its module ``needs`` has ``JUDGED``, and :mod:`.gathering` asks it
in the snapshot of the wall."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from dashboards.directives.needs_direction import Needed
from dashboards.periods import PeriodName
from dashboards.readers.database import Connection
from dashboards.readers.snapshot import Ground
from dashboards.settings import ScreensSettings


class JudgedKind(NamedTuple):
    """``subject``: what nobody knows while the sources of these contracts are silent; ``read`` is not asked then. What
    was ``finished`` by then stays true a while. ``period``: of the page whose words and counts these are."""

    subject: str
    contracts: tuple[str, ...]
    period: PeriodName
    read: Callable[[Connection, Ground, ScreensSettings], Awaitable[list[Needed]]]
    finished: bool = False
