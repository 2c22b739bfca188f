"""Rows of a ledger that are no records."""

import io

import pytest

from streams.intake import csv_rows
from streams.intake.extra_header_rows import is_aside
from streams.intake.places import FilePlaces
from streams.intake.rows import LogRow, Rejection
from streams.intake.xlsx_rows import read
from tests.unit.intake import mapping
from tests.unit.workbooks import cell, inline, packed

WANTED = {"columns.case": "Mã hồ sơ", "columns.step": "Bước", "columns.time": "Thời điểm", "columns.id": None}


@pytest.mark.parametrize(
    ("values", "aside"),
    [
        (("Mã hồ sơ", "BƯỚC", " Thời  điểm", ""), True),
        (("Mã hồ sơ", "", "", ""), True),
        (("(1)", "(2)", "(3)=(1)+(2)", ""), True),
        (("A", "B", "C", ""), True),
        (("1", "2", "3", ""), True),
        (("1", "2", "", ""), False),
        (("1", "1", "3", ""), False),
        (("Mã hồ sơ", "Bước", "2024-01-31", ""), False),
        (("1", "2", "2024-01-31", ""), False),
        (("", "", "", ""), False),
    ],
)
def test_a_row_that_repeats_the_headings_or_numbers_them_is_no_record(values: tuple[str, ...], aside: bool) -> None:
    assert is_aside(WANTED, values) is aside


def test_a_ledger_with_a_header_of_two_rows_and_numbered_columns_has_only_its_records() -> None:
    chosen = mapping(
        file='format = "xlsx"',
        columns='case = "Mã hồ sơ"\nstep = "Bước"\ntime = "Thời điểm"\nstep_unit = "Đơn vị"',
    )

    def row(line: int, *texts: str) -> str:
        cells = (cell(f"{chr(65 + n)}{line}", inline(text), "inlineStr") for n, text in enumerate(texts) if text)
        return f'<row r="{line}">{"".join(cells)}</row>'

    rows = (
        row(1, "SỔ THEO DÕI HỒ SƠ"),
        row(3, "Mã hồ sơ", "Bước", "Thời điểm", "Đơn vị", "Kết quả"),
        row(4, "", "", "", "", "Đúng hạn", "Trễ hạn"),
        row(5, "(1)", "(2)", "(3)", "(4)", "(5)"),
        row(6, "K-1", "Tiếp nhận", "2024-01-31T08:00", "so-tu-phap"),
        row(7, "", "Thẩm định", "2024-02-01T08:00", "so-tu-phap"),
    )
    merged = "".join(
        f'<mergeCell ref="{ref}"/>' for ref in ("A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "A6:A7")
    )
    content = packed("".join(rows), behind=f"<mergeCells>{merged}</mergeCells>")

    found = list(read(io.BytesIO(content), chosen, FilePlaces()))
    assert [(one.line, one.case, one.step) for one in found if isinstance(one, LogRow)] == [
        (6, "K-1", "Tiếp nhận"),
        (7, "K-1", "Thẩm định"),
    ]
    assert not any(isinstance(one, Rejection) for one in found)


def test_a_page_of_a_csv_file_may_repeat_the_header() -> None:
    text = "case,step,time,unit\n1,2,3,4\nK,s,2024-01-31,u\ncase,step,time,unit\nK,t,2024-01-31,u\n"
    found = list(csv_rows.read(io.StringIO(text, newline=""), mapping()))
    assert [one.line for one in found] == [3, 5]
