"""Own figures beside the national portal's on the tablet: the numbers, and the cases behind each of them."""

import pytest

from tests.screens.conftest import Keep, Look, Screens

SIZES = ("tablet-ngang", "tablet-doc")
GAP = "/man-hinh/may-tinh-bang/so-voi-cong"
# Of ten cases one was never sent, one is behind, one stands under another code, one was rewritten; the others agree.
ON_PORTAL = """
UPDATE case_state s SET
    synced_at = CASE WHEN tenth <> 0 THEN accepted_at + interval '1 hour' END,
    portal_status = CASE
        WHEN tenth = 0 THEN NULL
        WHEN tenth = 1 OR ended_at IS NULL AND tenth <> 3 THEN 4
        ELSE 9
    END,
    portal_ended_at = CASE WHEN tenth = 3 THEN coalesce(ended_at, accepted_at) WHEN tenth > 1 THEN ended_at END,
    portal_rewritten = tenth = 3 AND ended_at IS NULL,
    portal_code = CASE WHEN tenth = 2 THEN 'X-' || s.subject END
FROM (SELECT subject, row_number() OVER (ORDER BY subject) % 10 AS tenth FROM case_state) AS numbered
WHERE numbered.subject = s.subject
"""


@pytest.mark.parametrize("size", SIZES)
def test_a_number_beside_the_portals_opens_the_cases_that_make_the_gap(
    filled: Screens, look: Look, picture: Keep, size: str
) -> None:
    filled.alive()
    filled.db.execute(ON_PORTAL)
    seen = look(filled.url(f"{GAP}?ky=thang&chi-tieu=da-xong"), size)
    picture(seen, f"so-voi-cong-{size}")
    assert seen.fit(15) == []

    cause = seen.page.locator(".chs a", has_text="Ghi đè")
    count = cause.locator(".v").inner_text()
    cause.click()
    seen.page.wait_for_selector(".list.apart")
    seen.wait_text("h2.big", f"{count} hồ sơ")
    picture(seen, f"so-voi-cong-ho-so-{size}")
    assert seen.fit(15) == []
    reasons = seen.page.locator(".apart li .why").all_inner_texts()
    assert [text.partition(",")[0] for text in reasons] == ["Trạng thái bị ghi đè thành 9"] * min(int(count), 7)
    seen.page.locator(".apart li a").first.click()
    seen.page.wait_for_selector(".evs")


def test_a_number_opens_as_many_cases_as_it_says(filled: Screens, look: Look) -> None:
    filled.alive()
    filled.db.execute(ON_PORTAL)
    seen = look(filled.url(f"{GAP}?ky=nam&chi-tieu=tiep-nhan"), "tablet-ngang")
    head = figure(seen.text("h2.big"))
    assert head == sum(figure(text) for text in seen.page.locator(".chs a .v").all_inner_texts()) > 0
    row = seen.page.locator(".units ol .lr").first
    unit, numbers = row.locator(".un").inner_text(), row.locator("a.c")
    for place in range(numbers.count()):
        count = figure(numbers.nth(place).inner_text())
        numbers.nth(place).click()
        seen.page.wait_for_selector(".list.apart")
        assert figure(seen.text("h2.big")) == count > 0
        assert all(text.endswith(f", {unit}") for text in seen.page.locator(".apart li .why").all_inner_texts())
        seen.page.go_back()
        seen.page.wait_for_selector(".units ol .lr")


def figure(text: str) -> int:
    return int(text.split()[0].replace(".", ""))


def test_what_is_not_asked_well_is_said(filled: Screens, look: Look) -> None:
    look(filled.url(f"{GAP}?chi-tieu=x"), "tablet-ngang").wait_text("main", "KHÔNG CÓ TRANG NÀY")
