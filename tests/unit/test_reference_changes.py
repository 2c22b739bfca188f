"""What a newer version of a reference file changes in its table."""

from datetime import date, timedelta

import pytest

from infra.db.reference_changes import ReferenceChanges, Stated, Stored, changes
from schemas.reference.kinds import KIND

UNIT, DAY = KIND["unit"], KIND["calendar_day"]
START, NEXT, TODAY = date(2025, 7, 1), date(2026, 9, 1), date(2026, 11, 25)
YESTERDAY = TODAY - timedelta(days=1)


def row(code: str, first: date, last: date | None = None, name: str = "Xã", file: str = "u.csv") -> Stated:
    return Stated(file, {"code": code, "name": name, "valid_from": first, "valid_to": last})


def stored(*rows: Stated) -> list[Stored]:
    return [Stored(number, row.file, row.kept, row.record) for number, row in enumerate(rows)]


def after(*old: Stated, now: list[Stated]) -> ReferenceChanges:
    return changes(UNIT, stored(*old), now, TODAY)


def test_what_is_stated_as_it_stands_is_not_touched() -> None:
    assert after(row("a", START), row("b", START), now=[row("b", START), row("a", START)]) == ReferenceChanges((), ())


def test_a_new_row_is_added_and_one_stated_otherwise_is_replaced() -> None:
    found = after(row("a", START), now=[row("a", START, name="Phường"), row("b", START)])

    assert [old.id for old in found.replaced] == [0]
    assert found.added == (row("a", START, name="Phường"), row("b", START))


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ([row("a", NEXT)], NEXT - timedelta(days=1)),  # the unit's own next row
        ([row("b", NEXT)], NEXT - timedelta(days=1)),  # its file begins later
        ([row("b", START)], YESTERDAY),  # nobody says when it ended: not before the file came
        ([], YESTERDAY),
    ],
)
def test_a_unit_that_is_no_longer_stated_is_kept_for_the_days_before(now: list[Stated], last: date) -> None:
    found = after(row("a", START), now=now)

    assert [old.id for old in found.replaced] == [0]
    assert found.added[-1] == Stated("u.csv", {**row("a", START).record, "valid_to": last}, kept=True)


def test_a_unit_that_had_ended_is_kept_as_it_had() -> None:
    ended = START + timedelta(days=30)

    assert after(row("a", START, ended), now=[]).added == (
        Stated("u.csv", {**row("a", START).record, "valid_to": ended}, kept=True),
    )


@pytest.mark.parametrize(
    "now",
    [
        [row("a", START - timedelta(days=5))],  # it began earlier: a correction
        [row("a", START - timedelta(days=5), START - timedelta(days=1))],  # it had ended before
        [row("a", START, file="v.csv")],  # it moved to another file
    ],
)
def test_a_row_that_the_newer_rows_of_its_unit_contradict_is_not_kept(now: list[Stated]) -> None:
    found = after(row("a", START), now=now)

    assert [old.id for old in found.replaced] == [0]
    assert not any(new.kept for new in found.added)


def test_a_row_that_was_never_valid_before_its_file_lost_it_is_not_kept() -> None:
    assert after(row("a", TODAY + timedelta(days=1)), now=[]).added == ()


def test_a_kept_row_stays_until_its_file_has_it_again() -> None:
    kept = Stated("u.csv", {**row("a", START).record, "valid_to": YESTERDAY}, kept=True)

    assert after(kept, now=[row("b", START)]).replaced == ()
    assert [old.kept for old in after(kept, now=[row("a", START)]).replaced] == [True]


def test_a_calendar_day_that_is_no_longer_stated_is_an_ordinary_day() -> None:
    day = Stated("calendar_2026.csv", {"day": START, "kind": "holiday"})

    assert changes(DAY, stored(day), [], TODAY) == ReferenceChanges((stored(day)[0],), ())
