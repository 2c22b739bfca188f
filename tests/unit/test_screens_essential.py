"""The wall of the essential services in words: its sentence, what is not known, what is behind."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import periods
from dashboards.figures.headline import LINE_EM, MOST_LETTERS, Rule
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import Selection
from dashboards.source_silence import Condition, State
from dashboards.views.essential.declared import LABELS, REASONS, Group
from dashboards.views.essential.headline import headline
from dashboards.views.essential.live import Essential
from dashboards.views.essential.reader import Amounts, Known, Offer, ServiceShare
from dashboards.views.essential.reasons import UNKNOWN, WHY, main_reason, path_words, target_words
from dashboards.views.essential.swarm import APART, MOST, columns
from dashboards.views.essential.targets import ServiceTarget, TargetStanding, standing
from dashboards.views.essential.wall import layout, level, render
from dashboards.words import NB, letters, lines
from tests.unit.screens import NOW, SETTINGS, feeding

NAMES = {18: "Đổi, cấp lại giấy phép lái xe", 19: "Hưởng trợ cấp thất nghiệp", 21: "Đăng ký biến động đất đai"}
TARGET = ServiceTarget(
    0, None, Fraction(0), Fraction(8, 10), date(2026, 1, 1), date(2026, 12, 31), "KH 10", verified=False
)


def service(number: int, received: int, online: int, known: Known = Known.COUNTED, **of: Any) -> ServiceShare:
    made: dict[str, Any] = {
        "number": number, "name": f"Tên {number}", "short_name": NAMES.get(number, f"Dịch vụ {number}"),
        "lead_agency": "Bộ", "decision": "06", "codes": ("1",), "known": known, "verified": True, "offer": Offer.YES,
        "amounts": Amounts(received, online), "standing": standing(TARGET, received, online, periods.today(NOW)),
    }  # fmt: skip
    return ServiceShare(**{**made, **of})


def live(*services: ServiceShare, why: dict[int, dict[Group, int]] | None = None, **of: Any) -> Essential:
    view = Selection("53-dich-vu", PeriodName.MONTH)
    period = periods.named(view.period, NOW)
    made: dict[str, Any] = {"condition": Condition(State.LIVE), "at": NOW, "reach": periods.today(NOW)}
    made |= of
    return Essential(view, NOW, made["at"], made["condition"], feeding(), period, made["reach"], services=services,
                     why=why or {})  # fmt: skip


LOW = (service(18, 9412, 64), service(19, 31_250, 925))


def said(*services: ServiceShare, **of: Any) -> tuple[Rule, str]:
    found = headline(live(*services, **of), SETTINGS)
    assert letters(found.text) <= MOST_LETTERS
    assert lines([(word.text, word.bold) for word in found.words], LINE_EM) <= 2
    return found.rule, found.text.replace(NB, " ")


def test_very_low_ones_are_named_with_the_cause_that_all_have() -> None:
    names = "đổi, cấp lại giấy phép lái xe 0,68 %, hưởng trợ cấp thất nghiệp 2,96 %"
    apart = {18: {Group.NOT_USED: 5}, 19: {Group.NOT_OFFERED: 5}}

    assert said(*LOW, why=apart) == (Rule.BELOW, f"2 dịch vụ thiết yếu dưới 3 % trực tuyến: {names}.")
    one = said(LOW[0], why=apart)[1]
    assert one.endswith("giấy phép lái xe 0,68 %, vì người dân vẫn nộp tại quầy.")


def test_else_those_behind_their_paths_else_the_lowest() -> None:
    behind, ahead = service(21, 100, 61), service(14, 100, 99)

    rule, text = said(behind, ahead)
    assert (rule, text) == (
        Rule.BELOW, "1 trong 2 dịch vụ có số chậm lộ trình: đăng ký biến động đất đai 61,00 %."
    )  # fmt: skip
    assert said(ahead) == (Rule.USUAL, "Không dịch vụ nào chậm lộ trình, thấp nhất là dịch vụ 14 99,00 %.")
    assert said(service(21, 100, 61, standing=None))[1].startswith("1 dịch vụ có số, chưa rõ lộ trình")


def test_what_is_not_known_is_never_told_as_0() -> None:
    unknown = [service(n, 0, 0, Known.NO_CODE, standing=None) for n in range(1, 54)]

    rule, text = said(*unknown)
    assert rule is Rule.NOTHING
    assert text == "Chưa dịch vụ nào có số tháng 11: 53 trong 53 dịch vụ chưa có mã thủ tục."
    assert said()[1].endswith("chưa nạp danh mục dịch vụ thiết yếu.")
    assert all(one.share is None and one.change is None and level(one, SETTINGS) == "" for one in unknown)
    assert said(reach=date(2026, 10, 20))[0] is Rule.OLD


@pytest.mark.parametrize("state", [State.SILENT, State.STOPPED, State.ERROR, State.OFFLINE, State.NONE])
def test_in_no_dead_state_does_a_share_stand(state: State) -> None:
    since = NOW - timedelta(minutes=9)
    condition = Condition(state, since=None if state is State.NONE else since, who="Một cửa", retry_at=NOW)
    snapshot = live(*LOW, condition=condition, at=since, reach=None if state is State.NONE else periods.today(NOW))
    parts, _ = render(snapshot, SETTINGS)

    for part in ("three-rows", "three-side", "three-wide"):
        assert parts[part]["className"].endswith("dead")
        assert "%" not in str(parts[part]["children"])
    assert layout(snapshot.view, parts)


def test_how_grave_a_share_is() -> None:
    above_start_less = TargetStanding(TARGET, None, None, None, None)

    assert level(service(18, 9412, 64), SETTINGS) == "grave"
    assert level(service(18, 100, 50), SETTINGS) == "warn"
    assert level(service(18, 100, 95), SETTINGS) == ""
    assert level(service(18, 100, 50, standing=None), SETTINGS) == ""
    assert level(service(18, 100, 50, standing=above_start_less), SETTINGS) == "warn"


def test_every_reason_and_every_unknown_has_words() -> None:
    assert set(WHY) == set(REASONS)
    assert set(LABELS) == set(Group)
    assert set(UNKNOWN) == set(Known) - {Known.COUNTED}
    assert main_reason({}) is None
    assert main_reason({Group.RECEIVED: 9, Group.SYNC: 2, Group.REFUSED: 1}) is Group.SYNC
    assert path_words(None) == "chưa đặt chỉ tiêu"
    assert path_words(TargetStanding(TARGET, None, None, None, None)) == "chưa rõ điểm xuất phát"
    assert path_words(TargetStanding(TARGET, Fraction(1), True, 4, None)).replace(NB, " ") == "chậm, thiếu 4 hồ sơ"
    assert target_words(standing(TARGET, 1, 1, NOW.date())).replace(NB, " ") == (
        "Chỉ tiêu 80 % đến 31/12/2026 (KH 10, chưa kiểm chứng)"
    )


@given(st.lists(st.floats(0, 1), max_size=53).map(sorted))
def test_dots_of_one_column_never_touch(shares: list[float]) -> None:
    placed = list(zip(columns(shares, 100), shares, strict=True))

    assert len(placed) == len(shares)
    for column in {column for column, _ in placed}:
        own = [share for at, share in placed if at == column]
        assert all(b - a >= APART for a, b in pairwise(own))


def test_many_services_at_one_share_stay_within_the_panel() -> None:
    for shares in ([0.01, *(0.86 + n / 300 for n in range(42))], [0.97] * 43):
        assert max(columns(shares)) < MOST
