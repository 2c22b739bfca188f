"""The way of a case through its steps and agencies: the fold against the slow reference."""

import hypothesis

from schemas.province import moment
from streams.folds.cases import fold
from tests.reference.histories import HISTORIES, Json
from tests.reference.paths import NO_PATH
from tests.reference.province import Province
from tests.unit.folded import ACCEPTED, state
from tests.unit.judging import packaged
from tests.unit.test_fold_judged import LAW, entries
from tests.unit.told import at, entry

HOUR = 3600


@hypothesis.settings(max_examples=200)
@hypothesis.given(HISTORIES)
def test_every_path_is_what_the_slow_reference_says(events: list[Json]) -> None:
    province = Province.after(events, 2000, LAW)
    for subject, history in entries(events).items():
        want = {name: province.cases[subject].state[name] for name in NO_PATH}
        want["path_since"] = None if want["path_since"] is None else moment(want["path_since"])
        got = fold(subject, history, packaged())
        have = {name: getattr(got, name) for name in NO_PATH}
        have |= {name: list(have[name]) for name in ("path_office_s", "path_waited_s")}
        have["path"] = None if have["path"] is None else list(have["path"])
        have["chain_stays"] = [list(stay) for stay in have["chain_stays"]] or None
        assert have == want


@hypothesis.given(HISTORIES)
def test_the_times_of_an_ended_case_s_steps_are_all_its_time(events: list[Json]) -> None:
    for subject, history in entries(events).items():
        got = fold(subject, history, packaged())
        if got.ended_at is None or got.path is None:
            continue
        assert len(got.path_office_s) == len(got.path_waited_s) == len(got.path) + 1
        elsewhere = got.citizen_us + got.agency_us + got.payment_us
        assert 0 <= got.office_us // 1_000_000 - sum(got.path_office_s) <= len(got.path)
        assert 0 <= elsewhere // 1_000_000 - sum(got.path_waited_s) <= len(got.path)


def test_a_step_took_the_time_since_the_one_before_without_what_others_had() -> None:
    got = state(
        ACCEPTED,
        entry("step", "2024-01-31T09:00", name="Kiểm tra"),
        entry("supplement_requested", "2024-01-31T10:00"),
        entry("supplement_received", "2024-02-01T08:30"),
        entry("step", "2024-02-01T10:00", name="Thẩm định"),
        entry("finished", "2024-02-01T11:00"),
    )
    assert got.path == ("Kiểm tra", "Thẩm định")
    assert got.path_office_s == (HOUR, 2.5 * HOUR, HOUR)
    assert got.path_waited_s == (0, 6.5 * HOUR, 0)
    assert got.path_since is None
    assert (got.loops, got.loop_reason) == (1, "supplement")


def test_an_open_case_stands_behind_its_last_step_and_has_no_times_yet() -> None:
    got = state(ACCEPTED, entry("step", "2024-01-31T09:00", name="Kiểm tra"))
    assert (got.path, got.path_office_s, got.path_since) == (("Kiểm tra",), (), at("2024-01-31T09:00"))
    assert state(ACCEPTED).path_since == ACCEPTED.time
    assert state(entry("step", "2024-01-31T09:00", name="Kiểm tra")).path is None


def test_a_step_done_again_is_a_loop_of_its_own_only_where_nothing_else_turned_it_back() -> None:
    first = entry("step", "2024-01-31T09:00", name="Kiểm tra")
    asked = entry("supplement_requested", "2024-01-31T10:00")
    again = entry("step", "2024-01-31T11:00", name="Kiểm tra")
    more = entry("step", "2024-01-31T13:00", name="Kiểm tra")

    assert (state(ACCEPTED, first, again).loops, state(ACCEPTED, first, again).loop_reason) == (1, "repeated")
    assert (state(ACCEPTED, first, asked, again).loops, state(ACCEPTED, first, asked, again).loop_reason) == (
        1,
        "supplement",
    )
    assert state(ACCEPTED, first, asked, again, more).loops == 2


def test_a_chain_s_step_stays_with_an_agency_from_being_sent_to_being_done() -> None:
    step = {"chain": "birth", "step": "thuong-tru"}
    sent = entry("chain_step", "2024-01-31T09:00", **step, agency="Trấn Biên", to="cong-an", state="sent")
    received = entry("chain_step", "2024-01-31T10:00", **step, agency="cong-an", state="received")
    done = entry("chain_step", "2024-01-31T11:00", **step, agency="cong-an", state="done")
    since = at("2024-01-31T09:00")

    assert state(ACCEPTED, sent).chain_stays == (("thuong-tru", "cong-an", since, None, None, False),)
    assert state(ACCEPTED, sent, received).chain_stays[0].received
    (stay,) = state(ACCEPTED, sent, received, done).chain_stays
    assert (stay.until, stay.worked) == (at("2024-01-31T11:00"), 2 * HOUR)
    assert state(ACCEPTED, sent, entry("finished", "2024-01-31T12:00")).chain_stays == ()
