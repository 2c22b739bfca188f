"""What the page says of the readings of the deadlines' law: of each rule both ways, and which is taken."""

from dashboards.clock_readings import CLOCK_READINGS, taken
from dashboards.screens import reading
from schemas.reference.reading import read
from schemas.rules.readings import MIDNIGHT, READINGS
from tests.unit.screens import text

VALUES = {placed.row.rule: placed.row.value for placed in read().rules}


def test_every_reading_has_its_question_its_article_and_both_ways() -> None:
    assert {one.rule for one in CLOCK_READINGS} == {*READINGS, MIDNIGHT}
    for one in CLOCK_READINGS:
        assert one.question
        assert one.article
        assert one.yes != one.no


def test_what_is_taken_goes_by_the_rule_in_force_and_turns_with_it() -> None:
    usual = {one.reading.rule: one for one in taken(VALUES, {MIDNIGHT: 3})}
    turned = {one.reading.rule: one for one in taken(VALUES | {"due_on_day_off_moves": "yes"}, {})}

    assert usual["due_on_day_off_moves"].taken == "giữ ngày đã hẹn"
    assert turned["due_on_day_off_moves"].taken == usual["due_on_day_off_moves"].other
    assert (usual[MIDNIGHT].changed, usual[MIDNIGHT].switch) == (3, False)
    assert usual["open_request_stops_deadline"].taken.startswith("không hạn nào chạy")


def test_a_rule_that_is_not_in_force_is_left_out() -> None:
    without = {rule: value for rule, value in VALUES.items() if rule != "due_on_day_off_moves"}

    assert "due_on_day_off_moves" not in {one.reading.rule for one in taken(without, {})}


def test_the_page_says_each_with_its_effect_and_pages_what_has_no_room() -> None:
    rows = [reading.of_clock(one) for one in taken(VALUES, {})]
    first = text(reading.page(rows, {"open_request_stops_deadline": 1_212}, {}))
    last = text(reading.page(rows, {}, {}, 2))

    assert "7 cách hiểu" in first
    assert "Không hạn nào chạy cho đến khi hồ sơ đủ, rồi tính lại từ đầu." in first
    assert "Cách khác: hạn cũ vẫn chạy: quá hạn trong lúc chờ; năm nay đổi 1.212\N{NO-BREAK SPACE}hồ sơ." in first
    assert "đổi được bằng cài đặt" in first
    assert "Kết thúc đúng 00:00:00" in last
    assert "Kết thúc đúng 00:00:00" not in first
