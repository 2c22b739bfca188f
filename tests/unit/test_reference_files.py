"""The packaged reference files: they pass their own check, and hold what the sources give."""

from collections import Counter
from datetime import date

import pytest

from schemas.reference.check import check, remarks
from schemas.reference.reading import Reference, read
from schemas.reference.rows import Confidence, Tier

EARLY_2024 = date(2024, 1, 31)
SPRING_2025 = date(2025, 3, 1)
NOW = date(2026, 11, 25)
# ../shared/domain/README.md: into which neighbours these went is not known.
ENDED_IN_2024 = {
    "26026", "26032", "26035", "26038", "26044", "26071", "26074", "26128", "26137", "26197", "26203",
}  # fmt: skip


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read()


def tiers(reference: Reference, day: date) -> dict[Tier, int]:
    return dict(Counter(unit.tier for unit in reference.units_on(day) if unit.tier is not Tier.DEPARTMENT))


def test_every_packaged_file_passes_the_check(reference: Reference) -> None:
    assert len(reference.files) >= 13
    assert all(file.rows and file.packaged for file in reference.files)
    assert check(reference) == []


@pytest.mark.parametrize(
    ("day", "districts", "communes"), [(EARLY_2024, 11, 170), (SPRING_2025, 11, 159), (NOW, 0, 95)]
)
def test_each_day_has_the_units_of_its_time(reference: Reference, day: date, districts: int, communes: int) -> None:
    found = tiers(reference, day)

    assert found.get(Tier.PROVINCE) == 1
    assert found.get(Tier.DISTRICT, 0) == districts
    assert found.get(Tier.COMMUNE) == communes


def test_every_day_since_2024_has_its_units_without_a_gap(reference: Reference) -> None:
    borders = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1)]

    assert [tiers(reference, day)[Tier.COMMUNE] for day in borders] == [170, 159, 159, 95]


def test_the_communes_of_a_city_that_two_sources_count_agree(reference: Reference) -> None:
    by_parent = Counter(unit.parent for unit in reference.units_on(SPRING_2025) if unit.tier is Tier.COMMUNE)

    assert [by_parent[code] for code in ("731", "732", "734", "735")] == [25, 13, 16, 10]


def test_where_the_eleven_communes_went_is_left_open(reference: Reference) -> None:
    gone = {unit.code for unit in reference.units_on(EARLY_2024)} - {unit.code for unit in reference.units_on(NOW)}
    mapped = {placed.row.old_code for placed in reference.successors}

    assert gone >= ENDED_IN_2024
    assert not ENDED_IN_2024 & mapped
    assert not ENDED_IN_2024 & {unit.code for unit in reference.units_on(SPRING_2025)}


def test_the_mapping_knows_each_commune_of_spring_2025_and_is_marked_as_unverified(reference: Reference) -> None:
    communes = {unit.code for unit in reference.units_on(SPRING_2025) if unit.tier is Tier.COMMUNE}
    rows = [placed.row for placed in reference.successors]

    assert {row.old_code for row in rows if row.old_province == "75"} == communes
    assert not any(row.confidence.verified for row in rows)
    assert {row.old_code for row in rows if not row.usable} == {"26449"}


def test_each_commune_of_today_has_a_tile_and_no_other_unit_has(reference: Reference) -> None:
    tiles = {placed.row.code for placed in reference.tiles}

    assert tiles == {unit.code for unit in reference.units_on(NOW) if unit.tier is Tier.COMMUNE}
    assert max(placed.row.tile_row for placed in reference.tiles) < 13
    assert max(placed.row.tile_col for placed in reference.tiles) < 13


def test_departments_are_unverified_and_have_no_invented_identifiers(reference: Reference) -> None:
    departments = [unit for unit in reference.units_on(EARLY_2024) if unit.tier is Tier.DEPARTMENT]

    assert {"Sở Tư pháp", "Công an tỉnh"} <= {unit.name for unit in departments}
    assert not any(unit.confidence.verified for unit in departments)
    assert not any(placed.row.h19_code for placed in reference.units)


def test_there_are_53_essential_services_and_those_not_known_say_so(reference: Reference) -> None:
    services = [placed.row for placed in reference.services]
    count = Counter(service.confidence for service in services)

    assert [service.number for service in services] == list(range(1, 54))
    assert count == {Confidence.SOURCED: 25, Confidence.INFERRED: 18, Confidence.NOT_FOUND: 10}
    assert all("Chưa tìm thấy" in s.name for s in services if s.confidence is Confidence.NOT_FOUND)


def test_plans_hold_the_counts_that_the_notice_gives(reference: Reference) -> None:
    amounts = [(placed.row.plan, placed.row.amount) for placed in reference.plans]

    assert amounts == [("KH30-2024", 3), ("KH30-2024", 10), ("KH30-2024", 26), ("KHPH106-2023", 43)]


def test_the_five_sectors_with_data_sets_are_there(reference: Reference) -> None:
    followed = {placed.row.name for placed in reference.sectors if placed.row.dataset}

    assert followed == {"Hộ tịch", "Đất đai", "Lao động", "Bảo hiểm", "Thuế"}


def test_a_procedures_second_hand_facts_are_named(reference: Reference) -> None:
    for placed in reference.procedures:
        row = placed.row
        facts = {"level": row.level, "fee": row.fee, "max_working_days": row.max_working_days}
        unverified = set((row.unverified or "").split("|"))
        if row.fee is not None or row.max_working_days is not None:
            assert {name for name in ("fee", "max_working_days") if facts[name] is not None} <= unverified, row.code


def test_holidays_that_are_announced_each_year_are_unverified(reference: Reference) -> None:
    for placed in reference.calendar:
        fixed = (placed.row.day.month, placed.row.day.day) in {(1, 1), (4, 30), (5, 1), (9, 2)}
        assert placed.row.confidence.verified == fixed, placed.row.day


def test_what_limits_use_is_remarked(reference: Reference) -> None:
    found = [(problem.file, problem.column) for problem in remarks(reference)]

    assert found.count(("unit_mapping_2025.csv", "share")) == 2  # Xuân Tâm was divided
    assert found.count(("units_2024.csv", "name")) == 1  # two communes called Thanh Sơn
