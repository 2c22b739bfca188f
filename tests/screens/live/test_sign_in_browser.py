"""Signing in and out in a real browser, on a tablet and at a desk, and what an end does to a page that is open."""

from urllib.parse import urlsplit

import psycopg

from dashboards.access import addresses, passwords, registry
from dashboards.access.access import COOKIE
from dashboards.access.sign_in import WRONG
from infra.endpoints import DatabaseUrls
from tests.screens.live.browser import TABLET, TABLET_UPRIGHT, WALL, Size, Viewer
from tests.screens.live.conftest import Look, ServePeople
from tests.screens.live.server import Server
from tests.screens.live.test_kiosk import EMPTY_WITHIN_S, PASSWORD, WALL_PATH, is_empty, shows_a_wall, takes_as_expected
from tests.screens.live.test_kiosk import waits_for as waits

WANTED = "/man-hinh/may-tinh-bang/don-vi?ky=thang"
NEW = "con-bo-vang-tren-doi-2"
DESK = Size(1920, 1080, 15)  # of forms: a person sits before them
DESK_4K = Size(3840, 2160, 24)
SIZES = (TABLET_UPRIGHT, TABLET, DESK, DESK_4K)


def fits(viewer: Viewer) -> None:
    """At every size; it is left at its own."""
    own = viewer.size
    for size in (*SIZES, own):
        viewer.resize(size)
        assert viewer.misfits() == [], f"{viewer.page.url} at {size}"


def fill_in(viewer: Viewer, button: str, **fields: str) -> None:
    for name, value in fields.items():
        viewer.page.fill(f"[name={name.replace('_', '-')}]", value)
    press(viewer, button)


def press(viewer: Viewer, button: str) -> None:
    viewer.page.get_by_role("button", name=button, exact=True).first.click()
    viewer.settle()


def is_at(viewer: Viewer, path: str) -> None:
    waits(lambda: viewer.page.url == viewer.origin + path, 10, viewer, f"at {path}, not {viewer.page.url}")


def sign_in(viewer: Viewer, password: str = PASSWORD) -> None:
    fill_in(viewer, "Đăng nhập", ten="lanh.dao", mat_khau=password)


def leader(database: DatabaseUrls, server: Server) -> str:
    """Makes the account; the password that it was given."""
    return registry.add_account(database.migrate, "lanh.dao", "Lãnh đạo tỉnh", "leader", (), server.now(), by="test")


def own_password(database: DatabaseUrls) -> None:
    with psycopg.connect(database.migrate) as conn:
        conn.execute("UPDATE access_account SET password = %s, change_password = false", [passwords.hashed(PASSWORD)])


def led_to_sign_in(viewer: Viewer) -> bool:
    return urlsplit(viewer.page.url).path == addresses.SIGN_IN and is_empty(viewer)


def test_who_signs_in_with_a_given_password_sets_an_own_one_and_comes_to_the_page_that_he_wanted(
    database: DatabaseUrls, people: ServePeople, look: Look
) -> None:
    server = people()
    given = leader(database, server)
    tablet = look(server, WANTED, TABLET, live=False)
    assert led_to_sign_in(tablet)
    fits(tablet)
    sign_in(tablet, "sai-mat-khau-nay")
    tablet.says(WRONG)
    fits(tablet)
    sign_in(tablet, given)
    assert urlsplit(tablet.page.url).path == addresses.PASSWORD
    tablet.says("Mật khẩu này do người khác cấp")
    fits(tablet)
    tablet.page.goto(server.origin + WALL_PATH)
    assert urlsplit(tablet.page.url).path == addresses.PASSWORD, "nothing else before that"
    tablet.page.go_back()
    fill_in(tablet, "Đổi mật khẩu", cu=given, moi=NEW, lai=f"{NEW}x")
    tablet.says("Hai lần nhập mật khẩu mới khác nhau")
    fits(tablet)
    fill_in(tablet, "Đổi mật khẩu", cu=given, moi=NEW, lai=NEW)
    is_at(tablet, WANTED)
    tablet.says("Phường")
    takes_as_expected(tablet)
    assert [said for said in tablet.errors if "422 (Unprocessable" not in said] == []  # two passwords that differ
    tablet.errors.clear()


def test_an_end_on_one_device_leaves_the_other_and_an_end_everywhere_empties_both(
    database: DatabaseUrls, people: ServePeople, look: Look
) -> None:
    server = people()
    leader(database, server)
    own_password(database)
    wall = look(server, WALL_PATH, live=False)
    wall.resize(WALL)
    sign_in(wall)
    is_at(wall, WALL_PATH)
    waits(lambda: shows_a_wall(wall), 15, wall, "the wall")
    tablet = look(server, addresses.SESSIONS, TABLET_UPRIGHT, live=False)
    sign_in(tablet)
    is_at(tablet, addresses.SESSIONS)
    assert tablet.text().count("Chrome, Linux") == 2
    fits(tablet)
    press(tablet, "Đăng xuất")
    assert led_to_sign_in(tablet)
    wall.page.wait_for_timeout(int(EMPTY_WITHIN_S * 1000))
    assert shows_a_wall(wall), "another device's end is not this one's"

    # A cookie of the wall, taken to another device.
    thief = look(server, addresses.SIGN_IN, TABLET, live=False)
    stolen = next(one for one in wall.page.context.cookies() if one["name"] == COOKIE)
    where = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True}
    thief.page.context.add_cookies([{"name": COOKIE, "value": stolen["value"], **where}])  # type: ignore[typeddict-item]
    thief.open(WALL_PATH)
    assert shows_a_wall(thief)
    tablet.page.goto(server.origin + addresses.SESSIONS)
    sign_in(tablet)
    press(tablet, "Kết thúc")
    for one in (thief, wall):
        waits(lambda: led_to_sign_in(one), EMPTY_WITHIN_S, one, "empty")  # noqa: B023
    is_at(tablet, addresses.SESSIONS)
    assert tablet.text().count("Chrome, Linux") == 1

    sign_in(wall)
    waits(lambda: shows_a_wall(wall), 15, wall, "the wall again")
    tablet.open("/man-hinh/may-tinh-bang")
    tablet.page.goto(server.origin + addresses.SESSIONS)
    press(tablet, "Kết thúc các phiên khác")
    waits(lambda: led_to_sign_in(wall), EMPTY_WITHIN_S, wall, "empty")
    press(tablet, "Đăng xuất")
    assert led_to_sign_in(tablet)
    for one in (thief, wall, tablet):
        takes_as_expected(one)
