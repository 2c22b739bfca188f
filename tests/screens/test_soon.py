"""What is due tomorrow and at risk on the tablet: two lists to act on, and what the forecasts are worth."""

import pytest

from tests.screens.conftest import Keep, Look, Screens, Shared, fill_province

SIZES = ("tablet-ngang", "tablet-doc")
SOON = "/man-hinh/may-tinh-bang/sap-tre"
# Forecasts of this morning for every open case: one of three is due tomorrow, one of four is named.
FORECAST = """
UPDATE case_state SET due_at = %(now)s::timestamptz + (1 + ascii(right(subject, 1)) %% 3) * interval '1 day'
WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL;
INSERT INTO forecast_run (
    day, made_at, cases, mornings, shape, at_risk, precision_set, shown, reason, tried, chances_shown, days_shown, base
) VALUES (
    %(now)s::timestamptz::date, %(now)s, 1200, 6000, 'pace', 0.3, 0.7, %(reason)s = '', %(reason)s,
    '{"error": 0.71, "over": 1.2, "ahead": {"named": 3410, "late": 2812, "both": 2504, "all": 5206}}',
    %(reason)s = '', %(reason)s = '', 0.54
);
INSERT INTO forecast_case (
    day, subject, due_at, step, chance, expected_at, at_risk, expected_us, simple_us, simple_chance,
    chance_61, chance_766
)
SELECT %(now)s::timestamptz::date, subject, due_at, 'Lấy ý kiến đơn vị liên quan',
    0.2 + 0.1 * (ascii(right(subject, 1)) %% 7),
    due_at + interval '30 hours', ascii(right(subject, 1)) %% 4 = 0, 1, 1, 0.1, 0.44, 0.55
FROM case_state WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND voided_at IS NULL;
"""
# Nothing tells the late from the others.
INDISTINCT = """
UPDATE forecast_run SET shown = true, reason = '', chances_shown = true, days_shown = true, at_risk = NULL
"""


def forecast(screens: Screens, reason: str = "") -> None:
    screens.alive()
    for statement in FORECAST.split(";\n"):
        if statement.strip():
            screens.db.execute(statement, {"now": screens.now(), "reason": reason})


@pytest.mark.parametrize("size", SIZES)
def test_both_lists_hold_as_many_cases_as_they_say_and_lead_to_each(
    shared: Shared, look: Look, picture: Keep, size: str
) -> None:
    filled = shared("forecast", fill_province, forecast)
    filled.alive()
    seen = look(filled.url(SOON), size)
    picture(seen, f"sap-tre-{size}")
    assert seen.fit(15) == []
    for name in ("Có nguy cơ trễ", "Đến hạn ngày mai"):
        chip = seen.page.locator(".chip", has_text=name)
        count = chip.inner_text().rpartition(": ")[2]
        chip.click()
        seen.wait_text("h2.big", f"{count} hồ sơ")
        listed = seen.page.locator(".list.soon li").count()
        assert listed == min(int(count.replace(".", "")), 6) > 0
    picture(seen, f"sap-tre-ngay-mai-{size}")
    assert seen.fit(15) == []
    seen.page.locator(".list.soon li a").first.click()
    seen.page.wait_for_selector(".evs")


def test_a_forecast_that_does_not_beat_the_baseline_is_hidden_and_says_so(
    own_filled: Screens, look: Look, picture: Keep
) -> None:
    forecast(own_filled, "not_better")
    seen = look(own_filled.url(SOON), "tablet-ngang")
    seen.wait_text("main", "dự báo không đúng hơn cách tính đơn giản")
    assert seen.page.locator(".list.soon li").count() == 0
    picture(seen, "sap-tre-khong-hien-tablet-ngang")
    assert seen.fit(15) == []
    seen.page.locator(".chip", has_text="Đến hạn ngày mai").click()
    seen.page.wait_for_selector(".list.soon li")
    assert set(seen.page.locator(".list.soon li .risk").all_inner_texts()) == {"không biết"}

    own_filled.db.execute(INDISTINCT)
    for size in SIZES:
        seen = look(own_filled.url(SOON), size)
        seen.wait_text("main", "KHÔNG PHÂN BIỆT ĐƯỢC")
        seen.wait_text("main", "khoảng 54 % trễ")
        assert seen.page.locator(".list.soon li").count() == 0
        picture(seen, f"sap-tre-khong-phan-biet-{size}")
        assert seen.fit(15) == []


def test_what_is_not_asked_well_is_said(filled: Screens, look: Look) -> None:
    look(filled.url(f"{SOON}?ds=x"), "tablet-ngang").wait_text("main", "KHÔNG CÓ TRANG NÀY")
