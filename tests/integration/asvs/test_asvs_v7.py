"""OWASP ASVS 5.0, chapters 7 and 8: sessions, who may what."""

import re
import time
from urllib.parse import quote

import psycopg
import pytest

from dashboards.access import addresses
from dashboards.access.access import COOKIE
from dashboards.access.known import READ_EVERY
from schemas.access_token import fingerprint
from tests.integration.asvs.centre import OTHER, OWN, PASSWORD, STREAM, WALL, Browser, Centre, words


def signed_in(running: Centre, name: str) -> Browser:
    browser = running.browser()
    assert browser.sign_in(name).status_code == 303
    return browser


def test_7_2_1_what_a_browser_says_of_itself_counts_for_nothing(running: Centre) -> None:
    browser = running.browser("unit_officer", [OWN])
    for forged in ("role=administrator", "units=", "__Host-ioc-demo=administrator"):
        browser.cookies["x"] = f"1; {forged}"
        assert browser.get("/quan-tri/khoa").status_code == 403
    stranger = running.browser()
    stranger.cookies["__Host-ioc-demo"] = "leader"
    assert not stranger.sees(), "no demo here"


def test_7_2_2_a_key_of_a_program_is_no_session(running: Centre) -> None:
    browser = running.browser()
    browser.cookies[COOKIE] = running.key()["Authorization"].removeprefix("Bearer ")
    assert not browser.sees()


def test_7_2_3_a_session_is_256_random_bits(running: Centre) -> None:
    name = running.account()
    tokens = {signed_in(running, name).cookies[COOKIE] for _ in range(4)}
    assert len(tokens) == 4
    assert all(re.fullmatch(r"iocd_[\w-]{43}", token) for token in tokens)


def test_7_2_4_signing_in_begins_a_new_session_and_ends_the_one_before(running: Centre) -> None:
    name = running.account()
    browser = signed_in(running, name)
    before = browser.cookies[COOKIE]
    browser.sign_in(name)
    assert browser.cookies[COOKIE] != before
    assert browser.sees()
    browser.cookies[COOKIE] = before
    assert not browser.sees()


def aged(running: Centre, browser: Browser, change: str) -> Browser:
    """The session after a time, as the other of two processes of screens knows it, which has not seen it used."""
    running.write(f"UPDATE access_credential SET {change} WHERE token = %s", fingerprint(browser.cookies[COOKIE]))  # noqa: S608
    return Browser(running.tls, dict(browser.cookies))


@pytest.mark.parametrize(("minutes", "lives"), [(55, True), (61, False)])
def test_7_3_1_a_session_that_rests_ends(running: Centre, minutes: int, lives: bool) -> None:
    browser = signed_in(running, running.account())
    other = aged(running, browser, f"used_at = now() - interval '{minutes} minutes'")
    time.sleep(3 * READ_EVERY)  # it is known there, and as having rested
    assert other.sees() is lives


def test_7_3_2_a_session_ends_in_any_case(running: Centre) -> None:
    browser = signed_in(running, running.account())
    whole = running.rows("SELECT expires_at - created_at FROM access_credential ORDER BY created_at DESC LIMIT 1")
    assert whole[0][0].total_seconds() == 12 * 3600
    other = aged(running, browser, "expires_at = now()")
    running.until(lambda: not browser.sees() and not other.sees())
    assert not browser.sees()
    assert not other.sees()


def test_7_4_1_a_session_that_was_ended_opens_nothing(running: Centre) -> None:
    browser = signed_in(running, running.account())
    token = browser.cookies[COOKIE]
    assert browser.post(addresses.SIGN_OUT).status_code == 303
    assert COOKIE not in browser.cookies
    browser.cookies[COOKIE] = token
    assert not browser.sees()
    assert browser.get(STREAM, Accept="*/*").status_code == 401


def test_7_4_2_a_disabled_account_s_sessions_end(running: Centre) -> None:
    name = running.account()
    browser = signed_in(running, name)
    answer = running.browser("administrator").post(addresses.ACCOUNTS, {"viec": "khoa", "ten": name})
    assert answer.status_code == 303, answer.text
    assert not browser.sees()
    assert running.browser().sign_in(name).status_code == 401


def test_7_4_3_another_password_ends_all_other_sessions(running: Centre) -> None:
    name = running.account()
    here, elsewhere = signed_in(running, name), signed_in(running, name)
    new = {"cu": PASSWORD, "moi": "Một mật khẩu khác hẳn 9", "lai": "Một mật khẩu khác hẳn 9"}
    assert here.post(addresses.PASSWORD, new).status_code == 303
    assert here.sees()
    assert not elsewhere.sees()


def test_7_4_4_signing_out_is_one_page_away(running: Centre) -> None:
    browser = running.browser("leader")
    assert f'action="{addresses.SIGN_OUT}"' in browser.get(addresses.SESSIONS).text


def test_7_4_5_an_administrator_ends_a_person_s_sessions(running: Centre) -> None:
    name = running.account()
    browser = signed_in(running, name)
    running.browser("administrator").post(addresses.ACCOUNTS, {"viec": "phien", "ten": name})
    assert not browser.sees()
    assert signed_in(running, name).sees(), "the account stays"


def test_7_5_2_people_see_their_sessions_and_end_them(running: Centre) -> None:
    name = running.account()
    here, stolen = signed_in(running, name), signed_in(running, name)
    page = here.get(addresses.SESSIONS)
    assert "127.0.0.1" in words(page)
    others = re.findall(r'name="phien" value="([0-9a-f-]{36})"', page.text)
    assert len(others) == 1
    assert here.post(addresses.SESSIONS, {"phien": others[0]}).status_code == 303
    assert not stolen.sees()
    assert here.sees()


def test_8_2_1_what_a_role_may_not_is_refused(running: Centre) -> None:
    refused = {
        "leader": ("/nhat-ky", "/quan-tri/khoa", "/quan-tri/tai-khoan", "/quan-tri/man-hinh"),
        "duty_officer": ("/nhat-ky", "/quan-tri/khoa"),
        "unit_officer": ("/nhat-ky", "/quan-tri/khoa"),
        "auditor": ("/man-hinh/mo?so=accepted", "/quan-tri/khoa"),
        "administrator": ("/nhat-ky", "/man-hinh/mo?so=accepted"),
    }
    for role, paths in refused.items():
        browser = running.browser(role, [OWN] if role == "unit_officer" else ())
        for path in paths:
            assert browser.get(path).status_code == 403, (role, path)


def test_8_2_2_another_s_object_is_not_there(running: Centre) -> None:
    """By its code, by the id of a list, by a filter, on screens and data API."""
    leader, officer = running.browser("leader"), running.browser("unit_officer", [OWN])
    opened = leader.get(f"/man-hinh/mo?so=accepted&ky=tat-ca&don-vi={quote(OTHER)}")
    assert opened.status_code == 303
    key = running.key(["26041"])
    running.write("UPDATE access_credential SET units = %s WHERE kind = 'key' AND units = '{26041}'", [OWN])
    code = str(running.rows("SELECT subject FROM case_state WHERE unit = %s LIMIT 1", OTHER)[0][0])
    listed = opened.headers["location"].rpartition("/")[2]
    assert running.rows("SELECT units FROM opening WHERE id = %s", listed) == [([],)]
    running.until(lambda: running.api.get(f"/api/v1/cases/{quote(code, safe='')}", headers=key).status_code == 404)
    assert running.api.get(f"/api/v1/cases/{quote(code, safe='')}", headers=key).status_code == 404
    assert running.api.get("/api/v1/cases", params={"unit": OTHER}, headers=key).status_code in (403, 422)
    running.until(lambda: bool(running.api.get("/api/v1/cases", headers=key).json()["cases"]))
    units = {case["unit"] for case in running.api.get("/api/v1/cases?limit=100", headers=key).json()["cases"]}
    assert units == {OWN}
    assert officer.get(f"/man-hinh/dong?man=ho-so&don-vi={quote(OTHER)}", Accept="*/*").status_code in (403, 404)


@pytest.mark.parametrize(
    "path", [WALL, "/man-hinh/may-tinh-bang", "/man-hinh/_dash-layout", STREAM, "/man-hinh/mo?so=open"]
)
def test_8_3_1_nobody_is_let_in_by_the_server(running: Centre, path: str) -> None:
    """Not by a script that hides something: the first answer is the refusal."""
    assert running.screens.get(path).status_code == 401
    assert running.browser().get(path).headers.get("location", "").startswith(addresses.SIGN_IN)


def test_8_3_2_what_was_taken_away_is_gone_at_once(running: Centre) -> None:
    name = running.account("administrator")
    browser, administrator = signed_in(running, name), running.browser("administrator")
    assert browser.get("/quan-tri/khoa").status_code == 200
    administrator.post(addresses.ACCOUNTS, {"viec": "vai", "ten": name, "vai": "leader"})
    assert browser.get("/quan-tri/khoa").status_code != 200
    key = running.key()
    id_ = running.rows("SELECT id::text FROM access_credential WHERE kind = 'key' ORDER BY created_at DESC LIMIT 1")
    administrator.post(addresses.KEYS, {"viec": "thu-hoi", "khoa": str(id_[0][0])})
    running.until(lambda: running.api.get("/api/v1/figures", headers=key).status_code == 401, within=3)
    assert running.api.get("/api/v1/figures", headers=key).status_code == 401, "in the other process: within seconds"


def test_8_4_1_a_unit_is_kept_from_another_by_the_database(running: Centre) -> None:
    """Whatever a query asks: rows of other units are not there for the login that reads for a unit."""
    with psycopg.connect(running.database.units) as reading:
        assert reading.execute("SELECT count(*) FROM case_state").fetchone() == (0,)
        reading.execute("SELECT set_config('ioc.units', %s, true)", [OWN])
        assert reading.execute("SELECT DISTINCT unit FROM case_state").fetchall() == [(OWN,)]
