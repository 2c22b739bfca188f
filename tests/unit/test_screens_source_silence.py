"""Two silences told apart, and what no source can have told of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboards import source_silence
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.readers.sources import Heartbeat, KnownSource, OldRules
from dashboards.screens.frame import of_sources, rules_line
from dashboards.settings import Feed, ScreensSettings
from dashboards.source_silence import State
from schemas.cases import SIMULATED
from schemas.province import ZONE
from tests.unit.screens import NOW, SETTINGS, beat, feeding, live, source

OFFICE = Feed(source="urn:office", name="Văn phòng")  # Monday to Friday, 7:00 to 17:30, silent after 5 minutes
WITH_OFFICE = SETTINGS.model_copy(update={"feeds": (*SETTINGS.feeds, OFFICE)})


def feeding_of(sources: list[KnownSource], heartbeats: list[Heartbeat]) -> Feeding:
    return replace(feeding(*sources), heartbeats=tuple(heartbeats))


@pytest.mark.parametrize(("age", "state"), [(4, State.LIVE), (50, State.LATE), (119, State.LATE), (125, State.SILENT)])
def test_a_source_is_live_then_late_then_silent(age: float, state: State) -> None:
    condition = source_silence.condition([source(age=age)], [beat()], NOW, SETTINGS)
    assert condition.state is state
    assert condition.since == (None if state is State.LIVE else NOW - timedelta(seconds=age))


@pytest.mark.parametrize(("age", "state"), [(14, State.LIVE), (16, State.STOPPED)])
def test_processing_has_stopped_when_no_worker_beat_for_fifteen_seconds(age: float, state: State) -> None:
    assert source_silence.condition([source()], [beat(age=age)], NOW, SETTINGS).state is state


def test_one_living_worker_is_enough() -> None:
    second = Heartbeat("worker-2", NOW, NOW, "running", "")
    assert source_silence.condition([source()], [beat(age=60), second], NOW, SETTINGS).state is State.LIVE


def test_stopped_processing_is_said_rather_than_blamed_on_a_source() -> None:
    condition = source_silence.condition([source(age=600)], [beat(age=500)], NOW, SETTINGS)
    assert condition.state is State.STOPPED
    assert condition.since == NOW - timedelta(seconds=500)


@pytest.mark.parametrize(
    ("detail", "who"),
    [
        ("Kafka: Kafka: KafkaTimeoutError", "Kafka"),
        ("Kafka: Kafka: KafkaConnectionError, disk full", "đĩa đầy"),
        ("ioc.cases/0: database: DiskFull", "đĩa đầy"),
        ("positions: Kafka: NodeNotReadyError", "Kafka"),
    ],
)
def test_a_worker_that_gets_no_answer_from_kafka_or_has_no_room_is_said_and_its_numbers_are_not_live(
    detail: str, who: str
) -> None:
    waits = Heartbeat("worker-1", NOW, NOW, "waiting", detail)
    condition = source_silence.condition([source(age=4)], [waits], NOW, SETTINGS)
    assert (condition.state, condition.who) == (State.HANGING, who)
    assert condition.since == NOW - timedelta(seconds=4)


def test_what_kafka_holds_up_was_known_until_the_last_worker_began_to_wait_not_until_the_last_record() -> None:
    """A topic may have a record a week: its figures stood all the while, until Kafka froze."""
    rare = source(topic="ioc.tasks", age=7 * 24 * 3600)
    began = [NOW - timedelta(minutes=9), NOW - timedelta(minutes=7)]
    detail = "Kafka: Kafka: KafkaTimeoutError"
    waits = [
        Heartbeat(f"worker-{index}", NOW, NOW, "waiting", detail, waiting_since=since)
        for index, since in enumerate(began)
    ]
    condition = source_silence.condition([rare], waits, NOW, SETTINGS)
    assert (condition.state, condition.since) == (State.HANGING, began[1])
    ground = ground_of(Ground, feeding_of([rare], waits), Selection("nhiem-vu"), NOW, SETTINGS)
    assert ground.at == began[1]
    assert "Đọc số treo từ 14:25" in str(of_sources(ground, SETTINGS).forms[0])


def test_a_lock_that_is_waited_for_or_one_worker_of_two_that_hangs_takes_no_number_away() -> None:
    locked = Heartbeat("worker-1", NOW, NOW, "waiting", "ioc.cases/0: database: LockNotAvailable")
    assert source_silence.condition([source()], [locked], NOW, SETTINGS).state is State.LIVE
    hangs = Heartbeat("worker-1", NOW, NOW, "waiting", "Kafka: Kafka: KafkaTimeoutError")
    works = Heartbeat("worker-2", NOW, NOW, "running", "")
    assert source_silence.condition([source()], [hangs, works], NOW, SETTINGS).state is State.LIVE


def test_before_any_data_there_is_no_silence() -> None:
    assert source_silence.condition([], [], NOW, SETTINGS).state is State.NONE
    assert source_silence.condition([], [beat(age=900)], NOW, SETTINGS).state is State.NONE


def test_whoever_sends_only_what_is_rejected_never_becomes_the_walls_source() -> None:
    now = NOW - timedelta(seconds=1)
    stranger = KnownSource("urn:stranger", "ioc.cases", 0, 0, 40, None, now)
    assert source_silence.live_feeds([stranger], NOW, SETTINGS) == ()
    (feed,) = source_silence.live_feeds([stranger, source(age=600)], NOW, SETTINGS)
    assert (feed.source, feed.state) == (SIMULATED, State.SILENT)
    assert source_silence.condition([stranger, source(age=600)], [beat()], NOW, SETTINGS).who == "Một cửa"


def test_a_file_import_never_falls_silent() -> None:
    imported = source(name="urn:file:wabo", topic="ioc.cases.history", age=9_000_000)
    assert source_silence.condition([imported], [beat()], NOW, SETTINGS).state is State.LIVE
    assert source_silence.live_feeds([imported], NOW, SETTINGS) == ()


def test_a_source_is_not_silent_at_three_in_the_morning() -> None:
    night = datetime(2026, 11, 25, 3, tzinfo=ZONE).astimezone(UTC)
    last = datetime(2026, 11, 24, 17, 28, tzinfo=ZONE).astimezone(UTC)
    taken = KnownSource("urn:office", "ioc.cases", 1, 0, 0, last, last)
    state = source_silence.live_feeds([taken], night, WITH_OFFICE)[0]
    assert state.state is State.RESTING


@pytest.mark.parametrize(
    ("hour", "minute", "state"), [(7, 2, State.LATE), (7, 4, State.LATE), (7, 6, State.SILENT), (3, 0, State.RESTING)]
)
def test_the_night_does_not_count_towards_silence_but_the_morning_does(hour: int, minute: int, state: State) -> None:
    last = datetime(2026, 11, 24, 17, 28, tzinfo=ZONE).astimezone(UTC)
    moment = datetime(2026, 11, 25, hour, minute, tzinfo=ZONE).astimezone(UTC)
    taken = KnownSource("urn:office", "ioc.cases", 1, 0, 0, last, last)
    assert source_silence.live_feeds([taken], moment, WITH_OFFICE)[0].state is state


def test_a_source_that_died_at_two_is_still_silent_in_the_evening_and_on_sunday() -> None:
    last = datetime(2026, 11, 27, 14, tzinfo=ZONE).astimezone(UTC)
    taken = KnownSource("urn:office", "ioc.cases", 1, 0, 0, last, last)
    for hours in (6, 50):
        assert source_silence.live_feeds([taken], last + timedelta(hours=hours), WITH_OFFICE)[0].state is State.SILENT


def test_the_worst_source_is_named_and_one_that_is_not_main_takes_no_number_away() -> None:
    small = Feed(source="urn:small", name="Nhỏ", main=False, opens=OFFICE.opens, closes=OFFICE.closes)
    settings: ScreensSettings = SETTINGS.model_copy(update={"feeds": (*SETTINGS.feeds, small)})
    sources = [source(), source(name="urn:small", age=3000)]
    assert source_silence.condition(sources, [beat()], NOW, settings).state is State.LIVE
    assert source_silence.live_feeds(sources, NOW, settings)[0].name == "Nhỏ"


def test_what_no_source_can_have_told_of_lies_beyond_reach() -> None:
    old = source(topic="ioc.cases.history", last=datetime(2012, 1, 23, 9, tzinfo=UTC))
    assert str(source_silence.reach([old])) == "2012-01-23"
    assert str(source_silence.reach([old, source()])) == "2026-11-24"
    assert source_silence.reach([]) is None
    assert source_silence.reach([source(events=0)]) is None


def test_the_clock_is_due_at_the_next_threshold_and_never_later_than_the_refresh() -> None:
    due = source_silence.next_change([source(age=18.5)], [beat()], NOW, SETTINGS)
    assert timedelta(seconds=1.5) < due - NOW < timedelta(seconds=1.6)
    due = source_silence.next_change([source(age=1)], [beat(age=14)], NOW, SETTINGS)
    assert timedelta(seconds=1) < due - NOW < timedelta(seconds=1.1)
    assert source_silence.next_change([], [], NOW, SETTINGS) - NOW <= SETTINGS.refresh_every + timedelta(
        milliseconds=20
    )


def test_an_unknown_source_has_a_name_and_a_known_one_its_own() -> None:
    assert SETTINGS.feed("urn:test:flow").name == "flow"
    assert SETTINGS.feed(SIMULATED).name == "Một cửa"


@pytest.mark.parametrize(
    ("old", "said"),
    [
        (OldRules(1_200, 0), "1.200 hồ sơ chưa tính theo quy tắc mới"),
        (OldRules(0, 3), "3 mục khác chưa tính theo quy tắc mới"),
        (OldRules(12, 3), "12 hồ sơ, 3 mục khác chưa tính theo quy tắc mới"),
    ],
)
def test_what_stands_under_old_rules_is_said_of_cases_and_of_other_topics(old: OldRules, said: str) -> None:
    assert said in str(rules_line(live(feeding=replace(feeding(), old=old))))


def test_where_nothing_stands_under_old_rules_nothing_is_said() -> None:
    assert rules_line(live()) is None
