"""What stays and what goes when a source falls silent, rests or has nothing to say: figure by figure, on every view."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboards import periods, source_hours, source_silence
from dashboards.comparison import earlier, named
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import FlowRow, Live, Selection, ground_of
from dashboards.readers.sources import Audit, KnownSource
from dashboards.screens.registry import SCREENS
from dashboards.screens.screen import Name
from dashboards.settings import Feed
from dashboards.source_silence import Condition, State
from dashboards.views import VIEWS
from dashboards.views.topics import tablet as topic_tablet
from dashboards.views.topics import wall as topic_wall
from dashboards.views.topics.declared import TOPICS
from schemas.counter_kinds import Kind
from schemas.province import ZONE
from tests.unit.judging import packaged
from tests.unit.screens import FLOWS, NOW, SETTINGS, beat, dead, feeding, live, nodes, source, text, texts, tree
from tests.unit.test_screens_topics import made

WORK = packaged().work
OFFICE = Feed(source="urn:office", name="Văn phòng")
WITH_OFFICE = SETTINGS.model_copy(update={"feeds": (*SETTINGS.feeds, OFFICE)})
CASES = (Name.WALL, Name.TABLET)
PASSING = {"open", "overdue"}
SILENT = Condition(State.SILENT, since=NOW - timedelta(minutes=7), who="Tổ thư ký", keeps=True)


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZONE).astimezone(UTC)


def shown(parts: dict[str, Any]) -> dict[str, str]:
    """The live numbers, by their key, each with where it leads."""
    return {
        node["props"]["data-k"]: text(node)
        for props in parts.values()
        for node in nodes(props)
        if "data-k" in node["props"]
    }


def led(parts: dict[str, Any]) -> set[tuple[str, str]]:
    """The links of numbers, with the length that their lists have to have."""
    return {
        (node["props"]["href"], node["props"]["data-count"])
        for props in parts.values()
        for node in nodes(tree(props.get("children", [])))
        if "href" in node["props"] and "data-count" in node["props"]
    }


def read(parts: dict[str, Any]) -> str:
    return texts(parts).replace("\u00a0", " ")


def rendered(name: str, what: Any) -> dict[str, Any]:
    return SCREENS[name].render(what, SETTINGS, None)[0]


@pytest.mark.parametrize("state", [State.SILENT, State.STOPPED])
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("period", [PeriodName.MONTH, PeriodName.YEAR, PeriodName.ALL])
def test_what_is_finished_stays_with_its_links_and_says_up_to_when(name: str, state: State, period: PeriodName) -> None:
    before, after = rendered(name, live(period=period)), rendered(name, dead(state, period=period))
    kept = {
        key: value for key, value in shown(before).items() if key not in PASSING and not key.startswith(("due", "d:"))
    }
    assert set(kept.items()) <= set(shown(after).items())
    assert not PASSING & set(shown(after)), "what is of this moment has gone"
    gone = ("so=open", "so=overdue", f"ngay={periods.today(NOW)}")
    assert {link for link in led(before) if not any(word in link[0] for word in gone)} <= led(after)
    assert read(after).count("đến 14:25") >= 5
    assert not re.search(r"phải xong trước", read(after))


@pytest.mark.parametrize("name", CASES)
def test_what_is_of_today_goes_with_its_source(name: str) -> None:
    parts = rendered(name, dead(State.SILENT))
    assert shown(parts) == {}
    assert "IM LẶNG 7 PHÚT" in read(parts)


@pytest.mark.parametrize("name", CASES)
def test_after_about_a_working_day_nothing_is_left(name: str) -> None:
    parts = rendered(name, dead(State.SILENT, timedelta(hours=30), period=PeriodName.MONTH, keeps=False))
    assert shown(parts) == {}
    assert led(parts) == set()


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("side", [topic_wall, topic_tablet])
def test_a_topic_keeps_what_was_measured_and_what_is_over(name: str, side: Any) -> None:
    topic = TOPICS[name]
    if topic.guarded and side is topic_wall:
        return  # its wall is of today alone, and another (tests/unit/test_guard_wall.py)
    for period in (topic.period, PeriodName.MONTH):
        one = made(topic, period=periods.named(period, NOW), condition=SILENT, at=SILENT.since)
        kept = set(shown(rendered(side.name_of(name), one)))
        for asked in topic.numbers:
            stays = asked.known.kind is Kind.LEVEL or (asked.known.kind is Kind.FLOW and period is not PeriodName.TODAY)
            if asked.counter != "lost":
                assert (f"{asked.domain}.{asked.counter}" in kept) is stays, (asked.counter, period)


@pytest.mark.parametrize("hours", [1, 8, 23])
def test_what_is_finished_stays_for_a_day_of_the_sources_own_hours(hours: float) -> None:
    last = at("2026-11-19", "10:00")  # a Thursday
    told = [KnownSource("urn:office", "ioc.cases", 1, 0, 0, last, last)]
    for settings, feed_hours in ((WITH_OFFICE, 10.5),):
        moment = last
        while source_hours.hours_between(OFFICE, last, moment, WORK) < timedelta(hours=hours, minutes=5):
            moment += timedelta(minutes=15)
        condition = source_silence.condition(told, [replace(beat(), beat_at=moment)], moment, settings, WORK)
        assert condition.state is State.SILENT
        assert condition.keeps is (hours < feed_hours)


def test_the_working_day_of_what_is_finished_is_a_setting() -> None:
    told = [source(age=3600)]
    never = SETTINGS.model_copy(update={"finished_stays": 0.0})
    assert source_silence.condition(told, [beat()], NOW, SETTINGS).keeps
    assert not source_silence.condition(told, [beat()], NOW, never).keeps


def office(day: str, clock: str, last: str, period: PeriodName = PeriodName.TODAY, name: str = "17:24") -> Live:
    """The view of cases whose only source is an office's, last heard at ``last``."""
    moment, told = at(day, clock), at(last, name)
    known = replace(
        feeding(
            KnownSource("urn:office", "ioc.cases", 100, 0, 0, told, told),
            audit=Audit("slice", moment, moment, 48_112, 10, 0),
        ),
        heartbeats=(replace(beat(), beat_at=moment),),
        work=WORK,
    )
    ground = ground_of(Live, known, Selection(Name.WALL, period), moment, WITH_OFFICE)
    return replace(ground, flows=FLOWS, now=live().now, days=live().days, chart_days=live().chart_days)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    ("day", "clock", "last", "said"),
    [
        ("2026-11-25", "20:00", "2026-11-25", "Ngoài giờ, số đến 17:24"),
        ("2026-11-29", "23:00", "2026-11-27", "Ngoài giờ, số đến 17:24 27/11"),
        ("2026-05-01", "09:00", "2026-04-29", "Ngoài giờ, số đến 17:24 29/04"),
        ("2026-02-18", "10:00", "2026-02-13", "Ngoài giờ, số đến 17:24 13/02"),
    ],
)
def test_outside_hours_the_screen_is_calm(name: str, day: str, clock: str, last: str, said: str) -> None:
    resting = office(day, clock, last)
    assert resting.condition.state is State.RESTING
    parts = SCREENS[name].render(resting, WITH_OFFICE, None)[0]
    assert said in read(parts)
    assert "dead" not in str(tree([props.get("className", "") for props in parts.values()]))
    assert "band" not in str(tree([props.get("className", "") for props in parts.values()]))
    assert not {"i-silent", "i-none", "i-error"} & set(re.findall(r"i-\w+", str(tree(list(parts.values())))))
    assert {"accepted", "late", "rate", "open"} <= set(shown(parts))


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (PeriodName.TODAY, date(2026, 4, 29)),
        (PeriodName.MONTH, date(2026, 4, 1)),
        (PeriodName.QUARTER, date(2026, 4, 1)),
        (PeriodName.YEAR, date(2026, 1, 1)),
    ],
)
def test_on_a_holiday_a_period_is_the_one_that_was_told_of_last(period: PeriodName, first: date) -> None:
    resting = office("2026-05-01", "09:00", "2026-04-29", period)
    assert resting.period.first == first
    assert resting.has_period


def test_before_the_first_record_of_a_morning_yesterday_stands_and_then_today() -> None:
    early = office("2026-11-25", "07:00", "2026-11-23")  # 24/11 is a holiday
    assert early.condition.state is State.LIVE
    assert early.period.first == date(2026, 11, 23)
    assert "Văn phòng, số đến 17:24 23/11" in read(SCREENS[Name.WALL].render(early, WITH_OFFICE, None)[0])
    begun = office("2026-11-25", "07:03", "2026-11-25", name="07:02")
    assert begun.period.first == date(2026, 11, 25)


def test_a_source_of_which_days_lie_between_records_has_told_of_today() -> None:
    last = NOW - timedelta(days=3)
    known = feeding(KnownSource("urn:x", "ioc.tasks", 5, 0, 0, last, last))
    ground = ground_of(Live, known, Selection("nhiem-vu"), NOW, SETTINGS)
    assert ground.period.first == periods.today(NOW)
    assert ground.has_period


def test_a_closed_day_is_compared_with_a_whole_day() -> None:
    friday = periods.of_day(PeriodName.TODAY, date(2026, 11, 27))
    span = earlier(friday, at("2026-11-29", "09:00"))
    assert span is not None
    assert (span.first, span.day) == (date(2026, 11, 20), date(2026, 11, 20))
    assert span.moment.astimezone(ZONE).hour == 23
    assert named(friday, at("2026-11-29", "09:00")) == "so cả thứ Sáu trước"
    assert named(friday, at("2026-11-27", "09:00")) == "so cùng giờ thứ Sáu trước"


STATES: dict[str, Callable[[], Live]] = {
    "late": lambda: live(condition=Condition(State.LATE, since=NOW), feeding=feeding(source(age=50))),
    "silent": lambda: dead(State.SILENT),
    "reached": lambda: dead(State.SILENT, period=PeriodName.MONTH),
    "stopped": lambda: dead(State.STOPPED),
    "offline": lambda: dead(State.OFFLINE),
    "error": lambda: dead(State.ERROR),
    "nothing of the period": lambda: live(reach=date(2026, 11, 20), flows=()),
    "nothing finished": lambda: live(flows=(FlowRow("Xã A", "online", 12, 0, 0, 0),), base=None),
}


def words_of_state(parts: dict[str, Any]) -> set[str]:
    """What is said in the place of numbers, and what stands beside them of their freshness."""
    found = set()
    for props in parts.values():
        for node in nodes(props):
            said = text(node).strip().replace("\u00a0", " ")
            if node["props"].get("className") == "tag":
                found.add(re.sub(r"^IM (?=\d)", "IM LẶNG ", said))  # a wall's tile has no room for both words
            if "was" in str(node["props"].get("className")) and re.match(
                r"từ |(lúc )?\d\d:|chưa có nguồn|thử lại", said
            ):
                found.add(re.sub(r" là.*", "", said).removeprefix("lúc "))
            if node["type"] == "Span" and said in ("chậm", "thiếu"):
                found.add(said)
    return found


@pytest.mark.parametrize("state", STATES)
def test_wall_and_tablet_say_a_state_in_the_same_words(state: str) -> None:
    one = STATES[state]()
    on_wall, on_tablet = (words_of_state(rendered(name, one)) for name in CASES)
    assert on_wall
    assert on_wall == on_tablet


@pytest.mark.parametrize("name", [*CASES, *(view.slug for view in VIEWS), "nhiem-vu"])
def test_a_screen_that_is_opened_while_reading_hangs_says_that_and_no_zero(name: str) -> None:
    hanging = Condition(State.HANGING, since=NOW - timedelta(minutes=7))
    parts = rendered(name, SCREENS[name].unread(Selection(name), NOW, hanging))
    assert "ĐỌC SỐ TREO" in read(parts)
    assert "CHƯA CÓ SỐ" not in read(parts)
    assert not re.search(r"(?<![\d:/.,])0(?![\d:/.,])", read(parts))


@pytest.mark.parametrize("name", CASES)
def test_a_share_of_nothing_is_not_said(name: str) -> None:
    parts = rendered(name, live(flows=(FlowRow("Xã A", "online", 0, 3, 2, 1),), base=None))
    assert "0 %" not in re.sub(r"[\d,]+0 %", "", read(parts))
    assert "chưa tiếp nhận hồ sơ nào" in read(parts).lower()
