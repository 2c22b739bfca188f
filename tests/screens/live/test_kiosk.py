"""A screen on a wall, in a real browser: from its code to its wall, through what happens to it, to its end."""

import re
import time
from collections.abc import Callable, Iterator

import httpx
import psycopg
import pytest
from playwright.sync_api import Error as PlaywrightError

from dashboards.access import addresses, passwords, registry
from dashboards.access.access import COOKIE
from dashboards.access.screen_bounds import BACK_AFTER_S
from dashboards.screens import links, nav
from infra.endpoints import DatabaseUrls
from tests.integration.signed_in import person
from tests.screens import sample
from tests.screens.live.browser import TABLET, WALL, Viewer
from tests.screens.live.conftest import NOW, Look, ServePeople
from tests.screens.live.server import Server

WALL_PATH = "/man-hinh/ho-so"
EMPTY_WITHIN_S = 5.0
PASSWORD = "mot-con-meo-xanh-7"  # of an account of the test
FIGURES = "document.querySelectorAll('[data-k], [data-count], .num, .nd').length"
WIDEST_CODE = "document.querySelectorAll('.code i').forEach(letter => { letter.textContent = 'W' })"
REFUSED = (
    "401 (Unauthorized)",
    "403 (Forbidden)",
    "ERR_INTERNET_DISCONNECTED",
)  # what a browser says of an end or a cut


# Another release cannot be installed in a test: what its stream would say is said by the page's own stream.
HELD_STREAM = """if (!window.held) window.EventSource = class extends EventSource {
  constructor(url) { super(url); window.held = this; }
}"""


class Manager:
    """An administrator at his own desk."""

    def __init__(self, server: Server, database: DatabaseUrls) -> None:
        registry.add_account(
            database.migrate, "quan.tri", "Quản trị viên", "administrator", (), server.now(), by="test"
        )
        with psycopg.connect(database.migrate) as conn:
            given = [passwords.hashed(PASSWORD)]
            conn.execute("UPDATE access_account SET password = %s, change_password = false", given)
        self._http = httpx.Client(
            base_url=server.origin, headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        )
        answer = self._post(addresses.SIGN_IN, ten="quan.tri", **{"mat-khau": PASSWORD})
        self._http.headers["Cookie"] = answer.headers["set-cookie"].partition(";")[0]

    def _post(self, path: str, **form: str) -> httpx.Response:
        answer = self._http.post(path, data=form)
        assert answer.status_code == 303, answer.text
        return answer

    def close(self) -> None:
        self._http.close()

    def let_in(self, screen: Viewer, name: str, *walls: str) -> None:
        code = "".join(screen.text(".code").split())
        chosen = {f"man-{wall}": "1" for wall in walls}
        self._post(addresses.DEVICES, viec="ghep", ma=code, ten=name, **chosen)

    def end(self, name: str) -> None:
        page = self._http.get(addresses.DEVICES).text
        found = re.search(rf'name="man" value="([^"]+)"><button[^>]*aria-label="Thu hồi {name}"', page)
        assert found is not None, page
        self._post(addresses.DEVICES, viec="thu-hoi", man=found[1])


Manage = Callable[[Server], Manager]


@pytest.fixture
def manage(database: DatabaseUrls) -> Iterator[Manage]:
    made: list[Manager] = []

    def begin(server: Server) -> Manager:
        made.append(Manager(server, database))
        return made[-1]

    yield begin
    for manager in made:
        manager.close()


def waits_for(holds: Callable[[], bool], within: float, screen: Viewer, what: str) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"not within {within} s: {what}; {screen.text('body')!r}"
        screen.page.wait_for_timeout(100)


def is_empty(screen: Viewer) -> bool:
    try:
        return bool(screen.page.evaluate(FIGURES) == 0)
    except PlaywrightError:  # it went to another page meanwhile
        return False


def is_loaded_anew(screen: Viewer) -> bool:
    try:
        return screen.page.evaluate("window.loaded") is None
    except PlaywrightError:
        return False


def takes_as_expected(screen: Viewer) -> None:
    """What the browser itself complained of."""
    screen.errors[:] = [said for said in screen.errors if not any(words in said for words in REFUSED)]


def shows_a_wall(screen: Viewer) -> bool:
    return screen.page.locator("html[data-live=live] :is(.num, .nd)").count() > 0


def test_a_screen_is_paired_survives_a_restart_and_a_cut_and_is_empty_within_5_s_of_its_end(
    database: DatabaseUrls, people: ServePeople, manage: Manage, look: Look
) -> None:
    server = people()
    manager = manage(server)
    screen = look(server, addresses.PAIRING, cut_off=True, live=False)
    assert screen.misfits() == []
    screen.page.evaluate(WIDEST_CODE)
    assert screen.misfits() == []
    screen.page.reload()
    assert is_empty(screen)
    assert "Máy này: Chrome, Linux, 127.0.0.1" in screen.text()
    manager.let_in(screen, "Phòng họp 1")
    waits_for(lambda: shows_a_wall(screen), 15, screen, "the wall")
    assert screen.page.url == f"{server.origin}{links.PREFIX}{nav.WALLS[0]}"
    assert "iocm_" not in screen.page.url
    cookie = next(one for one in screen.page.context.cookies() if one["name"] == "__Host-ioc")
    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert cookie["expires"] - time.time() > 399 * 86_400

    server.down()  # a redeploy
    server.up()
    screen.page.locator("html[data-live=offline]").wait_for(state="detached", timeout=20_000)
    waits_for(lambda: shows_a_wall(screen), 15, screen, "the wall after a restart")

    screen.page.context.set_offline(True)  # a cut: chromium keeps an open stream, so the server goes too
    server.down()
    screen.says("MẤT MẠNG", within=30)
    server.up()
    screen.page.context.set_offline(False)
    waits_for(lambda: shows_a_wall(screen), 30, screen, "the wall after a cut")

    manager.end("Phòng họp 1")
    waits_for(lambda: is_empty(screen), EMPTY_WITHIN_S, screen, "empty")
    screen.says("Màn hình “Phòng họp 1” đã bị thu hồi")
    assert screen.page.url == server.origin + addresses.PAIRING
    assert is_empty(screen)
    assert screen.misfits() == []
    manager.let_in(screen, "Phòng họp 2", "tra-cuu")  # and may be let in again, without a touch
    waits_for(lambda: screen.page.url.endswith("/man-hinh/tra-cuu"), 15, screen, "its other wall")
    takes_as_expected(screen)


def test_a_screen_that_was_ended_while_it_was_cut_off_is_empty_when_it_comes_back(
    database: DatabaseUrls, people: ServePeople, manage: Manage, look: Look
) -> None:
    server = people()
    manager = manage(server)
    screen = look(server, addresses.PAIRING, cut_off=True, live=False)
    manager.let_in(screen, "Phòng họp 1")
    waits_for(lambda: shows_a_wall(screen), 15, screen, "the wall")
    server.down()
    registry.end_device(database.migrate, "Phòng họp 1", server.now(), by="test")
    server.up()
    screen.says("Màn hình “Phòng họp 1” đã bị thu hồi", within=30)
    assert is_empty(screen)
    takes_as_expected(screen)


def test_a_waiting_screen_says_that_it_is_cut_off_and_goes_on_by_itself(
    database: DatabaseUrls, people: ServePeople, manage: Manage, look: Look
) -> None:
    server = people()
    manager = manage(server)
    screen = look(server, addresses.PAIRING, cut_off=True, live=False)
    server.down()
    screen.says("Mất mạng", within=15)
    assert screen.misfits() == []
    server.up()
    waits_for(lambda: not screen.page.locator("#offline").is_visible(), 15, screen, "heard again")
    manager.let_in(screen, "Phòng họp 1")
    waits_for(lambda: shows_a_wall(screen), 15, screen, "the wall")


def test_a_screen_says_that_its_own_clock_is_wrong(
    database: DatabaseUrls, people: ServePeople, manage: Manage, look: Look
) -> None:
    server = people()
    manager = manage(server)
    screen = look(server, addresses.PAIRING, live=False)
    screen.page.add_init_script("if (!Date.real) { Date.real = Date.now; Date.now = () => Date.real() + 3 * 3600e3 }")
    screen.page.reload()
    screen.says("Đồng hồ của máy này nhanh 3 giờ")
    manager.let_in(screen, "Phòng họp 1")
    waits_for(lambda: shows_a_wall(screen), 15, screen, "the wall")
    screen.says("Đồng hồ của máy này nhanh 3 giờ", within=15)


def test_a_wall_that_a_screen_may_not_show_says_so_and_it_goes_back_to_its_own(
    database: DatabaseUrls, people: ServePeople, manage: Manage, look: Look
) -> None:
    server = people()
    manager = manage(server)
    screen = look(server, addresses.PAIRING, live=False)
    manager.let_in(screen, "Phòng họp 1", "tra-cuu")
    waits_for(lambda: screen.page.url.endswith("/man-hinh/tra-cuu"), 15, screen, "its wall")
    screen.page.goto(server.origin + WALL_PATH)
    screen.says("không được mở trang này")
    assert screen.misfits() == []
    assert is_empty(screen)
    waits_for(lambda: screen.page.url.endswith("/man-hinh/tra-cuu"), BACK_AFTER_S + 15, screen, "its wall again")
    waits_for(lambda: screen.page.locator("html[data-live=live]").count() > 0, 15, screen, "live")
    takes_as_expected(screen)


def test_a_wall_loads_itself_anew_when_another_release_serves_it(
    people: ServePeople, manage: Manage, look: Look
) -> None:
    server = people()
    manager = manage(server)
    screen = look(server, addresses.PAIRING, cut_off=True, live=False)
    screen.page.add_init_script(HELD_STREAM)
    manager.let_in(screen, "Phòng họp 1")
    waits_for(lambda: shows_a_wall(screen), 15, screen, "the wall")
    screen.page.evaluate("window.loaded = 'before'")
    server.down()
    server.up()
    screen.page.wait_for_timeout(4000)
    assert screen.page.evaluate("window.loaded") == "before", "the same release"
    screen.page.evaluate("""window.held.addEventListener("message", (event) => {
      if (window.said) return;
      window.said = JSON.stringify({ ...JSON.parse(event.data), release: "another" });
      window.held.dispatchEvent(new MessageEvent("message", { data: window.said }));
    })""")
    waits_for(lambda: is_loaded_anew(screen), 5, screen, "loaded anew")
    waits_for(lambda: shows_a_wall(screen), 15, screen, "the wall")


def test_an_officer_s_screens_have_the_province_s_rate_beside_the_own_and_fit(
    database: DatabaseUrls, people: ServePeople, look: Look, rows: psycopg.Connection
) -> None:
    server = people()
    _, token = person(database, "can.bo", "unit_officer", ["26041"], NOW)
    rows.execute("UPDATE access_account SET units = %s", [[sample.UNITS[0]]])  # under the name that the sample writes
    screen = look(server, addresses.PAIRING, cut_off=True, live=False)
    secure = server.origin.replace("http:", "https:")
    screen.page.context.add_cookies([{"name": COOKIE, "value": token, "url": secure, "secure": True, "httpOnly": True}])
    for path, size in ((WALL_PATH, WALL), ("/man-hinh/may-tinh-bang", TABLET)):
        screen.resize(size)
        screen.page.goto(server.origin + path)
        screen.says("toàn tỉnh")
        assert screen.misfits() == []
    takes_as_expected(screen)
