"""A name means on each day what the slow reference says: every unit and procedure of the packaged files, on the days on
which anything begins or ends."""

from datetime import date

import pytest

from schemas.province import day_number
from schemas.reference.names import Names
from schemas.reference.reading import PACKAGED, read
from tests.reference.law import Law, plain

DAYS = [
    date.fromisoformat(day)
    for day in ("2023-05-05", "2024-01-01", "2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01", "2026-10-01")
]


@pytest.mark.parametrize("kind", ["unit", "procedure"])
def test_a_name_means_on_each_day_what_the_slow_reference_says(kind: str) -> None:
    reference = read()
    names, law = Names.of(reference), Law.of(PACKAGED)
    rows = reference.units if kind == "unit" else reference.procedures
    written = sorted({name for placed in rows for name in (placed.row.code, placed.row.name)})
    different = [
        (name, day.isoformat(), got, want)
        for name in written
        for day in DAYS
        if plain(got := names.key(kind, name, day_number(day))) != plain(want := law.key(kind, name, day))
    ]
    assert different == []
    assert len(written) > 15


def test_one_name_of_two_units_is_one_key_a_day() -> None:
    law = Law.of(PACKAGED)
    before, since = date(2025, 6, 30), date(2025, 7, 1)
    assert law.key("unit", "Phường Trung Dũng", before) == "26041"
    assert law.key("unit", "Phường Trung Dũng", since) == "Phường Trung Dũng"  # 26041 is another unit's now
    assert law.key("unit", "Phường Trấn Biên", since) == "26041"
