"""What an operations room needs of the browser: whole screen, no sleep, own fonts, nothing from outside, no pointer."""

import signal

import psycopg

from infra.endpoints import DatabaseUrls
from tests.screens import sample
from tests.screens.live.browser import TABLET
from tests.screens.live.conftest import Fill, Look, Serve

WALL_PATH = "/man-hinh/ho-so"
HOME = "/man-hinh/may-tinh-bang"
FONTS = "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.weight)"
SPY = """
  window.locks = 0;
  const request = async () => { window.locks += 1; return { released: false }; };
  Object.defineProperty(navigator, "wakeLock", { value: { request } });
"""


def test_the_wall_fills_the_screen_by_the_key_f_and_back_and_hides_an_idle_pointer(
    database: DatabaseUrls, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    wall = look(serve(database), WALL_PATH)
    cursor = "getComputedStyle(document.documentElement).cursor"
    wall.page.mouse.move(300, 300)
    assert wall.page.evaluate(cursor) != "none"
    wall.page.wait_for_timeout(3500)
    assert wall.page.evaluate(cursor) == "none"
    wall.page.keyboard.press("f")
    wall.page.wait_for_timeout(400)
    assert wall.page.evaluate("document.fullscreenElement === document.documentElement")
    wall.page.keyboard.press("f")
    wall.page.wait_for_timeout(400)
    assert wall.page.evaluate("document.fullscreenElement === null")
    wall.page.mouse.move(310, 300)
    wall.page.click("[data-fullscreen]")
    wall.page.wait_for_timeout(400)
    assert wall.page.evaluate("document.fullscreenElement === document.documentElement")


def test_the_screen_is_kept_awake(database: DatabaseUrls, fill: Fill, serve: Serve, look: Look) -> None:
    fill()
    wall = look(serve(database), WALL_PATH)
    wall.page.add_init_script(SPY)
    wall.open(WALL_PATH)
    assert wall.page.evaluate("window.locks") >= 1


def test_everything_comes_from_here_in_our_own_fonts_and_nothing_else_is_allowed(
    database: DatabaseUrls, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database)
    for path, size in ((WALL_PATH, None), (HOME, TABLET)):
        viewer = look(server, path, size) if size else look(server, path)
        assert {"500", "700"} <= set(viewer.page.evaluate(FONTS))
        family = viewer.page.evaluate("getComputedStyle(document.querySelector('.screen')).fontFamily")
        assert "Be Vietnam Pro" in family
        answer = viewer.page.context.request.get(server.origin + path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert viewer.outside == []  # look() holds every page to this as well


def test_a_frozen_server_is_noticed_by_the_browser_alone_and_passes(
    database: DatabaseUrls, rows: psycopg.Connection, fill: Fill, serve: Serve, look: Look
) -> None:
    """A half-open connection gives no error: only the browser's own clock can tell."""
    fill()
    server = serve(database, IOC_OFFLINE_AFTER="PT6S")
    wall = look(server, WALL_PATH, cut_off=True)
    server.signal(signal.SIGSTOP)
    try:
        wall.says("Màn hình mất mạng", within=12)
        assert wall.page.locator(".num.dead").count() == 6
    finally:
        server.signal(signal.SIGCONT)
    sample.receive(rows, server.now())
    wall.page.locator(".lead.band").wait_for(state="detached", timeout=20_000)
    wall.says("Một cửa 1 giây", within=15)


def test_a_machine_that_watches_too_much_is_told_so_in_a_sentence(
    database: DatabaseUrls, fill: Fill, serve: Serve, look: Look
) -> None:
    fill()
    server = serve(database, IOC_VIEWS="1")
    first = look(server, f"{HOME}?ky=thang", TABLET)
    second = look(server, f"{HOME}?ky=nam", TABLET, live=False)
    second.says("Máy này đang mở quá nhiều lựa chọn khác nhau")
    first.page.goto("about:blank")
    second.page.locator("#refused").wait_for(state="detached", timeout=25_000)
