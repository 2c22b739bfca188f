"""The administrator's pages: what he may do on them, what stays on record, and what he may not."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dashboards.access import addresses
from dashboards.access.access import COOKIE
from dashboards.access.fit_access import KEY_USUAL, OVERLAP
from infra.cli.source_registry import add_source
from infra.endpoints import DatabaseUrls
from schemas.access_token import SOURCE_PREFIX
from tests.integration.screens_served import PASSWORD, Client, Served, TestClock, screens_served, words

WALL = "/man-hinh/ho-so"
PAGES = (addresses.DEVICES, addresses.ACCOUNTS, addresses.KEYS)


def secret_on(answer: httpx.Response) -> str:
    found = re.search(r'<p class="secret">([^<]+)</p>', answer.text)
    assert found is not None, words(answer)
    assert answer.headers["cache-control"] == "no-store"
    return found[1]


def key_ids(page: httpx.Response) -> list[str]:
    return re.findall(r'name="viec" value="ket-thuc"><input type="hidden" name="khoa" value="([^"]+)"', page.text)


async def signs_in(served: Served, subject: str, password: str) -> str | None:
    """Where a sign-in leads; ``None`` where it is refused."""
    answer = await served.client().post(addresses.SIGN_IN, ten=subject, mat_khau=password)
    location: str | None = answer.headers.get("location")
    return location


async def change(manager: Client, what: str, subject: str, **more: str) -> httpx.Response:
    return await manager.post(addresses.ACCOUNTS, viec=what, ten=subject, noi="", **more)


async def test_only_an_administrator_sees_and_does_anything_there(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        for path in PAGES:
            assert (await manager.get(path)).status_code == 200
        assert (await manager.get(addresses.ADMINISTRATION)).headers["location"] == addresses.DEVICES
        roles = (("lanh.dao", "leader"), ("truc.ban", "duty_officer"), ("kiem.tra", "auditor"))
        others = [await served.signed_in(subject, role) for subject, role in roles]
        others.append(await served.signed_in("can.bo", "unit_officer", ("26041",)))
        for other in others:
            for path in PAGES:
                assert (await other.get(path)).status_code == 403
                for deed in ("them", "vai", "khoa", "mat-khau", "phien", "cap", "doi", "ket-thuc", "ghep", "thu-hoi"):
                    answer = await other.post(path, viec=deed, ten="quan.tri", noi="", vai="leader", ngay="9")
                    assert answer.status_code == 403
        assert (await served.client().get(PAGES[0])).headers["location"].startswith(addresses.SIGN_IN)
        assert served.rows("SELECT count(*) FROM access_credential WHERE kind <> 'session'") == [(0,)]
        assert served.rows("SELECT role, disabled_at FROM access_account WHERE subject = 'quan.tri'") == [
            ("administrator", None)
        ]
        assert next(deed for deed in served.deeds() if deed[1] == "refused") == ("account", "refused", PAGES[0])


async def test_a_form_of_another_site_does_nothing(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        cookie = {"Cookie": f"{COOKIE}={manager.cookies[COOKIE]}", "Accept": "text/html"}
        for site in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://x.vn"}, {}):
            answer = await served.http.post(
                addresses.KEYS, data={"viec": "cap", "ten": "x", "ngay": "9"}, headers=cookie | site
            )
            assert answer.status_code == 403
        assert served.rows("SELECT count(*) FROM access_credential WHERE kind = 'key'") == [(0,)]


async def test_an_account_is_added_signs_in_and_must_change_its_password(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        added = {"ten": "can.bo", "ho_ten": "Cán bộ Trấn Biên", "vai": "unit_officer", "don_vi": "26041, 26068"}
        password = secret_on(await manager.post(addresses.ACCOUNTS, viec="them", **added))
        assert await signs_in(served, "can.bo", password) == addresses.PASSWORD
        page = await manager.get(addresses.ACCOUNTS)
        assert "can.bo Cán bộ Trấn Biên Cán bộ đơn vị 26041, 26068 1 Sửa" in words(page)
        assert password not in page.text
        assert ("account", "account_made", "can.bo") in served.deeds()
        assert password not in str(served.rows("SELECT to_jsonb(a)::text FROM access_account a"))
        for wrong in (
            added,  # there is one
            added | {"ten": "Có Dấu"},
            added | {"ten": "khac", "ho_ten": ""},
            added | {"ten": "khac", "vai": "leader"},  # with units
            added | {"ten": "khac", "don_vi": ""},
            added | {"ten": "khac", "don_vi": "a b"},
            added | {"ten": "khac", "vai": "kiosk"},
        ):
            answer = await manager.post(addresses.ACCOUNTS, viec="them", **wrong)
            assert answer.status_code == 422, words(answer)
            assert "Chưa được:" in words(answer)
        assert served.rows("SELECT count(*) FROM access_account") == [(2,)]


async def test_another_role_a_new_password_and_a_disabling_end_the_sessions(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager, person = (
            await served.signed_in("quan.tri", "administrator"),
            await served.signed_in("lanh.dao", "leader"),
        )
        assert (await person.get(WALL)).status_code == 200
        assert (await change(manager, "vai", "lanh.dao", vai="auditor", don_vi="")).status_code == 303
        assert (await person.get(WALL)).status_code == 303
        person = await served.signed_in("lanh.dao", "auditor")
        password = secret_on(await change(manager, "mat-khau", "lanh.dao"))
        assert (await person.get(WALL)).status_code == 303
        assert await signs_in(served, "lanh.dao", PASSWORD) is None
        assert await signs_in(served, "lanh.dao", password) == addresses.PASSWORD
        await change(manager, "khoa", "lanh.dao")
        assert await signs_in(served, "lanh.dao", password) is None
        assert "đã khóa" in words(await manager.get(addresses.ACCOUNTS))
        await change(manager, "mo", "lanh.dao")
        assert await signs_in(served, "lanh.dao", password) == addresses.PASSWORD
        assert served.deeds().count(("account", "account_changed", "lanh.dao")) == 4


async def test_all_sessions_of_an_account_end_at_once_and_the_account_stays(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        people = [await served.signed_in("lanh.dao", "leader") for _ in range(2)]
        assert (await change(manager, "phien", "lanh.dao")).status_code == 303
        assert [(await person.get(WALL)).status_code for person in people] == [303, 303]
        assert await signs_in(served, "lanh.dao", PASSWORD) == addresses.DIRECTIVES
        assert ("account", "session_ended", "lanh.dao 2") in served.deeds()


async def test_the_last_administrator_stays_one(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        for deed, more in (("khoa", {}), ("vai", {"vai": "leader", "don_vi": ""})):
            answer = await change(manager, deed, "quan.tri", **more)
            assert answer.status_code == 422
            assert "quản trị viên cuối cùng" in words(answer)
        second = await served.signed_in("quan.tri.2", "administrator")
        assert (await change(second, "khoa", "quan.tri")).status_code == 303
        assert (await change(second, "vai", "quan.tri.2", vai="leader", don_vi="")).status_code == 422, "a disabled one"
        assert served.rows(
            "SELECT subject FROM access_account WHERE role = 'administrator' AND disabled_at IS NULL"
        ) == [("quan.tri.2",)]


async def test_a_key_is_made_shown_once_followed_with_an_overlap_and_ended(database: DatabaseUrls) -> None:
    clock = TestClock()
    async with screens_served(database, clock) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        made = {"ten": "bao-cao", "ngay": "30", "don_vi": "26041", "quyen_figures": "1"}
        first = secret_on(await manager.post(addresses.KEYS, viec="cap", **made))
        page = await manager.get(addresses.KEYS)
        assert "bao-cao Số liệu 26041" in words(page)
        assert first not in page.text
        (id_,) = key_ids(page)
        second = secret_on(await manager.post(addresses.KEYS, viec="doi", khoa=id_))
        assert second != first
        rows = served.rows(
            "SELECT name, units, scopes, expires_at - created_at FROM access_credential WHERE kind = 'key'"
            " ORDER BY created_at"
        )
        assert [row[:3] for row in rows] == [("bao-cao", ["26041"], ["figures"])] * 2
        assert rows[1][3] == timedelta(days=30)
        assert OVERLAP <= rows[0][3] < OVERLAP + timedelta(minutes=1)  # type: ignore[operator]
        again = await manager.post(addresses.KEYS, viec="doi", khoa=id_)
        assert again.status_code == 422
        assert "đã có hai khóa" in words(again)
        await manager.post(addresses.KEYS, viec="ket-thuc", khoa=id_)
        left = key_ids(await manager.get(addresses.KEYS))
        assert len(left) == 1
        assert left != [id_]
        deeds = served.deeds()
        assert deeds.count(("account", "key_made", "bao-cao")) == 2
        assert ("account", "key_ended", f"bao-cao {id_}") in deeds
        assert not any(token in str(deeds) for token in (first, second))


async def test_tokens_of_sources_are_listed_followed_and_ended_there_too(database: DatabaseUrls) -> None:
    now = datetime.now(UTC)
    add_source(database.migrate, "mot-cua", "urn:a", ("case.*",), ("H19.26.*",), now, by="test")
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        page = await manager.get(addresses.KEYS)
        assert "Chưa cấp khóa nào." in words(page)
        assert "Khóa của nguồn dữ liệu" in words(page)
        assert "mot-cua case.* H19.26.*" in words(page)
        (id_,) = key_ids(page)
        token = secret_on(await manager.post(addresses.KEYS, viec="doi", khoa=id_))
        assert token.startswith(SOURCE_PREFIX)
        assert (await manager.post(addresses.KEYS, viec="doi", khoa=id_)).status_code == 422
        lives = "SELECT name, role, units, scopes, expires_at - created_at FROM access_credential WHERE kind = 'key'"
        old, new = served.rows(f"{lives} ORDER BY created_at")
        assert old[:4] == new[:4] == ("mot-cua", "source", [], [])
        assert new[4] == KEY_USUAL
        assert OVERLAP <= old[4] < OVERLAP + timedelta(minutes=5)  # type: ignore[operator]
        for one in key_ids(await manager.get(addresses.KEYS)):
            assert (await manager.post(addresses.KEYS, viec="ket-thuc", khoa=one)).status_code == 303
        assert "đã hết; cấp lại: ioc sources rotate mot-cua" in words(await manager.get(addresses.KEYS))
        assert served.rows("SELECT expires_at FROM access_credential WHERE role = 'source' AND ended_at IS NULL") == []
        deeds = served.deeds()
        assert ("account", "key_made", "source mot-cua") in deeds
        assert ("account", "key_ended", f"source mot-cua {id_}") in deeds
        assert token not in str(deeds)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ten": "Có Dấu"},
        {"ngay": "0"},
        {"ngay": "367"},
        {"ngay": "một"},
        {"ngay": "²"},
        {"don_vi": "a b"},
    ],
)
async def test_a_key_that_may_not_be_is_not_made(database: DatabaseUrls, wrong: dict[str, str]) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        form = {"ten": "bao-cao", "ngay": "30", "don_vi": ""} | wrong
        answer = await manager.post(addresses.KEYS, viec="cap", **form)
        assert answer.status_code == 422
        assert served.rows("SELECT count(*) FROM access_credential WHERE kind = 'key'") == [(0,)]


async def test_what_was_typed_comes_back_harmless(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        evil = '"><script>alert(1)</script>'
        for path, form in (
            (addresses.ACCOUNTS, {"viec": "them", "ten": evil, "ho-ten": evil, "vai": evil, "don-vi": evil}),
            (addresses.KEYS, {"viec": "cap", "ten": evil, "don-vi": evil, "ngay": evil}),
            (addresses.DEVICES, {"viec": "tim", "ma": evil}),
        ):
            answer = await manager.post(path, **form)
            assert "<script" not in answer.text
            assert answer.status_code in (404, 422)
        assert "<script" not in (await manager.get(f"{addresses.ACCOUNTS}?ten=%3Cscript%3E")).text


async def test_a_row_that_is_gone_is_said_to_be(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        manager = await served.signed_in("quan.tri", "administrator")
        for path, form in (
            (addresses.ACCOUNTS, {"viec": "khoa", "ten": "ai.do", "noi": ""}),
            (addresses.ACCOUNTS, {"viec": "la", "ten": "quan.tri", "noi": ""}),
            (addresses.KEYS, {"viec": "ket-thuc", "khoa": "x"}),
            (addresses.DEVICES, {"viec": "thu-hoi", "man": "x"}),
        ):
            assert (await manager.post(path, **form)).status_code == 404
