"""What the screens say of the forecast: its worth beside what naming anybody would hit, and why something is hidden."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboards import periods
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import Selection
from dashboards.source_silence import Condition, State
from dashboards.views.forecast import tablet, wall
from dashboards.views.forecast.asked import ForecastAddress
from dashboards.views.forecast.headline import headline
from dashboards.views.forecast.live import Soonest
from dashboards.views.forecast.reader import ListName, Run, Soon, Worth
from dashboards.views.forecast.words import why_hidden
from dashboards.words import NB
from tests.unit.screens import NOW, SETTINGS, feeding, text

UNIT = "so-tu-phap"
TODAY = periods.today(NOW)
RUN = Run(TODAY, NOW, 1_200, "pace", 0.3, 0.7, "", 0.71, 1.2, 0.54, True, True, 200, 108, 60, 45)
WORTH = Worth(0.8, -0.4, 900, 60, 30, 40, 100, 50)
INDISTINCT = replace(RUN, at_risk=None)
CASE = Soon(
    subject="000.00.26.H19-261110-0117", unit=UNIT, procedure="2.000488", last_unit=UNIT, step="Thẩm định",
    due_at=NOW + timedelta(days=3), chance=0.62, expected_at=NOW + timedelta(days=4), chance_61=0.41, chance_766=0.62,
)  # fmt: skip


def page(run: Run | None = RUN, worth: Worth = WORTH, case: Soon = CASE) -> str:
    counts = {ListName.AT_RISK: {UNIT: 1}, ListName.DUE_TOMORROW: {UNIT: 1}}
    made = tablet.page([case], counts, run, worth, date(2026, 11, 25), 1, ForecastAddress(ListName.AT_RISK), NOW, {})
    return text(made).replace(NB, " ")


def live(run: Run | None = RUN, worth: Worth = WORTH) -> Soonest:
    view = Selection("sap-tre", PeriodName.TODAY)
    which = ListName.AT_RISK if run is not None and run.says_risk else ListName.DUE_TOMORROW
    counts = {ListName.AT_RISK: {UNIT: 1} if which is ListName.AT_RISK else {}, ListName.DUE_TOMORROW: {UNIT: 4}}
    of: dict[str, Any] = {"which": which, "run": run, "worth": worth, "counts": counts, "tomorrow": date(2026, 11, 25)}
    period = periods.named(view.period, NOW)
    return Soonest(view, NOW, NOW, Condition(State.LIVE), feeding(), period, reach=TODAY, **of)


def side(run: Run | None = RUN, worth: Worth = WORTH) -> str:
    parts, _ = wall.render(live(run, worth), SETTINGS)
    return " ".join(text(props) for props in parts.values()).replace(NB, " ")


def test_beside_how_many_late_ones_were_named_stands_what_naming_anybody_hits() -> None:
    said = page()
    assert "được 30 trong 60 hồ sơ trễ" in said
    assert "75 % hồ sơ nêu tên đã trễ, tỷ lệ trễ chung 50 %" in said
    assert "30/60 trễ" in side()
    assert "trễ chung: 50 %" in side()


def test_before_a_day_is_scored_the_trial_says_both() -> None:
    said = page(worth=Worth(None, None, 0, 0, 0, 0))
    assert "được 45 trong 108 hồ sơ trễ" in said
    assert "75 % hồ sơ nêu tên đã trễ, tỷ lệ trễ chung 54 %" in said
    assert "trễ chung: 54 %" in side(worth=Worth(None, None, 0, 0, 0, 0))


def test_where_nothing_tells_the_late_from_the_others_that_stands_in_the_lists_place() -> None:
    said, shown = page(INDISTINCT), side(INDISTINCT)
    assert "KHÔNG PHÂN BIỆT ĐƯỢC" in said
    assert "khoảng 54 % trễ" in said
    assert CASE.subject not in said
    assert "trễ chung" not in said
    assert "KHÔNG PHÂN BIỆT ĐƯỢC" in shown
    assert "dự báo không phân biệt được hồ sơ nào sẽ trễ" in headline(live(INDISTINCT)).text.replace(NB, " ")


@pytest.mark.parametrize(
    ("run", "why"),
    [
        (None, "chưa chạy lần nào"),
        (replace(RUN, reason="too_few"), "chưa đủ hồ sơ đã xong để học"),
        (replace(RUN, chances_shown=False), "khả năng trễ dự báo không đúng hơn tỷ lệ trễ chung"),
        (replace(INDISTINCT, base=None), "chưa có hồ sơ nào còn 2 ngày làm việc trước hạn để thử"),
    ],
)
def test_a_list_that_is_hidden_says_why(run: Run | None, why: str) -> None:
    assert why_hidden(run) == why
    assert "CHƯA DỰ BÁO" in page(run)
    assert why in page(run)
    assert CASE.subject not in page(run)


def test_days_and_chances_are_hidden_each_for_itself() -> None:
    days_hidden = page(replace(RUN, days_shown=False), case=replace(CASE, expected_at=None))
    assert "ngày xong dự báo không đúng hơn lấy thời gian thường gặp của từng bước nên không hiện" in days_hidden
    assert "62 %" in days_hidden
    chances_hidden = page(replace(RUN, chances_shown=False))
    assert "ngày xong dự báo sai ít hơn 20 %" in chances_hidden
    assert "khả năng trễ báo" not in chances_hidden
    assert "sai ít hơn" not in side(replace(RUN, days_shown=False)).casefold()


def test_a_chance_by_another_reading_stands_where_it_is_another() -> None:
    assert "Thẩm định; theo NĐ 61 41 %" in page()
    assert "QĐ 766" not in page()
