"""Tables of any topic by a mapping: CSV and XLSX files in, events and rejections out."""

import csv
import io
import tomllib
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from infra.cli.__main__ import build
from schemas.contracts import CONTRACTS, TYPES
from schemas.topics import BY_CONTRACT, CASES_HISTORY
from streams.intake.errors import IntakeError
from streams.intake.log import Log
from streams.intake.rows import Rejection
from streams.intake.tables.fields import SAYABLE, Form, fields_of
from streams.intake.tables.mapping import parse
from streams.intake.xlsx import Torn, Workbook
from tests.unit.intake import kinds, mapping, translate
from tests.unit.tables import RECORDED, Unseen, said, table

DATASET = """
source = "urn:test:so-hoa"
[file]
format = "csv"
delimiter = ";"
dates = ["dd/MM/yyyy"]
thousands = "."
empty = ["-"]
[[event]]
type = "dataset.measured.v1"
time = "Ngày"
constants = { unit = "so-tu-phap", shared = false }
[event.columns]
sector = "Lĩnh vực"
records = "Tổng số"
digitised = "Số hóa"
valid = "Đúng"
complete = "Đủ"
clean = "Sạch"
fresh = "Sống"
shared = "Chia sẻ"
[event.words.sector]
"Hộ tịch" = "ho-tich"
"""
BACKUP = '[[event]]\ntype = "backup.made.v1"\ntime = "a"\nconstants = { system = "s", ok = true }\n'
HEAD = "Ngày;Lĩnh vực;Tổng số;Số hóa;Đúng;Đủ;Sạch;Sống;Chia sẻ;Người lập\n"
TASK = """
source = "urn:test"
[file]
format = "{format}"
dates = ["d/M/yyyy", "iso"]
[[event]]
type = "task.assigned.v1"
time = "Giao"
subject = "{{plan}}/{{Số}}/{{unit}}"
columns = {{ title = "Tên", unit = "Đơn vị", due_on = "Hạn" }}
constants = {{ plan = "KH30-2024", kind = "other" }}
[[event]]
type = "task.done.v1"
time = "Xong"
subject = "KH30-2024/{{Số}}/{{Đơn vị}}"
optional = true
"""


def of_csv(folder: Path, text: str, chosen: str = DATASET) -> tuple[list[dict[str, object]], list[Rejection]]:
    path, viewer = folder / "table.csv", Unseen()
    path.write_text(text, "utf-8", newline="")
    return said(table(path, chosen, viewer)), viewer.rejections


def at(text: str) -> datetime:
    """As a workbook has it: without a zone."""
    return datetime.fromisoformat(text)


def workbook(folder: Path, rows: list[list[object]], title: str = "Trang 1") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    path = folder / "table.xlsx"
    book.save(path)
    return path


def test_every_type_of_every_topic_can_be_said_by_a_row() -> None:
    amendments = {name for name in TYPES if name.split(".")[1] in ("corrected", "voided")}
    assert {*TYPES} - amendments - {"source.digest.v1"} == SAYABLE
    for name in SAYABLE:
        assert all(isinstance(field.form, Form) for field in fields_of(name).values())
    assert {f.name: (f.form, f.required) for f in fields_of("task.assigned.v1").values()} == {
        "title": (Form.TEXT, True),
        "plan": (Form.TEXT, True),
        "kind": (Form.TEXT, True),
        "unit": (Form.TEXT, True),
        "due_on": (Form.DAY, False),
    }
    assert fields_of("lookup.performed.v1")["fields"].form is Form.TEXTS
    assert fields_of("certificate.seen.v1")["expires_at"].form is Form.MOMENT
    assert fields_of("system.measured.v1")["reachable"].form is Form.TRUTH


def test_a_row_becomes_an_event_with_constants_words_and_the_contracts_subject(tmp_path: Path) -> None:
    row = "31/01/2024;hộ  tịch;12.500;11.800;11200;11000;10900;10500;-;Trần Văn A\n"
    events, rejections = of_csv(tmp_path, HEAD + row)

    assert rejections == []
    assert [(event["subject"], event["time"], event["source"]) for event in events] == [
        ("ho-tich/so-tu-phap/2024-01", "2024-01-30T17:00:00Z", "urn:test:so-hoa")
    ]
    assert events[0]["data"] == {
        "sector": "ho-tich", "unit": "so-tu-phap", "records": 12500, "digitised": 11800, "valid": 11200,
        "complete": 11000, "clean": 10900, "fresh": 10500, "shared": False,
    }  # fmt: skip


def test_what_is_wrong_is_told_by_line_column_field_and_rule(tmp_path: Path) -> None:
    rows = (
        "31.01.2024;ho-tich;1;1;1;1;1;1;;\n"
        ";ho-tich;1;1;1;1;1;1;;\n"
        "31/01/2024;ho-tich;nhiều;1;1;1;1;1;;\n"
        "31/01/2024;ho-tich;1;2;1;1;1;1;;\n"
        "31/01/2024;ho-tich;1;1;1;1;1;1;chắc;\n"
        "31/01/2024;;1;1;1;1;1;1;;\n"
        "31/01/2021;ho-tich;1;1;1;1;1;1;;\n"
        "31/01/2024;ho-tich;;1;1;1;1;1\n"
        "31/01/2024;ho-tich;1,5;1;1;1;1;1;;\n"
    )
    events, rejections = of_csv(tmp_path, HEAD + rows)

    assert events == []
    assert [(one.line, one.column, one.field, one.rule) for one in rejections] == [
        (2, "Ngày", "time", "date_format"),
        (3, "Ngày", "time", "missing"),
        (4, "Tổng số", "records", "whole_number"),
        (5, "Số hóa", "digitised", "more_than_records"),
        (6, "Chia sẻ", "shared", "yes_or_no"),
        (7, "Lĩnh vực", "sector", "missing"),
        (8, "Ngày", "time", "before_earliest"),
        (9, "Tổng số", "records", "missing"),
        (10, "Tổng số", "records", "whole_number"),
    ]


def test_a_row_may_be_several_events_and_a_longer_export_repeats_their_ids(tmp_path: Path) -> None:
    head: list[object] = ["Số", "Tên", "Đơn vị", "Giao", "Hạn", "Xong"]
    rows: list[list[object]] = [
        head,
        [5, "Số hóa", "so-tu-phap", at("2024-01-23T08:30:00"), date(2024, 6, 30), None],
        [6, "Làm sạch", "cong-an-tinh", "23/1/2024", "30/6/2024", None],
    ]
    chosen = TASK.format(format="xlsx")
    first = said(table(workbook(tmp_path, rows), chosen, Unseen()))
    rows[1][-1] = date(2024, 5, 1)
    rows.insert(1, [7, "Mới", "so-tu-phap", "1/2/2024", None, None])
    later = said(table(workbook(tmp_path, rows), chosen, Unseen()))

    assert [(event["subject"], event["time"]) for event in first] == [
        ("KH30-2024/5/so-tu-phap", "2024-01-23T01:30:00Z"),
        ("KH30-2024/6/cong-an-tinh", "2024-01-22T17:00:00Z"),
    ]
    assert first[0]["data"]["due_on"] == "2024-06-30"
    assert kinds_of(later) == ["assigned", "assigned", "done", "assigned"]
    assert [later[1]["id"], later[3]["id"]] == [first[0]["id"], first[1]["id"]]


def kinds_of(events: list[dict[str, str]]) -> list[str]:
    return [event["type"].split(".")[1] for event in events]


def test_a_percentage_a_truth_and_a_moment_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a", "b", "c", "d", "e"], [0.45, True, at("2024-01-31T08:00:00.000004"), 12.0, 1.5]])
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active["A2"].number_format = "0%"
    book.save(path)

    with path.open("rb") as file:
        assert list(Workbook(file).rows("Trang 1"))[1] == (2, ["45%", "true", "2024-01-31T08:00:00", "12", "1.5"])


def test_a_case_log_may_be_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["case", "step", "time", "unit", "Họ tên"],
        ["c1", "Tiếp nhận", at("2024-01-31T08:30:00"), "U", "Trần Văn A"],
        ["c1", "Trả kết quả", date(2024, 2, 1), "U", "Trần Văn A"],
    ]
    chosen = mapping(file='format = "xlsx"\nsheet = "Sổ"\ndates = ["dd/MM/yyyy"]', events='"trả kết quả" = "returned"')
    with Log(workbook(tmp_path, rows, "Sổ"), chosen) as log:
        events, rejections = translate(chosen, log)

    assert rejections == []
    assert kinds(events) == ["step", "step", "returned", "accepted"]
    assert events[0]["time"] == "2024-01-31T01:30:00Z"


def test_a_missing_sheet_or_column_is_named(tmp_path: Path) -> None:
    chosen = TASK.format(format="xlsx")
    with pytest.raises(IntakeError, match=r"(?s)'Hạn': not there.*'Số': not there"):
        said(table(workbook(tmp_path, [["Tên", "Đơn vị", "Giao", "Xong"]]), chosen, Unseen()))
    elsewhere = chosen.replace('format = "xlsx"', 'format = "xlsx"\nsheet = "Khác"')
    with pytest.raises(IntakeError, match="no sheet 'Khác'"):
        said(table(workbook(tmp_path, [["Tên"]]), elsewhere, Unseen()))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("dataset.measured.v1", "dataset.voided.v1"), "event.0.type: .*not an event type that a row can be"),
        (('time = "Ngày"', 'time = "Ngày"\nsubject = "{sector}"'), "always {sector}/{unit}/{month}"),
        (('records = "Tổng số"', 'record = "Tổng số"'), "has no field record"),
        (('records = "Tổng số"\n', ""), "needs records"),
        (('format = "csv"', 'format = "xes"'), "file.format"),
        (("[[event]]", f"{BACKUP}[[event]]"), "one topic"),
    ],
)
def test_a_mapping_that_cannot_work_is_told(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(IntakeError, match=f"(?s)not usable.*{fault}"):
        parse(DATASET.replace(*change), "test.toml")


def test_a_row_of_a_case_goes_where_imported_cases_go() -> None:
    text = 'source = "urn:t"\n[file]\nformat = "csv"\n[[event]]\ntype = "case.rated.v1"\ntime = "t"\nsubject = "{Mã}"\n'
    assert parse(text + "constants = { score = 5 }", "t").topic is CASES_HISTORY
    assert parse(DATASET, "t").topic is BY_CONTRACT["datasets"]


@pytest.mark.parametrize("path", sorted(RECORDED.glob("tables/*.toml")), ids=lambda path: path.stem)
def test_recorded_tables_are_read_whole(path: Path) -> None:
    chosen, viewer = path.read_text("utf-8"), Unseen()
    file = path.with_suffix("." + tomllib.loads(chosen)["file"]["format"])
    reading = table(file, chosen, viewer)

    events = said(reading)
    assert viewer.rejections == []
    assert reading.report.rows > 2
    assert len(events) >= reading.report.rows
    assert len({(event["subject"], event["id"]) for event in events}) == len(events)


def test_the_command_takes_a_tables_mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "nowhere"))
    (tmp_path / "m.toml").write_text(DATASET, "utf-8")
    (tmp_path / "t.csv").write_text(HEAD + "31/01/2024;ho-tich;bí mật;1;1;1;1;1;;\n", "utf-8")
    arguments = ["import", str(tmp_path / "t.csv"), "--mapping", str(tmp_path / "m.toml"), "--dry-run"]
    result = CliRunner().invoke(build(), arguments, catch_exceptions=False)

    assert result.exit_code == 3
    assert "line 2: column 'Tổng số': whole_number: Ghi số nguyên" in result.stdout
    assert "bí mật" not in result.stdout


TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["31/01/2024", "ho-tich", "12.500", "1", "có", "-", "", "Bí Mật", "012345678901", "99/99/9999"]),
)


@settings(max_examples=150)
@given(rows=st.lists(st.lists(TEXT, min_size=9, max_size=11), max_size=6))
@example([["31/01/2024", "ho-tich", "9" * 5000, "1", "1", "1", "1", "1", "1", ""]])
@example([["31/01/2024", "\x00", "1", "1", "1", "1", "1", "1", "1", ""]])
def test_whatever_the_cells_hold_nothing_crashes_and_no_error_quotes_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    folder, viewer = tmp_path_factory.mktemp("t"), Unseen()
    path = folder / "table.csv"
    path.write_bytes((HEAD + text.getvalue()).encode("utf-8", "surrogatepass"))
    for one in table(path, DATASET, viewer).events():
        CONTRACTS["datasets"].parse(one.value)
        assert b"012345678901" not in one.value
    assert all("Bí Mật" not in str(one) and "012345678901" not in str(one) for one in viewer.rejections)


@settings(max_examples=150)
@given(raw=st.binary(max_size=2_000), at=st.integers(0, 8_000), cut=st.integers(0, 400))
def test_whatever_bytes_a_workbook_has_it_is_read_refused_or_torn(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, at: int, cut: int
) -> None:
    """Random bytes, and a real workbook with some of its bytes replaced."""
    whole = workbook(tmp_path_factory.mktemp("w"), [["a", "b"], [1, "x"], [date(2024, 1, 31), 2.5]]).read_bytes()
    place = at % len(whole)
    for content in (raw, whole[:place] + raw[:cut] + whole[place + cut :]):
        try:
            book = Workbook(io.BytesIO(content))
            for name in book.names:
                list(book.rows(name))
        except (IntakeError, Torn):
            continue
