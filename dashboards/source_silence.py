"""How well the sources are, and what that makes of a whole screen. Pure: rows and a moment in, a condition out.

Two silences are told apart: our own processing has stopped (no worker's heartbeat), and a source has (no record within
its bound in its own hours). Files have no rhythm and cannot fall silent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from dashboards.readers.sources import Heartbeat, KnownSource
from dashboards.settings import ScreensSettings
from dashboards.source_hours import DAY, day_of_hours, open_at, waited
from dashboards.words import day_of
from schemas.rules.worktime import WorkTime
from schemas.topics import CASES_HISTORY


class State(StrEnum):
    """Of a screen or of one figure, the worst last. Only those of ``SHOWN`` still show a number."""

    RESTING = "resting"  # outside the source's own hours: what is known reaches on
    LIVE = "live"
    LATE = "late"
    REACHED = "reached"  # finished before its source fell silent: true up to that moment
    NONE = "none"  # the source answers and has nothing, or nothing ever came
    SILENT = "silent"  # a source is beyond its bound
    STOPPED = "stopped"  # our own processing is
    HANGING = "hanging"  # our own reading gets no answer, or our processing gets none from Kafka
    ERROR = "error"  # reading failed
    OFFLINE = "offline"  # the browser hears nothing from us


DISK_FULL = "đĩa đầy"  # who is to blame, in a condition
SHOWN = frozenset({State.RESTING, State.LIVE, State.LATE, State.REACHED})
DEAD = frozenset({State.SILENT, State.STOPPED, State.HANGING, State.ERROR, State.OFFLINE})


@dataclass(frozen=True, slots=True)
class Condition:
    """What holds for a whole screen. ``since`` is the last moment at which its figures were known to be true. ``keeps``
    says that what was finished by then still stands, because about a working day has not passed yet."""

    state: State
    since: datetime | None = None
    who: str = ""
    retry_at: datetime | None = None
    keeps: bool = False

    @property
    def dead(self) -> bool:
        return self.state in DEAD


@dataclass(frozen=True, slots=True)
class FeedState:
    """One live source. Outside its own hours it rests: its age says nothing. ``keeps``: it is silent, but for less than
    what is finished stays. ``began``: it has told of today, be it that there was nothing to tell. ``stranger``: nobody
    has registered it, and on its topic one has spoken that somebody has; it is never the ``main`` one."""

    source: str
    contract: str  # of its topic
    name: str
    state: State
    received_at: datetime
    main: bool
    keeps: bool = False
    began: bool = False
    stranger: bool = False


def live_feeds(
    sources: Iterable[KnownSource], as_of: datetime, settings: ScreensSettings, work: WorkTime | None = None
) -> tuple[FeedState, ...]:
    """The live sources, the worst first, then the oldest. An import from files is none, nor is one of which nothing was
    ever accepted on the topic: whoever sends what we cannot take is no source of ours."""
    living = [
        source for source in sources if not source.imported and source.received_at is not None and source.accepted
    ]
    known = {(source.contract, source.source) for source in living if _registered(source, settings)}
    watched = {contract for contract, _ in known}
    states = [_feed(source, source.received_at, as_of, settings, work) for source in living if source.received_at]
    states = [
        replace(feed, main=False, stranger=True)
        if feed.contract in watched and (feed.contract, feed.source) not in known
        else feed
        for feed in states
    ]
    order = list(State)
    return tuple(sorted(states, key=lambda feed: (-order.index(feed.state), feed.received_at, feed.source)))


def _registered(source: KnownSource, settings: ScreensSettings) -> bool:
    """Whether the operator knows the source: by a setting, at the gateway, or as the simulated province."""
    named = any(feed.source == source.source and feed.topic in ("", source.contract) for feed in settings.feeds)
    return named or source.registered or source.simulated


def _feed(
    source: KnownSource, received_at: datetime, as_of: datetime, settings: ScreensSettings, work: WorkTime | None
) -> FeedState:
    feed = settings.feed(source.source, source.contract)
    age = waited(feed, received_at, as_of, work)
    state = State.SILENT if age > feed.bound else State.LATE if age > feed.rhythm else State.LIVE
    if state is not State.SILENT and not open_at(feed, as_of, work):
        state = State.RESTING
    keeps = state is State.SILENT and age - feed.bound <= settings.finished_stays * day_of_hours(feed)
    began = day_of(received_at) == day_of(as_of) or (state in (State.LIVE, State.LATE) and feed.rhythm >= DAY)
    return FeedState(source.source, source.contract, feed.name, state, received_at, feed.main, keeps, began)


def last_beat(heartbeats: Iterable[Heartbeat]) -> datetime | None:
    """When any worker last said that it runs."""
    beats = [beat.beat_at for beat in heartbeats if beat.process.startswith("worker")]
    return max(beats, default=None)


def living_workers(
    heartbeats: Iterable[Heartbeat], as_of: datetime, settings: ScreensSettings
) -> tuple[Heartbeat, ...]:
    return tuple(
        beat
        for beat in heartbeats
        if beat.process.startswith("worker") and as_of - beat.beat_at <= settings.processing_silent_after
    )


def waiting_for(heartbeats: Iterable[Heartbeat], as_of: datetime, settings: ScreensSettings) -> str | None:
    """What every living worker waits for, in its own words; ``None`` while one runs."""
    living = living_workers(heartbeats, as_of, settings)
    if not living or any(beat.state != "waiting" for beat in living):
        return None
    return living[0].detail


def hangs_on(heartbeats: Iterable[Heartbeat], as_of: datetime, settings: ScreensSettings) -> str | None:
    """What every living worker gets no answer from, and without which no number can move; ``None`` where one works."""
    waits = waiting_for(heartbeats, as_of, settings) or ""
    if "disk full" in waits or "DiskFull" in waits:
        return DISK_FULL
    return "Kafka" if "Kafka" in waits else None


def condition(
    sources: Iterable[KnownSource],
    heartbeats: Iterable[Heartbeat],
    as_of: datetime,
    settings: ScreensSettings,
    work: WorkTime | None = None,
) -> Condition:
    """Of a screen: our own processing first, without which nobody knows how the sources are; then the worst source."""
    taken = [source for source in sources if source.events + source.duplicates + source.rejected > 0]
    beat = last_beat(heartbeats)
    if taken and (beat is None or as_of - beat > settings.processing_silent_after):
        since = beat or _latest(taken)
        keeps = since is not None and as_of - since <= settings.finished_stays * DAY
        return Condition(State.STOPPED, since=since, keeps=keeps)
    if not any(source.events for source in taken):
        return Condition(State.NONE)
    hangs = hangs_on(heartbeats, as_of, settings)
    if hangs is not None:
        waits = [beat.waiting_since for beat in living_workers(heartbeats, as_of, settings)]
        since = max((moment for moment in waits if moment is not None), default=None) or _latest(taken)
        return Condition(State.HANGING, since=since, who=hangs)
    main = [feed for feed in live_feeds(taken, as_of, settings, work) if feed.main]
    if not main or main[0].state is State.LIVE:
        return Condition(State.LIVE)
    worst = main[0]
    keeps = worst.keeps and all(feed.keeps for feed in main if feed.state is State.SILENT)
    return Condition(worst.state, since=worst.received_at, who=worst.name, keeps=keeps)


def _latest(sources: Iterable[KnownSource]) -> datetime | None:
    return max((source.received_at for source in sources if source.received_at is not None), default=None)


def reach(sources: Iterable[KnownSource]) -> date | None:
    """The last day of which any source can have told: of a live one the day of its last record, of a file the day of
    its last event. A period that begins later has no data, which is not zero."""
    days = []
    for source in sources:
        moment = source.last_time if source.topic == CASES_HISTORY.name else source.received_at
        if moment is not None and source.events > 0:
            days.append(day_of(moment))
    return max(days, default=None)


def began(feeds: Iterable[FeedState]) -> bool:
    """Whether any of these sources has told of today."""
    return any(feed.began and feed.state is not State.SILENT for feed in feeds)


def next_change(
    sources: Iterable[KnownSource], heartbeats: Iterable[Heartbeat], as_of: datetime, settings: ScreensSettings
) -> datetime:
    """When to look again at the latest although no record came: the next rhythm, bound or missed heartbeat."""
    moments = [as_of + settings.refresh_every]
    beat = last_beat(heartbeats)
    if beat is not None:
        moments.append(beat + settings.processing_silent_after)
    for feed in live_feeds(sources, as_of, settings):
        known = settings.feed(feed.source, feed.contract)
        moments += [feed.received_at + known.rhythm, feed.received_at + known.bound]
    soon = timedelta(milliseconds=20)  # a moment past it, so that it has passed
    return min(moment + soon for moment in moments if moment + soon > as_of)
