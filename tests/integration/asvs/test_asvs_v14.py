"""OWASP ASVS 5.0, chapters 14 to 16: data, defensive code, record and errors."""

import re
import time
from datetime import timedelta
from urllib.parse import quote

import psycopg
import pytest

from dashboards.access import addresses
from dashboards.access.access import COOKIE
from infra.ports import free_port
from tests.integration.asvs.centre import OWN, PASSWORD, STREAM, WALL, Centre, environment, process, words
from tests.settings import REPOSITORY


def test_14_2_1_no_secret_stands_in_an_address(running: Centre) -> None:
    name, browser = running.account(), running.browser()
    answer = browser.sign_in(name)
    token, key = browser.cookies[COOKIE], running.key()["Authorization"].removeprefix("Bearer ")
    assert token not in answer.headers["location"]
    assert running.api.get("/api/v1/figures", params={"key": key}).status_code == 401
    assert running.api.get("/api/v1/figures", params={"access_token": key}).status_code == 401
    assert running.screens.get(WALL, params={COOKIE: token}).status_code == 401
    page = running.browser().get(f"{addresses.SIGN_IN}?ten={name}&mat-khau={quote(PASSWORD)}")
    assert page.status_code == 200
    assert PASSWORD not in page.text
    assert 'method="post"' in page.text


def test_14_2_2_nobody_between_keeps_what_is_answered(running: Centre) -> None:
    leader = running.browser("leader")
    for answer in (
        leader.get(addresses.SESSIONS),
        leader.get("/man-hinh/mo?so=accepted&ky=tat-ca"),
        running.screens.get(STREAM),
        running.api.get("/api/v1/figures", headers=running.key()),
    ):
        assert re.search(r"no-store|private", answer.headers["cache-control"]), answer.url


def test_14_2_3_no_page_tells_others_of_its_reader() -> None:
    for path in REPOSITORY.glob("dashboards/assets/**/*.js"):
        assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text(encoding="utf-8")), path


def test_14_3_1_signing_out_clears_what_the_browser_holds(running: Centre) -> None:
    browser = running.browser("leader")
    answer = browser.post(addresses.SIGN_OUT)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'


def test_14_3_2_a_browser_keeps_no_page_with_what_is_somebody_s(running: Centre) -> None:
    leader, auditor = running.browser("leader"), running.browser("auditor")
    administrator = running.browser("administrator")
    pages = (leader.get(addresses.SESSIONS), auditor.get(addresses.RECORD), administrator.get(addresses.KEYS))
    for page in pages:
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store", page.url
    assert "private" in running.api.get("/api/v1/cases?limit=1", headers=running.key()).headers["cache-control"]


def test_14_3_3_a_browser_s_storage_holds_nothing() -> None:
    for path in REPOSITORY.glob("dashboards/assets/**/*.js"):
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", path.read_text("utf-8")), path


def test_15_3_1_an_answer_has_the_fields_that_its_reader_may_see(running: Centre) -> None:
    told = running.api.get("/api/v1/figures", headers=running.key(scopes=["figures"]))
    assert told.status_code == 200
    assert running.api.get("/api/v1/cases", headers=running.key(scopes=["figures"])).status_code == 403
    leader = running.browser("administrator").get(addresses.ACCOUNTS).text
    assert "argon2" not in leader


def test_15_3_3_a_form_sets_what_it_is_for_and_nothing_else(running: Centre) -> None:
    name, browser = running.account("duty_officer"), running.browser()
    browser.sign_in(name)
    more = {"vai": "administrator", "role": "administrator", "units": "26041", "change_password": "false", "id": "1"}
    form = {"cu": PASSWORD, "moi": "Gà trống gáy lúc 4 giờ", "lai": "Gà trống gáy lúc 4 giờ", **more}
    assert browser.post(addresses.PASSWORD, form).status_code == 303
    assert running.rows("SELECT role, units FROM access_account WHERE subject = %s", name) == [("duty_officer", [])]


def test_15_3_7_what_is_said_twice_is_not_half_heard(running: Centre) -> None:
    key, token = running.key(), running.browser("leader").cookies[COOKIE]
    assert running.api.get("/api/v1/figures?from=2024-01-01&from=2024-02-01", headers=key).status_code == 422
    twice = {"Cookie": f"{COOKIE}=x; {COOKIE}={token}", "Accept": "text/html"}
    assert running.screens.get(WALL, headers=twice).status_code == 303, "another site may have set one of them"
    form = {"ten": ["a", running.account()], "mat-khau": PASSWORD}
    answer = running.screens.post(addresses.SIGN_IN, data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 401


def test_15_2_2_one_who_asks_much_takes_no_other_s_place(running: Centre) -> None:
    """Requests have limits of size and time; docs/access.md and ADR 0037 say how turns are given."""
    leader = running.browser("leader")
    answer = leader.ask("POST", addresses.SIGN_IN, {"ten": "x" * 9_000, "mat-khau": "y"})
    assert answer.status_code == 413
    long = leader.get(f"{WALL}?x={'a' * 5_000}")
    assert long.status_code == 400
    many = leader.get(f"{WALL}?" + "&".join(f"x{number}=1" for number in range(60)))
    assert many.status_code == 400


def test_16_2_1_a_row_on_record_says_who_what_when_and_from_where(running: Centre) -> None:
    before, leader = running.last(), running.browser("leader")
    assert leader.get("/man-hinh/mo?so=accepted&ky=tat-ca").status_code == 303
    (row,) = running.noted("list_opened", before)
    assert row.kind == "account"
    assert row.address == "127.0.0.1"
    assert row.object.startswith("case/accepted ")
    assert (row.rows or 0) > 0
    assert running.rows("SELECT role FROM access_account WHERE id::text = %s", row.who) == [("leader",)]


def test_16_2_2_moments_on_record_are_moments(running: Centre) -> None:
    kinds = "SELECT data_type FROM information_schema.columns WHERE table_name = 'access_record' AND column_name = 'at'"
    assert running.rows(kinds) == [("timestamp with time zone",)]
    apart = running.rows("SELECT now() - max(at) FROM access_record")[0][0]
    assert timedelta(minutes=-1) < apart < timedelta(minutes=10)


def test_16_2_5_no_secret_stands_on_record_or_in_a_log(running: Centre) -> None:
    name, browser = running.account(), running.browser()
    browser.sign_in(name, "sai-roi-nhe-1234")
    browser.sign_in(name)
    key = running.key()
    running.api.get("/api/v1/figures", headers=key)
    running.api.get("/api/v1/figures", headers={"Authorization": "Bearer iocd_khong-phai-khoa"})
    time.sleep(2)
    said = running.logs() + str(running.rows("SELECT * FROM access_record")) + str(running.rows("TABLE access_attempt"))
    for secret in (PASSWORD, "sai-roi-nhe-1234", browser.cookies[COOKIE], key["Authorization"][7:], "khong-phai-khoa"):
        assert secret not in said
    assert "postgresql://" not in running.logs()


def test_16_3_1_signing_in_and_failing_to_are_on_record(running: Centre) -> None:
    before, name, browser = running.last(), running.account(), running.browser()
    browser.sign_in(name, "sai")
    browser.sign_in(name)
    browser.post(addresses.SIGN_OUT)
    id_ = running.rows("SELECT id::text FROM access_account WHERE subject = %s", name)[0][0]
    assert [row.object for row in running.noted("not_signed_in", before)] == [id_]
    assert [row.who for row in running.noted("signed_in", before)] == [id_]
    assert [row.who for row in running.noted("signed_out", before)] == [id_]


def test_16_3_2_refusals_and_readings_are_on_record(running: Centre) -> None:
    """Of level 3: readings too, and nothing of what was read but its code."""
    before, administrator = running.last(), running.browser("administrator")
    assert administrator.get(addresses.RECORD).status_code == 403
    assert [row.object for row in running.noted("refused", before)] == ["record"]
    key = running.key()
    before = running.last()
    code = str(running.rows("SELECT subject FROM case_state WHERE unit = %s LIMIT 1", OWN)[0][0])
    assert running.api.get(f"/api/v1/cases/{quote(code, safe='')}", headers=key).status_code == 200
    (row,) = running.noted("case_read", before)
    assert (row.object, row.units, row.unit_rows) == (code, [OWN], [1])


def test_16_3_3_attempts_to_get_around_are_on_record(running: Centre) -> None:
    before, browser = running.last(), running.browser("leader")
    assert browser.ask("POST", addresses.SIGN_OUT, {}, {"Origin": "https://evil.example"}).status_code == 403
    name = running.account()
    for _ in range(6):
        running.browser().sign_in(name, "sai")
    noted = running.noted("refused", before)
    running.until(lambda: len(running.noted("refused", before)) >= 2)
    noted = running.noted("refused", before)
    assert {row.object for row in noted} & {"origin", "attempts"}


def test_16_4_1_nobody_writes_lines_into_a_log(running: Centre) -> None:
    before = len(running.logs().splitlines())
    injected = "x%0d%0alevel=ERROR record=broken"
    for path in (f"{WALL}?a={injected}", f"/{injected}", f"{addresses.SIGN_IN}?{addresses.NEXT}={injected}"):
        running.browser().get(path)
    running.browser().sign_in("x\r\nlevel=ERROR record=broken")
    new = running.logs().splitlines()[before:]
    assert not [line for line in new if line.startswith("level=ERROR") or "record=broken" in line]


@pytest.mark.parametrize("login", ["streams", "screens", "api", "access", "units"])
def test_16_4_2_no_login_changes_the_record(running: Centre, login: str) -> None:
    for statement in ("UPDATE access_record SET who = ''", "DELETE FROM access_record", "TRUNCATE access_record_check"):
        with (
            psycopg.connect(getattr(running.database, login), autocommit=True) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement.encode())


def test_16_5_1_an_error_says_nothing_of_the_inside(running: Centre) -> None:
    leader, key = running.browser("leader"), running.key()
    for answer in (
        leader.get("/man-hinh/mo?so=khong-co"),
        leader.get("/khong-co"),
        running.api.get("/api/v1/cases?counter=khong-co", headers=key),
        running.api.get("/api/v1/cases/khong-co", headers=key),
        leader.post(addresses.SESSIONS, {"phien": "khong-phai-id"}),
    ):
        assert 400 <= answer.status_code < 500, answer.url
        assert not re.search(r"Traceback|psycopg|SELECT |File \"|/work/|uvicorn", answer.text), answer.url


def test_16_5_2_without_its_database_a_process_lets_nobody_in(running: Centre) -> None:
    port, told = free_port(), environment(running.database)
    away = {name: re.sub(r"@127\.0\.0\.1:\d+", "@127.0.0.1:9", url) for name, url in told.items()}
    with process(running.folder, "dashboards.api", {**away, "IOC_API_PORT": str(port)}, port, knows=503) as api:
        answer = api.get("/api/v1/figures", headers=running.key())
        assert answer.status_code == 503
        assert "postgres" not in answer.text


def test_16_5_3_what_cannot_be_put_on_record_is_not_shown(running: Centre) -> None:
    leader, key = running.browser("leader"), running.key()
    with psycopg.connect(running.database.migrate, autocommit=True) as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION access_recorded FROM access")
        try:
            opened = leader.get("/man-hinh/mo?so=accepted&ky=tat-ca")
            asked = running.api.get("/api/v1/cases?limit=1", headers=key)
            signed = running.browser().sign_in(running.account())
        finally:
            owner.execute("GRANT EXECUTE ON FUNCTION access_recorded TO access")
    assert (opened.status_code, asked.status_code) == (503, 503)
    assert "nhật ký" in words(opened)
    assert signed.status_code >= 500
    assert COOKIE not in signed.headers.get("set-cookie", "")
