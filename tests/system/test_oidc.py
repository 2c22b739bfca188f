"""Signing in by OpenID Connect, with a real Keycloak and its own form."""

import asyncio
import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboards.access import registry
from dashboards.access.provider import SEEN_LATELY, WAIT
from infra.endpoints import DatabaseUrls
from infra.settings import Settings
from tests.conftest import remove_home, temporary_home
from tests.system.keycloak import CLIENT, SECRET, Keycloak, prepare_keycloak
from tests.system.person import Person
from tests.system.signing_in import CENTRE, accounts, centre, refused, told

STATE_SAID = "đã dùng, đã quá 10 phút hoặc bắt đầu ở trình duyệt khác"


@pytest.fixture(scope="session")
def keycloak() -> Iterator[Keycloak]:
    root = temporary_home()
    started = Keycloak(prepare_keycloak(Settings().software), root / "keycloak", CENTRE)
    try:
        started.start()
        yield started
    finally:
        started.kill()
        remove_home(root)


async def test_a_person_is_who_the_province_says(
    database: DatabaseUrls, keycloak: Keycloak, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with centre(database, keycloak), Person(CENTRE) as person:
        page = await person.follow(await person.get("/man-hinh/may-tinh-bang"), "none")
        assert "Đăng nhập bằng tài khoản tỉnh" in page.text
        back = await person.answer_of(await person.begin("/phien"), "lanh.dao")
        entered = await person.get(back, "cross-site")

        assert (entered.status_code, entered.headers["location"]) == (303, "/phien")
        shown = await person.follow(entered)
        assert "Lan Nguyễn" in shown.text
        assert "Lãnh đạo" in shown.text
        assert set(person.own) == {"__Host-ioc"}
    assert accounts(database) == [("Lan Nguyễn", "leader", [])]
    assert [what for what, _ in told(database)] == ["account_made", "signed_in"]
    assert told(database)[-1] == ("signed_in", "oidc")
    secret = {SECRET, _given(back)["code"], person.own["__Host-ioc"]}
    logged = [record.getMessage() for record in caplog.records if record.name != "httpx"]  # the test's own browser
    assert not any(word in line for line in logged for word in secret)


async def test_a_unit_officer_has_the_units_of_his_groups(database: DatabaseUrls, keycloak: Keycloak) -> None:
    async with centre(database, keycloak), Person(CENTRE) as person:
        assert "đơn vị 26041" in (await person.follow(await person.sign_in("can.bo", "/phien"))).text
    assert accounts(database) == [("Cường Nguyễn", "unit_officer", ["26041"])]


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [("khach", "no_role", "chưa được giao vai trò"), ("khong.don-vi", "no_units", "chưa được giao đơn vị")],
)
async def test_without_a_role_or_units_nobody_enters(
    database: DatabaseUrls, keycloak: Keycloak, name: str, reason: str, said: str
) -> None:
    async with centre(database, keycloak), Person(CENTRE) as person:
        answer = await person.sign_in(name)
        assert answer.status_code == 403
        assert said in answer.text
        assert not await person.signed_in()
    assert accounts(database) == []
    assert refused(database) == [f"oidc {reason}"]


async def test_an_answer_enters_once(database: DatabaseUrls, keycloak: Keycloak) -> None:
    async with centre(database, keycloak), Person(CENTRE) as person:
        begun = await person.begin()
        kept = dict(person.own)
        back = await person.answer_of(begun, "lanh.dao")
        assert (await person.get(back, "cross-site")).status_code == 303
        person.own.clear()
        person.own.update(kept)  # as if nobody had told the browser to forget it
        again = await person.get(back, "cross-site")
        assert again.status_code == 400
        assert STATE_SAID in again.text
        assert not await person.signed_in()
    assert refused(database) == ["oidc state"]


async def test_a_code_enters_once_and_by_its_own_beginning_alone(database: DatabaseUrls, keycloak: Keycloak) -> None:
    async with centre(database, keycloak), Person(CENTRE) as person:
        code = _given(await person.answer_of(await person.begin(), "lanh.dao"))["code"]  # never used
        begun = await person.begin()
        state = _given(begun.headers["location"])["state"]
        for _ in range(2):
            answer = await person.get(
                f"/dang-nhap/oidc/ve?code={code}&state={state}&iss={keycloak.issuer}", "cross-site"
            )
            assert answer.status_code == 400
            assert not await person.signed_in()
    assert refused(database) == ["oidc code", "oidc state"]  # another verifier; then the state is used up


async def test_an_answer_is_of_the_browser_that_began(database: DatabaseUrls, keycloak: Keycloak) -> None:
    async with centre(database, keycloak), Person(CENTRE) as one, Person(CENTRE) as other:
        back = await one.answer_of(await one.begin(), "lanh.dao")
        await other.begin()
        for person in (other, Person(CENTRE)):
            async with person:
                answer = await person.get(back, "cross-site")
                assert answer.status_code == 400
                assert STATE_SAID in answer.text
                assert "__Host-ioc" not in person.own
        assert (await one.get(back, "cross-site")).status_code == 303  # who began it has lost nothing
    assert refused(database) == ["oidc state", "oidc state"]


async def test_an_answer_is_good_for_ten_minutes(database: DatabaseUrls, keycloak: Keycloak) -> None:
    late = timedelta()
    async with centre(database, keycloak, lambda: datetime.now(UTC) + late), Person(CENTRE) as person:
        back = await person.answer_of(await person.begin(), "lanh.dao")
        late = timedelta(minutes=10, seconds=1)
        assert STATE_SAID in (await person.get(back, "cross-site")).text
    assert refused(database) == ["oidc state"]


@pytest.mark.parametrize("minutes", [10, -10])
async def test_clocks_that_differ_are_named(database: DatabaseUrls, keycloak: Keycloak, minutes: int) -> None:
    async with (
        centre(database, keycloak, lambda: datetime.now(UTC) + timedelta(minutes=minutes)),
        Person(CENTRE) as person,
    ):
        answer = await person.sign_in("lanh.dao")
        assert answer.status_code == 403
        assert "Đồng hồ của trung tâm và của dịch vụ đăng nhập lệch nhau" in answer.text
    assert refused(database) == ["oidc clock"]


async def test_other_keys_of_the_provider_are_fetched(database: DatabaseUrls, keycloak: Keycloak) -> None:
    async with centre(database, keycloak), Person(CENTRE) as one, Person(CENTRE) as other:
        assert (await one.sign_in("lanh.dao")).status_code == 303
        keycloak.rotate_keys()
        assert (await other.sign_in("lanh.dao")).status_code == 303


async def test_each_sign_in_brings_name_and_role_up_to_date_and_another_role_ends_the_other_sessions(
    database: DatabaseUrls, keycloak: Keycloak
) -> None:
    async with centre(database, keycloak), Person(CENTRE) as before, Person(CENTRE) as after:
        keycloak.give_role("doi.vai", "ioc-lanh-dao")
        keycloak.rename("doi.vai", "Đông")
        assert (await before.sign_in("doi.vai")).status_code == 303
        assert accounts(database) == [("Đông Nguyễn", "leader", [])]
        keycloak.rename("doi.vai", "Đào")
        assert (await after.sign_in("doi.vai")).status_code == 303
        assert await before.signed_in()  # the same role: both go on
        assert accounts(database) == [("Đào Nguyễn", "leader", [])]

        keycloak.take_role("doi.vai", "ioc-lanh-dao")
        keycloak.give_role("doi.vai", "ioc-truc-ban")
        assert (await after.sign_in("doi.vai")).status_code == 303
        assert not await before.signed_in()
        assert accounts(database) == [("Đào Nguyễn", "duty_officer", [])]

        keycloak.take_role("doi.vai", "ioc-truc-ban")
        assert (await before.sign_in("doi.vai")).status_code == 403
        assert not await before.signed_in()
        assert not await after.signed_in()
    assert [what for what, _ in told(database)].count("account_changed") == 1


async def test_what_an_operator_decided_stays(database: DatabaseUrls, keycloak: Keycloak) -> None:
    subject, now = keycloak.id_of("khach"), datetime.now(UTC)
    registry.add_provided(database.migrate, keycloak.issuer, subject, "Khách", "auditor", (), now, by="test")
    async with centre(database, keycloak), Person(CENTRE) as person:
        assert (await person.sign_in("khach")).status_code == 303
        assert accounts(database) == [("Khoa Nguyễn", "auditor", [])]

        change = partial(registry.change_account, database.migrate, subject, now, by="test", issuer=keycloak.issuer)
        change(disabled=True)
        answer = await person.sign_in("khach")
        assert answer.status_code == 403
        assert "đã bị khóa" in answer.text
        assert refused(database) == ["oidc disabled"]

        change(disabled=False)
        assert (await person.sign_in("khach")).status_code == 303
        change(role=registry.BY_PROVIDER)
        assert "chưa được giao vai trò" in (await person.sign_in("khach")).text


async def test_a_session_from_before_is_not_taken_over(database: DatabaseUrls, keycloak: Keycloak) -> None:
    async with centre(database, keycloak), Person(CENTRE) as attacker, Person(CENTRE) as person:
        assert (await attacker.sign_in("can.bo")).status_code == 303
        planted = attacker.own["__Host-ioc"]
        person.own["__Host-ioc"] = planted
        assert (await person.sign_in("lanh.dao")).status_code == 303
        assert person.own["__Host-ioc"] != planted
        assert not await attacker.signed_in()


async def test_signing_out_leads_to_the_end_of_the_providers_session(
    database: DatabaseUrls, keycloak: Keycloak
) -> None:
    async with centre(database, keycloak), Person(CENTRE) as person:
        assert (await person.sign_in("lanh.dao")).status_code == 303
        left = await person.post("/dang-xuat")
        assert not await person.signed_in()
        there = left.headers["refresh"].partition("url=")[2]
        assert there.startswith(f"{keycloak.issuer}/protocol/openid-connect/logout?client_id={CLIENT}&")
        assert (await person.get(there, "cross-site")).status_code == 200  # it asks, and knows the way back


async def test_a_session_that_the_provider_ends_ends_here(database: DatabaseUrls, keycloak: Keycloak) -> None:
    async with centre(database, keycloak), Person(CENTRE) as one, Person(CENTRE) as other:
        assert (await one.sign_in("lanh.dao")).status_code == 303
        assert (await other.sign_in("can.bo")).status_code == 303
        await asyncio.to_thread(keycloak.end_sessions, "lanh.dao")
        assert not await one.signed_in()
        assert await other.signed_in()
        assert (await other.post("/dang-nhap/oidc/ra", logout_token="x")).status_code == 400
        assert await other.signed_in()
    assert told(database)[-1] == ("session_ended", "oidc 1")


async def test_a_provider_that_is_away_takes_nothing_else_along(database: DatabaseUrls, keycloak: Keycloak) -> None:
    """The last: afterwards the provider is another, with other keys."""
    given = registry.add_account(database.migrate, "truc.ban", "Trực", "duty_officer", (), datetime.now(UTC), by="test")
    async with (
        centre(database, keycloak),
        Person(CENTRE) as inside,
        Person(CENTRE) as one,
        Person(CENTRE) as other,
        Person(CENTRE) as local,
    ):
        assert (await inside.sign_in("lanh.dao")).status_code == 303
        ways = [(person, await person.answer_of(await person.begin(), "can.bo")) for person in (one, other)]

        with keycloak.hanging():
            await _told_that_it_is_away(one, ways[0][1])
            await asyncio.sleep(SEEN_LATELY)
            await _told_that_it_is_away(local, "/dang-nhap/oidc")
        keycloak.kill()
        await _told_that_it_is_away(other, ways[1][1])
        await _told_that_it_is_away(local, "/dang-nhap/oidc?tiep=/phien")

        assert await inside.signed_in()
        assert (await local.post("/dang-nhap", ten="truc.ban", **{"mat-khau": given})).status_code == 303
        assert (await inside.post("/dang-xuat")).status_code in (200, 303)
        assert not await inside.signed_in()
    async with centre(database, keycloak), Person(CENTRE) as person:
        await _told_that_it_is_away(person, "/dang-nhap/oidc")  # a centre that never saw it
        await asyncio.to_thread(keycloak.start)
        assert (await person.sign_in("lanh.dao")).status_code == 303
    assert set(refused(database)) == {"oidc provider_away"}


async def _told_that_it_is_away(person: Person, address: str) -> None:
    begun = time.monotonic()
    answer = await person.get(address, "cross-site")
    assert time.monotonic() - begun < WAIT + 3
    assert answer.status_code == 503
    assert "Không hỏi được dịch vụ đăng nhập của tỉnh" in answer.text
    assert 'name="mat-khau"' in answer.text
    assert "__Host-ioc" not in person.own


def _given(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
