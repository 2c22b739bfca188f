"""Why a case is judged as it is: sentences for both deadlines, breaches with their articles, readings that matter."""

from datetime import date

from dashboards import deadline_reasons
from dashboards.api.answers import Data as SaidData
from dashboards.api.case_answers import Judgement
from dashboards.deadline_reasons import Broken, Moved
from dashboards.readers.cases import StoredCase, ToldCase
from schemas.counters import BREACHES
from schemas.history import Entry, EntryData
from schemas.province import as_datetime
from schemas.state import CaseState
from tests.unit.folded import state
from tests.unit.told import at, entry

ACCEPTED = entry("accepted", "2026-03-02T09:00", unit="so-tu-phap", channel="direct", due=at("2026-03-10T00:00"))
ASKED = entry("supplement_requested", "2026-03-04T10:00")
CAME = entry("supplement_received", "2026-03-06T10:00")


def moves(found: CaseState) -> list[Moved]:
    def moment(us: int | None) -> object:
        return None if us is None else as_datetime(us)

    return [Moved(one.why, *map(moment, one[1:])) for one in found.deadline_moves]  # type: ignore[arg-type]


def both(*told: Entry) -> tuple[list[str], list[str]]:
    found = moves(state(ACCEPTED, *told))
    return deadline_reasons.of_61(found).split(". "), deadline_reasons.of_766(found).split(". ")


def test_a_supplement_says_what_each_reading_made_of_it() -> None:
    assert both(ASKED, CAME) == (
        [
            "Hẹn trả khi tiếp nhận 02/03/2026: 09/03/2026",
            "Công dân giữ hồ sơ từ 04/03/2026 để bổ sung: không hạn nào chạy,"
            " tính lại từ đầu khi hồ sơ đủ (Điều 19(4))",
            "Hồ sơ đủ 06/03/2026: thời hạn tính lại từ đầu, không sớm hơn hẹn đang có: 13/03/2026 (Điều 19(4)).",
        ],
        [
            "Hẹn trả khi tiếp nhận 02/03/2026: 09/03/2026",
            "Yêu cầu bổ sung 04/03/2026: trong lúc yêu cầu còn mở, lúc yêu cầu là kết thúc",
            "Trừ thời gian chờ bổ sung đến 06/03/2026: 11/03/2026.",
        ],
    )


def test_extensions_say_whether_they_moved_it() -> None:
    first = entry("extended", "2026-03-06T10:00", due=at("2026-03-17T00:00"))
    again = entry("extended", "2026-03-13T10:00", due=at("2026-03-21T00:00"))
    late = entry("extended", "2026-03-11T10:00", due=at("2026-03-17T00:00"))

    by_61, by_766 = both(first, again)
    assert by_61[1:] == [
        "Gia hạn 06/03/2026: 16/03/2026",
        "Gia hạn quá một lần 13/03/2026 không đổi hạn: 16/03/2026 (Điều 19(9)).",
    ]
    assert by_766[1:] == ["Gia hạn 06/03/2026: 16/03/2026", "Gia hạn lần nữa 13/03/2026: 20/03/2026."]
    assert both(late)[0][1] == "Gia hạn 11/03/2026 sau khi hết hạn không đổi hạn: 09/03/2026 (Điều 19(9))."
    assert both(late)[1][1] == "Gia hạn 11/03/2026 sau khi hết hạn không đổi hạn: 09/03/2026."


def test_an_end_in_the_citizen_s_time_says_so() -> None:
    by_61, by_766 = both(ASKED, entry("finished", "2026-03-12T10:00"))

    assert by_61[-1].startswith("Kết thúc 12/03/2026 khi công dân còn giữ hồ sơ: tính như hồ sơ đủ lúc kết thúc")
    assert by_766[-1] == "Trừ thời gian chờ bổ sung đến 12/03/2026: 17/03/2026."


def test_every_kind_of_move_has_a_sentence_of_its_own() -> None:
    when, one, other = (as_datetime(at(text)) for text in ("2026-03-04T10:00", "2026-03-10T00:00", "2026-03-10T08:30"))
    kinds = ("limit", "appointed", "extended", "accepted", "asked", "complete", "extended_again")
    for said in (deadline_reasons.of_61, deadline_reasons.of_766):
        sentences = {said([Moved(kind, when, one, one), Moved(kind, when, other, other)]) for kind in kinds}
        assert len(sentences) == len(kinds)
    assert "08:30 ngày 10/03/2026" in deadline_reasons.of_61([Moved("accepted", when, other, other)])
    assert deadline_reasons.of_61([]) == ""


def test_every_breach_names_its_article() -> None:
    assert set(BREACHES) >= {"late_requests", "second_extensions", "refused_without_reason"}
    for counter in BREACHES:
        broken = Broken(counter, date(2026, 3, 4), 1)
        assert broken.article
        assert broken.label


def test_an_event_says_reason_and_letter() -> None:
    refused = SaidData.of(EntryData(reason_given=False))
    extended = SaidData.of(EntryData(apology=True, apology_at=at("2026-03-05T08:00")))

    assert refused.model_dump(exclude_unset=True) == {"reason_given": False}
    assert (extended.apology, extended.apology_at) == (True, as_datetime(at("2026-03-05T08:00")))


def test_the_answer_about_a_case_holds_deadlines_sentences_breaches_and_readings() -> None:
    found = state(ACCEPTED, ASKED)
    case = StoredCase(
        "H", "U", "", "direct", None, as_datetime(at("2026-03-02T09:00")), None, None, None, None, 5, None, None, "U",
        None, False, False, due_61=None, due_766=as_datetime(at("2026-03-10T00:00")),
    )  # fmt: skip
    broken = (Broken("late_requests", date(2026, 3, 4), 1),)
    said = Judgement.of(ToldCase(case, [], tuple(moves(found)), found.readings, broken)).model_dump(mode="json")

    assert said["due_61"] is None
    assert "không hạn nào chạy" in said["why_61"]
    assert said["why_766"].endswith("lúc yêu cầu là kết thúc.")
    assert [move["why"] for move in said["moves"]] == ["accepted", "asked"]
    assert said["readings"] == ["open_request_stops_deadline"]
    (breach,) = said["breaches"]
    assert breach["article"] == "Nghị định 61/2018/NĐ-CP, Điều 19(4)"
    assert breach["label"] == "Yêu cầu bổ sung quá 3 ngày"
