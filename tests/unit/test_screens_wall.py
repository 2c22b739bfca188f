"""The wall and the tablet as trees of components, in every state, without a browser."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dashboards.comparison import Base
from dashboards.figures.headline import Rule
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import FlowRow, Live, NowRow
from dashboards.readers.sources import KnownHole
from dashboards.screens.registry import SCREENS
from dashboards.screens.screen import Name
from dashboards.source_silence import DISK_FULL, Condition, State
from dashboards.views.cases import tablet as home
from dashboards.views.cases import wall
from dashboards.views.cases.wall_parts import TILES, WallPart
from tests.unit.screens import (
    EMPTY,
    FLOWS,
    NOW,
    OLD,
    SETTINGS,
    beat,
    dead,
    feeding,
    live,
    nodes,
    source,
    text,
    texts,
    tree,
)

NB = "\u00a0"


def parts_of(shown: Live) -> dict[str, dict[str, Any]]:
    return wall.render(shown, SETTINGS)[0]


def numbers(parts: dict[str, Any]) -> dict[str, str]:
    """What stands as a live number, by its key."""
    return {
        node["props"]["data-k"]: text(node)
        for props in parts.values()
        for node in nodes(props)
        if "data-k" in node["props"]
    }


def test_a_live_wall_shows_its_numbers_each_with_its_period() -> None:
    parts = parts_of(live())
    shown = numbers(parts)
    assert shown["accepted"] == "2.084"
    assert shown["open"] == "48.112"
    assert shown["late"] == "171"
    assert shown["rate"] == f"94,2{NB}%"
    for part, counter in TILES:
        expected = "lúc này" if counter in ("open", "overdue") else "hôm nay"
        assert expected in text(parts[part]).replace(NB, " ")
    assert "hôm nay" in text(parts[WallPart.RATE]).replace(NB, " ")
    assert "Một cửa 4 giây" in text(parts[WallPart.TOP]).replace(NB, " ")
    assert "DỮ LIỆU MÔ PHỎNG" in text(parts[WallPart.TOP])
    assert "Đối soát 14:30: 48.112 hồ sơ đều khớp" in text(parts[WallPart.FOOT])
    assert "so cùng giờ thứ Ba trước" in text(parts[WallPart.FOOT])


def test_finished_cases_without_a_deadline_are_named_where_the_rate_leaves_them_out() -> None:
    """2.957 finished are 2.786 in time and 171 late; three more, to which nothing was promised."""
    assert "không hẹn" not in text(parts_of(live())[WallPart.RATE])
    more = FLOWS[0]._replace(finished=FLOWS[0].finished + 3)
    shown = live(flows=(more, *FLOWS[1:]))
    assert f"điểm, 3{NB}xong không hẹn" in text(parts_of(shown)[WallPart.RATE])
    assert f"hồ sơ có hạn, 3{NB}xong không hẹn" in text(parts_of(replace(shown, base=None))[WallPart.RATE])
    assert f", 3{NB}xong không hẹn" in texts(home.render(shown, SETTINGS)[0])


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (PeriodName.TODAY, "hôm nay"),
        (PeriodName.MONTH, "tháng 11"),
        (PeriodName.YEAR, "2026"),
        (PeriodName.ALL, "mọi kỳ"),
    ],
)
def test_every_tile_says_the_period_that_was_chosen(period: PeriodName, words: str) -> None:
    parts = parts_of(live(period=period))
    for part in (
        WallPart.RATE,
        WallPart.ACCEPTED,
        WallPart.FINISHED,
        WallPart.ON_TIME,
        WallPart.LATE,
        WallPart.CHANNELS,
    ):
        assert words in text(parts[part]).replace(NB, " ")


def test_each_number_leads_to_the_list_of_its_own_counter() -> None:
    for props in parts_of(live()).values():
        for node in nodes(props):
            if "data-counter" in node["props"]:
                assert node["props"]["href"].startswith(f"/man-hinh/mo?so={node['props']['data-counter']}&")


def test_zero_and_negative_changes_have_their_own_shapes() -> None:
    same = Base(accepted=2084, finished=2957, on_time=2786, late=171, open=48_112, overdue=1_412)
    parts = parts_of(live(base=same))
    assert "i-flat" in str(tree(parts[WallPart.ACCEPTED]))
    assert "0,0" in text(parts[WallPart.RATE])
    more = replace(same, accepted=4168, late=300)
    parts = parts_of(live(base=more))
    assert "i-down" in str(tree(parts[WallPart.ACCEPTED]))
    assert f"50{NB}%" in text(parts[WallPart.ACCEPTED])
    assert "129" in text(parts[WallPart.LATE])
    assert "warn" not in str(tree(parts[WallPart.LATE]))
    nothing = replace(same, accepted=0)
    assert "i-up" not in str(tree(parts_of(live(base=nothing))[WallPart.ACCEPTED])), "no room for a large amount"


def test_without_an_earlier_day_there_is_no_change_and_no_word_of_one() -> None:
    parts = parts_of(live(base=None))
    assert "i-up" not in str(tree(parts[WallPart.ACCEPTED]))
    assert "so cùng giờ" not in text(parts[WallPart.FOOT])


def test_a_late_source_keeps_its_numbers_and_says_that_they_are_late() -> None:
    shown = live(condition=Condition(State.LATE, since=NOW, who="Một cửa"), feeding=feeding(source(age=50)))
    parts = parts_of(shown)
    assert numbers(parts)["accepted"] == "2.084"
    assert all("chậm" in text(parts[part]) for part, _ in TILES)
    assert "Một cửa chậm 50 giây" in text(parts[WallPart.TOP]).replace(NB, " ")


DEATHS = (State.SILENT, State.STOPPED, State.HANGING, State.OFFLINE)


@pytest.mark.parametrize("state", DEATHS)
def test_a_dead_wall_has_no_live_number_left_and_says_what_was(state: State) -> None:
    parts = parts_of(dead(state))
    assert numbers(parts) == {}
    assert all("dead" in parts[part]["className"] for part, _ in TILES)
    assert "lúc 14:25 là\n2.084 hôm nay" in text(parts[WallPart.ACCEPTED]).replace(NB, " ")
    assert parts[WallPart.LEAD]["className"] == "lead band"


def test_the_deaths_are_told_apart() -> None:
    tags = [text(parts_of(dead(state))[WallPart.RATE]).replace(NB, " ").split("\n")[1] for state in DEATHS]
    assert tags == ["IM LẶNG 7 PHÚT", "XỬ LÝ DỪNG 7 PHÚT", "ĐỌC SỐ TREO từ 14:25", "MẤT MẠNG 7 PHÚT"]


def test_past_days_keep_their_bars_when_the_source_dies_and_today_is_a_question() -> None:
    parts = parts_of(dead(State.SILENT))
    assert parts[WallPart.DAYS]["className"] == "D"
    assert text(parts[WallPart.DAYS_ENDS]) == "11/11hôm nay: ?"
    *_, first, last = (node["props"] for node in nodes(parts[WallPart.DAYS_PLOT]) if "aria-label" in node["props"])
    assert "data-count" in first
    assert "không biết" in last["aria-label"]
    assert last["children"]["props"]["className"] == "lost"


def test_when_reading_fails_there_is_no_number_old_or_new() -> None:
    for since in (None, dead(State.ERROR).condition.since):
        shown = live(condition=Condition(State.ERROR, since=since, retry_at=NOW))
        parts = parts_of(shown)
        assert numbers(parts) == {}
        assert all("LỖI ĐỌC" in text(parts[part]) for part, _ in TILES)
        assert "2.084" not in texts(parts)


def test_a_full_disk_is_named_where_reading_fails_and_where_processing_waits_for_room() -> None:
    failed = parts_of(live(condition=Condition(State.ERROR, since=NOW, who=DISK_FULL, retry_at=NOW)))
    assert "Lỗi đọc (đĩa đầy)" in text(failed[WallPart.TOP])
    assert "Đĩa đã đầy; có chỗ trống là tự chạy lại." in text(failed[WallPart.LEAD]).replace(NB, " ")
    waits = replace(dead(State.HANGING).condition, who=DISK_FULL)
    hanging = text(parts_of(live(condition=waits))[WallPart.LEAD]).replace(NB, " ")
    assert "Đọc số treo (đĩa đầy)" in hanging
    plain = parts_of(live(condition=Condition(State.ERROR, since=NOW, retry_at=NOW)))
    assert "đĩa" not in text(plain[WallPart.TOP]).lower()
    assert "Kho số liệu không trả lời" in text(plain[WallPart.LEAD]).replace(NB, " ")


def test_before_any_data_there_are_no_zeros() -> None:
    parts = parts_of(live(**EMPTY))
    assert numbers(parts) == {}
    assert "DỮ LIỆU MÔ PHỎNG" not in text(parts[WallPart.TOP])
    read = " ".join(texts(parts).split())
    assert not re.search(r"(?<![\d:/.,])0(?![\d:/.,])", read)


def test_old_data_is_no_zero_today_but_what_is_open_says_up_to_when_it_is_known() -> None:
    parts = parts_of(live(**OLD))
    assert set(numbers(parts)) & {"accepted", "finished", "on_time", "late", "rate"} == set()
    assert numbers(parts)["open"] == "48.112"
    assert "đến 23/01/2012" in text(parts[WallPart.OPEN])
    assert text(parts[WallPart.DAYS_ENDS]) == "10/01/201223/01/2012"
    assert "DỮ LIỆU MÔ PHỎNG" not in text(parts[WallPart.TOP])


def test_old_data_shows_its_numbers_when_all_periods_are_asked_for() -> None:
    parts = parts_of(live(period=PeriodName.ALL, **{**OLD, "flows": live().flows}))
    assert numbers(parts)["accepted"] == "2.084"


def test_lost_records_are_marked_on_every_figure() -> None:
    holes = (KnownHole("ioc.cases", 0, 10, 1244, NOW),)
    parts = parts_of(live(feeding=feeding(holes=holes)))
    assert all("thiếu" in text(parts[part]) for part, _ in TILES)
    assert "thiếu 1.234 bản ghi" in text(parts[WallPart.TOP])


def test_an_audit_that_differs_and_one_that_stopped_do_not_look_well() -> None:
    differs = replace(feeding().audit, differences=3)  # type: ignore[type-var]
    assert "Đối soát 14:30: 3 chỗ không khớp" in text(parts_of(live(feeding=feeding(audit=differs)))[WallPart.FOOT])
    old = replace(feeding().audit, finished_at=NOW.replace(hour=1))  # type: ignore[type-var]
    assert "Đối soát dừng từ" in text(parts_of(live(feeding=feeding(audit=old)))[WallPart.FOOT])


def test_without_a_pull_the_units_with_most_overdue_stand_there() -> None:
    parts = parts_of(live(base=None))
    assert text(parts[WallPart.UNITS]).startswith("Đang quá hạn theo đơn vị\nP. Trấn Biên1.000")
    parts = parts_of(live(base=None, now=(NowRow("Xã A", 3, 0),)))
    assert "Không đơn vị nào có hồ sơ quá hạn" in text(parts[WallPart.UNITS])


def test_a_whole_rate_is_written_smaller_so_that_it_fits() -> None:
    parts = parts_of(live(flows=(FlowRow("Xã A", "online", 1, 5, 5, 0),), base=None))
    assert numbers(parts)["rate"] == f"100,0{NB}%"
    assert "full" in str(tree(parts[WallPart.RATE]))


def test_an_unverified_target_says_so() -> None:
    settings = SETTINGS.model_copy(update={"on_time_target_verified": False})
    assert "chưa kiểm chứng" in text(wall.render(live(), settings)[0][WallPart.RATE])


@pytest.mark.parametrize("name", [Name.WALL, Name.TABLET, Name.FRAME])
@pytest.mark.parametrize(
    "made",
    [live, lambda: dead(State.SILENT), lambda: dead(State.ERROR, None), lambda: live(**EMPTY), lambda: live(**OLD)],
)
def test_every_state_of_a_screen_fills_the_same_parts(name: str, made: Callable[[], Live]) -> None:
    """A part that one state leaves out would keep what another wrote."""
    whole = set(SCREENS[name].render(live(), SETTINGS, None)[0])
    shown = set(SCREENS[name].render(made(), SETTINGS, None)[0])
    assert shown == whole


def test_the_tablet_shows_the_walls_numbers() -> None:
    on_wall, on_tablet = numbers(parts_of(live())), numbers(home.render(live(), SETTINGS)[0])
    for counter in ("accepted", "open", "finished", "on_time", "late", "overdue"):
        assert on_tablet[counter] == on_wall[counter]
    assert on_tablet["rate"] == on_wall["rate"]


def test_the_rule_is_handed_on_so_that_the_sentence_does_not_flicker() -> None:
    base = Base(1, 2957, 2798, 159, 1, 1)
    assert wall.render(live(base=base), SETTINGS, Rule.PULLED)[1] is Rule.PULLED
    assert wall.render(live(base=base), SETTINGS, None)[1] is Rule.BELOW


def test_waiting_workers_are_said() -> None:
    shown = live(feeding=replace(feeding(), heartbeats=(beat(state="waiting"),)))
    assert "Xử lý đang chờ" in text(parts_of(shown)[WallPart.TOP])
