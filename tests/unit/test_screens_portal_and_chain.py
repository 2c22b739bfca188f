"""What is said of a case beside its life has words on its page, and what somebody should look at warns."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboards.readers.cases import StoredCase
from dashboards.screens import portal_and_chain
from dashboards.views.cases import case_page as case
from schemas.case_portal import Handover, Hazard, SyncMessage
from schemas.cases import Status
from schemas.history import RANK, EntryData

NOW = datetime(2024, 2, 5, 3, tzinfo=UTC)


def a_case(**columns: object) -> StoredCase:
    names = dict.fromkeys(StoredCase._fields)
    return StoredCase(**{**names, "subject": "c", "unit": "A", "oversized": False, "simulated": False, **columns})  # type: ignore[arg-type]


def test_every_status_hazard_hand_over_and_message_has_words() -> None:
    assert set(portal_and_chain.STATUSES) == {int(status) for status in Status}
    assert set(portal_and_chain.HAZARDS) == {str(hazard) for hazard in Hazard}
    assert set(portal_and_chain.HANDOVERS) == {str(state) for state in Handover}
    assert set(portal_and_chain.MESSAGES) == {str(message) for message in SyncMessage}


def test_every_kind_but_a_step_has_its_words_on_the_case_page() -> None:
    assert set(RANK) - set(case.KINDS) == {"step"}


@pytest.mark.parametrize(
    ("kind", "data", "words", "warns"),
    [
        (
            "synced",
            EntryData(message="DongBoHoSoMC", sent_status=9, answer="taken", hazards=("status_rewritten",)),
            "Gửi hồ sơ lên Cổng quốc gia: đã xử lý xong; gửi 9 thay 5, 6, 8",
            True,
        ),
        (
            "synced",
            EntryData(message="CapNhatTienDoHoSoMC", answer="refused", error="-3"),
            "Gửi tiến độ lên Cổng quốc gia; bị từ chối, mã lỗi -3",
            True,
        ),
        ("synced", EntryData(message="DongBoHoSoMC", sent_status=4), "Gửi hồ sơ lên Cổng quốc gia: đang xử lý", False),
        ("portal_status", EntryData(portal_status=5), "Cổng quốc gia: yêu cầu bổ sung giấy tờ", False),
        (
            "chain_step",
            EntryData(chain="birth", step="thuong-tru", agency="A", state="sent", to="Công an phường"),
            "Liên thông thường trú: đã chuyển đến Công an phường",
            False,
        ),
        ("chain_step", EntryData(step="x", agency="A", state="failed"), "Liên thông chưa có tên: x: lỗi", True),
        ("data_used", EntryData(database="7", fields=6, ok=True), "Khai thác CSDL chưa có tên: 7, 6 trường", False),
        ("data_used", EntryData(database="7", ok=False), "Khai thác CSDL chưa có tên: 7: không được", True),
    ],
)
def test_an_event_is_told_in_one_line(kind: str, data: EntryData, words: str, warns: bool) -> None:
    assert portal_and_chain.words(kind, data) == words
    assert portal_and_chain.warns(kind, data) is warns


def test_the_portal_stands_beside_the_province_and_a_chain_says_where_it_waits() -> None:
    assert portal_and_chain.portal(a_case(portal_status=9)) == "đã xử lý xong"
    assert portal_and_chain.portal(a_case()) == portal_and_chain.waiting(a_case(), NOW) == ""
    waits = a_case(chain="birth", chain_step="the-bhyt", chain_agency="BHXH", chain_since=NOW - timedelta(days=4))
    assert portal_and_chain.waiting(waits, NOW) == "thẻ BHYT ở BHXH, 2\u00a0ngày làm việc"  # over a weekend
