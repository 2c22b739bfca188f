"""OWASP ASVS 5.0, chapter 3: the web frontend."""

import re

import httpx
import pytest

from dashboards.access import addresses
from dashboards.access.access import COOKIE
from tests.integration.asvs.centre import PASSWORD, SAME, STREAM, WALL, Centre

HTML = {"Accept": "text/html"}


def answers(running: Centre) -> list[httpx.Response]:
    """Of every kind: a page, a form, a stream's refusal, a file, a missing file, wrong methods and hosts; of both."""
    leader, key = running.browser("leader"), running.key()
    return [
        running.screens.get(addresses.SIGN_IN),
        running.screens.get(WALL, headers=HTML),
        running.screens.get(STREAM),
        running.screens.get("/man-hinh/assets/tablet.css"),
        running.screens.get("/khong-co", headers=HTML),
        running.screens.get("/healthz"),
        running.screens.put(WALL, headers=HTML),
        running.screens.get(WALL, headers=HTML | {"Host": "evil.example"}),
        leader.get(WALL),
        leader.get(addresses.SESSIONS),
        leader.get("/man-hinh/mo?so=khong-co"),
        running.api.get("/api/v1/figures", headers=key),
        running.api.get("/api/v1/figures"),
        running.api.get("/api/v1/figures?x=1", headers=key),
        running.api.get("/khong-co", headers=key),
        running.api.post("/api/v1/figures"),
        running.api.get("/healthz", headers={"Host": "evil.example"}),
    ]


def test_3_2_1_an_answer_of_the_api_is_no_page_of_a_browser(running: Centre) -> None:
    answer = running.api.get("/api/v1/figures", headers=running.key())
    assert answer.headers["content-type"] == "application/json"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    crossing = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert running.browser("leader").get(STREAM, **crossing).status_code == 403


def test_3_3_1_cookies_are_secure_by_their_name(running: Centre) -> None:
    browser = running.browser()
    assert browser.sign_in(running.account()).status_code == 303
    assert browser.set
    for name, said in browser.set.items():
        assert name.startswith("__Host-")
        assert "Secure" in said.split("; ")


def test_3_3_2_cookies_go_along_with_no_request_of_another_site(running: Centre) -> None:
    browser = running.browser()
    browser.sign_in(running.account())
    assert "SameSite=Lax" in browser.set[COOKIE].split("; ")


def test_3_3_3_cookies_are_this_host_s_alone(running: Centre) -> None:
    browser = running.browser()
    browser.sign_in(running.account())
    said = browser.set[COOKIE].split("; ")
    assert COOKIE.startswith("__Host-")
    assert "Path=/" in said
    assert not [part for part in said if part.lower().startswith("domain")]


def test_3_3_4_no_script_reads_a_session_and_no_answer_repeats_it(running: Centre) -> None:
    browser = running.browser()
    answer = browser.sign_in(running.account())
    token = browser.cookies[COOKIE]
    assert "HttpOnly" in browser.set[COOKIE].split("; ")
    assert token not in answer.text
    for path in (WALL, addresses.SESSIONS, addresses.PASSWORD):
        assert token not in browser.get(path).text


def test_3_4_1_over_tls_a_browser_is_told_to_stay_there(running: Centre) -> None:
    for answer in (running.tls.get(addresses.SIGN_IN), running.tls.get("/khong-co"), running.tls.get(STREAM)):
        told = answer.headers["strict-transport-security"]
        assert int(re.findall(r"max-age=(\d+)", told)[0]) >= 31_536_000
        assert "includeSubDomains" in told


def test_3_4_2_no_other_origin_may_read_answers(running: Centre) -> None:
    foreign = {"Origin": "https://evil.example"}
    for answer in (
        running.screens.get(addresses.SIGN_IN, headers=foreign),
        running.browser("leader").get(WALL, Origin="https://evil.example"),
        running.api.get("/api/v1/figures", headers=running.key() | foreign),
        running.api.options("/api/v1/figures", headers=foreign | {"Access-Control-Request-Method": "GET"}),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_3_4_3_no_script_runs_that_is_not_a_file_of_ours(running: Centre) -> None:
    for answer in answers(running):
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy["object-src"] == policy["base-uri"] == policy["default-src"] == "'none'", answer.url
        scripts = policy.get("script-src", "'none'")
        assert "unsafe" not in scripts, answer.url
        assert not re.search(r"https?:|\*|data:", scripts), answer.url


def test_3_4_4_no_answer_is_sniffed(running: Centre) -> None:
    for answer in answers(running):
        assert answer.headers["x-content-type-options"] == "nosniff", answer.url


def test_3_4_5_no_address_of_ours_is_told_to_others(running: Centre) -> None:
    for answer in answers(running):
        assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer"), answer.url


def test_3_4_6_nobody_frames_us(running: Centre) -> None:
    for answer in answers(running):
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"].split("; "), answer.url


def test_3_4_8_windows_of_others_hold_none_of_ours(running: Centre) -> None:
    pages = [answer for answer in answers(running) if "text/html" in answer.headers.get("content-type", "")]
    assert len(pages) >= 6
    assert {answer.headers["cross-origin-opener-policy"] for answer in pages} == {"same-origin"}


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {**SAME, "Origin": "https://evil.example"},
        {**SAME, "Origin": "null"},
    ],
)
def test_3_5_1_a_write_comes_from_a_page_of_ours(running: Centre, said: dict[str, str]) -> None:
    browser = running.browser("administrator")
    for path in (addresses.SIGN_OUT, addresses.PASSWORD, addresses.SESSIONS, "/quan-tri/khoa", addresses.SIGN_IN):
        assert browser.ask("POST", path, {}, said).status_code == 403, path
    assert browser.sees()


def test_3_5_2_a_question_of_dash_is_refused_from_elsewhere_in_any_content_type(running: Centre) -> None:
    browser = running.browser("leader")
    for kind in ("text/plain", "application/json", "application/x-www-form-urlencoded"):
        answer = browser.ask(
            "POST", "/man-hinh/_dash-update-component", {}, {"Content-Type": kind, "Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 403, kind


def test_3_5_3_nothing_changes_by_following_a_link(running: Centre) -> None:
    browser = running.browser("administrator")
    assert browser.get(addresses.SIGN_OUT).status_code == 405
    before = running.rows("SELECT count(*) FROM access_credential WHERE ended_at IS NULL")
    for path in (addresses.SESSIONS, addresses.PASSWORD, "/quan-tri/khoa", "/quan-tri/tai-khoan"):
        browser.get(f"{path}?phien=khac&ten=x&mat-khau=y&cu={PASSWORD}")
    assert running.rows("SELECT count(*) FROM access_credential WHERE ended_at IS NULL") == before
    assert browser.sees()


def test_3_5_8_nothing_of_ours_is_embedded_elsewhere(running: Centre) -> None:
    for answer in answers(running)[:11]:
        assert answer.headers["cross-origin-resource-policy"] == "same-origin", answer.url


def test_3_6_1_nothing_is_loaded_from_other_hosts(running: Centre) -> None:
    browser = running.browser("leader")
    for path in (WALL, addresses.SIGN_IN, addresses.SESSIONS):
        loaded = re.findall(r'(?:src|href)="([^"]+)"', browser.get(path).text)
        assert loaded, path
        assert not [one for one in loaded if not one.startswith("/") or one.startswith("//")], path


@pytest.mark.parametrize(
    "asked",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"],
)
def test_3_7_2_signing_in_leads_nowhere_else(running: Centre, asked: str) -> None:
    answer = running.browser().sign_in(running.account(), to=asked)
    assert (answer.status_code, answer.headers["location"]) == (303, addresses.DIRECTIVES)
