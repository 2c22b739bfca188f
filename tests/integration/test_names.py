"""Units and procedures by whatever name they are told, on the real database: counted once, and again when a name
changes its meaning, for cases and for every other book."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dashboards.periods import ALL
from dashboards.readers import domains, subjects
from dashboards.readers.database import Database
from dashboards.readers.figures import Filters
from dashboards.readers.reference import unknown
from dashboards.readers.sources import under_old_rules
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.contracts import DOMAINS
from schemas.reference.reading import PACKAGED, Reference, read
from schemas.topics import CASES
from streams.audit.cases import audit
from streams.intake.mapping import load as load_mapping
from streams.sweep.cases import sweep_alone
from tests.integration.sample_domains import take
from tests.settings import REPOSITORY
from tests.unit.intake import from_csv

RECORDED = REPOSITORY / "tests/recorded/names"
EARLY, LATER = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 2, tzinfo=UTC)
WRITTEN = ("so-tu-phap", "Sở Tư pháp", "SỞ  TƯ PHÁP", "Một cửa Tư pháp")
PROCEDURES = ("1.001193", "1.001193.000.00.00.H19", "Đăng ký khai sinh", "Khai sinh tại chỗ")
ALIASES = (
    "unit,Một cửa tư pháp,so-tu-phap,2024-01-01,,memory,\n"
    "procedure,Khai sinh tại chỗ,1.001193,2024-01-01,,memory,\n"
    "sector,Sổ hộ tịch,ho-tich,2024-01-01,,memory,\n"
)
OF_CASES = ("case_by_unit_day", "case_by_procedure_day", "case_by_unit_procedure_month")
OF_OTHERS = ("subject_figure", "lookup_by_unit_hour", "lookup_by_account_day")


@pytest.fixture
def corrected(tmp_path: Path) -> Reference:
    """The packaged files with three more other names."""
    for file in PACKAGED.glob("*.csv"):
        shutil.copy(file, tmp_path)
    aliases = tmp_path / "aliases.csv"
    aliases.write_text(aliases.read_text("utf-8") + ALIASES, "utf-8")
    return read(tmp_path)


def say(type_: str, number: int, subject: str, **data: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"{type_}-{number}",
        "source": "urn:test:names",
        "type": f"{type_}.v1",
        "subject": subject,
        "time": f"2024-01-31T{8 + number % 4:02}:00:00+07:00",
        "data": data,
    }


def told() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The same said under every name, by contract."""
    names = list(zip(WRITTEN, PROCEDURES, strict=True))
    yield (
        "cases",
        [
            one
            for n, (unit, procedure) in enumerate(names)
            for one in (
                say("case.accepted", n, f"H19.{n}", unit=unit, procedure=procedure, channel="direct"),
                say("case.step", n, f"H19.{n}", unit=unit, name="Hủy hồ sơ" if n % 2 else "Huỷ hồ sơ"),
            )
        ],
    )
    yield (
        "outreach",
        [say("activity.held", n, f"A{n}", unit=unit, kind="press", reached=10 + n) for n, unit in enumerate(WRITTEN)],
    )
    sectors = ("ho-tich", "Hộ tịch", "HỘ TỊCH", "Sổ hộ tịch")
    yield (
        "datasets",
        [
            say("campaign.planned", n, f"C{n}", title="x", sector=sector, unit=unit, planned=9, due_on="2024-06-30")
            for n, (unit, sector) in enumerate(zip(WRITTEN, sectors, strict=True))
        ],
    )
    yield (
        "lookups",
        [
            say("lookup.performed", n, "a/2024-01-31", unit=unit, application="x", channel="screen", result="found")
            for n, unit in enumerate(WRITTEN)
        ],
    )


async def tell(database: DatabaseUrls) -> None:
    for contract, events in told():
        await take(database, contract, events)


def figures(database: DatabaseUrls, tables: tuple[str, ...]) -> dict[str, list[Any]]:
    with psycopg.connect(database.screens) as db:
        return {table: sorted(db.execute(f"SELECT t::text FROM {table} t").fetchall()) for table in tables}  # noqa: S608


def keys(database: DatabaseUrls, table: str, column: str = "unit") -> list[str]:
    with psycopg.connect(database.screens) as db:
        return [row[0] for row in db.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1").fetchall()]  # noqa: S608


async def told_old(database: DatabaseUrls) -> tuple[int, int]:
    """What the screens say of cases and of other subjects under old rules and names."""
    async with Database(database.screens, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        return await under_old_rules(conn)


async def test_a_name_that_is_corrected_later_counts_as_if_it_had_been_right_from_the_start(
    make_database: Callable[[], DatabaseUrls], corrected: Reference
) -> None:
    late, early = make_database(), make_database()
    load(early.migrate, corrected, EARLY)
    await tell(early)
    load(late.migrate, read(), EARLY)
    await tell(late)
    tables = (*OF_CASES, *OF_OTHERS)
    wrong = figures(late, tables)
    assert keys(late, "case_by_unit_day") == ["Một cửa Tư pháp", "so-tu-phap"]

    load(late.migrate, corrected, LATER)
    between, old = audit(late.streams), await told_old(late)
    assert await sweep_alone(late.streams, at_once=2) > 0

    assert (between.ok, sum(old)) == (True, between.old_rules)
    assert old == (1, 3), "a case, an activity, a campaign, and the day of an account whose look-up has the name"
    assert await told_old(late) == (0, 0)
    assert figures(late, tables) == figures(early, tables) != wrong
    for table in ("case_by_unit_day", *OF_OTHERS):
        assert keys(late, table) == ["so-tu-phap"]
    assert keys(late, "case_by_procedure_day", "procedure") == ["1.001193"]
    assert (audit(late.streams).ok, audit(early.streams).ok) == (True, True)
    assert (audit(late.streams).old_rules, await sweep_alone(late.streams)) == (0, 0)

    load(late.migrate, read(), LATER)
    await sweep_alone(late.streams)
    assert figures(late, tables) == wrong


LEVELS: tuple[tuple[str, str, Callable[[str], str], dict[str, Any]], ...] = (
    ("outreach", "staffing.reported", lambda unit: f"{unit}/2024-01", {"staff": 9, "trained": 2, "it_staff": 1}),
    ("datasets", "dataset.measured", lambda unit: f"ho-tich/{unit}/2024-01",
     {"sector": "ho-tich", **dict.fromkeys(("records", "digitised", "valid", "complete", "clean", "fresh"), 9)}),
    ("portal", "portal.published", lambda unit: f"{unit}/2024-01/DOSSIER_SYNC",
     {"period": "2024-01", "component": "DOSSIER_SYNC", "numerator": 9, "denominator": 9, "score_milli": 9}),
)  # fmt: skip


async def test_a_level_that_one_unit_tells_under_several_names_is_what_it_told_last(
    database: DatabaseUrls, corrected: Reference
) -> None:
    load(database.migrate, read(), EARLY)
    for contract, type_, subject, data in LEVELS:
        counter = next(name for name, said in data.items() if said == 9)
        events = [say(type_, n, subject(unit), unit=unit, **data | {counter: 10 + n}) for n, unit in enumerate(WRITTEN)]
        await take(database, contract, events)
    assert await levels(database) == {"staff": 12 + 13, "records": 12 + 13, "numerator": 12 + 13}

    load(database.migrate, corrected, LATER)
    await sweep_alone(database.streams)

    assert await levels(database) == {"staff": 13, "records": 13, "numerator": 13}
    assert audit(database.streams).ok


async def levels(database: DatabaseUrls) -> dict[str, int | None]:
    """Each as a figure of its part, which its list and its curve by day bear out."""
    found: dict[str, int | None] = {}
    parts = (
        ("staffing", "staff", None),
        ("dataset", "records", "ho-tich"),
        ("portal", "numerator", "month/DOSSIER_SYNC"),
    )
    async with Database(database.screens, name="test") as reader, reader.snapshot() as (conn, as_of):
        for name, counter, part in parts:
            domain, of = DOMAINS[name], Filters(part=part)
            found[counter] = (await domains.total(conn, as_of, domain, ALL, of))[counter]
            listed = await subjects.page(conn, as_of, domain, counter=counter, filters=of)
            assert sum(one.amount for one in listed.items) == found[counter]
            days = await domains.read(conn, as_of, domain, ALL, domains.DomainBy.DAY, of)
            assert max(days, key=lambda one: one.key).counts[counter] == found[counter]
    return found


async def test_names_that_are_loaded_at_any_moment_of_a_sweep_end_nothing(
    database: DatabaseUrls, corrected: Reference
) -> None:
    load(database.migrate, read(), EARLY)
    await tell(database)
    for moment in range(1, 7):  # of which one lies between two moves of look-ups
        files = (corrected, read()) if moment % 2 else (read(), corrected)
        load(database.migrate, files[0], LATER)
        asked = iter(range(1, 1_000))

        def gives_way(moment: int = moment, loaded: Reference = files[1], asked: Iterator[int] = asked) -> bool:
            if next(asked) == moment:
                load(database.migrate, loaded, LATER)
            return False

        await sweep_alone(database.streams, gives_way=gives_way, at_once=2)
        while await sweep_alone(database.streams):
            pass
        assert await told_old(database) == (0, 0), moment
    assert audit(database.streams).ok


async def test_a_name_that_nobody_knows_is_listed_with_who_writes_it(database: DatabaseUrls) -> None:
    load(database.migrate, read(), EARLY)
    await tell(database)

    async with Database(database.api, name="test") as reader, reader.snapshot() as (conn, _):
        found = {(one.kind, one.key): (one.why, one.amount, one.sources) for one in await unknown(conn) if one.key}
    assert found == {
        ("unit", "Một cửa Tư pháp"): ("unknown", 5, ("urn:test:names",)),
        ("procedure", "Khai sinh tại chỗ"): ("unknown", 2, ("urn:test:names",)),
    }


async def test_a_ledger_that_writes_one_department_three_ways_has_one_department(database: DatabaseUrls) -> None:
    load(database.migrate, read(), EARLY)
    log = (RECORDED / "u1-log.csv").read_text("utf-8").replace("11/2026", "02/2024")
    events, rejections = from_csv(load_mapping(str(RECORDED / "u1-map.toml")), log)
    await take(database, CASES.contract, events)

    assert rejections == []
    assert keys(database, "case_state") == ["so-noi-vu", "so-tai-nguyen-va-moi-truong"]
    assert keys(database, "case_state", "procedure") == ["1.001612"]
    with psycopg.connect(database.screens) as db:
        written = db.execute("SELECT DISTINCT data ->> 'unit' FROM case_event WHERE time >= '2024-01-01'").fetchall()
    assert {row[0] for row in written} - {None} == {"so-noi-vu", "Sở Nội vụ", "Sở TN&MT", "so-tai-nguyen-va-moi-truong"}
    async with Database(database.api, name="test") as reader, reader.snapshot() as (conn, _):
        assert [one for one in await unknown(conn) if one.key] == []
    assert audit(database.streams).ok
