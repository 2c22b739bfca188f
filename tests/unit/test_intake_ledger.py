"""A unit's ledger: a row a case, a title above, who signs below; and the mapping that is proposed for it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from infra.errors import OperatorError
from schemas.topics import CASES_HISTORY
from streams.intake.errors import IntakeError
from streams.intake.footer_rows import above
from streams.intake.guess import guess
from streams.intake.importing import LogReading
from streams.intake.mapping import parse
from streams.intake.rows import LogRow, Rejection
from tests.unit.intake import HASHER, kinds, mapping, translate
from tests.unit.tables import Unseen

HEADER = ["STT", "Mã hồ sơ", "Họ và tên", "Tên thủ tục", "Đơn vị giải quyết", "Hình thức\ntiếp nhận", "Ngày tiếp nhận"]
HEADER += ["Ngày hẹn trả", "Ngày có kết quả", "Kết quả giải quyết", "Tình trạng"]
TITLE: list[list[object]] = [
    ["UBND PHƯỜNG TRẤN BIÊN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["BỘ PHẬN MỘT CỬA", None, None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["SỔ THEO DÕI HỒ SƠ"],
    ["Tháng 10 năm 2026"],
    [],
]
BELOW: list[list[object]] = [
    [None, "Tổng cộng: 4 hồ sơ"],
    [None, None, None, None, None, None, "Trấn Biên, ngày 31 tháng 10 năm 2026"],
    [None, "Người lập biểu", None, None, None, None, "Chủ tịch"],
    [None, "(Ký, ghi rõ họ tên)"],
]


def row(number: int, day: int, due: int, done: int | None, verdict: str | None) -> list[object]:
    code, channel = f"H19.26-2610{day:02d}-{number:04d}", "Trực tuyến toàn trình" if number % 2 else "Trực tiếp"
    ended = date(2026, 10, done) if done else None
    status = "Đã trả kết quả" if done else "Đang giải quyết"
    case = [number, code, "Nguyễn Văn Mẫu", "Chứng thực", "UBND phường Trấn Biên", channel, date(2026, 10, day)]
    return [*case, f"0{due}/10/2026", ended, verdict, status]


CASES: list[list[object]] = [
    row(1, 1, 6, 6, "Đúng hạn"),
    row(2, 2, 6, 7, "Trễ hạn 1 ngày"),
    row(3, 5, 9, None, None),
    row(4, 5, 9, 8, "Trước hạn"),
]


ALL: list[list[object]] = [*TITLE, list[object](HEADER), *CASES, [], *BELOW]


def workbook(folder: Path, cases: list[list[object]] = CASES) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in [*TITLE, HEADER, *cases, [], *BELOW]:
        sheet.append(cells)
    sheet.merge_cells("E1:H1")
    sheet.merge_cells("A4:H4")
    book.save(folder / "so.xlsx")
    return folder / "so.xlsx"


def text(folder: Path, encoding: str) -> Path:
    def written(cell: object) -> str:
        said = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else "" if cell is None else str(cell)
        return f'"{said}"' if "\n" in said else said

    lines = [";".join(written(cell) for cell in cells).rstrip(";") for cells in ALL]
    (folder / "so.csv").write_text("\n".join(lines), encoding)
    return folder / "so.csv"


def read(path: Path, mapped: str) -> tuple[LogReading, Unseen]:
    viewer = Unseen()
    return LogReading(path, parse(mapped, "test"), CASES_HISTORY, HASHER, viewer), viewer


def told(reading: LogReading) -> list[dict[str, Any]]:
    return [json.loads(event.value) for event in reading.events()]


def test_a_column_that_says_on_time_or_late_is_known_by_what_it_says(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path))
    named = book.active
    assert named is not None
    for cells in named.iter_rows():
        for cell in cells:
            if cell.value == "Kết quả giải quyết":
                cell.value = "Tình hình giải quyết"
    book.save(tmp_path / "khac.xlsx")
    assert guess(tmp_path / "khac.xlsx").columns["verdict"] == "Tình hình giải quyết"


@pytest.mark.parametrize("kind", ["xlsx", "utf-8-sig", "utf-8", "utf-16"])
def test_a_ledger_goes_in_by_the_mapping_that_is_proposed_for_it(kind: str, tmp_path: Path) -> None:
    path = workbook(tmp_path) if kind == "xlsx" else text(tmp_path, kind)
    found = guess(path)
    reading, viewer = read(path, found.mapping)
    events = [(e["subject"][-4:], e["type"].split(".")[1], e["time"], e["data"]) for e in told(reading)]

    assert viewer.rejections == []
    assert found.line in (7, 8)  # of a CSV the last line of a heading of two
    assert reading.report.rows == 4
    assert len(reading.report.below) == 4
    data = {"unit": "UBND phường Trấn Biên", "procedure": "Chứng thực"}
    assert events == [
        ("0001", "accepted", "2026-09-30T17:00:00Z", data | {"channel": "online", "due_on": "2026-10-06"}),
        ("0001", "returned", "2026-10-05T17:00:01Z", {}),
        ("0002", "accepted", "2026-10-01T17:00:00Z", data | {"channel": "direct", "due_on": "2026-10-06"}),
        ("0002", "returned", "2026-10-06T17:00:01Z", {}),
        ("0003", "accepted", "2026-10-04T17:00:00Z", data | {"channel": "online", "due_on": "2026-10-09"}),
        ("0004", "accepted", "2026-10-04T17:00:00Z", data | {"channel": "direct", "due_on": "2026-10-09"}),
        ("0004", "returned", "2026-10-07T17:00:01Z", {}),
    ]


def test_no_column_of_a_person_is_proposed_and_the_command_shows_what_it_would_take(tmp_path: Path) -> None:
    result = CliRunner().invoke(build(), ["import", str(workbook(tmp_path)), "--guess"], catch_exceptions=False)

    assert result.exit_code == 0
    assert "# Not read: STT, Họ và tên\n" in result.stdout
    assert parse(result.stdout, "stdout").columns.case == "Mã hồ sơ"
    assert "accepted: 4" in result.stderr
    assert "below the table, not read: 4 rows" in result.stderr
    assert "Mẫu" not in result.output


def test_a_verdict_that_the_dates_do_not_bear_out_is_named_and_the_dates_count(tmp_path: Path) -> None:
    path = workbook(tmp_path, [row(1, 1, 6, 7, "Đúng hạn"), row(2, 1, 6, 6, "Trễ hạn"), row(3, 1, 6, 6, "Đúng hạn")])
    reading, viewer = read(path, guess(path).mapping)

    assert len(told(reading)) == 6
    assert [(one.cell, one.rule) for one in viewer.rejections] == [
        ("J8", "disagrees_with_dates"),
        ("J9", "disagrees_with_dates"),
    ]
    assert (reading.report.rejected_rows, reading.report.remarks, reading.report.clean) == (0, 2, True)


def test_a_word_for_on_time_that_nobody_knows_costs_no_row(tmp_path: Path) -> None:
    path = workbook(tmp_path, [row(1, 1, 6, 6, "Tạm được"), row(2, 1, 6, 6, "Đúng hạn"), row(3, 1, 6, 6, "Đúng hạn")])
    reading, viewer = read(path, guess(path).mapping)

    assert len(told(reading)) == 6
    assert [(one.cell, one.rule) for one in viewer.rejections] == [("J8", "not_in_list")]
    assert (reading.report.rejected_rows, reading.report.remarks) == (0, 1)


def test_a_sum_at_the_end_that_stands_in_no_column_that_is_read_is_counted_as_passed_over(tmp_path: Path) -> None:
    heading: list[object] = ["I. Đất đai"]
    total: list[object] = ["Tổng số: 2 hồ sơ"]
    path = workbook(tmp_path, [heading, row(1, 1, 6, 6, None), heading, row(2, 1, 6, None, None), total])
    reading, viewer = read(path, guess(path).mapping)

    assert len(told(reading)) == 3
    assert viewer.rejections == []
    assert reading.report.below == [12, 14, 15, 16, 17]
    assert reading.report.rows == 2


def test_a_file_without_known_headings_is_told_and_a_broken_one_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b;c\n1;2;3\n", "utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04nothing")

    with pytest.raises(IntakeError, match="known"):
        guess(tmp_path / "a.csv")
    with pytest.raises(IntakeError, match="not an XLSX"):
        guess(tmp_path / "b.xlsx")
    for arguments in (["absent.csv"], [str(tmp_path)], [str(tmp_path / "a.csv"), "--mapping", "xes"]):
        with pytest.raises(OperatorError):
            CliRunner().invoke(build(), ["import", *arguments, "--guess"], catch_exceptions=False)


def test_a_row_of_a_ledger_has_to_say_when_its_case_was_accepted() -> None:
    chosen = mapping(columns='case = "a"\nunit = "u"\nstart = "b"\nend = "e"')
    now = datetime(2026, 12, 1, tzinfo=UTC)
    events, rejections = translate(chosen, [LogRow(2, "c1", "", "", unit="U", end="2026-10-06")], now)

    assert kinds(events) == ["finished"]
    assert rejections == [Rejection(2, "start", "missing")]


def test_only_what_stands_at_the_very_end_is_no_row() -> None:
    rows = [LogRow(number, "x" * (number != 3), "", "") for number in range(1, 7)]
    below: list[int] = []

    found = above(rows, lambda row: row.line in (3, 5, 6), below)

    assert [row.line for row in found] == [1, 2, 3, 4]
    assert below == [5, 6]
    below.clear()
    assert len(list(above(rows * 10, lambda _: True, below))) == 60, "so many are faults"
    assert below == []
