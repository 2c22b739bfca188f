"""Messages to the national portal become events of their cases, once, and bad syncs are shown as such."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.case_portal import Answer, Hazard
from streams.intake.dvcqg import Converted
from streams.intake.rows import Rejection
from tests.unit.dvcqg import CASE, FIGURES, MESSAGES, PROGRESS, base, converted, kinds, one


def case(**changed: Any) -> dict[str, Any]:
    return {**base()["data"][0], **changed}


def hazards(found: Converted) -> set[Hazard]:
    return set(kinds(found)["synced"].data.hazards)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_recorded_message_is_taken_whole(name: str) -> None:
    found = converted(name)
    assert found.rejections == ()
    assert {event.subject for event in found.events} == set(FIGURES[name])


def test_moments_without_a_zone_are_the_provinces() -> None:
    accepted = kinds(converted("accepted_online"))["accepted"]
    assert accepted.time == datetime(2024, 1, 31, 1, 0, tzinfo=UTC)
    assert accepted.data.due_at == datetime(2024, 2, 5, 10, 0, tzinfo=UTC)
    assert (accepted.data.unit, accepted.data.channel) == ("UBND phường Trấn Biên", "online")


def test_a_message_again_and_its_update_bring_only_what_is_new() -> None:
    first, again = converted("accepted_online"), one({**base(), "isUpdating": "True"})
    assert first == again
    later = converted("finished_and_returned")
    ids = {(event.subject, event.id): event for event in first.events}
    repeated = [event for event in later.events if (event.subject, event.id) in ids]
    assert [event.type for event in repeated] == [
        "case.submitted.v1", "case.accepted.v1", "case.digitised.v1", "case.data_used.v1",
    ]  # fmt: skip
    assert all(ids[event.subject, event.id] == event for event in repeated)


def test_an_answer_is_taken_or_refused_with_its_code_and_unknown_where_none_is_recorded() -> None:
    taken, refused = kinds(converted("accepted_online"))["synced"], kinds(converted("refused_by_the_portal"))["synced"]
    silent = kinds(one([case()]))["synced"]
    assert (taken.data.answer, taken.data.error) == (Answer.TAKEN, None)
    assert (refused.data.answer, refused.data.error) == (Answer.REFUSED, "-3")
    assert (silent.data.answer, silent.data.error) == (None, None)
    assert len({taken.id, silent.id}) == 2


@pytest.mark.parametrize(
    ("changed", "rewritten"),
    [
        ({"TrangThaiHoSo": "9", "NgayYeuCauBoSung": "20240201100000"}, True),
        ({"TrangThaiHoSo": "5", "NgayYeuCauBoSung": "20240201100000"}, False),
        ({"TrangThaiHoSo": "9", "NgayYeuCauBoSung": "20240201100000", "NgayKetThucXuLy": "20240202100000"}, False),
        ({"TrangThaiHoSo": "9", "NgayYeuCauBoSung": "20240203100000", "NgayKetThucXuLy": "20240202100000"}, True),
        ({"TrangThaiHoSo": "9", "DanhSachHoSoBoSung": [{"NgayBoSung": "20240201100000"}]}, True),
        (
            {
                "TrangThaiHoSo": "9",
                "DanhSachHoSoBoSung": [{"NgayBoSung": "20240201100000", "NgayTiepNhanBoSung": "20240202100000"}],
            },
            False,
        ),
        ({"TrangThaiHoSo": "9", "DanhSachLePhi": [{"TrangThaiThanhToan": 0}]}, True),
        ({"TrangThaiHoSo": "9", "DanhSachLePhi": [{"TrangThaiThanhToan": "1"}]}, False),
        ({"TrangThaiHoSo": "9", "DuocThanhToanTrucTuyen": "3", "NgayTra": "20240202100000"}, False),
        ({"TrangThaiHoSo": "9", "NgayTuChoi": "20240202100000"}, True),
        ({"TrangThaiHoSo": "9"}, False),
    ],
)
def test_a_nine_that_the_message_itself_belies_is_shown_and_not_repaired(
    changed: dict[str, Any], rewritten: bool
) -> None:
    found = one([case(**changed)])
    assert (Hazard.STATUS_REWRITTEN in hazards(found)) is rewritten
    assert kinds(found)["synced"].data.sent_status == int(changed["TrangThaiHoSo"])
    assert ("finished" in kinds(found)) is ("NgayKetThucXuLy" in changed)


@pytest.mark.parametrize(
    ("words", "rewritten"),
    [
        ("Cán bộ trả hồ sơ bổ sung", True),
        ("Công dân thực hiện NVTC", True),
        ("Dừng xử lý theo đơn", True),
        ("Kết thúc xử lý hồ sơ", False),
        ("", False),
    ],
)
def test_a_progress_row_whose_words_belie_its_nine_finishes_nothing(words: str, rewritten: bool) -> None:
    rows = base("progress_supplement_as_nine")
    rows["data"][0]["NoiDungXuLy"] = words
    found = one(rows)
    assert (Hazard.STATUS_REWRITTEN in hazards(found)) is rewritten
    assert ("finished" in kinds(found)) is not rewritten


@pytest.mark.parametrize(
    ("code", "invented"),
    [
        ("000.00.19.H19-240131-0001", False),
        ("H19.19-240131-0002", False),
        ("H19.19-20240131-0092637", False),
        ("H19.19-240131-48213", True),
        ("G09.20-20260609-0092637", True),
        ("MC-2024-77", True),
    ],
)
def test_a_code_without_the_province_or_with_a_made_up_number_is_shown(code: str, invented: bool) -> None:
    assert (Hazard.CODE_INVENTED in hazards(one([case(MaHoSo=code)]))) is invented


def test_a_case_that_goes_under_another_code_keeps_its_own_and_says_the_other() -> None:
    found = kinds(converted("under_another_code"))
    assert {event.subject for event in found.values()} == {"MC-2024-77"}
    assert found["synced"].data.portal_code == "000.00.19.H19-240131-59310"
    assert found["synced"].time == datetime(2024, 1, 31, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "dummy"),
    [
        ({"DinhDanhCHS": [{"SoDinhDanh": "000000001"}]}, True),
        ({"DinhDanhCHS": [{"SoDinhDanh": "075199999999"}, {"SoDinhDanh": "000 000 001"}]}, True),
        ({"DinhDanhCHS": [], "SoGiayToChuHoSo": "000000001"}, True),
        ({"DinhDanhCHS": []}, False),
        ({"DinhDanhCHS": [{"SoDinhDanh": "075199999999"}]}, False),
    ],
)
def test_a_dummy_identity_is_shown(changed: dict[str, Any], dummy: bool) -> None:
    assert (Hazard.DUMMY_IDENTITY in hazards(one([case(**changed)]))) is dummy


def test_a_paper_sent_back_as_the_result_is_no_digitised_result() -> None:
    assert Hazard.ATTACHMENT_REPEATED in hazards(converted("attachment_repeated"))
    digitised = [e for e in converted("attachment_repeated").events if e.type == "case.digitised.v1"]
    assert [event.data.result for event in digitised] == [False]
    true = [e for e in converted("finished_and_returned").events if e.type == "case.digitised.v1"]
    assert [(event.data.papers, event.data.result) for event in true] == [(1, False), (0, True)]


def test_a_row_without_a_status_stays_without_one() -> None:
    found = converted("progress_without_status")
    assert hazards(found) == {Hazard.STATUS_MISSING}
    assert kinds(found)["synced"].data.sent_status is None
    assert [event.data.status for event in found.events if event.type == "case.step.v1"] == [2]


@pytest.mark.parametrize(
    ("status", "kind"), [("9", "finished"), ("3", "refused"), ("7", "withdrawn"), ("8", "stopped"), ("", "finished")]
)
def test_a_case_ends_as_its_status_says(status: str, kind: str) -> None:
    assert kind in kinds(one([case(TrangThaiHoSo=status, NgayKetThucXuLy="20240202100000")], CASE))


def test_the_first_appointment_stands_when_a_supplement_has_moved_it() -> None:
    found = kinds(converted("supplement_received"))
    assert found["accepted"].data.due_at == datetime(2024, 2, 5, 10, 0, tzinfo=UTC)
    assert found["supplement_received"].data.due_at == datetime(2024, 2, 9, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "field", "rule"),
    [
        ([case(NgayTra="31/01/2024")], "[0].NgayTra", "date_format"),
        ([case(TrangThaiHoSo="11")], "[0].TrangThaiHoSo", "unknown_status"),
        ([case(MaHoSo="")], "[0].MaHoSo", "missing"),
        ([case(MaHoSo="có dấu cách")], "[0].MaHoSo", "string_pattern_mismatch"),
        ([case(DonViXuLy=None)], "[0].DonViXuLy", "missing"),
        ([case(DonViXuLy="Nguyễn Văn Mẫu")], "[0].DonViXuLy", "names_a_person"),
        ([case(DonViXuLy="x" * 90)], "[0].DonViXuLy", "string_too_long"),
        ([case(NgayHenTra="22240131080000")], "[0].NgayHenTra", "less_than_equal"),
        ([case(DSKetNoiCSDL=["7"])], "[0].DSKetNoiCSDL[0]", "not_an_object"),
        ([case(TaiLieuNop={})], "[0].TaiLieuNop", "list_type"),
        ([case(MaTTHC=["x"])], "[0].MaTTHC", "string_type"),
        ([1], "[0]", "not_an_object"),
        ({"service": "TraCuuHoSo", "data": []}, "service", "unknown_message"),
        ({"data": []}, "service", "missing"),
        ({"service": CASE, "data": "x"}, "data", "list_type"),
        ("x", "body", "list_type"),
        ({**base(), "response": {"error_code": ""}}, "response.error_code", "missing"),
        ({**base(), "sent_at": "hôm qua"}, "sent_at", "date_format"),
    ],
)
def test_what_cannot_be_read_is_named_by_field_and_rule(said: Any, field: str, rule: str) -> None:
    assert Rejection(1, field, rule) in one(said).rejections


def test_one_wrong_field_does_not_take_the_rest_with_it() -> None:
    found = one([case(NgayTra="31/01/2024")])
    assert len(found.rejections) == 1
    assert {"accepted", "synced"} <= set(kinds(found))


def test_rows_of_several_cases_are_one_sync_for_each() -> None:
    rows = [*base("progress")["data"], *base("progress_without_status")["data"]]
    found = one(rows, PROGRESS)
    syncs = Counter(event.subject for event in found.events if event.type == "case.synced.v1")
    assert syncs == {"H19.19-240131-0009": 1, "H19.19-240131-0010": 1}
