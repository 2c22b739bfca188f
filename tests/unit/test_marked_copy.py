"""The workbook given back to whoever filled it in."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from streams.intake import marked_copy, reject_advice
from streams.intake.rows import Rejection
from tests.unit.tables import Unseen, filled, said, template

WRONG: list[list[object]] = [
    [1, date(2024, 1, 31), "Họp dân, tổ công tác", "Hướng dẫn nộp hồ sơ", 120],
    [2, "hôm qua", "Phát thanh", None, "60%"],
]


def test_every_fault_of_a_row_is_marked_in_its_cell_and_the_corrected_copy_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "nowhere"))
    path, out = filled("truyen-thong", tmp_path, {"Truyền thông": WRONG}), tmp_path / "sua.xlsx"
    given = ["import", str(path), "--dry-run", "--rejected", str(out)]

    result = CliRunner().invoke(build(), given, catch_exceptions=False)
    assert result.exit_code == 3
    for cell, column in (("B6", "Ngày"), ("C6", "Hình thức"), ("D6", "Nội dung"), ("E6", "Số lượt người")):
        assert f"sheet 'Truyền thông', cell {cell}: column {column!r}: " in result.stdout

    book = openpyxl.load_workbook(out)
    page = book["Truyền thông"]
    marked = {cell.coordinate for row in page.iter_rows() for cell in row if cell.fill.fgColor.rgb == "00FFC7CE"}
    assert marked == {"B6", "C6", "D6", "E6"}
    assert "ngày/tháng/năm" in page["B6"].comment.text
    assert [row[1].value for row in book[marked_copy.LIST].iter_rows(min_row=2)] == ["B6", "C6", "D6", "E6"]

    page["B6"], page["C6"], page["D6"], page["E6"] = date(2024, 2, 1), "Báo, đài", "Dịch vụ công", 60
    book.save(out)
    viewer = Unseen()
    assert len(said(template(out, viewer))) == 2
    assert viewer.rejections == []


def test_of_a_file_that_is_no_workbook_the_list_is_written(tmp_path: Path) -> None:
    file, out = tmp_path / "log.csv", tmp_path / "sua.xlsx"
    file.write_text("a,b\n")
    wrong = Rejection(2, "time", "date_format", "Thời điểm")

    assert not marked_copy.write(file, [wrong], 3, out)
    rows = list(openpyxl.load_workbook(out)[marked_copy.LIST].iter_rows(min_row=2, values_only=True))
    assert rows[0] == (None, None, 2, "Thời điểm", reject_advice.of(wrong), "date_format")
    assert rows[1][0] == "… và 3 lỗi nữa"


def test_the_file_itself_is_never_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "nowhere"))
    path = filled("truyen-thong", tmp_path, {"Truyền thông": WRONG})
    before = path.read_bytes()

    result = CliRunner().invoke(build(), ["import", str(path), "--dry-run", "--rejected", str(path)])
    assert "is the file itself" in str(result.exception)
    assert path.read_bytes() == before


def test_every_rule_of_a_cell_has_a_sentence() -> None:
    for rule in ("cell_error", "formula_not_computed", "merged_cells", "scientific_notation", "whole_number", "enum"):
        assert reject_advice.of(Rejection(1, "x", rule)).endswith(".")
    assert reject_advice.of(Rejection(1, "x", "a_rule_of_the_contract", "Cột")).endswith(".")
    assert reject_advice.of(Rejection(1, "body", "json_invalid")) == ""
