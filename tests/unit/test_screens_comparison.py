"""What figures are compared with, and where a case lay."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dashboards import periods
from dashboards.comparison import Way, earlier, pulls, trend
from dashboards.figures.day_chart import bars, days_of
from dashboards.periods import PeriodName
from dashboards.readers.cases import StoredCase, ToldCase
from dashboards.readers.snapshot import chart_days
from dashboards.source_silence import State
from dashboards.views.cases.case_timeline import CITIZEN, lanes
from schemas.history import Entry, EntryData
from schemas.province import ZONE, moment
from tests.unit.screens import NOW, dead, live


@pytest.mark.parametrize(
    ("period", "first", "day"),
    [
        (PeriodName.TODAY, date(2026, 11, 17), date(2026, 11, 17)),
        (PeriodName.MONTH, date(2026, 10, 1), date(2026, 10, 24)),
        (PeriodName.YEAR, date(2025, 1, 1), date(2025, 11, 24)),
    ],
)
def test_a_period_is_compared_with_the_one_before_up_to_the_same_hour(
    period: PeriodName, first: date, day: date
) -> None:
    span = earlier(periods.named(period, NOW), NOW)
    assert span is not None
    assert (span.first, span.day) == (first, day)
    assert span.moment.astimezone(ZONE).time() == NOW.astimezone(ZONE).time()


def test_the_thirty_first_is_compared_with_the_last_of_a_shorter_month() -> None:
    at = datetime(2026, 3, 31, 9, tzinfo=ZONE).astimezone(UTC)
    span = earlier(periods.named(PeriodName.MONTH, at), at)
    assert span is not None
    assert span.day == date(2026, 2, 28)


def test_everything_has_nothing_before_it() -> None:
    assert earlier(periods.ALL, NOW) is None


def test_a_change_knows_its_way_and_when_a_share_says_nothing() -> None:
    assert trend(5, 5, as_share=True).way is Way.FLAT
    assert trend(3, 5, as_share=False).amount == 2
    assert trend(3, 4, as_share=True).share == 0.25
    assert trend(3, 0, as_share=True).share is None
    assert trend(100, 2, as_share=True).share is None


def test_units_without_a_deadline_pull_nothing() -> None:
    assert pulls({"A": (0, 0)}, 0.9) == ()
    assert [pull.unit for pull in pulls({"A": (9, 1), "B": (5, 5)}, 0.9)] == ["B", "A"]


def test_the_chart_has_ten_working_days_and_todays_bar_is_hatched() -> None:
    days = chart_days(date(2026, 11, 24))
    assert (days[0], days[-1], len(days)) == (date(2026, 11, 11), date(2026, 11, 24), 10)
    assert chart_days(date(2026, 11, 22))[-2:] == (date(2026, 11, 20), date(2026, 11, 22))
    made = bars(days_of(live()))
    assert [bar.state for bar in made] == [""] * 9 + ["running"]
    assert max(bar.part for bar in made) == 1.0
    assert bars(days_of(dead(State.SILENT)))[-1] == (1.0, "lost")


def test_a_chart_of_nothing_but_zeros_has_no_bar() -> None:
    assert [bar.part for bar in bars(days_of(live(days=())))] == [0.0] * 10


START = datetime(2026, 11, 2, 8, tzinfo=UTC)


def entry(kind: str, hours: float, unit: str | None = None) -> Entry:
    return Entry(kind, moment(START + timedelta(hours=hours)), "s", kind, EntryData(unit=unit))


def told(*entries: Entry, due: float | None = None, ended: float | None = None) -> ToldCase:
    at = {"due": due, "ended": ended}
    moments = {key: START + timedelta(hours=value) if value is not None else None for key, value in at.items()}
    case = StoredCase(
        "H", "Xã A", "", "online", None, START, moments["due"], moments["ended"], "finished" if ended else None,
        None, None, None, None, "Xã A", None, False, False,
    )  # fmt: skip
    return ToldCase(case, list(entries))


def test_a_case_lies_with_the_unit_of_its_last_event_and_with_the_citizen_while_a_supplement_is_awaited() -> None:
    history = (
        entry("accepted", 0, "Xã A"), entry("supplement_requested", 10), entry("supplement_received", 30),
        entry("step", 50, "Sở B"), entry("finished", 100, "Sở B"),
    )  # fmt: skip
    made = lanes(told(*history, due=75, ended=100), NOW)
    assert made is not None
    by_name = dict(made.lanes)
    assert [(part.start, part.end) for part in by_name["Xã A"]] == [(0.0, 0.1), (0.3, 0.5)]
    assert by_name[CITIZEN][0].waiting
    assert [(part.start, part.end, part.late) for part in by_name["Sở B"]] == [(0.5, 0.75, False), (0.75, 1.0, True)]
    assert made.due == 0.75
    assert made.longest == ("Sở B", 0.5)


def test_many_units_are_gathered_and_one_moment_is_no_time() -> None:
    steps = [entry("step", 10.0 * index, f"Đơn vị {index}") for index in range(12)]
    made = lanes(told(entry("accepted", 0, "Xã A"), *steps, ended=200), NOW)
    assert made is not None
    assert len(made.lanes) <= 6
    assert lanes(told(entry("accepted", 0, "Xã A"), ended=0), START) is None
    assert lanes(told(), NOW) is None
