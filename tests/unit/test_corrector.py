"""What was imported last, corrected, is what counts: what an import sends of names that are held."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import DOMAINS
from schemas.province import as_date, day_of, moment
from schemas.topics import CASES_HISTORY, TASKS
from streams.folds.registry import FOLDS
from streams.folds.subject import come_to
from streams.intake.corrector import domains_of, slices
from streams.intake.day_book import DayBook
from streams.intake.errors import IntakeError
from streams.intake.outgoing import Outgoing
from streams.intake.reading import digests
from tests.unit.imports import BEGAN, UNIT, A, B, Books, C, accepted, due
from tests.unit.judging import packaged
from tests.unit.told import SUBJECT, event, said

TASK = "30/05/so-tu-phap"


def test_what_is_said_otherwise_later_corrects_what_was_said() -> None:
    books = Books()
    books.bring(A)
    report = books.bring(B)

    assert (report.corrected, report.known, report.rows) == (1, 0, 1)
    assert books.stands() == (due("2024-02-07"), {"accepted": 1})
    correction = books.case[-1]
    assert (correction.kind, correction.time) == ("corrected", moment(BEGAN + timedelta(hours=2)) + 1)
    assert correction.data.replaces == ("urn:test:portal", "n")


def test_the_same_corrected_file_again_sends_nothing_new_and_an_older_one_changes_nothing() -> None:
    books = Books()
    for one in (A, B):
        books.bring(one)
    again, older = books.bring(B), books.bring(A)

    assert (again.corrected, again.known, again.rows) == (0, 1, 0)
    assert (older.corrected, older.known, older.rows) == (0, 0, 0), "sent as it is: a duplicate"
    assert books.stands() == (due("2024-02-07"), {"accepted": 1})


def test_a_correction_is_corrected_in_its_turn() -> None:
    books = Books()
    for one in (A, B, C):
        assert books.bring(one).rows == 1
    assert books.stands() == (due("2024-02-09"), {"accepted": 1})


@given(st.lists(st.sampled_from([A, B]), max_size=6), st.integers(1, 3))
def test_whatever_comes_after_a_correction_it_stands_and_imports_are_idempotent(
    order: list[Outgoing], repeats: int
) -> None:
    books = Books()
    for one in (A, B):
        books.bring(one)
    held = list(books.case)
    for one in order:
        for _ in range(repeats):
            assert books.bring(one).rows == 0

    assert books.case == held
    assert books.stands() == (due("2024-02-07"), {"accepted": 1})


@given(st.lists(st.sampled_from([A, B, C]), min_size=1, max_size=7))
def test_of_files_in_any_order_the_last_that_said_something_new_counts(order: list[Outgoing]) -> None:
    books = Books()
    news = [one for number, one in enumerate(order) if one not in order[:number]]
    for one in order:
        books.bring(one)

    alone = Books()
    alone.bring(news[-1])
    assert books.stands() == alone.stands()


@given(st.lists(st.sampled_from([A, B, C]), min_size=1, max_size=5), st.integers(1, 3))
def test_several_versions_in_one_file_that_nothing_holds_are_versions_however_it_is_cut(
    file: list[Outgoing], slice: int
) -> None:
    books = Books()
    report = books.bring(*file, slice=slice)

    assert report.corrected == 0
    assert {one.kind for one in books.case} == {"accepted"}
    assert books.stands()[1].get("conflicts", 0) == len(set(file)) - 1
    assert books.bring(*file, slice=slice).rows == 0


@given(st.lists(st.sampled_from([B, C]), min_size=1, max_size=5), st.integers(1, 3))
def test_of_several_corrections_in_one_file_the_last_new_one_counts_and_each_is_sent_once(
    file: list[Outgoing], slice: int
) -> None:
    books = Books()
    books.bring(A)
    report = books.bring(*file, slice=slice)
    last = list(dict.fromkeys(file))[-1]

    assert report.corrected == report.rows == len(set(file))
    assert report.corrected + report.known == len(file)
    assert books.stands() == (due("2024-02-09" if last == C else "2024-02-07"), {"accepted": 1})
    assert books.bring(*file, slice=slice).rows == 0


def test_what_somebody_voided_stays_voided() -> None:
    books = Books()
    books.bring(A)
    voiding = event(
        "voided", "2024-02-01T08:00:00+07:00", {"replaces": {"source": "urn:test:portal", "id": "n"}}, id="v"
    )
    books.take(CASES_HISTORY, [Outgoing("voided", SUBJECT.encode(), said(voiding))])
    report = books.bring(B)

    assert report.corrected == 0
    assert "accepted" not in books.stands()[1]


def test_a_correction_of_a_correction_by_somebody_else_is_what_is_corrected() -> None:
    books = Books()
    for one in (A, B):
        books.bring(one)
    fact = {"type": "case.accepted.v1", "time": "2024-01-31T08:00:00+07:00", "data": json.loads(C.value)["data"]}
    data = {"replaces": {"source": "urn:test:portal", "id": books.case[-1].id}, "event": fact}
    theirs = event("corrected", "2026-11-24T18:00:00Z", data, id="theirs", source="urn:test:other")
    books.take(CASES_HISTORY, [Outgoing("corrected", SUBJECT.encode(), said(theirs))])
    assert books.stands() == (due("2024-02-09"), {"accepted": 1})

    books.bring(accepted("2024-02-12"))
    assert books.stands() == (due("2024-02-12"), {"accepted": 1})
    assert books.bring(C).known == 1


def test_an_id_of_another_source_or_case_is_another_name() -> None:
    books = Books()
    books.bring(A)
    other = Outgoing("accepted", b"H19.19-2", A.value.replace(SUBJECT.encode(), b"H19.19-2").replace(b"05", b"07"))
    elsewhere = Outgoing("accepted", B.key, B.value.replace(b"urn:test:portal", b"urn:test:b"))

    assert books.bring(other, elsewhere).corrected == 0


def test_a_task_is_corrected_as_a_case_is() -> None:
    def assigned(due_on: str) -> Outgoing:
        data = {"title": "Nhiệm vụ 5", "plan": "30/KH-UBND", "kind": "common", "unit": "so-tu-phap", "due_on": due_on}
        told = event("assigned", "2024-01-10T08:00:00+07:00", data, subject=TASK, type="task.assigned.v1")
        return Outgoing("task.assigned.v1", TASK.encode(), said(told))

    books = Books()
    first, second = assigned("2024-01-31"), assigned("2024-03-31")
    for one, fresh in ((first, 1), (second, 1), (second, 0), (first, 0)):
        assert books.bring(one, topic=TASKS).rows == fresh
    state = come_to(DOMAINS["task"], FOLDS["task"], TASK, books.held["task", TASK], packaged().names)

    assert state.due_at == due("2024-03-31")
    assert [row for row in state.rows if row[0] == "conflicts"] == []


def test_a_digest_tells_of_a_name_where_the_tables_hold_it() -> None:
    """The event itself stands under its first day and unit in the event table, whatever corrects it."""
    books = Books()
    books.bring(A)
    for _ in range(2):  # as a correction, then as one that is known
        book = DayBook("urn:test:portal", "cases")
        report = books.bring(accepted("2024-02-05", "Long Bình"), accepted("2024-02-05", id="m"), book=book)
        told = [json.loads(one.value)["data"] for one in digests(report)]

        assert [(one["day"], one["unit"], one["ids"]) for one in told] == [("2024-01-31", UNIT, ["m", "n"])]
    assert as_date(day_of(books.case[0].time)) == date(2024, 1, 31)


def test_a_correction_that_would_be_too_large_goes_as_the_event_itself() -> None:
    books = Books()
    books.bring(A)
    few = CASES_HISTORY.__class__(
        **{**{f: getattr(CASES_HISTORY, f) for f in CASES_HISTORY.__slots__}, "max_event_bytes": 400}
    )
    report = books.bring(B, topic=few)

    assert (report.corrected, report.rows) == (0, 1)


def test_names_are_looked_up_a_slice_at_a_time_and_each_subject_once() -> None:
    books = Books()
    books.bring(A, B, C, slice=2)

    assert books.asked == [[SUBJECT], [SUBJECT]]
    assert domains_of(CASES_HISTORY) == ["case"]
    assert domains_of(TASKS) == ["task"]


def test_what_stands_before_a_fault_of_the_file_is_sent_before_it_is_told() -> None:
    def broken() -> Any:
        yield from (A, B, C)
        raise IntakeError("the disk fails")

    parts = slices(broken(), 2)

    assert [next(parts), next(parts)] == [[A, B], [C]]
    with pytest.raises(IntakeError, match="the disk fails"):
        next(parts)
