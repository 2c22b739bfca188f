"""Headings of a ledger that stand in two rows: a group over its columns, and what each column of it is."""

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from schemas.topics import CASES_HISTORY
from streams.intake.errors import IntakeError
from streams.intake.guess import guess
from streams.intake.headers import HeaderSearch, two_rows
from streams.intake.importing import LogReading
from streams.intake.mapping import parse
from tests.unit.intake import HASHER
from tests.unit.tables import Unseen

UPPER = ["STT", "Mã hồ sơ", "Đơn vị", "Tiếp nhận", None, "Hẹn trả", "Trả kết quả", None, "Ghi chú"]
LOWER = [None, None, None, "Ngày", "Hình thức", "Ngày", "Ngày", "Hình thức", None]
CASE = [1, "H19.26-261001-0001", "Sở Tư pháp", date(2026, 10, 1), "Trực tuyến", date(2026, 10, 6), date(2026, 10, 5)]
MERGED = ["A2:A3", "B2:B3", "C2:C3", "D2:E2", "G2:H2", "I2:I3"]
MAPPING = """
[file]
format = "{}"
dates = ["d/M/yyyy"]
[columns]
case = "Mã hồ sơ"
unit = "Đơn vị"
start = "Tiếp nhận / Ngày"
channel = "tiếp nhận/hình thức"
due = "Hẹn trả / Ngày"
end = "Trả kết quả / Ngày"
[channels]
"Trực tuyến" = "online"
[constants]
source = "urn:test:so"
"""


def ledger(folder: Path, kind: str) -> Path:
    rows: list[list[object]] = [["SỔ THEO DÕI HỒ SƠ"], [*UPPER], [*LOWER], [*CASE, "Trực tiếp", "x"]]
    if kind == "csv":
        texts = [[f"{c:%d/%m/%Y}" if isinstance(c, date) else "" if c is None else str(c) for c in r] for r in rows]
        (folder / "so.csv").write_text("\n".join(map(",".join, texts)), "utf-8")
        return folder / "so.csv"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for area in MERGED if kind == "merged" else []:
        sheet.merge_cells(area)
    book.save(folder / "so.xlsx")
    return folder / "so.xlsx"


def told(path: Path, mapping: str) -> list[tuple[str, str, str]]:
    reading = LogReading(path, parse(mapping, "test"), CASES_HISTORY, HASHER, viewer := Unseen())
    events = [json.loads(event.value) for event in reading.events()]
    assert viewer.rejections == []
    return [(e["type"].split(".")[1], e["time"], e["data"].get("channel", "")) for e in events]


TOLD = [("accepted", "2026-09-30T17:00:00Z", "online"), ("returned", "2026-10-04T17:00:01Z", "")]


@pytest.mark.parametrize("kind", ["merged", "xlsx", "csv"])
def test_a_mapping_names_a_column_by_its_group_and_its_heading(kind: str, tmp_path: Path) -> None:
    mapping = MAPPING.format("csv" if kind == "csv" else "xlsx")
    assert told(ledger(tmp_path, kind), mapping + 'end = "returned"') == TOLD


@pytest.mark.parametrize("kind", ["merged", "xlsx", "csv"])
def test_such_a_column_is_proposed(kind: str, tmp_path: Path) -> None:
    path = ledger(tmp_path, kind)
    found = guess(path)

    assert found.columns == {
        "case": "Mã hồ sơ",
        "unit": "Đơn vị",
        "start": "Tiếp nhận / Ngày",
        "channel": "Tiếp nhận / Hình thức",
        "due": "Hẹn trả / Ngày",
        "end": "Trả kết quả / Ngày",
    }
    assert found.line == 3
    assert [event[:2] for event in told(path, found.mapping)] == [("accepted", TOLD[0][1]), ("finished", TOLD[1][1])]


def test_a_heading_that_two_groups_have_is_said_to_be_there_twice() -> None:
    search = HeaderSearch({"columns.case": "Mã hồ sơ", "columns.start": "Ngày"})
    upper, lower = ([cell or "" for cell in row] for row in (UPPER, LOWER))
    search.offer(2, upper)
    with pytest.raises(IntakeError, match=r"columns.start = 'Ngày': there twice; .* 'group / column'"):
        search.offer(3, lower)


def test_a_group_reaches_as_far_as_its_columns() -> None:
    upper = ["Mã", "", "Ngày", "", "", "Số", "Ghi chú"]
    lower = ["Mã", "Khác", "nhận", "hẹn", "", "", "Ghi  chú", "Thêm"]
    assert two_rows(upper, lower, frozenset()) == [
        "Mã",
        "Khác",
        "Ngày / nhận",
        "Ngày / hẹn",
        "",
        "Số",
        "Ghi  chú",
        "Thêm",
    ]


def test_no_record_is_taken_for_a_second_row_of_headings() -> None:
    search = HeaderSearch({"columns.case": "Mã hồ sơ", "columns.start": "Ngày nhận"})
    assert search.offer(1, ["Mã hồ sơ", "Ngày"]) is None
    assert search.offer(2, ["H19.26-1", "nhận"]) is None
