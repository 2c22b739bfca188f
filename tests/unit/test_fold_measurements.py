"""What becomes of measurements, looks, statements and reports: things that are said again and again."""

from typing import Any

import pytest

from tests.unit.told import at
from tests.unit.told_subjects import Told

CHECKS = ("digitised", "valid", "complete", "clean", "fresh")


def measured(said: Told, time: str, records: int, checks: int, **more: Any) -> Told:
    counts: dict[str, Any] = {"records": records, **dict.fromkeys(CHECKS, checks)}
    return said.say("measured", time, sector="ho-tich", unit="26068", **counts, **more)


def dataset() -> Told:
    return Told("dataset", "ho-tich/26068/2024-01")


def look(said: Told, time: str, reachable: bool = True, **more: Any) -> Told:
    return said.say("measured", time, system="lgsp", reachable=reachable, **more)


def system() -> Told:
    return Told("system", "lgsp/2024-01-31T08")


# Data sets


def test_a_day_has_the_levels_of_its_last_measurement_and_every_measurement_is_counted() -> None:
    said = measured(
        measured(measured(dataset(), "2024-01-30T08:00", 10, 5), "2024-01-30T09:00", 12, 4), "2024-01-31T08:00", 20, 0
    )

    assert said.rows("records") == [("26068", "ho-tich", "2024-01-30", 12), ("26068", "ho-tich", "2024-01-31", 20)]
    assert [row[3] for row in said.rows("fresh")] == [4, 0]
    assert [row[3] for row in said.rows("measurements")] == [2, 1]


def test_a_data_set_that_is_not_shared_has_a_level_of_zero_shared_records() -> None:
    said = measured(dataset(), "2024-01-30T08:00", 10, 5)
    assert said.rows("shared") == [("26068", "ho-tich", "2024-01-30", 0)]
    assert said.state().standing == "held"

    measured(said, "2024-01-30T08:00:01", 10, 5, shared=True)
    assert said.rows("shared") == [("26068", "ho-tich", "2024-01-30", 10)]
    assert said.state().standing == "shared"


def test_the_last_moment_of_a_month_in_the_province_is_of_that_month() -> None:
    assert measured(dataset(), "2024-01-31T16:59:59.999999Z", 1, 1).rows("records")[0][2] == "2024-01-31"


def test_when_the_last_measurement_of_a_day_is_voided_the_one_before_it_counts() -> None:
    said = measured(measured(dataset(), "2024-01-30T08:00", 10, 5), "2024-01-30T09:00", 12, 4).void("e2")

    assert said.rows("records") == [("26068", "ho-tich", "2024-01-30", 10)]


def test_a_data_set_of_which_nothing_stands_has_no_level_at_all() -> None:
    assert measured(dataset(), "2024-01-30T08:00", 10, 5).void("e1").state().rows == ()


# Systems


def test_a_look_counts_what_it_found() -> None:
    said = look(system(), "2024-01-31T08:00", latency_ms=999, requests=100, errors=3, capacity_permille=899)
    assert said.counts() == {"looks": 1, "timed": 1, "latency_total": 999, "requests": 100, "errors": 3}

    look(said, "2024-01-31T08:30", False)
    assert said.counts()["unreachable"] == 1
    assert said.state().standing == "down"


def test_a_system_without_numbers_is_up_and_says_why_it_has_none() -> None:
    said = look(system(), "2024-01-31T08:00", unreadable="line")
    assert said.counts() == {"looks": 1, "unreadable": 1}
    assert (said.state().standing, said.state().detail["unreadable"]) == ("unread", "line")
    assert "unreadable" not in look(said, "2024-01-31T08:30").state().detail


@pytest.mark.parametrize(("latency", "slow"), [(999, 0), (1_000, 1)])
def test_a_second_or_more_is_slow(latency: int, slow: int) -> None:
    assert look(system(), "2024-01-31T08:00", latency_ms=latency).counts().get("slow", 0) == slow


@pytest.mark.parametrize(("capacity", "full"), [(899, 0), (900, 1)])
def test_ninety_percent_or_more_is_full(capacity: int, full: int) -> None:
    assert look(system(), "2024-01-31T08:00", capacity_permille=capacity).counts().get("full", 0) == full


def test_the_last_known_unit_runs_the_system_for_the_whole_hour() -> None:
    said = look(look(system(), "2024-01-31T08:00", unit="so-tttt"), "2024-01-31T08:30")

    assert said.rows("looks") == [("so-tttt", "lgsp", "2024-01-31", 2)]


def test_backups_are_counted_by_how_they_went() -> None:
    said = Told("backup", "lgsp/2024-01").say("made", "2024-01-30T01:00", system="lgsp", ok=True, size_bytes=5)
    said.say("made", "2024-01-31T01:00", system="lgsp", ok=False)

    assert said.counts() == {"made": 1, "failed": 1}
    assert (said.state().standing, said.state().detail) == ("failed", {"size_bytes": None})


def test_a_certificate_is_as_it_was_last_seen_and_counts_on_the_day_it_was_first() -> None:
    said = Told("certificate", "host").say("seen", "2024-01-30T08:00", system="a", expires_at="2024-02-01T00:00:00Z")
    said.say("seen", "2024-01-31T08:00", system="b", unit="so-tttt", expires_at="2025-02-01T07:00:00+07:00")

    assert said.rows("seen") == [("so-tttt", "b", "2024-01-30", 1)]
    assert said.state().due_at == at("2025-02-01T00:00:00Z")


# The portal


@pytest.mark.parametrize(
    ("period", "part", "day"),
    [
        ("2023-12", "month/DOSSIER_SYNC", "2023-12-01"),
        ("2024-01", "month/DOSSIER_SYNC", "2024-01-01"),
        ("2023-Q1", "quarter/DOSSIER_SYNC", "2023-01-01"),
        ("2023-Q4", "quarter/DOSSIER_SYNC", "2023-10-01"),
        ("2023", "year/DOSSIER_SYNC", "2023-01-01"),
    ],
)
def test_a_figure_stands_on_the_first_day_of_its_period_and_no_period_adds_to_another(
    period: str, part: str, day: str
) -> None:
    said = figure(period, "2024-02-05T08:00", 0, 8)

    assert said.rows("numerator") == [("26068", part, day, 0)]
    assert said.rows("figures") == [("26068", part, day, 1)]
    assert said.rows("score_milli") == []


def figure(period: str, time: str, numerator: int, denominator: int, **more: Any) -> Told:
    said = Told("portal", f"26068/{period}/DOSSIER_SYNC")
    return again(said, period, time, numerator, denominator, **more)


def again(said: Told, period: str, time: str, numerator: int, denominator: int, **more: Any) -> Told:
    counts: dict[str, Any] = {"numerator": numerator, "denominator": denominator}
    return said.say("published", time, unit="26068", period=period, component="DOSSIER_SYNC", **counts, **more)


def test_a_later_export_of_a_period_stands_in_the_place_of_an_earlier_one() -> None:
    said = again(figure("2024-01", "2024-02-01T08:00", 5, 8, score_milli=0), "2024-01", "2024-02-05T08:00", 6, 8)

    assert said.counts() == {"numerator": 6, "denominator": 8, "figures": 1}


def test_a_figure_of_one_service_is_a_part_of_its_own() -> None:
    said = Told("portal", "26068/2024-01/DOSSIER_SYNC/1.001").say(
        "published",
        "2024-02-05T08:00",
        **{"unit": "26068", "period": "2024-01", "component": "DOSSIER_SYNC", "service": "1.001"},
        numerator=1,
        denominator=1,
        score_milli=0,
    )

    assert said.rows("score_milli") == [("26068", "month/DOSSIER_SYNC/1.001", "2024-01-01", 0)]


# Outreach, connection, limits


def test_of_an_activity_the_last_statement_counts_with_its_own_day() -> None:
    said = Told("activity", "a").say("held", "2024-01-30T08:00", unit="u", kind="press", reached=10)
    said.say("held", "2024-01-31T08:00", unit="u", kind="social")

    assert said.rows("held") == [("u", "social", "2024-01-31", 1)]
    assert said.counts() == {"held": 1}


def test_of_a_course_the_people_are_counted() -> None:
    said = Told("training", "t").say("held", "2024-01-30T08:00", unit="u", course="vneid", attended=0, invited=9)

    assert said.counts() == {"held": 1, "invited": 9}


def test_staffing_is_a_level_of_every_day_on_which_it_was_reported() -> None:
    said = Told("staffing", "u/2024-01")
    for time, staff in (("2024-01-02T08:00", 9), ("2024-01-02T09:00", 8), ("2024-01-20T08:00", 7)):
        said.say("reported", time, unit="u", staff=staff, trained=0, it_staff=1)

    assert said.rows("staff") == [("u", "", "2024-01-02", 8), ("u", "", "2024-01-20", 7)]
    assert said.rows("trained") == [("u", "", "2024-01-02", 0), ("u", "", "2024-01-20", 0)]


def test_a_connection_is_cut_until_it_is_restored() -> None:
    said = Told("connection", "csdlqg").say("cut", "2024-01-30T08:00", reason="Tăng bất thường")
    assert (said.state().standing, said.state().title) == ("cut", "Tăng bất thường")

    said.say("restored", "2024-01-30T09:00")
    assert (said.state().standing, said.state().title) == ("up", None)
    assert said.counts() == {"cuts": 1, "restorations": 1}


def test_a_limit_is_the_one_that_was_set_last() -> None:
    said = Told("limit", "account/hour").say("set", "2024-01-30T08:00", scope="account", window="hour", lookups=60)
    said.say("set", "2024-01-31T08:00", scope="account", window="hour", lookups=0)

    assert said.rows("changes") == [("", "account", "2024-01-30", 1), ("", "account", "2024-01-31", 1)]
    assert said.state().detail == {"key": None, "window": "hour", "lookups": 0}
