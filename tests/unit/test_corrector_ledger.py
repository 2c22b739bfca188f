"""Of a ledger, a row of which is a whole case, another day is the last word on the day before."""

import json

from hypothesis import given
from hypothesis import strategies as st

from schemas.topics import CASES_HISTORY
from streams.folds import cases
from streams.intake.day_book import DayBook
from streams.intake.outgoing import Outgoing
from streams.intake.reading import digests
from tests.unit.imports import UNIT, A, Books, accepted, due
from tests.unit.intake import mapping as ledger_mapping
from tests.unit.judging import packaged
from tests.unit.told import SUBJECT, at, event, said


def ended(day: int, kind: str = "finished") -> Outgoing:
    told = event(kind, f"2024-02-{day:02d}T08:00:00+07:00", id=f"{kind} {day}")
    return Outgoing(kind, SUBJECT.encode(), said(told))


ENDS = [ended(day) for day in (4, 6, 8)]
ONCE = ledger_mapping(columns='case = "a"\nunit = "u"\nstart = "b"').once


@given(st.lists(st.sampled_from(ENDS), min_size=1, max_size=6), st.integers(1, 2))
def test_of_a_ledger_the_last_new_day_of_an_end_counts_and_an_older_file_changes_nothing(
    order: list[Outgoing], repeats: int
) -> None:
    books = Books()
    for one in order:
        for number in range(repeats):
            fresh = books.bring(A, one, once=ONCE).rows
            assert fresh == 0 or number == 0
    state = cases.fold(SUBJECT, books.case, packaged())

    news = list(dict.fromkeys(one.value for one in order))
    assert state.ended_at == at(json.loads(news[-1])["time"])
    assert books.stands()[1] == {"accepted": 1, "finished": 1}
    assert len(books.case) == 1 + len(news)


def test_of_a_ledger_day_and_deadline_are_corrected_together_and_one_after_the_other() -> None:
    def row(start: str, due_on: str) -> Outgoing:
        data = {"unit": UNIT, "channel": "online", "due_on": due_on}
        return Outgoing("accepted", A.key, said(event("accepted", f"{start}T08:00:00+07:00", data, id=start)))

    books = Books()
    for start, due_on in (("2024-01-31", "2024-02-05"), ("2024-01-30", "2024-02-06"), ("2024-01-30", "2024-02-07")):
        assert books.bring(row(start, due_on), once=ONCE).rows == 1
    assert books.bring(row("2024-01-31", "2024-02-08"), once=ONCE).corrected == 1
    state = cases.fold(SUBJECT, books.case, packaged())

    assert (state.accepted_at, state.due_at) == (at("2024-01-31T08:00"), due("2024-02-08"))
    assert books.stands()[1] == {"accepted": 1}


def test_of_a_ledger_a_deadline_that_cannot_be_read_takes_none_away_and_is_corrected_once_it_can() -> None:
    whole, torn = A, Outgoing("accepted", A.key, A.value.replace(b'"n"', b'"n-undated"').replace(b"due_on", b"due_no"))
    for order in ((whole, torn), (torn, whole)):
        books = Books()
        for one in order:
            books.bring(one, once=ONCE)

        assert books.stands()[0] == due("2024-02-05")
    assert [one.kind for one in books.case] == ["accepted", "corrected"]


def test_the_ledger_of_another_unit_has_no_last_word_on_a_case_that_passed_through_both() -> None:
    theirs = json.loads(accepted("2024-02-09", "Long Bình", id="m").value) | {"time": "2024-02-02T08:00:00+07:00"}
    books = Books()
    books.bring(A, ENDS[0], once=ONCE)
    for _ in range(2):
        assert books.bring(Outgoing("accepted", A.key, said(theirs)), ENDS[1], once=ONCE).corrected == 0
    assert books.bring(A, ENDS[2], once=ONCE).corrected == 0, "nor on which of two ends"
    state = cases.fold(SUBJECT, books.case, packaged())

    assert (state.unit, state.ended_at) == (UNIT, at("2024-02-04T08:00"))


def test_of_a_ledger_another_kind_of_end_is_another_event_as_is_what_came_after_a_voiding() -> None:
    books = Books()
    books.bring(A, ENDS[0], once=ONCE)
    assert books.bring(ended(4, "returned"), once=ONCE).corrected == 0
    data = {"replaces": {"source": "urn:test:portal", "id": "finished 4"}}
    voiding = event("voided", "2024-02-10T08:00:00+07:00", data, id="v")
    books.take(CASES_HISTORY, [Outgoing("voided", SUBJECT.encode(), said(voiding))])

    report = books.bring(ENDS[1], once=ONCE)
    assert (report.corrected, report.rows) == (0, 1)
    assert books.stands()[1]["finished"] == 1


def test_of_a_log_every_step_of_a_kind_is_an_event_of_its_own() -> None:
    log = ledger_mapping(columns='case = "a"\nstep = "s"\ntime = "t"\nunit = "u"')
    books = Books()
    books.bring(A, ENDS[0], once=log.once)

    assert books.bring(ENDS[1], once=log.once).corrected == 0


def test_of_a_ledger_a_digest_tells_of_the_day_that_the_tables_hold() -> None:
    books = Books()
    books.bring(ENDS[0], once=ONCE)
    for _ in range(2):
        book = DayBook("urn:test:portal", "cases")
        report = books.bring(ENDS[1], once=ONCE, book=book)

        assert [(d["day"], d["ids"]) for one in digests(report) for d in (json.loads(one.value)["data"],)] == [
            ("2024-02-04", ["finished 4"])
        ]
