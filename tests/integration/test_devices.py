"""Screens on walls: how one is let in, what it may see, what it survives, and how it ends."""

import asyncio
import re
import time
from datetime import timedelta

import httpx
import pytest

from dashboards import stream
from dashboards.access import addresses, pairings, registry
from dashboards.access.access import COOKIE
from dashboards.access.screen_pairing import PAIRING_COOKIE
from dashboards.access.sign_in import FAILURES_BY_NAME
from dashboards.access.tokens import CODE_LETTERS
from dashboards.screens import nav
from infra.endpoints import DatabaseUrls
from tests.integration.screens_served import Client, Served, TestClock, screens_served, words

WALL, OTHER, FIRST = "/man-hinh/ho-so", "/man-hinh/tra-cuu", "/man-hinh/can-chi-dao"
STREAM, OTHER_STREAM = "/man-hinh/dong?man=ho-so", "/man-hinh/dong?man=tra-cuu"


def code_on(answer: httpx.Response) -> str:
    found = re.search(r'aria-label="Mã ghép (\w{4}) (\w{4})"', answer.text)
    assert found is not None, answer.text
    return found[1] + found[2]


async def let_in(served: Served, screen: Client, name: str = "Phòng họp 1", *walls: str) -> str:
    """Pairs it, and says to which address it was led."""
    code = code_on(await screen.get(addresses.PAIRING))
    manager = await served.signed_in("quan.tri", "administrator")
    chosen = {f"man-{wall}": "1" for wall in walls}
    answer = await manager.post(addresses.DEVICES, viec="ghep", ma=code, ten=name, **chosen)
    assert answer.status_code == 303, words(answer)
    answer = await screen.post(addresses.PAIRING)
    assert answer.status_code == 200, answer.text
    to: str = answer.json()["to"]
    return to


async def test_a_screen_shows_a_code_and_is_led_to_its_wall_once_that_is_confirmed(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        screen, manager = served.client(), await served.signed_in("quan.tri", "administrator")
        page = await screen.get(addresses.PAIRING)
        code = code_on(page)
        assert set(code) <= set(CODE_LETTERS)
        assert "Chrome, Linux, 127.0.0.1" in words(page)
        assert code_on(await screen.get(addresses.PAIRING)) == code, "the same after a reload"
        assert (await screen.post(addresses.PAIRING)).status_code == 202
        found = await manager.post(addresses.DEVICES, viec="tim", ma=f" {code[:4].lower()}-{code[4:].lower()}")
        assert "Từ địa chỉ 127.0.0.1, trình duyệt Chrome, Linux" in words(found)
        assert (await screen.post(addresses.PAIRING)).status_code == 202, "seen is not yet let in"
        answer = await manager.post(addresses.DEVICES, viec="ghep", ma=code, ten="Phòng họp 1", man_tra_cuu="1")
        assert answer.status_code == 303
        answer = await screen.post(addresses.PAIRING)
        assert (answer.status_code, answer.json()) == (200, {"to": OTHER})
        assert PAIRING_COOKIE not in screen.cookies
        for part in ("Max-Age=34560000", "HttpOnly", "Secure", "Path=/"):
            assert part in screen.set[COOKIE]
        assert (await screen.get(OTHER)).status_code == 200
        assert (await screen.get(addresses.PAIRING)).headers["location"] == OTHER
        assert f"Phòng họp 1 {nav.title('tra-cuu')} 127.0.0.1 vừa xong" in words(await manager.get(addresses.DEVICES))
        assert ("account", "device_paired", "Phòng họp 1") in served.deeds()


async def test_neither_code_nor_claim_nor_token_is_kept_or_stands_in_an_address(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        screen = served.client()
        code = code_on(await screen.get(addresses.PAIRING))
        claim = screen.cookies[PAIRING_COOKIE]
        to = await let_in(served, screen)
        kept = str(served.rows("SELECT to_jsonb(p)::text FROM access_pairing p"))
        kept += str(served.rows("SELECT to_jsonb(c)::text FROM access_credential c")) + str(served.deeds())
        for secret in (code, claim, screen.cookies[COOKIE]):
            assert secret not in kept
            assert secret not in to


async def test_who_knows_the_code_alone_gets_nothing(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        screen, thief = served.client(), served.client()
        code = code_on(await screen.get(addresses.PAIRING))
        manager = await served.signed_in("quan.tri", "administrator")
        await manager.post(addresses.DEVICES, viec="ghep", ma=code, ten="Phòng họp 1")
        for claim in (None, code, "0" * 43):
            thief.cookies = {} if claim is None else {PAIRING_COOKIE: claim}
            answer = await thief.post(addresses.PAIRING, ma=code)
            assert answer.status_code in (400, 410)
            assert COOKIE not in thief.cookies
        assert (await screen.post(addresses.PAIRING)).status_code == 200


async def test_a_lost_answer_is_given_again_and_a_code_is_confirmed_once(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        screen, late = served.client(), served.client()
        code = code_on(await screen.get(addresses.PAIRING))
        late.cookies = dict(screen.cookies)
        await let_in(served, screen)
        assert (await late.post(addresses.PAIRING)).status_code == 200
        assert late.cookies[COOKIE] == screen.cookies[COOKIE]
        assert served.rows("SELECT count(*) FROM access_credential WHERE kind = 'device'") == [(1,)]
        manager = await served.signed_in("quan.tri", "administrator")
        again = await manager.post(addresses.DEVICES, viec="ghep", ma=code, ten="Phòng khác")
        assert again.status_code == 404


async def test_a_code_is_worth_nothing_after_ten_minutes_and_the_screen_shows_another(database: DatabaseUrls) -> None:
    clock = TestClock()
    async with screens_served(database, clock) as served:
        screen, manager = served.client(), await served.signed_in("quan.tri", "administrator")
        code = code_on(await screen.get(addresses.PAIRING))
        clock.ahead = pairings.WAITS
        answer = await manager.post(addresses.DEVICES, viec="ghep", ma=code, ten="Phòng họp 1")
        assert answer.status_code == 404
        assert (await screen.post(addresses.PAIRING)).status_code == 410
        assert code_on(await screen.get(addresses.PAIRING)) != code


async def test_guessing_codes_has_an_end_and_so_has_waiting(
    database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairings, "MOST_FROM_ADDRESS", 3)
    async with screens_served(database) as served:
        screen, manager = served.client(), await served.signed_in("quan.tri", "administrator")
        code = code_on(await screen.get(addresses.PAIRING))
        for _ in range(FAILURES_BY_NAME):
            assert (await manager.post(addresses.DEVICES, viec="tim", ma="ACDEFHJK")).status_code == 404
        answer = await manager.post(addresses.DEVICES, viec="ghep", ma=code, ten="Phòng họp 1")
        assert answer.status_code == 429, "also of the right code"
        answers = [await served.client().get(addresses.PAIRING) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 503]


async def test_a_screen_sees_its_walls_and_nothing_else(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        screen = served.client()
        await let_in(served, screen, "Phòng họp 1", "ho-so")
        assert "id:" in await screen.streamed(STREAM, "id:")
        assert (await screen.streamed(OTHER_STREAM, "id:")).startswith("403")
        assert (await screen.streamed("/man-hinh/dong?man=may-tinh-bang", "id:")).startswith("403")
        page = await shown(screen, WALL)
        assert "wall-lead" in page
        for path in (OTHER, "/man-hinh/danh-sach/x", "/man-hinh/ho-so/H19.26-240101-0001", "/man-hinh/may-tinh-bang"):
            page = (await screen.get(path)).text
            assert "không được mở trang này" in page
            refused = await shown(screen, path)
            assert "Trang không mở được" in refused
            assert "wall-lead" not in refused
        assert (await screen.get("/man-hinh/mo?so=open")).status_code == 403
        for path in (addresses.DEVICES, addresses.ACCOUNTS, addresses.KEYS):
            assert (await screen.get(path)).status_code == 403


async def test_every_wall_can_be_given_to_a_screen(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        for name in nav.WALLS:
            screen = served.client()
            assert await let_in(served, screen, f"Màn {name}", name) == f"/man-hinh/{name}"
            page = await shown(screen, f"/man-hinh/{name}")
            assert "Trang không mở được" not in page
            live = re.search(r"'data-stream': '([^']+)'", page)
            assert live is not None
            assert "id:" in await screen.streamed(live[1], "id:")


async def test_a_screen_outlives_redeploys_and_months_without_a_touch(database: DatabaseUrls) -> None:
    clock, screen = TestClock(), None
    async with screens_served(database, clock) as served:
        screen = served.client()
        await let_in(served, screen)
        person = await served.signed_in("lanh.dao", "leader")
    clock.ahead = timedelta(days=300)
    async with screens_served(database, clock) as served:
        again, person_again = served.client(), served.client()
        again.cookies, person_again.cookies = screen.cookies, person.cookies
        assert "id:" in await again.streamed(STREAM, "id:")
        assert (await person_again.get(WALL)).headers["location"].startswith(addresses.SIGN_IN)
        assert (await again.get(WALL)).status_code == 200
        assert "Max-Age=34560000" in again.set[COOKIE], "renewed"
        again.set.clear()
        await again.get("/man-hinh/assets/live.js")
        assert COOKIE not in again.set, "files are kept by browsers, and carry no cookie"


async def test_an_open_stream_is_being_seen_and_begins_anew_each_day(
    database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = TestClock()
    async with screens_served(database, clock) as served:
        screen = served.client()
        await let_in(served, screen)
        monkeypatch.setattr(stream, "RENEWED", 6.0)
        watching = asyncio.create_task(screen.streamed(STREAM, "never", 20))
        await asyncio.sleep(1)
        clock.ahead = timedelta(hours=5)
        began = time.monotonic()
        said = await watching
        assert time.monotonic() - began < 12
        assert "event: ended" not in said
        assert "id:" in said
        await asyncio.sleep(2.5)
        seen = served.rows("SELECT now() - used_at < '0' FROM access_credential WHERE kind = 'device'")
        assert seen == [(True,)], "by the clock of the test, five hours ahead"


@pytest.mark.parametrize("by", ["page", "command"])
async def test_an_ended_screen_is_told_so_in_its_open_stream_and_sees_nothing_more(
    database: DatabaseUrls, by: str
) -> None:
    async with screens_served(database) as served:
        screen, manager = served.client(), await served.signed_in("quan.tri", "administrator")
        await let_in(served, screen)
        watching = asyncio.create_task(screen.streamed(STREAM, "event: ended", 10))
        await asyncio.sleep(1)
        ended = time.monotonic()
        if by == "page":
            (id_,) = served.rows("SELECT id::text FROM access_credential WHERE kind = 'device'")[0]
            answer = await manager.post(addresses.DEVICES, viec="thu-hoi", man=str(id_))
            assert answer.status_code == 303
        else:
            assert registry.end_device(database.migrate, "Phòng họp 1", served.clock(), by="test") == 1
        assert "event: ended\ndata: /man-hinh-lon" in await watching
        assert time.monotonic() - ended < 5
        assert (await screen.streamed(STREAM, "id:")).startswith("401")
        answer = await screen.get(WALL)
        assert answer.headers["location"] == addresses.PAIRING, "not the page on which people sign in"
        page = await screen.get(addresses.PAIRING)
        assert "Màn hình “Phòng họp 1” đã bị thu hồi" in words(page)
        assert code_on(page)
        assert ("account" if by == "page" else "operator", "device_ended", "Phòng họp 1") in served.deeds()
        assert "Chưa ghép màn hình nào" in words(await manager.get(addresses.DEVICES))
        assert await let_in(served, screen) == FIRST, "the name is free again"


async def test_only_an_administrator_lets_in_and_ends(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        screen = served.client()
        await let_in(served, screen)
        (id_,) = served.rows("SELECT id::text FROM access_credential WHERE kind = 'device'")[0]
        code = code_on(await served.client().get(addresses.PAIRING))
        for subject, role in (("lanh.dao", "leader"), ("kiem.tra", "auditor"), ("truc.ban", "duty_officer")):
            other = await served.signed_in(subject, role)
            assert (await other.get(addresses.DEVICES)).status_code == 403
            assert (await other.post(addresses.DEVICES, viec="ghep", ma=code, ten="X")).status_code == 403
            assert (await other.post(addresses.DEVICES, viec="thu-hoi", man=str(id_))).status_code == 403
        assert (await screen.get(WALL)).status_code == 200
        assert ("account", "refused", addresses.DEVICES) in served.deeds()


async def test_a_browser_that_becomes_a_wall_ends_the_session_that_it_held(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        screen = await served.signed_in("quan.tri", "administrator")
        before = dict(screen.cookies)
        await let_in(served, screen)
        person = served.client()
        person.cookies = before
        assert (await person.get(WALL)).headers["location"].startswith(addresses.SIGN_IN)


async def shown(client: Client, path: str) -> str:
    """What the page at an address is given to show."""
    answer = await client._http.post(
        "/man-hinh/_dash-update-component",
        json={
            "output": "page.children",
            "outputs": {"id": "page", "property": "children"},
            "inputs": [
                {"id": "address", "property": "pathname", "value": path},
                {"id": "address", "property": "search", "value": ""},
            ],
            "changedPropIds": ["address.pathname"],
        },
        headers={"Cookie": f"{COOKIE}={client.cookies[COOKIE]}", "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["response"]["page"]["children"])
