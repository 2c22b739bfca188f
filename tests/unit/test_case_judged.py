"""What makes a breach stands on the case's page: reason, letter, both deadlines with the sentence why."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from dashboards import working_time
from dashboards.deadline_reasons import Broken, Moved
from dashboards.readers.cases import StoredCase, ToldCase
from dashboards.views.cases.case_judged import lines
from dashboards.views.cases.case_page import _event, page
from dashboards.words import NB
from schemas.history import Entry, EntryData
from schemas.province import ZONE, moment
from tests.unit.judging import packaged
from tests.unit.screens import nodes, text

FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=ZONE)
NOW = datetime(2026, 11, 30, 8, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _hours() -> Iterator[None]:
    working_time.hold(packaged().work)
    yield
    working_time.hold(None)


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def case(**changes: Any) -> StoredCase:
    made = StoredCase(
        "H", "Xã A", "", "online", None, at(9), FRIDAY, None, None, None, None, None, None, "Xã A", None, False, False,
        due_61=FRIDAY, due_766=at(25, 17),
    )  # fmt: skip
    return made._replace(**changes)


MOVES = (
    Moved("accepted", at(9), FRIDAY, FRIDAY),
    Moved("extended_again", at(19), FRIDAY, at(25, 17)),
)


def said(one: StoredCase, *broken: Broken) -> str:
    return text(lines(ToldCase(one, [], MOVES, (), broken), NOW)).replace(NB, " ")


def test_both_deadlines_stand_with_what_came_of_them_and_the_sentence_why() -> None:
    ended = case(ended_at=at(23, 8, 30), end_kind="finished", ended_766=at(23, 8, 30), late_766=False)

    first, second = said(ended).strip().split("\n")

    assert first.startswith("Hạn NĐ 61: 16:30 20/11,  trễ 1,5 giờ làm việc. Hẹn trả khi tiếp nhận 09/11/2026: 16:30")
    assert first.endswith("Gia hạn quá một lần 19/11/2026 không đổi hạn: 16:30 ngày 20/11/2026 (Điều 19(9)).")
    assert second.startswith("Hạn QĐ 766: 17:00 25/11, đúng hạn. ")
    assert second.endswith("Gia hạn lần nữa 19/11/2026: 17:00 ngày 25/11/2026.")


def test_a_refused_case_is_neither_by_the_one_and_judged_by_the_other() -> None:
    ended = case(ended_at=at(26), end_kind="refused", ended_766=at(26), late_766=True)

    first, second = said(ended).strip().split("\n")

    assert "không tính đúng hạn hay trễ hạn" in first
    assert "trễ 30 phút làm việc" in second


def test_more_requests_than_one_are_overdue_whatever_the_deadline() -> None:
    assert "quá hạn, bổ sung 2 lần" in said(case(late_766=True, supplement_requests=2, due_766=at(30, 17)))


def test_while_no_deadline_runs_that_is_said() -> None:
    waits = ToldCase(case(due_61=None), [], (Moved("asked", at(19), None, FRIDAY),))

    assert "không hạn nào chạy, không tính" in text(lines(waits, NOW)).replace(NB, " ")


def test_breaches_stand_with_their_article_and_day() -> None:
    words = said(case(), Broken("second_extensions", date(2026, 11, 19), 2))

    assert "Chưa đúng quy định: " in words
    assert "2 lượt 19/11 (Nghị định 61/2018/NĐ-CP, Điều 19(9))" in words


@pytest.mark.parametrize(
    ("kind", "data", "words", "warns"),
    [
        ("refused", EntryData(reason_given=True), "có nêu lý do bằng văn bản", False),
        ("refused", EntryData(reason_given=False), "không nêu lý do bằng văn bản", True),
        ("refused", EntryData(), "nguồn không nói có nêu lý do hay không", False),
        ("extended", EntryData(apology=False), "không có thư xin lỗi", True),
        ("extended", EntryData(apology_at=moment(at(18, 9))), "thư xin lỗi lúc 09:00 18/11", False),
        ("extended", EntryData(apology=True), "có thư xin lỗi, không rõ lúc nào", False),
        ("extended", EntryData(), "nguồn không nói có thư xin lỗi hay không", False),
    ],
)
def test_an_event_says_what_is_known_of_reason_and_letter(kind: str, data: EntryData, words: str, warns: bool) -> None:
    shown = _event(Entry(kind, moment(at(19)), "urn:test", "1", data), NOW)

    assert words in text(shown)
    assert any("i-warn" in str(node["props"].get("className")) for node in nodes(shown)) is warns


def test_the_page_of_a_case_that_is_not_judged_says_nothing_of_deadlines() -> None:
    shown = page(ToldCase(case(due_61=None, due_766=None), []), 1, NOW, {}, back=None, dark=False)

    assert "Hạn NĐ" not in text(shown)
