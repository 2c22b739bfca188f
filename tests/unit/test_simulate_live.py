"""Play without an end: today first, history behind it, and nothing told twice or forgotten by a restart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.simulate.calendar import day_at
from infra.simulate.case_stories import LONGEST
from infra.simulate.cohorts import HISTORY_DAYS, Cohort, Cohorts
from infra.simulate.memory import Remembered, recall, remember

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 15:30 in the province
TODAY = day_at(int(NOW.timestamp()))
SCALE = 0.01


def values(cohort: Cohort) -> set[tuple[int, bytes]]:
    """What has arrived, with its moment: an event may arrive twice."""
    return {(arrives, value) for records in cohort.over.values() for arrives, _, value in records}


def later(cohort: Cohort) -> set[tuple[int, bytes]]:
    return {(arrives, value) for arrives, _, _, value in cohort.coming}


def at(moment: datetime) -> int:
    return int(moment.timestamp())


def test_a_first_start_has_a_year_to_tell_the_latest_days_first() -> None:
    cohorts = Cohorts(Remembered(first=NOW), SCALE)
    days = list(cohorts.backwards(TODAY))

    assert days[:3] == [TODAY - 1, TODAY - 2, TODAY - 3]
    assert days[-1] == cohorts.first == TODAY - HISTORY_DAYS


def test_what_is_over_has_arrived_and_what_is_coming_has_not() -> None:
    cohorts = Cohorts(Remembered(first=NOW), SCALE)
    for day in (TODAY, TODAY - 1, TODAY - 6):
        cohort = cohorts.of(day, at(NOW))
        assert len(values(cohort)) > 50
        assert all(arrives <= at(NOW) for records in cohort.over.values() for arrives, *_ in records)
        assert all(arrives > at(NOW) for arrives, *_ in cohort.coming)
        for records in cohort.over.values():
            assert [record[0] for record in records] == sorted(record[0] for record in records)


@pytest.mark.parametrize("gap", [timedelta(0), timedelta(minutes=7), timedelta(days=3)])
def test_a_restart_goes_on_where_the_last_run_stood(gap: timedelta) -> None:
    first = Cohorts(Remembered(first=NOW), SCALE)
    stopped, days = NOW + timedelta(minutes=40), (TODAY, TODAY - 1, TODAY - 2)
    run = [first.of(day, at(NOW)) for day in days]
    sent = set().union(*(values(cohort) for cohort in run))
    sent |= {record for cohort in run for record in later(cohort) if record[0] <= at(stopped)}

    past = Remembered(first=NOW, played=stopped, told=TODAY - 2)
    again = Cohorts(past, SCALE)
    now = stopped + gap
    second = [again.of(day, at(now)) for day in days]
    rest = set().union(*(values(cohort) | later(cohort) for cohort in second))

    whole = set().union(*(values(cohort) | later(cohort) for cohort in run))
    assert rest.isdisjoint(sent)
    assert sent | rest == whole
    untold = again.of(TODAY - 3, at(now))
    assert min(arrives for records in untold.over.values() for arrives, *_ in records) < at(stopped), "told whole"


def test_days_whose_stories_are_over_are_not_gone_through_again() -> None:
    done = Remembered(first=NOW - timedelta(days=100), played=NOW, told=TODAY - 100 - HISTORY_DAYS)
    days = list(Cohorts(done, SCALE).backwards(TODAY))

    assert days == list(range(TODAY - 1, TODAY - LONGEST - 1, -1))


def test_what_is_remembered_survives_and_what_cannot_be_read_is_a_beginning(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    assert recall(path, NOW) == Remembered(first=NOW)

    kept = Remembered(first=NOW, played=NOW + timedelta(hours=1), told=20_000)
    remember(path, kept)
    assert recall(path, NOW + timedelta(days=1)) == kept
    path.write_text("{")
    assert recall(path, NOW) == Remembered(first=NOW)
