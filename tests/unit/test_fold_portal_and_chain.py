"""What is said beside a case's life: the national portal has its own columns, a chain shows where it waits."""

from typing import Any

import pytest

from schemas.case_portal import Hazard
from schemas.history import Entry
from streams.folds.portal_and_chain import COUNTER_OF
from tests.unit.folded import ACCEPTED, corrected, counts, state, voided
from tests.unit.told import at, entry


def test_a_sync_that_was_taken_is_the_portals_status_and_moves_nothing_of_the_case() -> None:
    sync = entry("synced", "2024-02-01T08:00", message="DongBoHoSoMC", sent_status=9, answer="taken", unit="Cổng")
    found = state(ACCEPTED, sync)
    assert (found.portal_status, found.synced_at) == (9, at("2024-02-01T08:00"))
    assert (found.status, found.last_unit, found.ended_at) == (2, "Trấn Biên", None)


def test_what_was_refused_or_not_answered_is_not_the_portals_status() -> None:
    silent = entry("synced", "2024-02-01T08:00", message="DongBoHoSoMC", sent_status=4, portal_code="M-1")
    refused = entry(
        "synced", "2024-02-02T08:00", message="DongBoHoSoMC", sent_status=9, portal_code="M-2", answer="refused"
    )
    found = state(ACCEPTED, silent, refused)
    assert (found.portal_status, found.portal_code, found.synced_at) == (None, "M-1", at("2024-02-01T08:00"))
    assert counts(ACCEPTED, silent, refused) == {"accepted": 1, "synced": 2, "sync_refused": 1}


def test_the_portals_own_word_stands_until_it_takes_another() -> None:
    taken = entry("synced", "2024-02-01T08:00", message="DongBoHoSoMC", sent_status=4, answer="taken")
    own = entry("portal_status", "2024-02-02T08:00", portal_status=5, portal_code="M-1", due=at("2024-03-01T00:00"))
    assert state(ACCEPTED, taken, own).portal_status == 5
    assert state(ACCEPTED, taken, own).due_at == ACCEPTED.data.due
    later = entry("synced", "2024-02-03T08:00", message="DongBoHoSoMC", sent_status=9, answer="taken")
    assert state(ACCEPTED, taken, own, later).portal_status == 9


def test_every_hazard_has_a_counter_of_its_own() -> None:
    assert set(COUNTER_OF) == {str(hazard) for hazard in Hazard}
    sync = entry("synced", "2024-02-01T08:00", message="DongBoHoSoMC", hazards=tuple(sorted(COUNTER_OF)))
    assert counts(sync) == {"synced": 1, **dict.fromkeys(COUNTER_OF.values(), 1)}


def hand(time: str, state: str, step: str = "thuong-tru", **data: Any) -> Entry:
    said = {"chain": "birth", "agency": "Xã", **data}
    return entry("chain_step", time, f"{step} {time}", step=step, state=state, **said)


def test_a_step_on_its_way_waits_where_it_goes_and_its_clock_does_not_begin_again_on_arrival() -> None:
    sent = hand("2024-02-01T08:00", "sent", to="Công an")
    received = hand("2024-02-02T08:00", "received", agency="Công an")
    for events in ((ACCEPTED, sent), (ACCEPTED, sent, received)):
        found = state(*events)
        assert (found.chain, found.chain_step) == ("birth", "thuong-tru")
        assert (found.chain_agency, found.chain_since) == ("cong-an-tinh", at("2024-02-01T08:00"))
    assert counts(sent, received) == {"chain_steps": 2}


def test_of_steps_beside_each_other_the_one_that_has_waited_longest_shows() -> None:
    police = hand("2024-02-01T08:00", "sent", to="Công an")
    insurance = hand("2024-02-01T09:00", "sent", step="the-bhyt", to="BHXH")
    assert state(police, insurance).chain_agency == "cong-an-tinh"
    done = hand("2024-02-02T08:00", "done", agency="Công an")
    assert state(police, insurance, done).chain_agency == "bao-hiem-xa-hoi"
    returned = hand("2024-02-02T09:00", "returned", agency="BHXH", step="the-bhyt")
    through = state(police, insurance, done, returned)
    assert (through.chain, through.chain_step, through.chain_since) == ("birth", None, None)


def test_a_failed_step_waits_at_its_agency_and_a_returned_one_waits_anew_when_sent_again() -> None:
    sent = hand("2024-02-01T08:00", "sent", to="BHXH", chain="death")
    failed = hand("2024-02-02T08:00", "failed", agency="BHXH", chain="death")
    assert state(sent, failed).chain_since == at("2024-02-01T08:00")
    back = hand("2024-02-03T08:00", "returned", agency="BHXH", chain="death")
    again = hand("2024-02-04T08:00", "sent", to="BHXH", chain="death")
    assert state(sent, failed, back, again).chain_since == at("2024-02-04T08:00")


def test_of_a_case_that_has_ended_no_step_waits() -> None:
    found = state(ACCEPTED, hand("2024-02-01T08:00", "sent", to="Công an"), entry("finished", "2024-02-03T08:00"))
    assert (found.chain, found.chain_step) == ("birth", None)


def test_such_an_event_is_corrected_and_voided_like_any_other() -> None:
    wrong = entry("synced", "2024-02-01T08:00", "s1", message="DongBoHoSoMC", sent_status=9, answer="taken")
    right = corrected(
        "2024-02-02T08:00", "c1", "s1", "synced", "2024-02-01T08:00", message="DongBoHoSoMC", sent_status=5,
        answer="taken", hazards=("status_rewritten",),
    )  # fmt: skip
    assert state(ACCEPTED, wrong, right).portal_status == 5
    assert counts(ACCEPTED, wrong, right) == {"accepted": 1, "synced": 1, "sync_rewritten": 1}
    assert counts(ACCEPTED, wrong, voided("2024-02-02T08:00", "v1", "s1")) == {"accepted": 1}


@pytest.mark.parametrize("kind", ["synced", "portal_status", "chain_step", "data_used"])
def test_nothing_of_it_alone_opens_or_accepts_a_case(kind: str) -> None:
    said: dict[str, dict[str, Any]] = {
        "synced": {"message": "DongBoHoSoMC", "sent_status": 9, "answer": "taken"},
        "portal_status": {"portal_status": 9},
        "chain_step": {"step": "a", "agency": "b", "state": "sent", "chain": "birth"},
        "data_used": {"database": "CSDLQGDC", "ok": True},
    }
    found = state(entry(kind, "2024-02-01T08:00", **said[kind]))
    assert (found.accepted_at, found.status, found.ended_at, found.unit) == (None, None, None, "")
