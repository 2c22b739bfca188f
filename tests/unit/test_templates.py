"""Templates: what is written for units, and what is read of what they have filled in."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from infra.cli.__main__ import build
from schemas.contracts import CONTRACTS
from streams.intake.errors import IntakeError
from streams.intake.rows import Rejection
from streams.intake.templates.catalogue import TEMPLATES
from streams.intake.templates.declared import TemplateCell
from streams.intake.templates.layout import EXAMPLE_ROW, HEADER_ROW
from streams.intake.templates.lists import Resolver
from streams.intake.templates.write import write
from tests.unit.tables import TODAY, Unseen, filled, reference, said, template

ACTIVITY = [1, date(2024, 1, 31), "Họp dân, tổ công tác", "Hướng dẫn nộp hồ sơ", 120]


def dropdowns(book: Any, sheet: str) -> dict[str, list[str]]:
    """The words of each drop-down, by the column's heading, as a spreadsheet program finds them."""
    page = book[sheet]
    found = {}
    for validation in page.data_validations.dataValidation:
        if validation.type != "list":
            continue
        target = book.defined_names[validation.formula1]
        (where,) = list(target.destinations)
        words = [row[0].value for row in book[where[0]][where[1].replace("$", "")]]
        column = min(cells.min_col for cells in validation.sqref.ranges)
        found[page.cell(HEADER_ROW, column).value] = words
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_drop_downs_a_protected_header_and_hidden_lists(name: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(TEMPLATES[name], reference(), TODAY, tmp_path))

    for sheet in TEMPLATES[name].sheets:
        page = book[sheet.title]
        assert page.protection.sheet
        assert [cell.value for cell in page[HEADER_ROW]] == list(sheet.headings)
        assert all(cell.protection.locked for row in page.iter_rows(1, EXAMPLE_ROW) for cell in row)
        assert not page.column_dimensions["B"].protection.locked
        told = page.data_validations.dataValidation
        assert all(len(one.prompt) <= 255 and len(one.error) <= 255 and len(one.promptTitle) <= 32 for one in told)
        lists = {column.heading: column.choices for column in sheet.columns if column.cell is TemplateCell.LIST}
        assert set(dropdowns(book, sheet.title)) == set(lists)
        for heading, words in dropdowns(book, sheet.title).items():
            codes = [Resolver(reference()).code(lists[heading], word) for word in words]
            assert len(words) > 1
            assert None not in codes
            assert len(set(codes)) == len(words), "no two words stand for one thing"
    assert [book[page].sheet_state for page in ("danh_muc", "ioc")] == ["hidden", "hidden"]
    assert book.security.lockStructure


def test_the_units_to_choose_from_are_those_of_the_day(tmp_path: Path) -> None:
    before = openpyxl.load_workbook(write(TEMPLATES["nhiem-vu"], reference(), date(2024, 1, 31), tmp_path))
    units = dropdowns(before, "Giao nhiệm vụ")["Đơn vị thực hiện"]
    assert "Thành phố Biên Hòa [731]" in units

    after = openpyxl.load_workbook(write(TEMPLATES["nhiem-vu"], reference(), TODAY, tmp_path))
    units = dropdowns(after, "Giao nhiệm vụ")["Đơn vị thực hiện"]
    assert "Thành phố Biên Hòa [731]" not in units
    assert {"Phường Biên Hòa [26068]", "Sở Tư pháp [so-tu-phap]"} <= set(units)


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_empty_template_says_nothing_and_its_example_would_be_taken(name: str, tmp_path: Path) -> None:
    viewer = Unseen()
    assert said(template(filled(name, tmp_path, {}), viewer)) == []
    assert viewer.rejections == []

    path = filled(name, tmp_path, {})
    book = openpyxl.load_workbook(path)
    for sheet in TEMPLATES[name].sheets:
        book[sheet.title].cell(EXAMPLE_ROW, 1).value = 1
    book.save(path)
    reading = template(path, viewer)
    events = said(reading)
    assert viewer.rejections == []
    assert len(events) >= len(TEMPLATES[name].sheets)
    assert {event["source"] for event in events} == {"urn:dongnai:bao-cao:so-tu-phap"}
    assert {event["type"] for event in events} <= set(CONTRACTS[reading.topic.contract].types)


def test_subjects_and_keys_are_made_by_the_reader(tmp_path: Path) -> None:
    row: list[object] = ["", "31/01/2024", "Hộ tịch", "12.500", 11800, 11200, 11000, 10900, 10500, "Có"]
    (event,) = said(template(filled("du-lieu", tmp_path, {"Tiến độ dữ liệu": [row]}), Unseen()))

    assert event["subject"] == "ho-tich/so-tu-phap/2024-01"
    assert event["time"] == "2024-01-30T17:00:00Z"
    assert event["data"] == {
        "sector": "ho-tich",
        "unit": "so-tu-phap",
        "records": 12500,
        "digitised": 11800,
        "valid": 11200,
        "complete": 11000,
        "clean": 10900,
        "fresh": 10500,
        "shared": True,
    }


def test_a_row_of_progress_is_all_that_it_says(tmp_path: Path) -> None:
    plan = "30/KH-UBND 23/01/2024"
    rows: list[list[object]] = [
        [
            1,
            date(2024, 2, 15),
            plan,
            "05",
            None,
            60,
            "Đang vướng",
            "Bộ Công an",
            "Chưa rõ",
            "CV 1",
            "31/7/2024",
        ],
        [2, date(2024, 3, 15), plan, "05", "Công an tỉnh [cong-an-tinh]", None, "Hoàn thành", None, None, "CV 2"],
    ]
    events = said(template(filled("nhiem-vu", tmp_path, {"Tiến độ nhiệm vụ": rows}), Unseen()))

    assert [(event["type"].split(".")[1], event["subject"], event["data"]) for event in events] == [
        ("extended", "KH30-2024/05/so-tu-phap", {"due_on": "2024-07-31"}),
        ("progressed", "KH30-2024/05/so-tu-phap", {"percent": 60, "evidence": "CV 1"}),
        ("blocked", "KH30-2024/05/so-tu-phap", {"by": "Bộ Công an", "reason": "Chưa rõ"}),
        ("done", "KH30-2024/05/cong-an-tinh", {"evidence": "CV 2"}),
    ]


def test_wrong_cells_are_named_by_sheet_row_and_heading(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ACTIVITY,
        [2, "hôm qua", "Họp dân, tổ công tác", "Nội dung A"],
        [3, date(2024, 1, 31), "Hội thảo", "Nội dung B"],
        [4, date(2024, 1, 31), "Báo, đài", None],
        [5, date(2024, 1, 31), "Báo, đài", "Nội dung C", "nhiều"],
        [6, date(2024, 1, 31), "Báo, đài", "Nội dung D", -5],
        [7, date(2031, 1, 31), "Báo, đài", "Nội dung E"],
        [8, date(2024, 1, 31), "Báo, đài", "N" * 201],
    ]
    viewer = Unseen()
    reading = template(filled("truyen-thong", tmp_path, {"Truyền thông": rows}), viewer)

    assert len(said(reading)) == 1
    assert [(one.sheet, one.line, one.column, one.rule) for one in viewer.rejections] == [
        ("Truyền thông", 6, "Ngày", "date_format"),
        ("Truyền thông", 7, "Hình thức", "not_in_list"),
        ("Truyền thông", 8, "Nội dung", "missing"),
        ("Truyền thông", 9, "Số lượt người", "whole_number"),
        ("Truyền thông", 10, "Số lượt người", "out_of_range"),
        ("Truyền thông", 11, "Ngày", "too_far_ahead"),
        ("Truyền thông", 12, "Nội dung", "string_too_long"),
    ]
    assert (reading.report.rows, reading.report.rejected_rows) == (8, 7)


def test_a_rule_between_cells_names_its_column(tmp_path: Path) -> None:
    viewer = Unseen()
    rows: list[list[object]] = [[1, date(2024, 1, 31), "Kỹ năng số", 10, 11]]

    assert said(template(filled("tap-huan", tmp_path, {"Tập huấn": rows}), viewer)) == []
    assert viewer.rejections == [Rejection(5, "attended", "more_than_invited", "Số tham dự", "Tập huấn", "E5")]


def test_the_same_row_is_the_same_event_and_a_later_report_counts(tmp_path: Path) -> None:
    once, again = ACTIVITY, [*ACTIVITY[:4], 150, 2]
    first = said(template(filled("truyen-thong", tmp_path, {"Truyền thông": [once]}), Unseen()))
    later = said(template(filled("truyen-thong", tmp_path, {"Truyền thông": [again, once, once]}), Unseen()))

    assert [event["id"] for event in later[1:]] == [first[0]["id"]] * 2
    assert later[0]["subject"] == first[0]["subject"]
    assert later[0]["id"] != first[0]["id"]
    assert later[0]["time"] > first[0]["time"]


def test_two_rows_that_say_different_things_of_the_same_are_told(tmp_path: Path) -> None:
    viewer = Unseen()
    rows = [ACTIVITY, [*ACTIVITY[:4], 150]]

    assert len(said(template(filled("truyen-thong", tmp_path, {"Truyền thông": rows}), viewer))) == 1
    assert [(one.line, one.rule) for one in viewer.rejections] == [(6, "says_otherwise_than_an_earlier_row")]


def test_an_identity_number_in_a_free_text_leaves_as_a_hash(tmp_path: Path) -> None:
    rows = [[1, date(2024, 1, 31), "Báo, đài", "Bài về 075 201 000 123 và 075201000124", 1]]
    (event,) = said(template(filled("truyen-thong", tmp_path, {"Truyền thông": rows}), Unseen()))

    assert event["data"]["title"].count("t1:") == 2
    assert not {"075201000124", "075 201 000 123"} & set(event["data"]["title"].split(" "))


@pytest.mark.parametrize(
    ("unit", "rule"), [(None, "missing"), ("Sở Không có", "not_in_list"), ("Sở Tư pháp [sai]", "not_in_list")]
)
def test_without_a_known_reporting_unit_nothing_is_taken(unit: str | None, rule: str, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=f"cell B3: column 'Đơn vị báo cáo': {rule}: "):
        template(filled("nhan-luc", tmp_path, {}, unit), Unseen())


def test_a_bare_name_is_enough_where_only_one_unit_bears_it(tmp_path: Path) -> None:
    assert template(filled("nhan-luc", tmp_path, {}, "sở  TƯ PHÁP"), Unseen()).source.endswith(":so-tu-phap")


def test_what_is_no_template_or_an_old_one_is_refused(tmp_path: Path) -> None:
    path = filled("nhan-luc", tmp_path, {})
    book = openpyxl.load_workbook(path)
    book["ioc"]["C1"] = 99
    book.save(path)
    with pytest.raises(IntakeError, match="nhan-luc has changed since"):
        template(path, Unseen())

    del book["ioc"]
    book.save(path)
    with pytest.raises(IntakeError, match="none of our templates"):
        template(path, Unseen())

    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(IntakeError, match="not an XLSX workbook"):
        template(path, Unseen())


def test_a_lost_column_is_named(tmp_path: Path) -> None:
    path = filled("nhan-luc", tmp_path, {})
    book = openpyxl.load_workbook(path)
    book["Nhân lực"].cell(HEADER_ROW, 4).value = "Khác"
    book.save(path)

    with pytest.raises(IntakeError, match=r"(?s)'Nhân lực'.*'Đã tập huấn': not there"):
        said(template(path, Unseen()))


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 1, 1)),
    st.datetimes(),
    st.timedeltas(),
    st.text(LETTERS, max_size=50),
    st.sampled_from(["Hộ tịch", "Có", "30/KH-UBND 23/01/2024", "05", "31/01/2024", "Hoàn thành", "Công an tỉnh"]),
)


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_the_cells_hold_every_event_keeps_to_the_contract_and_no_error_quotes_them(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(TEMPLATES)))
    sheet = data.draw(st.sampled_from(TEMPLATES[name].sheets))
    secret = "Trần Văn Bí Mật"
    row = data.draw(st.lists(st.one_of(CELL, st.just(secret)), max_size=len(sheet.columns)))
    row = ["=" + cell if isinstance(cell, str) and cell.startswith("=") else cell for cell in row]
    viewer = Unseen()
    reading = template(filled(name, tmp_path_factory.mktemp("t"), {sheet.title: [row]}), viewer)

    for one in reading.events():
        CONTRACTS[reading.topic.contract].parse(one.value)
    headings = {"", *sheet.headings}
    assert all(one.column in headings and secret not in "".join(map(str, one)) for one in viewer.rejections)


def test_the_command_writes_every_template_and_imports_one_without_a_mapping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "nowhere"))
    written = CliRunner().invoke(build(), ["templates", "--folder", str(tmp_path / "mau")], catch_exceptions=False)
    assert len(written.stdout.splitlines()) == len(TEMPLATES)
    assert sorted(path.name for path in (tmp_path / "mau").iterdir()) == sorted(t.filename for t in TEMPLATES.values())

    path = filled("truyen-thong", tmp_path, {"Truyền thông": [ACTIVITY, [2, None, "Báo, đài", "Bí mật"]]})
    result = CliRunner().invoke(build(), ["import", str(path), "--dry-run"], catch_exceptions=False)
    assert result.exit_code == 3
    assert "sheet 'Truyền thông', cell B6: column 'Ngày': missing: Ô này không được để trống.\n" in result.stdout
    assert "Bí mật" not in result.stdout
    assert not (tmp_path / "nowhere").exists()
