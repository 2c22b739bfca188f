"""The record as the auditor and a unit read it, and that what was changed in it is found."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import psycopg
import pytest

from dashboards.access import addresses, registry
from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.record import Deed, Record
from dashboards.access.record_pages import chain_words
from dashboards.access.record_reader import RecordFilter, RecordReader
from dashboards.readers.database import Database
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from tests.integration.sample_province import UNITS, play, tell
from tests.integration.screens_served import screens_served, words

OWN, OTHER = UNITS[0], UNITS[1]
NOW = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
LOGINS = ("streams", "screens", "api", "access", "units")
TRIED = (
    "INSERT INTO access_record VALUES (1, now(), '', '', '', '', '', '{}', 1, '', '', '')",
    "UPDATE access_record SET who = 'another'",
    "DELETE FROM access_record",
    "TRUNCATE access_record",
    "DROP TABLE access_record",
    "ALTER TABLE access_record ADD COLUMN more text",
    "ALTER TABLE access_record DISABLE TRIGGER ALL",
    "DROP FUNCTION access_recorded",
    "CREATE OR REPLACE FUNCTION access_unchanging() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "UPDATE access_record_check SET broken = NULL",
    "DELETE FROM access_record_check",
    "SET ROLE migrate",
)


def told(database: DatabaseUrls, count: int = 6) -> None:
    for number in range(count):
        registry.add_key(database.migrate, f"khoa-{number}", (), (), timedelta(days=1), NOW, by="test")


@pytest.mark.parametrize("login", LOGINS)
def test_no_login_of_ours_changes_what_is_on_record(database: DatabaseUrls, login: str) -> None:
    told(database, 2)
    for statement in TRIED:
        with (
            psycopg.connect(getattr(database, login), autocommit=True) as connection,
            pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)),
        ):
            connection.execute(statement.encode())
    with psycopg.connect(database.migrate, autocommit=True) as owner:
        with pytest.raises(psycopg.errors.RaiseException, match="not changed"):
            owner.execute("UPDATE access_record SET who = 'another'")
        with pytest.raises(psycopg.errors.RaiseException, match="not changed"):
            owner.execute("DELETE FROM access_record")
        assert owner.execute("SELECT count(*) FROM access_record").fetchone() == (2,)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE access_record SET object = 'khoa-9' WHERE number = 3", 3),
        ("DELETE FROM access_record WHERE number = 3", 4),
        ("DELETE FROM access_record WHERE number <= 2", 3),
        ("DELETE FROM access_record WHERE number >= 5", 5),
        ("UPDATE access_record SET number = number + 100 WHERE number = 6", 106),
        ("UPDATE access_record SET forgotten = true, object = '' WHERE number = 2", 2),
    ],
)
async def test_what_was_changed_by_whoever_owns_the_table_is_found(
    database: DatabaseUrls, change: str, broken: int
) -> None:
    told(database)
    async with Database(database.access, name="test") as opened:
        reader = RecordReader(opened)
        whole = await reader.check(NOW)
        assert (whole.through, whole.broken) == (6, None)
        with psycopg.connect(database.migrate) as owner:
            owner.execute("ALTER TABLE access_record DISABLE TRIGGER ALL")
            owner.execute(change.encode())
            owner.execute("ALTER TABLE access_record ENABLE TRIGGER ALL")
        found = await reader.check(NOW + timedelta(days=1))
    assert found.broken is not None
    assert found.broken <= broken
    assert chain_words(found, NOW.date())[::2] == ("error", "wrong")


async def test_retention_takes_out_what_a_row_said_and_leaves_its_place(database: DatabaseUrls) -> None:
    """And what is young stays, whatever is asked for."""
    told(database)
    async with Database(database.access, name="test") as opened:
        reader = RecordReader(opened)
        assert await reader.forget(NOW, timedelta(0), timedelta(0)) == 0
        with psycopg.connect(database.migrate) as owner:
            owner.execute("ALTER TABLE access_record DISABLE TRIGGER ALL")
            owner.execute(
                "UPDATE access_record r SET at = at - interval '400 days' WHERE number <= 3",
            )
            owner.execute(
                "UPDATE access_record r SET digest = access_digest(number, at, who, kind, role, what, object, units,"
                " rows, address, previous, unit_rows) WHERE number <= 1"
            )
            owner.execute("ALTER TABLE access_record ENABLE TRIGGER ALL")
        assert await reader.forget(NOW, timedelta(days=366), timedelta(days=366)) == 3
        rows = await reader.page(RecordFilter())
    assert [row.number for row in rows if row.forgotten] == [3, 2, 1]
    assert {(row.who, row.object, row.rows) for row in rows if row.forgotten} == {("", "", None)}
    assert rows[0].what == "record_forgotten"


async def test_a_unit_sees_who_has_seen_its_data_and_nothing_of_others(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    async with screens_served(database) as served:
        leader = await served.signed_in("lanh.dao", "leader")
        for unit in (OWN, OTHER):
            answer = await leader.get(f"/man-hinh/mo?so=accepted&ky=tat-ca&don-vi={unit}")
            assert answer.status_code == 303, answer.text
        officer = await served.signed_in("can.bo", "unit_officer", ["26041"])
        with psycopg.connect(database.migrate) as connection:
            connection.execute("UPDATE access_account SET units = %s WHERE subject = 'can.bo'", [[OWN]])
        officer = await served.signed_in("can.bo", "unit_officer", [OWN])
        said = words(await officer.get(f"{addresses.OF_OUR_DATA}?tung-lan=1"))
        assert said.count("Mở một con số") == 1
        assert "Người lanh.dao" in said
        assert OTHER not in said
        stranger = words(await officer.get(f"{addresses.OF_OUR_DATA}?tung-lan=1&don-vi={OTHER}"))
        assert OTHER not in stranger
        chosen = words(await leader.get(f"{addresses.OF_OUR_DATA}?tung-lan=1&don-vi={OTHER}"))
        assert chosen.count("Mở một con số") == 1
        administrator = await served.signed_in("quan.tri", "administrator")
        assert (await administrator.get(addresses.OF_OUR_DATA)).status_code == 403


async def test_by_day_a_unit_sees_how_many_of_its_own_rows_each_has_seen(database: DatabaseUrls) -> None:
    """Of a page with rows of several units, one's own; of a number that was opened, none."""
    leader = Asker(AskerKind.ACCOUNT, "x", "x", Role.LEADER, address="10.0.0.7")
    async with screens_served(database) as served:
        clock = [served.clock()]
        async with Database(database.access, name="test") as opened:
            record = Record(opened, lambda: clock[0])
            await record.read(leader, Deed.LIST_READ, "a", {OWN: 3, OTHER: 40})
            await record.read(leader, Deed.CASE_READ, "b", {OWN: 1})
            await record.read(leader, Deed.CASE_READ, "c", {OTHER: 1})
            await record.write(leader, Deed.LIST_OPENED, "d", units=[OWN], rows=500)
            clock[0] -= timedelta(days=9)
            await record.read(leader, Deed.LIST_READ, "e", {OWN: 7})
        auditor = await served.signed_in("kiem.tra", "auditor")
        page = await auditor.get(f"{addresses.OF_OUR_DATA}?don-vi={OWN}")
        assert re.search(r"x Lãnh đạo 2 4 1( |$)", words(page)), words(page)
        before = re.findall(r'href="([^"]+)">Tuần trước', page.text)[0]
        assert re.search(r"x Lãnh đạo 1 7 0( |$)", words(await auditor.get(unescape(before))))
        for said in ("den=khong", "den=0001-01-01", "den=9999-12-31", "tung-lan=1&truoc=x"):
            answer = await auditor.get(f"{addresses.OF_OUR_DATA}?don-vi={OWN}&{said}")
            assert answer.status_code == 200, said


async def test_units_are_chosen_by_name_where_names_are_known(database: DatabaseUrls) -> None:
    load(database.migrate, read(PACKAGED), NOW)
    async with screens_served(database) as served:
        auditor = await served.signed_in("kiem.tra", "auditor")
        for address in (addresses.RECORD, addresses.OF_OUR_DATA):
            page = (await auditor.get(f"{address}?don-vi=26041")).text
            assert '<option value="26041" selected>Phường Trấn Biên</option>' in page
