"""What was imported last, corrected, is what counts: what an import sends of names that are held."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import history
from schemas.contracts import DOMAINS
from schemas.history import Entry
from schemas.province import as_date, day_of, moment
from schemas.topics import CASES_HISTORY, TASKS
from streams.decode import CASE, Decoder
from streams.entries import subjects
from streams.folds import cases
from streams.folds.registry import FOLDS
from streams.folds.subject import come_to
from streams.intake.arrival import Named
from streams.intake.corrector import SLICE, Corrector, domains_of, slices
from streams.intake.day_book import DayBook
from streams.intake.errors import IntakeError
from streams.intake.outgoing import Outgoing
from streams.intake.reading import Report, digests
from tests.unit.judging import packaged
from tests.unit.told import SUBJECT, Record, at, event, said

BEGAN = datetime(2026, 11, 24, 8, tzinfo=UTC)
UNIT = "Trấn Biên"
TASK = "30/05/so-tu-phap"


class Books:
    """The tables, as far as an import asks them: histories, and what its topic brought since it began."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], list[Any]] = {}
        self.asked: list[Sequence[str]] = []
        self.came: set[bytes] = set()  # digests
        self.imports = 0

    async def histories(self, domain: str, subjects_: Sequence[str]) -> list[tuple[str, str]]:
        self.asked.append(subjects_)
        encode = history.encode if domain == CASE else subjects.encode
        return [(s, encode(self.held[domain, s])) for s in subjects_ if (domain, s) in self.held]

    async def came_since(
        self, domain: str, named: Sequence[Named], since: Mapping[int, int]
    ) -> list[tuple[str, bytes]]:
        return [(subject, digest) for _, _, subject, _, digest in named if digest in self.came]

    def take(self, topic: Any, sent: Sequence[Outgoing]) -> int:
        """As the workers do; how many were new."""
        fresh = 0
        for one in sent:
            accepted = Decoder(topic).decode(Record(one.value, timestamp=int(BEGAN.timestamp() * 1000) + 86_400_000))
            key = (accepted.domain, accepted.subject)
            held = self.held.get(key, [])
            merged: list[Any]
            if accepted.domain == CASE:
                merged, added = cases.merge(accepted.subject, held, [accepted.entry])
            else:
                merged, added = subjects.merge(DOMAINS[accepted.domain], accepted.subject, held, [accepted.entry])
            self.held[key] = merged
            self.came |= {accepted.digest} if added else set()
            fresh += added
        return fresh

    def bring(
        self, *events: Outgoing, topic: Any = CASES_HISTORY, book: DayBook | None = None, slice: int = SLICE
    ) -> Report:
        """An import, an hour after the one before; a slice is in the tables before the next is looked up."""
        self.imports += 1
        self.came.clear()
        report = Report(book=book)
        corrector = Corrector(self, topic, {}, BEGAN + timedelta(hours=self.imports), report)  # type: ignore[arg-type]
        for part in slices(iter(events), slice):
            for one in part:
                report.events[one.kind] += 1
                if book is not None:
                    book.note(one)
            sent = asyncio.run(corrector.judged(part))
            report.rows += self.take(topic, sent)  # new ones
        return report

    @property
    def case(self) -> list[Entry]:
        return self.held[CASE, SUBJECT]

    def stands(self) -> tuple[int | None, dict[str, int]]:
        """Deadline and counts of the case."""
        state = cases.fold(SUBJECT, self.case, packaged())
        sums: dict[str, int] = {}
        for _, _, counter, amount in cases.contribution(state).rows:
            sums[counter] = sums.get(counter, 0) + amount
        return state.due_at, {name: sums[name] for name in ("accepted", "conflicts", "finished") if name in sums}


def accepted(due: str, unit: str = UNIT, id: str = "n") -> Outgoing:
    data = {"unit": unit, "channel": "online", "procedure": "1.1", "due_on": due}
    return Outgoing("accepted", SUBJECT.encode(), said(event("accepted", data=data, id=id)))


def due(day: str) -> int:
    return at(f"{day}T00:00") + 86_400_000_000


A, B, C = (accepted(f"2024-02-0{day}") for day in (5, 7, 9))


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
