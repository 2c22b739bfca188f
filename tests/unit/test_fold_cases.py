"""The rules of a case: each in one sentence, on the smallest history that shows it."""

import pytest

from schemas.province import as_date
from schemas.state import NOTHING
from streams.folds.cases import OVERSIZED, contribution, contribution_from, contribution_json
from tests.unit.folded import counts, state, voided
from tests.unit.told import at, entry

DUE = at("2024-02-06T00:00")  # due on 5 February
ACCEPTED = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="online", procedure="1.1", due=DUE)


# Ends


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        ("finished", {"finished": 1, "on_time": 1}),
        ("returned", {"finished": 1, "returned": 1, "on_time": 1}),
        ("stopped", {"stopped": 1}),
        ("refused", {"refused": 1}),
        ("withdrawn", {"withdrawn": 1}),
    ],
)
def test_each_end_ends_the_case_and_only_finished_and_returned_are_done(kind: str, counted: dict[str, int]) -> None:
    assert counts(ACCEPTED, entry(kind, "2024-02-01T08:00")) == {"accepted": 1, **counted}


def test_what_came_first_ends_the_case_and_it_ends_once() -> None:
    finished = [entry("finished", f"2024-02-0{day}T08:00") for day in (3, 1, 2)]

    assert state(ACCEPTED, *finished).ended_at == at("2024-02-01T08:00")
    assert counts(ACCEPTED, *finished)["finished"] == 1


def test_finished_ends_the_case_before_and_after_a_return() -> None:
    finished = entry("finished", "2024-02-02T08:00")
    for day in (1, 3):
        result = state(ACCEPTED, finished, entry("returned", f"2024-02-0{day}T08:00"))
        assert (result.end_kind, result.ended_at) == ("finished", finished.time)
        assert result.returned_at == at(f"2024-02-0{day}T08:00")


def test_a_return_ends_a_case_that_was_stopped_before() -> None:
    result = state(ACCEPTED, entry("stopped", "2024-02-01T08:00"), entry("returned", "2024-02-03T08:00"))

    assert (result.end_kind, result.ended_at) == ("returned", at("2024-02-03T08:00"))


def test_of_stopped_refused_and_withdrawn_the_first_ends_the_case() -> None:
    result = state(
        ACCEPTED,
        entry("withdrawn", "2024-02-03T08:00"),
        entry("stopped", "2024-02-02T08:00"),
        entry("refused", "2024-02-04T08:00"),
    )

    assert (result.end_kind, result.ended_at) == ("stopped", at("2024-02-02T08:00"))


def test_an_end_that_sorts_before_the_acceptance_ends_the_case_all_the_same() -> None:
    finished = entry("finished", "2024-01-31T07:59", unit="Trấn Biên")
    result = state(ACCEPTED, finished)

    assert (result.accepted_at, result.ended_at, result.due_at) == (ACCEPTED.time, finished.time, DUE)
    assert counts(ACCEPTED, finished) == {"accepted": 1, "finished": 1, "on_time": 1}


def test_steps_after_the_end_count_and_never_reopen() -> None:
    finished = entry("finished", "2024-02-01T08:00", unit="Trấn Biên")
    step = entry("step", "2024-02-03T08:00", name="Lưu trữ", unit="Sở Tư pháp", status=4)
    result = state(ACCEPTED, finished, step)

    assert (result.ended_at, result.end_kind, result.status) == (finished.time, "finished", 9)
    assert (result.last_unit, result.last_at) == ("Trấn Biên", step.time)
    assert counts(ACCEPTED, finished, step)["steps"] == 1


def test_a_second_acceptance_after_the_end_does_not_reopen() -> None:
    again = entry("accepted", "2024-02-10T08:00", unit="Sở Tư pháp", channel="post")
    result = state(ACCEPTED, entry("finished", "2024-02-01T08:00"), again)

    assert (result.unit, result.channel, result.end_kind) == ("Trấn Biên", "online", "finished")


# Deadlines


@pytest.mark.parametrize(
    ("ended", "counted"),
    [
        ("2024-02-05T23:59:59.999999", "on_time"),
        ("2024-02-06T00:00:00", "on_time"),
        ("2024-02-06T00:00:00.000001", "late"),
    ],
)
def test_a_case_due_on_a_day_is_on_time_until_24_00_and_late_a_microsecond_after(ended: str, counted: str) -> None:
    found = counts(ACCEPTED, entry("finished", ended))

    assert {"on_time", "late"} & found.keys() == {counted}


def test_without_a_deadline_a_case_is_neither_late_nor_on_time() -> None:
    accepted = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="online")

    assert counts(accepted, entry("finished", "2030-02-01T08:00")) == {"accepted": 1, "finished": 1}


def test_a_stopped_case_is_neither_late_nor_on_time() -> None:
    assert counts(ACCEPTED, entry("stopped", "2024-03-01T08:00")) == {"accepted": 1, "stopped": 1}


@pytest.mark.parametrize("kind", ["extended", "supplement_received", "resumed"])
def test_a_new_appointment_moves_the_deadline(kind: str) -> None:
    later = entry(kind, "2024-02-02T08:00", due=at("2024-02-20T00:00"))

    assert state(ACCEPTED, later).due_at == later.data.due


def test_the_last_appointment_in_order_counts_not_the_last_to_arrive_nor_the_farthest() -> None:
    far = entry("extended", "2024-02-02T08:00", due=at("2024-02-20T00:00"))
    near = entry("extended", "2024-02-03T08:00", due=at("2024-02-10T00:00"))

    assert state(ACCEPTED, near, far).due_at == near.data.due


def test_an_appointment_given_after_the_end_changes_nothing() -> None:
    finished = entry("finished", "2024-02-07T08:00")
    extended = entry("extended", "2024-02-08T08:00", due=at("2024-03-01T00:00"))

    assert counts(ACCEPTED, finished, extended) == {"accepted": 1, "finished": 1, "late": 1, "extensions": 1}


def test_a_resumption_without_a_new_deadline_keeps_the_old_one() -> None:
    assert state(ACCEPTED, entry("resumed", "2024-02-02T08:00")).due_at == DUE


# Whom and when it counts for


def test_all_counts_for_the_accepting_unit_but_steps_for_the_unit_that_did_them() -> None:
    step = entry("step", "2024-02-01T08:00", name="Thẩm định", unit="Sở Tư pháp")
    paid = entry("paid", "2024-02-01T09:00", online=True, unit="Kho bạc")
    rows = contribution(state(ACCEPTED, step, paid)).rows

    assert {(unit, counter) for unit, _, counter, _ in rows} == {
        ("Trấn Biên", "accepted"),
        *(("Trấn Biên", flag) for flag in ("accepted_online", "fee_cases", "paid_online")),
        ("Trấn Biên", "paid"),
        ("so-tu-phap", "steps"),
    }


def test_a_step_of_no_unit_counts_for_no_unit() -> None:
    rows = contribution(state(ACCEPTED, entry("step", "2024-02-01T08:00", name="Thẩm định"))).rows

    assert ("", "steps") in {(unit, counter) for unit, _, counter, _ in rows}


def test_a_case_that_nobody_accepted_counts_for_no_unit_and_is_not_open() -> None:
    result = state(entry("submitted", "2024-01-30T08:00", unit="Trấn Biên", channel="post", procedure="1.1"))

    assert (result.unit, result.channel, result.procedure, result.accepted_at) == ("", "post", "1.1", None)


def test_a_case_that_was_refused_belongs_to_the_unit_that_refused_it() -> None:
    submitted = entry("submitted", "2024-01-30T08:00", unit="Trấn Biên", channel="online", procedure="1.1")
    refused = entry("refused", "2024-01-31T08:00", unit="Đak Lua", reason_given=False)
    wordless = entry("refused", "2024-01-31T08:00")

    told = {(unit, counter) for unit, _, counter, _ in contribution(state(submitted, refused)).rows}
    assert told == {("Đak Lua", "submitted"), ("Đak Lua", "refused"), ("Đak Lua", "refused_without_reason")}
    assert state(submitted, wordless).unit == "Trấn Biên"  # where it was seen last
    assert state(submitted, refused, ACCEPTED).unit == "Trấn Biên"  # that accepted it, whoever refuses
    assert state(submitted, entry("withdrawn", "2024-01-31T08:00", unit="Đak Lua")).unit == ""


def test_the_acceptance_says_channel_and_procedure_and_the_submission_what_it_leaves_out() -> None:
    accepted = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="direct")
    result = state(accepted, entry("submitted", "2024-01-30T08:00", channel="post", procedure="2.2"))

    assert (result.channel, result.procedure) == ("direct", "2.2")


def test_each_flow_counts_on_the_province_day_of_its_own_event() -> None:
    steps = [
        entry("step", "2024-02-01T16:59:59.999999+00:00", "s1", name="x"),
        entry("step", "2024-02-01T17:00:00+00:00", "s2", name="x"),
        entry("step", "2024-02-01T18:00:00+00:00", "s3", name="x"),
    ]

    assert [(as_date(d).isoformat(), n) for _, _, d, n in state(*steps).flows] == [("2024-02-01", 1), ("2024-02-02", 2)]


# Status


def test_the_status_is_what_the_source_says_else_what_the_kind_implies() -> None:
    said = entry("step", "2024-02-01T08:00", name="x", status=6, status_raw="chờ nộp phí")

    assert (state(ACCEPTED, said).status, state(ACCEPTED, said).status_raw) == (6, "chờ nộp phí")
    assert state(ACCEPTED).status == 2


def test_a_kind_without_a_status_of_its_own_leaves_it() -> None:
    assert state(ACCEPTED, entry("paid", "2024-02-01T08:00", online=True)).status == 2


def test_a_returned_case_has_status_10_also_after_it_finished() -> None:
    assert state(ACCEPTED, entry("finished", "2024-02-01T08:00"), entry("returned", "2024-02-02T08:00")).status == 10


# Simulated, oversized, nothing


def test_one_simulated_event_marks_the_case() -> None:
    assert state(ACCEPTED, entry("rated", "2024-02-09T08:00", source="urn:ioc:simulated", score=5)).simulated


def test_an_oversized_case_adds_only_that_it_is_one_on_the_first_day_of_the_topic() -> None:
    ((unit, day, counter, amount),) = contribution(OVERSIZED).rows

    assert (unit, as_date(day).isoformat(), counter, amount) == ("", "2010-01-01", "oversized", 1)


def test_a_case_of_which_nothing_is_left_adds_nothing() -> None:
    assert contribution(state(voided("2024-02-02T08:00", "v", "s"))) == NOTHING


def test_a_contribution_reads_back_as_it_was_written() -> None:
    value = contribution(state(ACCEPTED, entry("finished", "2024-02-01T08:00")))

    assert contribution_from(contribution_json(value)) == value
