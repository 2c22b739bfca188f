"""Each rule of the check, broken once; a problem never says what the value was."""

import re
import shutil
from pathlib import Path

import pytest

from schemas.reference.check import check
from schemas.reference.reading import PACKAGED, read

UNIT = "code,name,level,parent,valid_from,valid_to,confidence\n"
TILE = "code,tile_row,tile_col,valid_from\n"
MAPPING = "old_code,old_name,old_province,new_code,new_name,share,valid_from,confidence\n"
TARGET = "number,unit,target,due,source,valid_from,confidence\n"
CALENDAR = "day,kind,name,swapped_with,confidence\n"
YEAR = "".join(f"2027-{day},holiday,Nghỉ,,law\n" for day in ("01-01", "04-30", "05-01", "09-02"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in PACKAGED.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        # what a cell may hold
        ("units_2030.csv", UNIT + "P1,Bí Mật,xã,75,,,memory\n", "units_2030.csv:2: valid_from: empty"),
        ("units_2030.csv", UNIT + "P1,Bí Mật,xã,75,Bí,,memory\n", "units_2030.csv:2: valid_from: date_"),
        ("units_2030.csv", UNIT + "P1,Bí Mật,Bí,75,2030-01-01,,memory\n", "units_2030.csv:2: level: literal_error"),
        ("units_2030.csv", UNIT + "P1,Bí Mật,xã,75,2030-01-01,,Bí\n", "units_2030.csv:2: confidence: enum"),
        ("units_2030.csv", UNIT + ",Bí Mật,xã,75,2030-01-01,,memory\n", "units_2030.csv:2: code: empty"),
        (
            "units_2030.csv",
            UNIT + "P1,Bí Mật,xã,75,2030-01-01,2029-01-01,memory\n",
            "units_2030.csv:2: valid_to: ends before it begins",
        ),
        # how a file is made
        ("units_2030.csv", UNIT + "P1,Bí Mật\n", "units_2030.csv:2: number of cells"),
        ("units_2030.csv", UNIT + 'P1,"Bí Mật\n', "units_2030.csv:2: not CSV"),
        ("units_2030.csv", UNIT.replace("parent", "Bí") + "\n", "units_2030.csv:1: a column that is not known"),
        ("units_2030.csv", UNIT.replace("valid_from,", ""), "units_2030.csv:1: valid_from: column missing"),
        ("units_2030.csv", UNIT.replace("parent", "name"), "units_2030.csv:1: a column twice"),
        ("donvi.csv", UNIT, "donvi.csv:1: no kind of file has this name"),
        # units
        (
            "units_2030.csv",
            UNIT + "P1,Bí Mật,xã,Q,2030-01-01,,memory\n",
            "units_2030.csv:2: parent: no such unit for all the time",
        ),
        (  # a district that ended in 2025
            "units_2030.csv",
            UNIT + "P1,Bí Mật,xã,731,2030-01-01,,memory\n",
            "units_2030.csv:2: parent: no such unit for all the time",
        ),
        ("units_2030.csv", UNIT + "P1,Bí Mật,xã,,2030-01-01,,memory\n", "units_2030.csv:2: parent: empty"),
        (
            "units_2030.csv",
            UNIT + "26041,Bí Mật,xã,75,2030-01-01,,memory\n",
            "units_2030.csv:2: valid_from: overlaps another row of the same",
        ),
        # mapping
        (
            "unit_mapping_2030.csv",
            MAPPING + "26041,Bí,75,X,Bí,whole,2030-01-01,memory\n",
            "unit_mapping_2030.csv:2: new_code: no such unit on valid_from",
        ),
        (
            "unit_mapping_2030.csv",
            MAPPING + "X,Bí,75,26041,Bí,whole,2030-01-01,memory\n",
            "unit_mapping_2030.csv:2: old_code: no such unit on the day before valid_from",
        ),
        (
            "unit_mapping_2030.csv",
            MAPPING + "26041,B,75,26041,B,whole,2030-01-01,memory\n26041,B,75,26068,B,part,2030-01-01,memory\n",
            "unit_mapping_2030.csv:3: share: many to one only",
        ),
        (
            "unit_mapping_2030.csv",
            MAPPING + 2 * "26041,B,75,26041,B,part,2030-01-01,memory\n",
            "unit_mapping_2030.csv:3: old_code: the same twice",
        ),
        # tiles
        ("tile_grid_2030.csv", TILE + "X,50,50,2030-01-01\n", "tile_grid_2030.csv:2: code: no such unit on valid_from"),
        (
            "tile_grid_2030.csv",
            TILE + "75,0,4,2030-01-01\n",
            "tile_grid_2030.csv:2: tile_row: another unit stands here",
        ),
        ("tile_grid_2030.csv", TILE + "75,-1,4,2030-01-01\n", "tile_grid_2030.csv:2: tile_row: greater_than_equal"),
        # what names something else
        (
            "procedures_2030.csv",
            "code,name,sector,valid_from,confidence\n9.9,Bí,bi,2030-01-01,memory\n",
            "procedures_2030.csv:2: sector: no such sector",
        ),
        (
            "procedures_2030.csv",
            "code,name,unverified,valid_from,confidence\n9.9,Bí,bi,2030-01-01,memory\n",
            "procedures_2030.csv:2: unverified: no such column",
        ),
        (
            "essential_services.csv",
            "number,name,decision,lead_agency,procedure_codes,valid_from,confidence,code_confidence\n"
            "1,Bí,Q,B,9.9,2030-01-01,memory,memory\n",
            "essential_services.csv:2: procedure_codes: no such procedure",
        ),
        (
            "service_targets_2030.csv",
            TARGET + "54,,50,2031-01-01,Bí,2030-01-01,memory\n",
            "service_targets_2030.csv:2: number: no such service",
        ),
        (
            "service_targets_2030.csv",
            TARGET + "1,bi,50,2031-01-01,Bí,2030-01-01,memory\n",
            "service_targets_2030.csv:2: unit: no such unit on valid_from",
        ),
        (
            "service_targets_2030.csv",
            TARGET + "1,,101,2031-01-01,Bí,2030-01-01,memory\n",
            "service_targets_2030.csv:2: target: less_than_equal",
        ),
        (
            "service_targets_2030.csv",
            TARGET + "1,,50,2030-01-01,Bí,2030-01-01,memory\n",
            "service_targets_2030.csv:2: due: due_before_it_begins",
        ),
        (
            "service_targets_2030.csv",
            TARGET + "1,,50,2031-01-01,Bí,2030-01-01,memory\n1,,60,2032-01-01,Bí,2030-06-01,memory\n",
            "service_targets_2030.csv:3: valid_from: overlaps another row of the same",
        ),
        (
            "aliases.csv",
            "kind,alias,code,valid_from,confidence\nunit,Bí,X,2030-01-01,memory\n",
            "aliases.csv:2: code: no such unit, procedure or sector",
        ),
        # calendar
        (
            "calendar_2027.csv",
            CALENDAR + YEAR + "2026-03-03,holiday,Bí,,memory\n",
            "calendar_2027.csv:6: day: not of the year of its file",
        ),
        ("calendar_2027.csv", CALENDAR + YEAR + "2027-09-02,holiday,Bí,,law\n", "calendar_2027.csv:6: day: the same"),
        ("calendar_2027.csv", CALENDAR + YEAR[YEAR.index("\n") + 1 :], "calendar_2027.csv:1: day: 1/1 is a holiday"),
        (
            "calendar_2027.csv",
            CALENDAR + YEAR + "2027-03-01,working,Bí,2027-03-06,memory\n2027-03-06,day_off,Bí,2027-03-01,memory\n",
            "calendar_2027.csv:6: kind: a weekday is worked anyway",
        ),
        (
            "calendar_2027.csv",
            CALENDAR + YEAR + "2027-03-06,working,Bí,,memory\n",
            "calendar_2027.csv:6: swapped_with: empty",
        ),
        (
            "calendar_2027.csv",
            CALENDAR + YEAR + "2027-03-06,working,Bí,2027-03-01,memory\n",
            "calendar_2027.csv:6: swapped_with: that day does not name this one",
        ),
        (
            "calendar_2028.csv",
            CALENDAR + YEAR.replace("2027", "2028"),
            "calendar_2028.csv:1: day: the year before has no calendar",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_place_and_without_the_value(
    folder: Path, file: str, text: str, found: str
) -> None:
    (folder / file).write_text(text, "utf-8")

    problems = [str(problem) for problem in check(read(folder))]

    assert [problem for problem in problems if problem.startswith(found)], problems
    assert not [problem for problem in problems if re.search("Bí|Mật", problem)]


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "units_2030.csv").write_bytes(UNIT.encode() + "P1,Phường Đá,xã\n".encode("utf-16-le"))

    assert "units_2030.csv:2: not UTF-8" in [str(problem) for problem in check(read(folder))]


def test_a_parted_unit_may_have_several_successors(folder: Path) -> None:
    rows = "26041,B,75,26041,B,part,2030-01-01,memory\n26041,B,75,26068,B,part,2030-01-01,memory\n"
    (folder / "unit_mapping_2030.csv").write_text(MAPPING + rows, "utf-8")

    assert check(read(folder)) == []


def test_saturday_mornings_that_are_worked_every_week_are_in_place_of_no_other_day(folder: Path) -> None:
    heading = "day,kind,name,swapped_with,session,confidence\n"
    year = YEAR.replace(",,law", ",,,law")
    mornings = "".join(f"2027-03-{day:02d},working,Sáng thứ bảy,,morning,sourced\n" for day in (6, 13, 20, 27))
    (folder / "calendar_2027.csv").write_text(heading + year + mornings, "utf-8")

    assert check(read(folder)) == []


def test_a_file_of_an_operator_takes_the_place_of_ours_and_new_ones_are_added(tmp_path: Path) -> None:
    (tmp_path / "plans.csv").write_text(
        "plan,number,part,name,amount,valid_from,confidence\nKH1,1/KH,a,Việc,7,2027-01-01,sourced\n", "utf-8-sig"
    )
    (tmp_path / "calendar_2027.csv").write_text(CALENDAR + YEAR, "utf-8")

    reference = read(PACKAGED, tmp_path)

    assert check(reference) == []
    assert [placed.row.amount for placed in reference.plans] == [7]
    assert {placed.row.day.year for placed in reference.calendar} == {2024, 2025, 2026, 2027}
    assert {file.name for file in reference.files if not file.packaged} == {"plans.csv", "calendar_2027.csv"}
