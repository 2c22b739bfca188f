"""From a number on the tablet to a sent order, and the unit's answer on the leader's tablet: two real browsers."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
from playwright.async_api import Page, async_playwright

from dashboards.access import addresses
from dashboards.access.access import COOKIE
from infra.db.reference import load
from infra.kafka.topics import ensure_topics
from schemas.reference.reading import PACKAGED, read
from schemas.topics import ACTIONS
from tests.integration.screens_served import Client, Served, screens_served
from tests.screens import sample
from tests.screens.conftest import CHROMIUM, QUIET
from tests.system.harness import Ground, Slot

UNIT, OTHER = "26041", "26068"


@asynccontextmanager
async def directing(ground: Ground) -> AsyncIterator[Served]:
    """Screens, relay and worker over a province of cases."""
    ensure_topics(ground.kafka, [replace(ACTIONS, name=ACTIONS.name + ground.suffix)])
    now = datetime.now(UTC)
    load(ground.database.migrate, read(PACKAGED), now)
    with psycopg.connect(ground.database.migrate, autocommit=True) as conn:
        sample.write(conn, sample.province(now, units=(UNIT, OTHER, "so-tu-phap"), per_day=90), now)
    relay = Slot(ground, "relay", module="streams.relay")
    worker = Slot(ground, "worker-1", {"IOC_TOPICS": ACTIONS.name})
    try:
        async with screens_served(ground.database) as served:
            yield served
    finally:
        relay.close()
        worker.close()


async def seen(page: Page, words_: str, within_s: float = 15) -> float:
    """Waits until the page says so; how many seconds that took."""
    began = time.monotonic()
    await page.get_by_text(words_).first.wait_for(timeout=within_s * 1000)
    return time.monotonic() - began


async def test_an_order_in_four_taps_and_the_answer_on_the_leaders_tablet_within_two_seconds(
    ground: Ground,
) -> None:
    async with directing(ground) as served, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))

        async def tablet(who: Client) -> Page:
            context = await browser.new_context(viewport={"width": 1024, "height": 768}, locale="vi-VN")
            origin = str(served.http.base_url)
            cookie = {"name": COOKIE, "value": who.cookies[COOKIE], "url": origin.replace("http:", "https:")}
            await context.add_cookies([cookie])  # type: ignore[list-item]
            page = await context.new_page()
            await page.goto(origin + addresses.DIRECTIVES)
            return page

        leader = await tablet(await served.signed_in("lanh.dao", "leader"))
        officer = await tablet(await served.signed_in("can.bo", "unit_officer", (UNIT,)))

        await leader.goto(f"{served.http.base_url}/man-hinh/may-tinh-bang?ky=tat-ca&don-vi={UNIT}")
        taps = 0
        for target in (
            "a[href*='so=overdue']",
            "#direct",
            "main button.send",
            "main button.send",
        ):
            await leader.locator(target).first.click()
            taps += 1
        await leader.wait_for_url("**/chi-dao/mot?*")
        assert taps <= 5
        await seen(leader, "CHƯA NHẬN")
        assert await leader.locator("svg.curve").count() == 1

        await seen(officer, "Phường Trấn Biên xử lý xong")
        await officer.get_by_role("link", name="Mở: Phường Trấn Biên").first.click()
        await officer.get_by_role("button", name="Nhận việc").click()
        took = await seen(leader, "ĐANG LÀM", 10)
        assert took < 2, took

        await leader.goto(f"{served.http.base_url}{addresses.DIRECTIVES}")  # and from what needs one, in three taps
        first = leader.locator(".item.need", has=leader.locator("a.btn.first", has_text="Chỉ đạo")).first
        said = await first.locator("b").inner_text()
        for button in (first.locator("a.btn.first"), *[leader.locator("main button.send")] * 2):
            await button.first.click()
        await leader.wait_for_url("**/chi-dao/mot?*")
        await seen(leader, "CHƯA NHẬN")
        await leader.goto(f"{served.http.base_url}{addresses.DIRECTIVES}")
        ordered = leader.locator(".item.need", has_text=said)
        assert "đã chỉ đạo: " in await ordered.inner_text()
        assert await ordered.locator("a.btn.first").count() == 0
        await browser.close()
