"""Who may see, give and end holding orders on their pages; each is read back, sent once, and the second is told."""

import asyncio
import re
from html import unescape

import httpx
import psycopg

from dashboards.access import addresses
from infra.endpoints import DatabaseUrls
from tests.integration.held_back import Folding, find
from tests.integration.screens_served import Client, screens_served, words

ACCOUNT, UNIT = "cb.26041.03", "26041"
NEW = f"{addresses.NEW_HOLD}?phat-hien=f1"
ID = "0d2b6f6e-3f67-4e58-9c1c-00000000000"


def fields(page: httpx.Response) -> dict[str, str]:
    """What the first form of a page holds in hidden fields."""
    inside = page.text.partition("<form")[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inside)
    return {name: unescape(value) for name, value in found}


async def read_back(who: Client, **chosen: str) -> httpx.Response:
    form = fields(await who.get(NEW)) | {"cach": "stop", "phut": "60"} | chosen
    return await who.ask("POST", addresses.NEW_HOLD, form)


async def test_who_may_see_give_and_end_an_order(database: DatabaseUrls) -> None:
    find(database, "f1", ACCOUNT)
    find(database, "f2", "", scope="province", unit="")
    async with screens_served(database) as served, Folding.over(database) as folding:
        people = {
            role: await served.signed_in(role.replace("_", "."), role, (UNIT,) if role == "unit_officer" else ())
            for role in ("unit_officer", "administrator", "auditor", "duty_officer", "leader")
        }
        for number, (role, who) in enumerate(people.items()):
            sees, orders = role in ("auditor", "duty_officer", "leader"), role in ("duty_officer", "leader")
            for path in (addresses.HOLDS, addresses.HOLD_BEAT):
                assert (await who.get(path)).status_code == (200 if sees else 403), (role, path)
            form = {"phat-hien": "f1", "sau": "0", "cach": "stop", "phut": "60", "viec": "gui", "lenh": f"{ID}{number}"}
            sent = await who.ask("POST", addresses.NEW_HOLD, form)
            assert sent.status_code == ({"duty_officer": 303, "leader": 409}.get(role, 403)), (role, words(sent))
            if role == "leader":
                assert "Người duty.officer đã ra lệnh cho đối tượng này trước bạn" in words(sent)
            assert (await who.get(f"{addresses.NEW_HOLD}?phat-hien=f2")).status_code == 403, "nobody holds the province"
            if not orders:
                assert (await who.get(NEW)).status_code == 403, role
                lifted = {"ma": "giu-a-0", "lenh": f"{ID}{number}"}
                assert (await who.ask("POST", addresses.ONE_HOLD, lifted)).status_code == 403, role
        assert (await served.client().get(addresses.HOLDS)).status_code == 303
        assert [what for _, what, _ in served.deeds() if what in ("held_back", "directed")] == ["held_back"]
        async with asyncio.timeout(30):  # refusals are counted, and written together
            while "holds" not in [of for _, what, of in served.deeds() if what == "refused"]:  # noqa: ASYNC110
                await asyncio.sleep(0.2)

        assert await folding.fold(database) == 1
        subject = str(served.rows("SELECT subject FROM subject_state WHERE domain = 'hold'")[0][0])
        one = await people["auditor"].get(f"{addresses.ONE_HOLD}?ma={subject}")
        assert ("CHỜ MÁY NHẬN" in words(one), "Kết thúc sớm" in words(one)) == (True, False)
        given = await people["leader"].get(NEW)
        assert (given.status_code, given.headers["location"]) == (303, f"{addresses.ONE_HOLD}?ma={subject}")
        ends = [await people[who].post(addresses.ONE_HOLD, ma=subject, lenh=f"{ID}{7 + n}") for n, who in
                enumerate(("leader", "duty_officer"))]  # fmt: skip
        assert [answer.status_code for answer in ends] == [303, 409]
        assert "Người leader đã kết thúc lệnh này trước bạn" in words(ends[1])
        with psycopg.connect(database.units) as units:
            units.execute("SELECT set_config('ioc.units', %s, false)", [UNIT])
            for table in ("subject_state", "subject_event", "subject_history", "action_outbox"):
                hidden = units.execute(f"SELECT count(*) FROM {table} WHERE domain = 'hold'".encode()).fetchone()  # noqa: S608
                assert hidden == (0,), f"{table}: an officer of the unit reads no account's name there"


async def test_it_is_read_back_and_sent_once_and_whom_it_holds_the_guards_finding_says(database: DatabaseUrls) -> None:
    find(database, "f1", ACCOUNT)
    async with screens_served(database) as served:
        officer = await served.signed_in("truc.ban", "duty_officer")
        page = await officer.get(NEW)
        assert f"Tài khoản {ACCOUNT}" in words(page)
        assert re.search(r'value="stop" checked', page.text), "what the finding proposes"
        assert "Bộ gửi lệnh đang im lặng" in words(page)
        for wrong, said in (
            ({"cach": ""}, "chọn cách giữ"),
            ({"phut": "7"}, "chọn trong bao lâu"),
            ({"phut": "x"}, "bao lâu"),
        ):
            answer = await read_back(officer, **wrong)
            assert (answer.status_code, said in words(answer)) == (422, True), words(answer)

        read = await read_back(officer, key="somebody.else", scope="province")
        sentence = rf"Tạm dừng tra cứu của tài khoản {ACCOUNT}, .*, đến \d\d:\d\d ngày \d\d/\d\d/\d{{4}}\."
        assert re.search(sentence, words(read))
        for when in ("2020-01-01T00:00:00+00:00", "2090-01-01T00:00:00+00:00"):
            late = await officer.ask("POST", addresses.NEW_HOLD, fields(read) | {"den": when})
            assert (late.status_code, "trong vòng 24 giờ" in words(late)) == (422, True)
        assert served.rows("SELECT count(*) FROM action_outbox") == [(0,)]
        for _ in range(2):  # a double tap
            answer = await officer.ask("POST", addresses.NEW_HOLD, fields(read))
            assert answer.status_code == 303
        told = served.rows("SELECT event::jsonb -> 'data' ->> 'key', kind, unit FROM action_outbox")
        assert told == [(ACCOUNT, "ordered", "")]
        assert "Đang gửi" in words(await officer.get(answer.headers["location"]))
        assert ACCOUNT not in str(served.deeds())

        with psycopg.connect(database.streams) as conn:
            conn.execute("INSERT INTO hold_receiver (known, seen_at) VALUES (false, clock_timestamp())")
        async with Folding.over(database) as folding:
            await folding.fold(database)
        one = await officer.get(answer.headers["location"])
        assert "Chưa đặt máy nhận" in words(one)
        assert "Gọi điện" in words(one)
