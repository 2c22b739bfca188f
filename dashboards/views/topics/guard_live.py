"""All that the wall of look-ups shows, read in one snapshot: the topic's own figures, how the day goes, what
was found."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Selection
from dashboards.settings import ScreensSettings
from dashboards.views.topics import guard_reader, live
from dashboards.views.topics.declared import Number, ShownTopic
from dashboards.views.topics.guard_reader import AHEAD_STANDS, TEN, DayCurve, ShownFinding
from dashboards.views.topics.live import Topical
from schemas.lookup_findings import FindingRule

LOOKUPS = Number("lookup", "lookups")
DECIDE_BEFORE = timedelta(minutes=15)  # before the limit is reached: our own, so that there is time to act
READ = 20
NO_CURVE = DayCurve()
NEXT = timedelta(seconds=30)  # the curve goes on with the clock


@dataclass(frozen=True, slots=True)
class GuardedDay(Topical):
    """``found``: what goes on, the gravest first, each account, unit or application once."""

    curve: DayCurve = NO_CURVE
    found: tuple[ShownFinding, ...] = ()

    @property
    def used(self) -> int:
        return self.amount(LOOKUPS)

    @property
    def ahead(self) -> ShownFinding | None:
        """The province's limit of the day that will be reached, by what was said in the last minutes."""
        return next(
            (
                one
                for one in self.found
                if one.rule == FindingRule.LIMIT_AHEAD
                and one.scope == "province"
                and one.reaches_at is not None
                and self.at - one.last_at <= AHEAD_STANDS
                and one.reaches_at > self.at
            ),
            None,
        )

    @property
    def whose(self) -> tuple[ShownFinding, ...]:
        """Who and why, beside the limit itself."""
        return tuple(one for one in self.found if one.rule != FindingRule.LIMIT_AHEAD)

    @property
    def decide_by(self) -> datetime | None:
        ahead = self.ahead
        return None if ahead is None or ahead.reaches_at is None else ahead.reaches_at - DECIDE_BEFORE

    @property
    def next_due(self) -> datetime | None:
        clocks = [moment for moment in (self.due, self.as_of + NEXT) if moment is not None]
        return min(clocks)


async def read(
    snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings, topic: ShownTopic
) -> GuardedDay:
    plain = await live.read(snapshot, known, view, settings, topic)
    shown = {field.name: getattr(plain, field.name) for field in fields(plain)}
    if plain.reach is None:
        return GuardedDay(**shown)
    conn = snapshot.conn
    found, _ = await guard_reader.findings(conn, plain.at, limit=READ)
    stands = once([one for one in found if one.stands])
    gravest = next((one for one in stands if one.scope == "account" and one.grave), None)
    curve = await guard_reader.curve(conn, plain.at, known.work, None if gravest is None else gravest.id)
    return GuardedDay(**shown, curve=curve, found=stands)


ORDER = ("account", "application", "unit", "province")


def once(found: list[ShownFinding]) -> tuple[ShownFinding, ...]:
    """Of several findings about the same one, the gravest; of grave ones a retry storm, which says why. Who before
    where, and who does most first; a forecast stands alone. That a unit or the province surges is no news where an
    account of it does."""
    kept: dict[tuple[str, str, bool], ShownFinding] = {}
    most: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (not one.grave, one.rule != FindingRule.RETRY_STORM)):
        kept.setdefault((one.scope, one.key, one.rule == FindingRule.LIMIT_AHEAD), one)
        if one.minutes <= TEN:
            most[one.key] = max(most.get(one.key, 0), one.lookups)
    surging = {one.unit for one in kept.values() if one.scope == "account" and one.rule == FindingRule.SURGE}
    shown = [one for one in kept.values() if not _explained(one, surging)]
    return tuple(sorted(shown, key=lambda one: (not one.grave, ORDER.index(one.scope), -most.get(one.key, 0))))


def _explained(one: ShownFinding, surging: set[str]) -> bool:
    if one.rule != FindingRule.SURGE or one.scope == "account":
        return False
    return bool(surging) if one.scope != "unit" else one.key in surging
