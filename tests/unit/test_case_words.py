"""What is said of one case is what its figure counts: late in working time, and who has it now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from dashboards import working_time
from dashboards.lateness import judged, lasted
from dashboards.readers.cases import StoredCase, ToldCase
from dashboards.readers.subjects import StoredSubject
from dashboards.screens import portal_and_chain
from dashboards.views.cases.case_page import _lead
from dashboards.views.cases.case_timeline import CITIZEN, RESTS, lanes
from dashboards.views.topics.listing import lateness
from dashboards.words import NB
from schemas.history import Entry, EntryData
from schemas.province import ZONE, moment
from tests.unit.judging import packaged
from tests.unit.screens import text

FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=ZONE)
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _hours() -> Iterator[None]:
    working_time.hold(packaged().work)
    yield
    working_time.hold(None)


def at(day: int, hour: int = 8, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def case(**changes: Any) -> StoredCase:
    made = StoredCase(
        "H", "Xã A", "", "online", None, at(9), FRIDAY, None, None, None, None, None, None, "Xã A", None, False, False
    )  # fmt: skip
    return made._replace(**changes)


def lead(one: StoredCase, now: datetime, *history: Entry) -> str:
    lain = lanes(ToldCase(one, list(history)), now)
    return "".join(part if isinstance(part, str) else text(part) for part in _lead(one, lain, now))


def entry(kind: str, when: datetime, unit: str | None = None, **data: Any) -> Entry:
    return Entry(kind, moment(when), "urn:test", f"{kind}{when}", EntryData(unit=unit, **data))


def test_one_and_a_half_hours_over_a_weekend_are_not_two_days() -> None:
    late = case(ended_at=MONDAY, end_kind="finished")

    assert judged(late, at(30)).words == f"1,5{NB}giờ"
    assert lead(late, at(30)) == f"Xong trễ 1,5{NB}giờ làm việc."


def test_without_working_hours_lateness_is_in_working_days() -> None:
    working_time.hold(None)

    assert judged(case(ended_at=MONDAY, end_kind="finished"), at(30)).words == f"1{NB}ngày"


def test_lateness_outside_working_hours_is_said_to_be_less_than_a_minute() -> None:
    assert lasted(at(20, 17), at(21, 10)) == f"chưa tới 1{NB}phút"


def test_very_long_lateness_has_no_decimals() -> None:
    assert lasted(datetime(2014, 1, 6, 8, tzinfo=ZONE), at(23)).endswith(f"{NB}ngày")
    assert "," not in lasted(datetime(2014, 1, 6, 8, tzinfo=ZONE), at(23))


@pytest.mark.parametrize("kind", ["refused", "stopped", "withdrawn"])
def test_what_counts_as_neither_late_nor_in_time_is_said_to_be_neither(kind: str) -> None:
    ended = case(ended_at=at(24), end_kind=kind)

    said = lead(ended, at(30))

    assert "trễ " not in said.replace("hay trễ hạn", "")
    assert "không tính đúng hạn hay trễ hạn" in said
    assert not judged(ended, at(30)).late
    made = lanes(ToldCase(ended, [entry("accepted", at(9), "Xã A"), entry(kind, at(24))]), at(30))
    assert made is not None
    assert not [part for _, parts in made.lanes for part in parts if part.late]


def test_a_case_that_was_never_accepted_is_not_late() -> None:
    waits = case(accepted_at=None, submitted_at=at(9))

    assert not judged(waits, at(30)).late
    assert lead(waits, at(30)) == "Chưa tiếp nhận."


def test_who_has_it_now_comes_before_how_long_somebody_had_it() -> None:
    held = case(waits_for="citizen", waits_since=at(16), due_at=at(27))
    told = (entry("accepted", at(9), "Xã A"), entry("supplement_requested", at(16)))

    assert lead(held, at(20, 8), *told) == (  # 24/11 is a holiday
        f"Người dân giữ từ 16/11, không tính hạn; còn 4,0{NB}ngày làm việc đến ngày hẹn trả, nằm lâu nhất ở Xã A."
    )
    overdue = held._replace(due_at=at(18))
    assert f"Người dân giữ từ 16/11, không tính hạn; quá ngày hẹn trả 2,0{NB}ngày làm việc" in lead(
        overdue, at(20), *told
    )


def test_the_unit_that_has_it_is_named_with_its_own_day() -> None:
    told = (entry("accepted", at(9), "Xã A"), entry("step", at(17), "Sở B", name="thẩm định"))
    held = case(last_unit="Sở B", waits_for="office", waits_since=at(9))

    assert lead(held, at(19, 16, 30), *told) == (
        f"Sở B giữ từ 17/11; còn 8,0{NB}giờ làm việc đến ngày hẹn trả, nằm lâu nhất ở Xã A."
    )


def test_a_rest_that_waits_for_nobody_known_is_not_the_citizens() -> None:
    told = (entry("accepted", at(9), "Xã A"), entry("suspended", at(10)), entry("suspended", at(12), status=5))
    made = lanes(ToldCase(case(), list(told)), at(20))

    assert made is not None
    assert [name for name, _ in made.lanes] == ["Xã A", RESTS, CITIZEN]


def test_a_list_by_a_reading_shows_that_readings_deadline_and_lateness() -> None:
    ends = {"ended_at": at(24), "end_kind": "finished", "ended_766": at(16), "late_766": True}
    both = case(**ends, due_61=at(25), due_766=at(20), supplement_requests=2)

    assert judged(both, at(30), "on_time_61") == (at(25), False, "")
    assert judged(both, at(30), "late_766") == (at(20), True, f"bổ sung 2{NB}lần")
    assert judged(both._replace(ended_766=at(23)), at(30), "late_766").words == f"8,0{NB}giờ"
    assert judged(both, at(30), "late")[0] == FRIDAY


def test_a_chain_waits_in_working_time_as_on_its_own_page() -> None:
    waits = case(chain="birth", chain_step="the-bhyt", chain_agency="BHXH", chain_since=at(20, 16))

    assert portal_and_chain.waiting(waits, MONDAY) == f"thẻ BHYT ở BHXH, 2,0{NB}giờ làm việc"


def subject(**changes: Any) -> StoredSubject:
    made = StoredSubject("T", "U", "", "open", "", None, FRIDAY, None, None, None, False, False, {})
    return replace(made, **changes)


def test_a_dropped_task_is_not_late_and_a_certificate_expires_by_the_calendar() -> None:
    assert lateness("task", subject(standing="cancelled", ended_at=MONDAY), at(30)) == ("", False)
    assert lateness("task", subject(standing=""), at(30)) == ("", False)
    assert lateness("task", subject(ended_at=MONDAY, standing="done"), at(30)) == (f"1,5{NB}giờ", True)
    assert lateness("certificate", subject(standing="held"), MONDAY) == (f"2{NB}ngày", True)


def test_what_was_asked_before_the_acceptance_is_over_with_it() -> None:
    told = (entry("supplement_requested", at(8)), entry("accepted", at(9), "Xã A"), entry("step", at(10), "Xã A"))
    made = lanes(ToldCase(case(), list(told)), at(20))

    assert made is not None
    assert made.holder[0] == "Xã A"
