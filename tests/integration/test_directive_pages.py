"""Who may see, order and answer on the pages of directives, and what is said of what is wrong."""

import re
from html import unescape

import httpx

from dashboards.access import addresses
from infra.endpoints import DatabaseUrls
from tests.integration.screens_served import Client, screens_served, words

NEW = f"{addresses.NEW_DIRECTIVE}?don-vi=26041&so=overdue&bao-nhieu=62"


def fields(page: httpx.Response) -> dict[str, str]:
    """What the first form of a page holds in hidden fields."""
    inside = page.text.partition("<form")[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inside)
    return {name: unescape(value) for name, value in found}


async def sent(who: Client, path: str, given: dict[str, str]) -> httpx.Response:
    return await who.ask("POST", path, given)


async def test_who_may_see_and_order_and_answer(database: DatabaseUrls) -> None:
    async with screens_served(database) as served:
        people = {
            role: await served.signed_in(role.replace("_", "."), role, units)
            for role, units in (
                ("leader", ()),
                ("duty_officer", ()),
                ("auditor", ()),
                ("administrator", ()),
                ("unit_officer", ("26041",)),
            )
        }
        for role, who in people.items():
            sees = role != "administrator"
            assert (await who.get(addresses.DIRECTIVES)).status_code == (200 if sees else 403), role
            assert (await who.get(addresses.DIRECTIVE_BEAT)).status_code == (200 if sees else 403), role
            orders = role in ("leader", "duty_officer")
            form = {"don-vi": "26041", "viec-lam": "xử lý xong 62 hồ sơ", "han": "2090-11-25", "viec": "gui"}
            form |= {"lenh": "0d2b6f6e-3f67-4e58-9c1c-00000000000" + str(len(role) % 10)}
            assert (await who.get(NEW)).status_code == (200 if orders else 403), role
            assert (await sent(who, addresses.NEW_DIRECTIVE, form)).status_code == (303 if orders else 403), role
            answer = {"viec": "accepted", "ma": "cd-none/26041", "sau": "1", "lenh": form["lenh"]}
            assert (await sent(who, addresses.ONE_DIRECTIVE, answer)).status_code == 403, role
        assert (await served.client().get(addresses.DIRECTIVES)).status_code == 303
        assert served.rows("SELECT count(*), count(DISTINCT unit) FROM action_outbox") == [(2, 1)]
        assert [what for _, what, _ in served.deeds() if what in ("directed", "answered")] == ["directed"] * 2
        cross = {"Cookie": f"__Host-ioc={people['leader'].cookies['__Host-ioc']}", "Sec-Fetch-Site": "cross-site"}
        assert (await served.http.post(addresses.NEW_DIRECTIVE, data=form, headers=cross)).status_code == 403


async def test_it_is_read_back_and_sent_once_and_what_is_wrong_is_said_without_repeating_it(
    database: DatabaseUrls,
) -> None:
    async with screens_served(database) as served:
        leader = await served.signed_in("lanh.dao", "leader")
        page = await leader.get(NEW)
        assert "xử lý xong 62 hồ sơ quá hạn" in page.text
        typed = fields(page) | {
            "don-vi": "26041",
            "viec-lam": "xử lý xong 62 hồ sơ",
            "han": "2090-11-25",
            "kiem": "overdue",
        }
        for wrong, said in (
            ({"viec-lam": "xem CCCD 075088001234"}, "số định danh"),
            ({"han": "2020-01-01"}, "sau lúc này"),
            ({"han": "", "ngay": "x"}, "Chọn hạn"),
            ({"don-vi": ""}, "Chọn đơn vị"),
            ({"viec-lam": " "}, "Viết việc"),
        ):
            for step in ("doc", "gui"):
                answer = await sent(leader, addresses.NEW_DIRECTIVE, typed | wrong | {"viec": step})
                assert (answer.status_code, said in words(answer)) == (422, True), (wrong, words(answer)[:300])
        assert served.rows("SELECT count(*) FROM action_outbox") == [(0,)]

        read = await sent(leader, addresses.NEW_DIRECTIVE, typed | {"viec": "doc"})
        assert "xử lý xong 62 hồ sơ trước 17:00 ngày 25/11/2090. Kiểm bằng số hồ sơ quá hạn: lúc này 0." in words(read)
        for _ in range(2):  # a double tap
            answer = await sent(leader, addresses.NEW_DIRECTIVE, fields(read))
            assert answer.status_code == 303
        assert served.rows("SELECT count(*) FROM action_outbox") == [(1,)]
        one = await leader.get(answer.headers["location"])
        assert "Đang gửi" in words(one)
        assert "lanh.dao" not in str(served.rows("SELECT object FROM access_record WHERE what = 'directed'"))
