"""The ends of the calendar: an event that lies there is refused and named; it never stops the worker that reads it."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from schemas.reference.names import NO_NAMES
from schemas.topics import BY_CONTRACT
from streams.decode import Batch, Decoder
from streams.folds.registry import FOLDED, FOLDS
from streams.folds.subject import come_to

COUNTS = dict.fromkeys(("records", "digitised", "valid", "complete", "clean", "fresh"), 1)
MEASURED = {"sector": "ho-tich", "unit": "26068", **COUNTS}
FIGURE = {"unit": "26068", "component": "DOSSIER_SYNC", "numerator": 1, "denominator": 2}
JANUARY = "2024-01-31T10:00:00+07:00"


@dataclass
class Rec:
    offset: int
    value: bytes | None
    timestamp: int = 1_711_929_600_000  # 1 April 2024


def read(contract: str, type_: str, subject: str, time: str, **data: Any) -> Batch:
    """Decoded, and what was accepted also folded."""
    said = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": type_, "subject": subject, "time": time}
    batch = Decoder(BY_CONTRACT[contract]).batch([Rec(0, json.dumps({**said, "data": data}).encode())])
    for item in batch.accepted:
        come_to(FOLDED[item.domain], FOLDS[item.domain], item.subject, [item.entry], NO_NAMES)
    return batch


def refusal(batch: Batch) -> tuple[str, str]:
    (rejected,) = batch.rejected
    return rejected.field, rejected.rule


@pytest.mark.parametrize(
    ("time", "rule"), [("9999-12-31T20:00:00Z", "too_far_ahead"), ("0001-01-01T00:00:00+14:00", "before_earliest")]
)
def test_a_moment_that_has_no_day_in_the_province_is_refused(time: str, rule: str) -> None:
    day = time[:10]
    for batch in (
        read("datasets", "dataset.measured.v1", f"ho-tich/26068/{day[:7]}", time, **MEASURED),
        read("platform", "system.measured.v1", f"lgsp/{day}T20", time, system="lgsp", reachable=True),
        read("platform", "backup.made.v1", f"lgsp/{day[:7]}", time, system="lgsp", ok=True),
        read("outreach", "staffing.reported.v1", f"u/{day[:7]}", time, unit="u", staff=1, trained=1, it_staff=1),
        read("portal", "portal.published.v1", "26068/2024/DOSSIER_SYNC", time, period="2024", **FIGURE),
    ):
        assert refusal(batch) == ("time", rule)


def test_a_corrected_fact_that_has_no_day_in_the_province_is_refused_by_its_own_field() -> None:
    fact = {"type": "dataset.measured.v1", "time": "9999-12-31T20:00:00Z", "data": MEASURED}
    replaces = {"source": "urn:test", "id": "0"}
    batch = read("datasets", "dataset.corrected.v1", "ho-tich/26068/9999-12", JANUARY, replaces=replaces, event=fact)

    assert refusal(batch) == ("data.event.time", "too_far_ahead")


@pytest.mark.parametrize("end", ["9999-12-31T23:59:59-07:00", "0001-01-01T00:00:00+07:00"])
def test_the_end_of_a_certificate_that_no_calendar_holds_in_utc_is_refused(end: str) -> None:
    batch = read("platform", "certificate.seen.v1", "host", JANUARY, system="lgsp", expires_at=end)

    assert refusal(batch)[0] == "data.expires_at"


def test_a_certificate_without_a_real_end_is_taken_as_rfc_5280_writes_it() -> None:
    batch = read("platform", "certificate.seen.v1", "host", JANUARY, system="lgsp", expires_at="9999-12-31T23:59:59Z")

    assert len(batch.accepted) == 1


@pytest.mark.parametrize("period", ["0000", "0000-01", "0000-Q1", "1999", "2100", "٢٠٢٤"])
def test_a_period_of_no_year_of_ours_is_refused(period: str) -> None:
    batch = read("portal", "portal.published.v1", f"26068/{period}/DOSSIER_SYNC", JANUARY, period=period, **FIGURE)

    assert refusal(batch) == ("data.period", "out_of_range")


@pytest.mark.parametrize(
    ("period", "begun"), [("2024-01", True), ("2024-Q1", True), ("2024", True), ("2024-02", False)]
)
def test_the_portal_has_no_figure_of_a_period_that_has_not_begun(period: str, begun: bool) -> None:
    last_moment_of_january = "2024-01-31T16:59:59.999999Z"
    subject = f"26068/{period}/DOSSIER_SYNC"
    batch = read("portal", "portal.published.v1", subject, last_moment_of_january, period=period, **FIGURE)

    assert [refusal(batch)] == [("data.period", "not_begun")] if not begun else len(batch.accepted) == 1
    later = read("portal", "portal.published.v1", subject, "2024-01-31T17:00:00Z", period=period, **FIGURE)
    assert len(later.accepted) == 1


@pytest.mark.parametrize("day", ["0001-01-01", "2009-12-31", "2100-01-02", "9999-12-31"])
def test_a_deadline_that_no_plan_can_mean_is_refused(day: str) -> None:
    plan = {"title": "x", "unit": "u"}
    for batch in (
        read("tasks", "task.assigned.v1", "t", JANUARY, plan="p", kind="late", due_on=day, **plan),
        read("tasks", "task.extended.v1", "t", JANUARY, due_on=day),
        read("datasets", "campaign.planned.v1", "c", JANUARY, sector="s", planned=1, due_on=day, **plan),
        read("platform", "milestone.planned.v1", "m", JANUARY, system="s", due_on=day, **plan),
        read("portal", "petition.received.v1", "p", JANUARY, unit="u", kind="staff", due_on=day),
    ):
        assert refusal(batch)[0] == "data.due_on"
