"""Signing in and out, and what ends a session, over the served screens with their gate."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from dashboards.access import addresses, registry
from dashboards.access.access import COOKIE
from dashboards.access.passwords import LONGEST
from dashboards.access.sign_in import FAILURES_BY_NAME, LONGEST_FORM
from infra.endpoints import DatabaseUrls
from tests.integration.screens_served import PASSWORD, Client, TestClock, screens_served, words

WALL, STREAM = "/man-hinh/ho-so", "/man-hinh/dong?man=ho-so"
NEW = "con-bo-vang-tren-doi-2"


async def shows(client: Client) -> bool:
    """Whether the wall opens; else it leads to signing in."""
    answer = await client.get(WALL)
    if answer.status_code == 200:
        return True
    assert answer.headers["location"] == f"{addresses.SIGN_IN}?tiep={WALL}"
    return False


async def test_nobody_sees_anything(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        assert not await shows(served.client())
        for path in (STREAM, "/man-hinh/_dash-layout", "/man-hinh/_dash-dependencies", "/man-hinh/mo?so=accepted"):
            answer = await served.http.get(path)
            assert (answer.status_code, answer.text) == (401, "Chưa đăng nhập, hoặc phiên đã hết."), path
        forged = {"Cookie": f"{COOKIE}=iocd_{'A' * 43}"}
        assert (await served.http.get(STREAM, headers=forged)).status_code == 401
        assert (await served.http.get(STREAM, headers={"Authorization": f"Bearer {'x' * 200}"})).status_code == 401
        assert (await served.http.get(addresses.SIGN_IN)).status_code == 200
        assert (await served.http.get("/healthz")).status_code == 200


async def test_who_signs_in_comes_to_where_he_wanted_to_go(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        await served.signed_in("lanh.dao", "leader")
        for wanted, led in (
            ("/man-hinh/nguon?ky=thang", "/man-hinh/nguon?ky=thang"),
            ("//elsewhere.example/", addresses.DIRECTIVES),
            ("https://elsewhere.example/", addresses.DIRECTIVES),
            ("/\\elsewhere.example", addresses.DIRECTIVES),
            ("", addresses.DIRECTIVES),
        ):
            client = served.client()
            answer = await client.post(addresses.SIGN_IN, ten="lanh.dao", mat_khau=PASSWORD, tiep=wanted)
            assert (answer.status_code, answer.headers["location"]) == (303, led)
            assert await shows(client)
        for said in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert said in client.set[COOKIE]
        await served.signed_in("quan.tri", "administrator")  # who may not read directives comes to the first wall
        answer = await served.client().post(addresses.SIGN_IN, ten="quan.tri", mat_khau=PASSWORD)
        assert answer.headers["location"] == "/man-hinh/can-chi-dao"


async def test_a_wrong_name_a_wrong_password_and_a_disabled_account_are_answered_alike(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        await served.signed_in("co.that", "leader")
        await served.signed_in("bi.khoa", "leader")
        registry.change_account(database.migrate, "bi.khoa", served.clock(), by="test", disabled=True)
        said = set()
        for name, password in (("co.that", "sai"), ("khong.co", PASSWORD), ("bi.khoa", PASSWORD), ("", "")):
            answer = await served.client().post(addresses.SIGN_IN, ten=name, mat_khau=password)
            assert (answer.status_code, COOKIE in answer.headers.get("set-cookie", "")) == (401, False)
            said.add(words(answer))
        assert len(said) == 1
        deeds = [what for _, what, _ in served.deeds()]
        assert deeds.count("not_signed_in") >= 3


async def test_who_guesses_waits_and_is_let_in_afterwards(database: DatabaseUrls) -> None:
    clock = TestClock()
    async with screens_served(database, clock) as served:
        await served.signed_in("lanh.dao", "leader")
        for _ in range(FAILURES_BY_NAME):
            await served.client().post(addresses.SIGN_IN, ten="Lanh.Dao", mat_khau="sai")
        answer = await served.client().post(addresses.SIGN_IN, ten="lanh.dao", mat_khau=PASSWORD)
        assert (answer.status_code, "thử lại sau 15 phút" in words(answer)) == (429, True)
        await served.signed_in("nguoi.khac", "leader")
        clock.ahead += timedelta(minutes=16)
        await served.signed_in("lanh.dao", "leader")


async def test_what_is_too_long_or_comes_from_another_page_is_refused(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        client = await served.signed_in("lanh.dao", "leader")
        answer = await served.client().post(addresses.SIGN_IN, ten="lanh.dao", mat_khau="x" * LONGEST_FORM)
        assert answer.status_code == 413
        answer = await served.client().post(addresses.SIGN_IN, ten="lanh.dao", mat_khau="x" * (LONGEST + 1))
        assert answer.status_code == 401
        cookie = {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
        for said in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://elsewhere.example"},
            {"Origin": "null"},
            {},
        ):
            answer = await served.http.post(addresses.SIGN_OUT, headers=cookie | said)
            assert answer.status_code == 403, said
        assert await shows(client)


async def test_a_session_that_was_there_before_is_not_taken_over(database: DatabaseUrls) -> None:
    """Session fixation: what a browser brought along is worth nothing afterwards."""
    async with screens_served(database) as served:
        victim, attacker = served.client(), await served.signed_in("ke.gian", "leader")
        victim.cookies[COOKIE] = planted = attacker.cookies[COOKIE]
        await victim.post(addresses.SIGN_IN, ten="ke.gian", mat_khau=PASSWORD)
        assert victim.cookies[COOKIE] != planted
        assert await shows(victim)
        assert not await shows(attacker), "the session that was brought along has ended"


async def test_signing_out_ends_this_session_and_no_other(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        wall, tablet = await served.signed_in("lanh.dao", "leader"), await served.signed_in("lanh.dao", "leader")
        stolen = wall.cookies[COOKIE]
        answer = await wall.post(addresses.SIGN_OUT)
        assert (answer.status_code, answer.headers["location"]) == (303, addresses.SIGN_IN)
        assert COOKIE not in wall.cookies
        wall.cookies[COOKIE] = stolen
        assert not await shows(wall)
        assert await shows(tablet)


async def test_its_owner_ends_a_stolen_session_and_all_others(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        mine, thief = await served.signed_in("lanh.dao", "leader"), served.client()
        other = await served.signed_in("lanh.dao", "leader")
        stranger = await served.signed_in("nguoi.khac", "leader")
        thief.cookies[COOKIE] = other.cookies[COOKIE]
        assert await shows(thief)
        page = await mine.get(addresses.SESSIONS)
        assert words(page).count("Chrome, Linux") == 2
        session = page.text.split('name="phien" value="')[1].split('"')[0]
        assert (await stranger.post(addresses.SESSIONS, phien=session)).status_code == 404, "not his to end"
        assert await shows(thief)
        assert (await mine.post(addresses.SESSIONS, phien="khac")).status_code == 303
        assert not await shows(thief)
        assert await shows(mine)
        assert await shows(stranger)


async def test_a_session_ends_by_idleness_and_in_any_case(database: DatabaseUrls) -> None:
    """A page that asks by itself (the stream) does not keep it alive."""
    clock = TestClock()
    async with screens_served(database, clock) as served:
        idle, busy = await served.signed_in("lanh.dao", "leader"), await served.signed_in("truc.ban", "duty_officer")
        for _ in range(13):
            clock.ahead += timedelta(minutes=50)
            await idle.streamed(STREAM, "data:")
            if clock.ahead > timedelta(hours=12):
                break
            assert await shows(busy)
            assert await shows(idle) is (clock.ahead < timedelta(hours=1))
            if clock.ahead < timedelta(hours=1):
                clock.ahead += timedelta(minutes=61)
                assert not await shows(idle)
                busy = await served.signed_in("truc.ban", "duty_officer")
        clock.ahead += timedelta(hours=12)
        assert not await shows(busy)


@pytest.mark.parametrize("change", ["role", "disabled", "password"])
async def test_a_changed_account_empties_its_open_screens(database: DatabaseUrls, change: str) -> None:
    """Within seconds, the open stream included, and whoever changed it in whichever process."""
    async with screens_served(database) as served:
        client = await served.signed_in("lanh.dao", "leader")
        stream = asyncio.create_task(client.streamed(STREAM, "event: ended", within=20))
        await asyncio.sleep(1)
        began = time.monotonic()
        changed: dict[str, object] = {"role": "auditor"} if change == "role" else {change: True}
        registry.change_account(database.migrate, "lanh.dao", datetime.now(UTC), by="test", **changed)  # type: ignore[arg-type]
        assert "event: ended" in await stream
        assert time.monotonic() - began < 10
        assert not await shows(client)


async def test_a_given_password_has_to_be_changed_before_anything_is_seen(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        given = registry.add_account(database.migrate, "moi", "Người mới", "leader", (), served.clock(), by="test")
        client = served.client()
        answer = await client.post(addresses.SIGN_IN, ten="moi", mat_khau=given)
        assert answer.headers["location"] == addresses.PASSWORD
        for path in (WALL, STREAM, addresses.SESSIONS):
            assert (await client.get(path)).headers["location"] == addresses.PASSWORD, path
        for old, new, again, said in (
            ("sai", NEW, NEW, "Mật khẩu hiện nay không đúng"),
            (given, NEW, NEW + "x", "khác nhau"),
            (given, "ngan", "ngan", "ngắn hơn 12 ký tự"),
            (given, "0123456789012", "0123456789012", "dễ đoán"),
            (given, given, given, "trùng mật khẩu cũ"),
        ):
            answer = await client.post(addresses.PASSWORD, cu=old, moi=new, lai=again)
            assert (answer.status_code, said in words(answer)) == (422, True), said
            assert old not in answer.text
        assert (await client.post(addresses.PASSWORD, cu=given, moi=NEW, lai=NEW)).status_code == 303
        assert await shows(client)
        assert (await served.client().post(addresses.SIGN_IN, ten="moi", mat_khau=given)).status_code == 401
        assert (await served.client().post(addresses.SIGN_IN, ten="moi", mat_khau=NEW)).status_code == 303


async def test_secrets_are_kept_as_hashes_and_said_nowhere(
    database: DatabaseUrls, caplog: pytest.LogCaptureFixture
) -> None:
    async with screens_served(database) as served:
        client = await served.signed_in("lanh.dao", "leader")
        await served.client().post(addresses.SIGN_IN, ten=PASSWORD, mat_khau="sai")  # typed into the wrong field
        kept = "".join(
            str(served.rows(f"SELECT to_jsonb(t)::text FROM {table} t"))  # noqa: S608
            for table in ("access_account", "access_credential", "access_attempt", "access_record")
        )
    for secret in (PASSWORD, client.cookies[COOKIE]):
        assert secret not in kept
        assert secret not in caplog.text
    assert "$argon2id$" in kept


async def test_a_key_opens_no_screen_and_a_session_is_no_key(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        client = await served.signed_in("lanh.dao", "leader")
        key = registry.add_key(database.migrate, "bao-cao", (), (), timedelta(days=1), served.clock(), by="test")
        thief = served.client()
        thief.cookies[COOKIE] = key
        assert not await shows(thief)
        session = {"Authorization": f"Bearer {client.cookies[COOKIE]}"}
        assert (await served.http.get(STREAM, headers=session)).status_code == 401
