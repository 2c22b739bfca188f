"""Reference data in its tables: loaded again and anew, read by day, and what it does not know."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

import psycopg
import pytest

from dashboards.readers import reference as reader
from dashboards.readers.database import Database
from infra.db.reference import load, load_new, of_home
from infra.endpoints import DatabaseUrls
from schemas.reference.check import check
from schemas.reference.reading import PACKAGED, read

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
EARLY_2024, AUTUMN_2025, SPRING_2027 = date(2024, 1, 31), date(2025, 8, 1), date(2027, 4, 1)
HEAD = "code,name,level,parent,valid_from,valid_to,confidence\n"
COUNTS = "SELECT (SELECT count(*) FROM ref_unit), (SELECT count(*) FROM ref_load), (SELECT count(*) FROM ref_alias)"


def screens(database: DatabaseUrls) -> Database:
    return Database(database.screens, name="test", patience=30)


def counts(database: DatabaseUrls) -> tuple[int, ...]:
    with psycopg.connect(database.migrate) as connection:
        row = connection.execute(COUNTS).fetchone()
    assert row is not None
    return row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged files, as if the next version of them."""
    for file in PACKAGED.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.fixture
def loaded(database: DatabaseUrls) -> DatabaseUrls:
    load(database.migrate, read(), NOW)
    return database


def test_loading_twice_changes_nothing(database: DatabaseUrls) -> None:
    first = load(database.migrate, read(), NOW)
    held = counts(database)
    again = load(database.migrate, read(), LATER)

    assert {one.file for one in first} == {file.name for file in read().files}
    assert sum(one.added for one in first) == sum(one.rows for one in first)
    assert not any(one.replaced or one.kept for one in first)
    assert again == []
    assert counts(database) == held
    assert held[0] == len(read().units)


async def test_a_figure_is_shown_by_the_units_of_its_own_day(loaded: DatabaseUrls) -> None:
    asked = ["26041", "Phường Quyết Thắng", "Phường Trấn Biên", "Sở Tư pháp", "Xã Bảo Hòa", "Không có"]
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        then = await reader.names(conn, "unit", asked, EARLY_2024)
        now = await reader.names(conn, "unit", asked, AUTUMN_2025)

    assert [then[key].name for key in asked[:2]] == ["Phường Quyết Thắng"] * 2
    assert now["26041"].name == "Phường Trấn Biên"
    assert now["Phường Trấn Biên"].key == "26041"
    assert (then["Phường Trấn Biên"].known, now["Phường Quyết Thắng"].known) == (False, False)
    assert then["Xã Bảo Hòa"].name == "Xã Bảo Hoà"  # the file has the other spelling
    assert (now["Sở Tư pháp"].known, now["Sở Tư pháp"].verified) == (True, False)
    assert now["26041"].verified
    assert (now["Không có"].key, now["Không có"].name) == (None, "Không có")


async def test_a_name_is_found_in_any_unicode_form_and_a_name_of_two_units_is_not_guessed(
    loaded: DatabaseUrls,
) -> None:
    asked = [normalize("NFD", "Phường Trấn Biên"), "Xã Thanh Sơn", "26209"]
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        now = await reader.names(conn, "unit", asked[:1], AUTUMN_2025)
        then = await reader.names(conn, "unit", asked, EARLY_2024)

    assert now[asked[0]].key == "26041"
    assert then["Xã Thanh Sơn"].key is None
    assert then["26209"].name == "Xã Thanh Sơn"


async def test_procedures_and_sectors_have_names_too(loaded: DatabaseUrls) -> None:
    asked = ["1.001193", "1.001193.000.00.00.H19", "MP.01"]
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        procedures = await reader.names(conn, "procedure", asked, AUTUMN_2025)
        sectors = await reader.names(conn, "sector", ["ho-tich", "hộ tịch"], AUTUMN_2025)

    assert [procedures[key].name for key in asked] == ["Đăng ký khai sinh", "Đăng ký khai sinh", "MP.01"]
    assert {named.key for named in sectors.values()} == {"ho-tich"}


async def test_the_units_of_a_day_come_with_parents_and_tiles(loaded: DatabaseUrls) -> None:
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        then = await reader.units(conn, EARLY_2024)
        now = await reader.units(conn, AUTUMN_2025)

    assert [sum(unit.tier == "commune" for unit in units) for units in (then, now)] == [170, 95]
    assert {unit.parent_name for unit in then if unit.key == "26041"} == {"Thành phố Biên Hòa"}
    placed = {(unit.tile_row, unit.tile_col) for unit in now if unit.tile_row is not None}
    assert len(placed) == 95
    assert all(unit.tile_row is None for unit in then)


async def test_only_units_that_went_whole_are_mapped_to_todays(loaded: DatabaseUrls) -> None:
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        mapped = await reader.mapped(conn, EARLY_2024, AUTUMN_2025)
        same = await reader.mapped(conn, AUTUMN_2025, SPRING_2027)

    assert mapped["26041"] == "26041"
    assert mapped["25195"] == "25195"  # of the other province
    assert "26449" not in mapped  # divided
    assert "26026" not in mapped  # ended on 31/12/2024, into what is not known
    assert same == {}


async def test_a_mapping_goes_over_several_changes_and_stops_at_a_divided_unit(
    loaded: DatabaseUrls, folder: Path
) -> None:
    head = "old_code,old_name,old_province,new_code,new_name,share,valid_from,confidence\n"
    rows = "26041,B,75,26041,B,part,2027-01-01,memory\n26041,B,75,26068,B,part,2027-01-01,memory\n"
    rows += "26017,B,75,26068,B,whole,2027-01-01,memory\n"
    (folder / "unit_mapping_2027.csv").write_text(head + rows, "utf-8")
    assert check(read(folder)) == []
    load(loaded.migrate, read(folder), LATER)

    async with screens(loaded) as database, database.snapshot() as (conn, _):
        once = await reader.mapped(conn, EARLY_2024, AUTUMN_2025)
        twice = await reader.mapped(conn, EARLY_2024, SPRING_2027)
        later = await reader.mapped(conn, AUTUMN_2025, SPRING_2027)

    assert {old for old, new in once.items() if new == "26041"}.isdisjoint(twice)
    assert {twice[old] for old, new in once.items() if new == "26017"} == {"26068"}
    assert later == {"26017": "26068"}


async def test_a_newer_file_leaves_the_figures_of_earlier_days_as_they_were(loaded: DatabaseUrls, folder: Path) -> None:
    """The new file of units forgets the past: it knows only what is valid from 2027 on, and one commune less."""
    lines = (folder / "units_2025.csv").read_text("utf-8").replace("2025-07-01", "2027-01-01").splitlines()
    renamed = [line.replace("Phường Trấn Biên", "Phường Tên Mới") for line in lines if not line.startswith("26017,")]
    (folder / "units_2025.csv").write_text("\n".join(renamed) + "\n", "utf-8")
    for gone in ("tile_grid_2025.csv", "unit_mapping_2025.csv", "aliases.csv"):  # they speak of days without units
        (folder / gone).unlink()
    before = {}
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        for day in (EARLY_2024, AUTUMN_2025):
            before[day] = [(unit.key, unit.name) for unit in await reader.units(conn, day)]

    done = {one.file: one for one in load(loaded.migrate, read(folder), LATER)}

    async with screens(loaded) as database, database.snapshot() as (conn, _):
        after = {day: [(u.key, u.name) for u in await reader.units(conn, day)] for day in before}
        spring = {unit.key: unit.name for unit in await reader.units(conn, SPRING_2027)}
        names = await reader.names(conn, "unit", ["Phường Trấn Biên", "26041"], AUTUMN_2025)
        late = await reader.names(conn, "unit", ["Phường Trấn Biên", "26041"], SPRING_2027)
    assert after == before
    assert (spring["26041"], "26017" in spring) == ("Phường Tên Mới", False)
    assert {named.name for named in names.values()} == {"Phường Trấn Biên"}
    assert (late["Phường Trấn Biên"].known, late["26041"].name) == (False, "Phường Tên Mới")
    assert done["units_2025.csv"].kept == 96
    assert done["aliases.csv"].sha256 is None
    with psycopg.connect(loaded.migrate) as connection:
        told = connection.execute(
            "SELECT name, valid_from, valid_to, kept, replaced_by IS NULL FROM ref_unit WHERE code = '26041'"
            " AND valid_from >= '2025-07-01' ORDER BY id"
        ).fetchall()
    assert told == [
        ("Phường Trấn Biên", date(2025, 7, 1), None, False, False),
        ("Phường Tên Mới", date(2027, 1, 1), None, False, True),
        ("Phường Trấn Biên", date(2025, 7, 1), date(2026, 12, 31), True, True),
    ]


def test_what_was_loaded_when_is_kept(loaded: DatabaseUrls, folder: Path) -> None:
    (folder / "plans.csv").write_text((folder / "plans.csv").read_text("utf-8").replace(",26,", ",27,"), "utf-8")
    load(loaded.migrate, read(folder), LATER)

    with psycopg.connect(loaded.migrate) as connection:
        loads = connection.execute(
            "SELECT loaded_at, rows, added, replaced FROM ref_load_file JOIN ref_load ON id = load_id"
            " WHERE file = 'plans.csv' ORDER BY loaded_at"
        ).fetchall()
        amounts = connection.execute(
            "SELECT amount, replaced_by IS NULL FROM ref_plan WHERE part = 'cu-the' ORDER BY id"
        ).fetchall()
    assert loads == [(NOW, 4, 4, 0), (LATER, 4, 1, 1)]
    assert amounts == [(26, False), (27, True)]


def test_a_load_that_fails_leaves_everything_as_it_was(loaded: DatabaseUrls, folder: Path) -> None:
    (folder / "units_2027.csv").write_text(HEAD + "26041,Trùng,xã,75,2025-07-01,,memory\n", "utf-8")
    reference = read(folder)
    held = counts(loaded)

    assert check(reference)  # what should have stopped it
    with pytest.raises(psycopg.errors.UniqueViolation):
        load(loaded.migrate, reference, LATER)
    assert counts(loaded) == held


def test_a_start_loads_what_is_new_and_never_displaces_an_operators_file(
    database: DatabaseUrls, tmp_path: Path
) -> None:
    first = load_new(database.migrate, of_home(tmp_path), NOW)
    own = tmp_path / "reference"
    own.mkdir()
    shutil.copy(PACKAGED / "plans.csv", own)
    with (own / "plans.csv").open("a", encoding="utf-8") as file:
        file.write("KH1-2027,1/KH,chung,Nhiệm vụ,5,2027-01-01,,sourced,\n")
    second = load_new(database.migrate, of_home(tmp_path), LATER)
    shutil.rmtree(own)
    third = load_new(database.migrate, of_home(tmp_path), LATER)
    back = load(database.migrate, of_home(tmp_path), LATER)

    assert len(first) == len(read().files)
    assert [(one.file, one.packaged, one.added) for one in second] == [("plans.csv", False, 1)]
    assert third == [], "the packaged file was loaded once, and the operator's stands"
    assert [(one.file, one.packaged) for one in back] == [("plans.csv", True)], "`ioc reference load` goes back to it"


def test_a_newer_packaged_file_waits_while_an_operators_stands(
    database: DatabaseUrls, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (folder / "plans.csv").open("a", encoding="utf-8") as file:
        file.write("KH1-2027,1/KH,chung,Nhiệm vụ,5,2027-01-01,,sourced,\n")
    load(database.migrate, read(folder), NOW)
    empty = tmp_path_factory.mktemp("home")

    assert load_new(database.migrate, of_home(empty), LATER) == []


async def test_keys_that_no_reference_knows_are_listed_and_nothing_is_dropped(
    loaded: DatabaseUrls, folder: Path
) -> None:
    figures = [
        ("Phường Trấn Biên", "2025-08-01", 5),
        ("Phường Trấn Biên", "2024-08-01", 2),  # a name of later days
        ("26041", "2024-08-01", 1),
        ("Ấp Lạ", "2025-08-01", 3),
        ("Ấp Lạ", "2025-08-09", 4),
        ("", "2025-08-01", 1),
        ("Xã Thanh Sơn", "2024-08-01", 6),
        ("Sở TN&MT", "2024-08-01", 9),
    ]
    with psycopg.connect(loaded.migrate) as connection:
        for unit, day, amount in figures:
            values = {"unit": unit, "day": day, "amount": amount}
            connection.execute(
                "INSERT INTO case_by_unit_day (unit, day, channel, accepted, finished, late)"
                " VALUES (%(unit)s, %(day)s, 'online', %(amount)s, 1, 1)",
                values,
            )
        connection.execute(
            "INSERT INTO case_by_procedure_day (procedure, day, channel, accepted) VALUES"
            " ('MP.01', '2025-08-01', 'online', 7), ('1.001193', '2025-08-01', 'online', 7)"
        )
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        listed = await reader.unknown(conn)

    assert [(one.kind, one.key, one.why, str(one.first_day), str(one.last_day), one.amount) for one in listed] == [
        ("unit", "Ấp Lạ", "unknown", "2025-08-01", "2025-08-09", 9),
        ("unit", "Xã Thanh Sơn", "ambiguous", "2024-08-01", "2024-08-01", 7),
        ("unit", "Phường Trấn Biên", "other_days", "2024-08-01", "2024-08-01", 3),
        ("unit", "", "none_named", "2025-08-01", "2025-08-01", 2),
        ("procedure", "MP.01", "unknown", "2025-08-01", "2025-08-01", 7),
    ]

    with (folder / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("unit,Ấp Lạ,26041,2025-07-01,,sourced,\n")
    assert check(read(folder)) == []
    load(loaded.migrate, read(folder), LATER)
    async with screens(loaded) as database, database.snapshot() as (conn, _):
        assert "Ấp Lạ" not in {one.key for one in await reader.unknown(conn)}


@pytest.mark.parametrize("login", ["streams", "screens", "api"])
def test_every_role_reads_the_reference_and_none_writes_it(loaded: DatabaseUrls, login: str) -> None:
    with psycopg.connect(getattr(loaded, login), autocommit=True) as connection:
        assert connection.execute("SELECT reference_key('unit', 'Phường Trấn Biên', '2025-08-01')").fetchone() == (
            "26041",
        )
        connection.execute("SELECT FROM unknown_reference")
        for table in ("ref_unit", "ref_alias", "ref_load"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 (names from above)
