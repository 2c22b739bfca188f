"""The sentence at the top of a screen, from the data alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboards.comparison import Base
from dashboards.figures.headline import MOST_LETTERS, Rule, headline, unit_pulls
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import FlowRow, NowRow
from dashboards.source_silence import State
from dashboards.words import letters
from tests.screens.sample import LONGEST
from tests.unit.screens import EMPTY, NOW, OLD, SETTINGS, dead, live

NB = "\u00a0"


def said(shown: object, before: Rule | None = None) -> tuple[Rule, str]:
    sentence = headline(shown, SETTINGS, before)  # type: ignore[arg-type]
    return sentence.rule, sentence.text.replace(NB, " ")


def test_a_fall_that_few_units_explain_names_them() -> None:
    rule, text = said(live())
    assert rule is Rule.PULLED
    assert text.startswith(
        "Hôm nay 4 đơn vị kéo tỷ lệ đúng hạn xuống 3,5 điểm: Trấn Biên, Long Thành, Sở NN&MT, Hố Nai."
    )
    assert text.endswith("38 hồ sơ phải xong trước 17:00.")


def test_the_units_parts_add_up_to_the_change_exactly() -> None:
    shown = live()
    assert shown.base is not None
    assert shown.base.rate is not None
    change = 2786 / 2957 - shown.base.rate
    assert sum(pull.effect for pull in unit_pulls(shown)) == pytest.approx(change)


def test_a_small_fall_is_not_named_and_what_is_named_stays_a_little_below() -> None:
    base = Base(1, 2957, 2798, 159, 1, 1)  # 94,62 %, a fall of 0,41 points
    assert said(live(base=base))[0] is Rule.BELOW
    assert said(live(base=base), before=Rule.PULLED)[0] is Rule.PULLED


def test_a_fall_that_many_units_share_names_none() -> None:
    flows = tuple(FlowRow(f"Xã {n:02d}", "online", 10, 100, 90, 10) for n in range(40))
    assert said(live(flows=flows))[0] is Rule.BELOW


def test_a_rise_and_no_change_are_not_falls() -> None:
    assert said(live(base=Base(1, 2957, 2700, 257, 1, 1)))[0] is Rule.BELOW
    assert said(live(base=Base(1, 2957, 2786, 171, 1, 1)))[0] is Rule.BELOW


def test_below_the_target_without_a_base_says_by_how_much() -> None:
    rule, text = said(live(base=None))
    assert rule is Rule.BELOW
    assert text == "Tỷ lệ đúng hạn hôm nay 94,2 %, kém mục tiêu 98 % 3,8 điểm. 38 hồ sơ phải xong trước 17:00."


def test_when_all_is_well_it_says_so_with_the_target() -> None:
    flows = (FlowRow("Xã A", "online", 10, 1000, 990, 10),)
    rule, text = said(live(flows=flows, base=None, now=(NowRow("Xã A", 5, 0),)))
    assert rule is Rule.USUAL
    assert text == "Mọi số trong mức thường: tỷ lệ đúng hạn 99,0 %, mục tiêu 98 %."


def test_a_rate_of_nothing_is_not_a_rate() -> None:
    rule, text = said(live(flows=(FlowRow("Xã A", "online", 12, 0, 0, 0),), base=None))
    assert rule is Rule.UNFINISHED
    assert text.startswith("12 hồ sơ tiếp nhận hôm nay, chưa hồ sơ có hạn nào xong.")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.SILENT, "Hệ thống một cửa im lặng 7 phút."),
        (State.STOPPED, "Bộ phận xử lý của trung tâm đã dừng 7 phút."),
        (State.HANGING, "Đọc số treo 7 phút."),
        (State.OFFLINE, "Màn hình mất mạng 7 phút, tự nối lại."),
    ],
)
def test_a_silence_says_since_when_and_whose_it_is(state: State, words: str) -> None:
    rule, text = said(dead(state))
    assert rule is Rule.DEAD
    assert text.startswith("Từ 14:25 không biết tình hình hồ sơ.")
    assert words in text
    assert text.endswith("Số dưới đây là số cũ.")


def test_a_silence_of_yesterday_has_its_date() -> None:
    assert said(dead(State.SILENT, timedelta(hours=20)))[1].startswith("Từ 18:32 23/11 không biết")


def test_a_failed_reading_is_not_a_silence() -> None:
    assert said(dead(State.ERROR))[1].startswith("Từ 14:25 không đọc được tình hình hồ sơ.")
    assert said(dead(State.ERROR, None))[1].startswith("Không đọc được tình hình hồ sơ.")


def test_before_any_data_it_says_so() -> None:
    assert said(live(**EMPTY))[1].startswith("Chưa có dữ liệu hồ sơ.")


def test_old_data_is_not_todays() -> None:
    rule, text = said(live(**OLD))
    assert rule is Rule.OLD
    assert text.startswith("Không có dữ liệu hôm nay: nguồn chỉ đến 23/01/2012.")
    assert said(live(period=PeriodName.ALL, **{**OLD, "flows": live().flows}))[0] is Rule.BELOW


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_longest_names_stay_within_the_letters_of_two_lines(count: int) -> None:
    flows = tuple(FlowRow(name, "online", 10, 100, 40, 60) for name in LONGEST[:count])
    base = Base(1, 4000, 4000, 0, 1, 1)
    shown = live(flows=(*flows, FlowRow("Xã tốt", "online", 10, 4000, 3999, 1)), base=base)
    sentence = headline(shown, SETTINGS)
    assert sentence.rule is Rule.PULLED
    assert letters(sentence.text) <= MOST_LETTERS
    assert not sentence.text.endswith(": .")


def test_a_deadline_of_midnight_is_due_before_24_hours() -> None:
    midnight = NOW.replace(hour=17, minute=0, second=0, microsecond=0)
    rows = (NowRow("Xã A", 5, 0, 3, midnight, midnight),)
    assert said(replace(live(), now=rows, base=None))[1].endswith("3 hồ sơ phải xong trước 24:00.")
