"""Each state of the screens as a room sees it: what it says, that it fits, and its picture for docs/screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg import sql

from infra.endpoints import own_url
from infra.home import Home
from schemas.province import ZONE
from tests.screens import sample
from tests.screens.conftest import Keep, Look, Screens

WALL, TABLET = "/man-hinh/ho-so", "/man-hinh/may-tinh-bang"
TABLETS = ("tablet-ngang", "tablet-doc")


def test_live(filled: Screens, look: Look, picture: Keep) -> None:
    filled.alive()
    seen = look(filled.url(WALL))
    assert seen.text("#wall-top .src").startswith("Một cửa")
    assert seen.page.locator(".dead:visible").all_inner_texts() == []
    picture(seen, "ho-so")
    assert seen.fit(44) == []
    filled.alive()
    picture(look(filled.url(WALL), "wall-2560x1080"), "ho-so-2560x1080")
    for size in TABLETS:
        filled.alive()
        seen = look(filled.url(TABLET), size)
        picture(seen, size)
        assert seen.fit(15) == []


def test_late(own_filled: Screens, look: Look, picture: Keep) -> None:
    sample.receive(own_filled.db, own_filled.now() - timedelta(seconds=50))
    seen = look(own_filled.url(WALL))
    seen.wait_text("#wall-accepted", "chậm")
    picture(seen, "ho-so-cham")
    assert seen.fit(44) == []


def test_a_silent_source(own_filled: Screens, look: Look, picture: Keep) -> None:
    seen = look(own_filled.url(WALL))
    sample.receive(own_filled.db, own_filled.now() - timedelta(minutes=7))
    seen.wait_text("#wall-lead", "Hệ thống một cửa im lặng 7 phút")
    assert seen.text("#wall-days-ends").endswith("hôm nay: ?")
    picture(seen, "ho-so-im-lang")
    assert seen.fit(44) == []
    for size in TABLETS:
        tablet = look(own_filled.url(TABLET), size)
        tablet.wait_text("#tab-lead", "im lặng")
        picture(tablet, f"im-lang-{size}")
        assert tablet.fit(15) == []


def test_our_processing_stopped(own_filled: Screens, look: Look, picture: Keep) -> None:
    sample.beat(own_filled.db, own_filled.now() - timedelta(minutes=3))
    seen = look(own_filled.url(WALL))
    seen.wait_text("#wall-rate", "XỬ LÝ DỪNG 3 PHÚT")
    picture(seen, "ho-so-xu-ly-dung")
    assert seen.fit(44) == []


def test_before_any_data(screens: Screens, look: Look, picture: Keep) -> None:
    for size, floor in (("wall", 44), ("wall-3840x2160", 88)):
        seen = look(screens.url(WALL), size)
        seen.wait_text("#wall-lead", "Chưa có dữ liệu hồ sơ")
        assert seen.page.locator(".sim").count() == 0
        if size == "wall":
            picture(seen, "ho-so-chua-co-du-lieu")
        assert seen.fit(floor) == []
    for size in TABLETS:
        tablet = look(screens.url(TABLET), size)
        picture(tablet, f"chua-co-du-lieu-{size}")
        assert tablet.fit(15) == []


def test_an_old_log(screens: Screens, look: Look, picture: Keep) -> None:
    old = datetime(2012, 1, 23, 17, tzinfo=ZONE).astimezone(UTC)
    rows = sample.province(old, per_day=60)
    sample.write(screens.db, rows, screens.now(), source="urn:file:wabo", topic="ioc.cases.history")
    screens.alive(source=False)
    seen = look(screens.url(WALL))
    seen.wait_text("#wall-lead", "Không có dữ liệu hôm nay: nguồn chỉ đến 23/01/2012")
    assert seen.page.locator(".sim").count() == 0
    picture(seen, "ho-so-so-cu")
    assert seen.fit(44) == []
    every = look(screens.url(f"{WALL}?ky=tat-ca"))
    every.wait_text("#wall-accepted", "mọi kỳ")
    assert int(every.text("#wall-accepted a").replace(".", "")) == len(rows)
    picture(every, "ho-so-so-cu-moi-ky")
    assert every.fit(44) == []


@contextmanager
def away(screens: Screens, home: Home) -> Iterator[None]:
    """The screens' role is refused by its database, and let in again."""
    with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as admin:
        name = screens.database.screens.rpartition("/")[2]

        def allow(answer: bool) -> None:
            admin.execute(
                sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(sql.Identifier(name), sql.Literal(answer))
            )

        allow(False)
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename <> 'migrate'",
            (name,),
        )
        try:
            yield
        finally:
            allow(True)


def test_reading_failed(own_filled: Screens, home: Home, look: Look, picture: Keep) -> None:
    seen = look(own_filled.url(WALL))
    with away(own_filled, home):
        seen.wait_text("#wall-lead", "không đọc được tình hình hồ sơ")
        seen.wait_text("#wall-accepted", "LỖI ĐỌC")
        picture(seen, "ho-so-loi-doc")
        assert seen.fit(44) == []
        tablet = look(own_filled.url(TABLET), "tablet-ngang")
        tablet.wait_text("#tab-numbers", "LỖI ĐỌC")
        picture(tablet, "loi-doc-tablet-ngang")
        assert tablet.fit(15) == []


def test_a_browser_that_hears_nothing(own_filled: Screens, look: Look, picture: Keep) -> None:
    own_filled.alive()
    seen, tablet = look(own_filled.url(WALL)), look(own_filled.url(TABLET), "tablet-doc")
    before = seen.text("#wall-accepted a")
    own_filled.server.kill()
    own_filled.server.wait()
    own_filled.stopped = True
    seen.page.wait_for_selector("html[data-live=offline]", timeout=25_000)
    seen.wait_text("#wall-rate", "MẤT MẠNG")
    assert before in seen.text("#wall-accepted")
    picture(seen, "ho-so-mat-mang")
    assert seen.fit(44) == []
    picture(tablet, "mat-mang-tablet-doc")
    assert tablet.fit(15) == []
    tag = seen.text("#wall-rate .tag")
    seen.wait_for("#wall-rate .tag", lambda text: text != tag)


def test_lists_and_cases(filled: Screens, look: Look, picture: Keep) -> None:
    for size in TABLETS:
        filled.alive()
        seen = look(filled.url("/man-hinh/mo?so=late&ky=thang"), size)
        picture(seen, f"danh-sach-{size}")
        assert seen.fit(15) == []
        seen.page.locator(".cases li a").first.click()
        seen.page.wait_for_selector(".evs")
        seen.page.wait_for_timeout(300)
        picture(seen, f"mot-ho-so-{size}")
        assert seen.fit(15) == []
        filled.alive()
        seen = look(filled.url(f"{TABLET}/don-vi?ky=thang"), size)
        picture(seen, f"don-vi-{size}")
        assert seen.fit(15) == []


def test_what_is_not_there_is_said_on_a_page(filled: Screens, look: Look) -> None:
    for address in ("/man-hinh/danh-sach/khong-co", "/man-hinh/ho-so/khong-co", f"{WALL}?ky=x"):
        look(filled.url(address), "tablet-ngang").wait_text("main", "KHÔNG CÓ TRANG NÀY")
