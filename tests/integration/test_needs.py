"""What needs a directive, on the real database: the page of who may direct, of an officer and of others, and that its
numbers are those of the pages to which it leads."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import psycopg

from dashboards.access import addresses
from infra.endpoints import DatabaseUrls
from schemas.topics import ACTIONS
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.screens_served import Client, Served, screens_served, words
from tests.integration.test_store import Rec
from tests.screens import sample, topic_sample

UNIT, OTHERS = "26041", ("26068", "25195", "so-tu-phap")


def filled(database: DatabaseUrls) -> None:
    now = datetime.now(UTC)
    with psycopg.connect(database.migrate, autocommit=True) as conn:
        sample.write(conn, sample.province(now, units=(*OTHERS, UNIT), per_day=90), now)
        topic_sample.fill(database, (*OTHERS, UNIT), now)
        sample.beat(conn, now + timedelta(hours=1))


async def taken(served: Served) -> None:
    """What stands in the outbox, as relay and worker take it."""
    said = [str(row[0]) for row in served.rows("SELECT event FROM action_outbox ORDER BY number")]
    connection = await connect(served.database.streams)
    try:
        store, partition = Store(connection), Partition("cluster", "id-actions", ACTIONS.name, 0)
        await store.begin(partition, 0)
        at = round(datetime.now(UTC).timestamp() * 1000)
        batch = Decoder(ACTIONS).batch([Rec(n, event.encode(), at) for n, event in enumerate(said)])
        assert batch.rejected == []
        await store.apply(partition, 0, len(said), batch)
    finally:
        await connection.close()


def items(page: str) -> list[str]:
    return re.findall(r'<section class="item need">(.*?)</section>', page, re.DOTALL)


def bold_of(item: str) -> str:
    return unescape(re.findall(r"<b>(.*?)</b>", item)[0])


def begins(item: str) -> str:
    """Where its button leads."""
    return unescape(re.findall(r'class="btn first" href="([^"]+)"', item)[0])


async def directs(who: Client, form_at: str) -> None:
    """The form is filled in, is read back, and is sent."""
    given: dict[str, str] = {}
    for _ in range(2):
        page = await who.get(form_at) if not given else await who.ask("POST", addresses.NEW_DIRECTIVE, given)
        form = page.text.partition("<form")[2].partition("</form>")[0]
        inputs = [dict(re.findall(r'(\w[\w-]*)="([^"]*)"', one)) | {"on": " checked" in one} for one in
                  re.findall(r"<input ([^>]*)>", form)]  # fmt: skip
        given = {one["name"]: unescape(one.get("value", "")) for one in inputs if one["type"] == "hidden" or one["on"]}
        given |= {name: unescape(said) for name, said in re.findall(r'name="(\S+)"[^>]*>([^<]*)</textarea>', form)}
        if not given.get("don-vi"):  # nobody is named, so he chooses
            given["don-vi-khac"] = OTHERS[0]
    answer = await who.ask("POST", addresses.NEW_DIRECTIVE, given)
    assert answer.status_code == 303, words(answer)


async def test_each_sees_what_is_his_and_every_number_is_its_list_and_what_is_ordered_sinks(
    database: DatabaseUrls,
) -> None:
    filled(database)
    async with screens_served(database) as served:
        leader = await served.signed_in("lanh.dao", "leader")
        officer = await served.signed_in("can.bo", "unit_officer", (UNIT,))
        auditor = await served.signed_in("kiem.tra", "auditor")
        page = (await leader.get(addresses.DIRECTIVES)).text
        found = items(page)
        assert len(found) == 5
        assert all('class="btn first"' in item and "Trách nhiệm: " in item for item in found)

        followed = 0
        for item in found:
            bold = bold_of(item)
            for address, count in re.findall(r'href="([^"]+)"[^>]*>Xem ([\d.]+) ', item):
                opened = await leader.get(unescape(address))
                assert opened.status_code == 303, address
                opening = opened.headers["location"].rpartition("/")[2]
                ((amount,),) = served.rows("SELECT amount FROM opening WHERE id::text = %s", opening)
                assert (str(amount), bold.split()[0]) == (count, count)
                followed += 1
        assert followed >= 2

        seen = (await auditor.get(addresses.DIRECTIVES)).text
        assert len(items(seen)) == 5
        assert addresses.NEW_DIRECTIVE not in seen
        own = (await officer.get(addresses.DIRECTIVES)).text
        assert addresses.NEW_DIRECTIVE not in own
        assert items(own)
        assert not [unit for unit in OTHERS for item in items(own) if unit in item]

        by_key = next(item for item in found if "ve=" in item)
        await directs(leader, begins(by_key))
        await directs(leader, f"{addresses.NEW_DIRECTIVE}?don-vi={UNIT}&so=overdue&bao-nhieu=3")
        await taken(served)
        after = items((await leader.get(addresses.DIRECTIVES)).text)
        assert len(after) == 5
        assert not [item for item in after if bold_of(item) == bold_of(by_key)], "others wait still"
        mine = items((await officer.get(addresses.DIRECTIVES)).text)
        ordered = [item for item in mine if "hồ sơ quá hạn" in bold_of(item)]
        assert ordered == mine[-1:], "below what nobody has ordered"
        assert "ĐÃ CHỈ ĐẠO" in ordered[0]
        assert "đã chỉ đạo: Người lanh.dao, " in ordered[0]
