"""A cell of a workbook is what it is: its type and number format, not its text."""

import io
import json
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from schemas.topics import CASES_HISTORY
from streams.intake.errors import IntakeError
from streams.intake.log_events import Translator
from streams.intake.mapping import parse
from streams.intake.memory import Memory
from streams.intake.places import FilePlaces
from streams.intake.reading import ImportAccount, ImportReport
from streams.intake.rows import Rejection
from streams.intake.xlsx import Torn, Workbook
from streams.intake.xlsx_cells import CellNumber, Fault
from streams.intake.xlsx_rows import read
from tests.unit.intake import kinds, of_kind
from tests.unit.tables import HASHER, RECORDED, Unseen, filled, said, table, template
from tests.unit.workbooks import cell, cells_of, inline, packed

WORKBOOKS = RECORDED / "workbooks"
LATER = datetime(2026, 12, 1, tzinfo=UTC)


def imported(name: str) -> tuple[list[dict[str, object]], list[tuple[str, str]]]:
    """The events of a recorded log, decoded, and place and rule of what was rejected."""
    mapping = parse((WORKBOOKS / f"{name}.toml").read_text("utf-8"), name)
    viewer, places = Unseen(), FilePlaces()
    with (WORKBOOKS / f"{name}.xlsx").open("rb") as file, Memory() as memory:
        translator = Translator(mapping, CASES_HISTORY, memory, LATER, HASHER)
        found = translator.events(read(file, mapping, places))
        placed = (places.at(one) if isinstance(one, Rejection) else one for one in found)
        events = [json.loads(one.value) for one in ImportAccount(ImportReport(), viewer).passing(placed)]
    return events, [(one.cell, one.rule) for one in viewer.rejections]


def test_a_day_is_a_day_whatever_letters_its_format_has_in_quotes_escapes_or_brackets() -> None:
    events, rejected = imported("day_formats")

    assert rejected == []
    deadlines = [event["data"] for event in of_kind(events, "accepted")]
    assert [said.get("due_on") for said in deadlines] == ["2026-11-27"] * 7


def test_an_error_cell_is_missing_and_named_by_its_place() -> None:
    events, rejected = imported("error_cells")

    assert rejected == [("D2", "cell_error"), ("B3", "cell_error"), ("A4", "cell_error"), ("C5", "cell_error")]
    assert kinds(events) == ["step", "accepted"]
    assert of_kind(events, "accepted")[0]["data"]["unit"] == "so-tu-phap", "the constant stands in"
    assert "#" not in str(events)


def test_a_formula_that_was_never_computed_is_named() -> None:
    events, rejected = imported("not_computed")

    assert rejected == [("E2", "formula_not_computed"), ("C3", "formula_not_computed")]
    first = next(event for event in of_kind(events, "accepted") if event["subject"] == "E10-0001")
    assert "due_on" not in first["data"]


def test_a_number_is_never_read_again_by_what_groups_digits_in_texts() -> None:
    viewer = Unseen()
    path = WORKBOOKS / "fraction.xlsx"
    mapping = path.with_suffix(".toml").read_text("utf-8")

    assert said(table(path, mapping, viewer)) == []
    assert [(one.cell, one.column, one.rule) for one in viewer.rejections] == [
        ("C2", "Trễ", "whole_number"),
        ("D3", "Yêu cầu", "whole_number"),
    ]


def test_a_number_is_what_its_format_shows_where_that_is_a_code_or_a_share() -> None:
    formats = ("00000", "0%", '0"%"', "0.00E+00", "#,##0", r"000\-000", "dd/mm/yyyy")
    stored = ("42", "0.6", "60", "1200000", "12345", "1", "0")
    row = "".join(cell(f"{chr(65 + n)}1", f"<v>{v}</v>", style=n + 1) for n, v in enumerate(stored))
    row += cell("H1", "<v>46353</v>") + cell("I1", "<v>1234567890123456789</v>") + cell("J1", "<v>1.5E-7</v>")
    found = cells_of(packed(f'<row r="1">{row}</row>', formats))

    assert list(found.values()) == [
        *("00042", "60%", "60", "1.2E+06", "12345", "000-001", ""),
        *("46353", "1.23457E+18", "0.00000015"),
    ]
    numbers = [one for one in found.values() if isinstance(one, CellNumber)]
    assert [one.plain for one in numbers[:4]] == ["42", "60", "60", "1200000"]
    assert len(numbers) == 9


def test_every_type_of_a_cell_is_read_as_it_is_stored() -> None:
    row = (
        cell("A1", "<v>0</v>", "s")
        + cell("B1", inline("in "), "inlineStr")
        + cell("C1", "<f>A1</f><v>tính</v>", "str")
        + cell("D1", "<f>A1</f><v></v>", "str")
        + cell("E1", "<v>1</v>", "b")
        + cell("F1", "<v>2026-11-27T00:00:00</v>", "d")
        + cell("G1", "<v>0001-01-01</v>", "d")
        + cell("H1", "<v>9</v>", "s")
        + cell("I1", "<v>abc</v>")
        + cell("J1", "<f>1+1</f><v>2</v>")
        + cell("K1", "<f>1+1</f><v/>")
        + cell("L1", "<v>1</v>", "s")
        + cell("M1", "<v>2</v>", "s")
    )
    texts = (
        "<r><t>Trấn </t></r><r><t>Biên</t></r><rPh><t>kana</t></rPh>",
        "<t>a_x000D__x005F_x0041_ _xD83D__xDE00_</t>",
    )
    found = cells_of(packed(f'<row r="1">{row}</row>', texts=(*texts, f"<t>{'x' * 40_000}</t>")))

    assert found["A1"] == "Trấn Biên"
    assert found["L1"] == "a\r_x0041_ \U0001f600"
    assert (found["B1"], found["C1"], found["D1"], found["E1"], found["J1"]) == ("in ", "tính", "", "true", "2")
    assert (found["F1"], found["G1"]) == ("2026-11-27T00:00:00", "")
    faults = {place: said.rule for place, said in found.items() if isinstance(said, Fault)}
    assert faults == {"H1": "cell_error", "I1": "cell_error", "K1": "formula_not_computed", "M1": "cell_too_long"}


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("46353", "dd/mm/yyyy", "2026-11-27"),
        ("46353.625", "dd/mm/yyyy hh:mm", "2026-11-27T15:00:00"),
        ("46353", "dd/mm/yyyy hh:mm", "2026-11-27T00:00:00"),
        ("46353.9999999", "dd/mm/yyyy", "2026-11-28"),
        ("0", "dd/mm/yyyy hh:mm", ""),
        ("0.375", "h:mm", "09:00:00"),
        ("1.5", "[h]:mm", "36:00:00"),
        ("59", "dd/mm/yyyy", "1900-02-28"),
        ("61", "dd/mm/yyyy", "1900-03-01"),
        ("2958465", "dd/mm/yyyy", "9999-12-31"),
    ],
)
def test_a_serial_number_is_a_day_or_a_moment_as_its_format_says(stored: str, code: str, text: str) -> None:
    assert (
        cells_of(packed(f'<row r="1">{cell("A1", f"<v>{stored}</v>", style=1)}</row>', (code,))).get("A1", "") == text
    )


@pytest.mark.parametrize("stored", ["-1", "2958466", "1e300", "-0.5"])
def test_a_day_that_no_calendar_has_is_named(stored: str) -> None:
    found = cells_of(packed(f'<row r="1">{cell("A1", f"<v>{stored}</v>", style=1)}</row>', ("dd/mm/yyyy",)))["A1"]
    assert isinstance(found, Fault)
    assert found.rule == "date_out_of_range"


def test_days_of_other_languages_and_of_1904_are_read() -> None:
    row = "".join(cell(f"{chr(65 + n)}1", "<v>46353</v>", style=n + 1) for n in range(4))
    assert list(cells_of(packed(f'<row r="1">{row}</row>', ids=(14, 27, 58, 81))).values()) == ["2026-11-27"] * 4
    old = '<workbookPr date1904="1"/>'
    found = cells_of(packed(f'<row r="1">{cell("A1", "<v>44891</v>", style=1)}</row>', ids=(14,), workbook=old))
    assert found == {"A1": "2026-11-27"}


def test_a_workbook_of_the_strict_variant_is_read() -> None:
    rows = f'<row r="1">{cell("A1", "<v>0</v>", "s")}{cell("B1", "<v>2026-11-27</v>", "d")}</row>'
    assert cells_of(packed(rows, texts=("<t>Mã</t>",), strict=True)) == {"A1": "Mã", "B1": "2026-11-27"}


def test_prefixed_names_rows_without_numbers_and_cells_without_places_are_read() -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
        "<x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )
    found = cells_of(packed("", more={"xl/worksheets/sheet1.xml": sheet}))
    assert found == {"A1": "1", "B1": "2", "A2": "3"}


def test_a_cell_merged_over_rows_says_it_of_each_and_one_over_columns_of_the_first() -> None:
    rows = (
        f'<row r="1">{cell("A1", inline("HS1"), "inlineStr")}{cell("B1", "<v>7</v>")}{cell("C1", "<v>1</v>")}</row>'
        f'<row r="2">{cell("C2", "<v>2</v>")}</row>'
        f'<row r="3">{cell("A3", "<v>5</v>")}{cell("C3", "<v>3</v>")}{cell("E3", "<v>3</v>")}</row>'
        f'<row r="4">{cell("A4", inline("Người ký"), "inlineStr")}</row>'
    )
    merged = '<mergeCells count="4"><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C3:D3"/>'
    found = cells_of(packed(rows, behind=f'{merged}<mergeCell ref="A4:D4"/></mergeCells>'))

    assert (found["A2"], found["C2"]) == ("HS1", "2")
    repeated = found["B2"]
    assert isinstance(repeated, CellNumber)
    assert (str(repeated), repeated.repeated) == ("7", True)
    gap = found["D3"]
    assert isinstance(gap, Fault)
    assert gap.rule == "merged_cells"
    assert [place for place in found if place.endswith("4")] == ["A4"], "a title is no gap"


def test_a_number_merged_over_rows_is_not_counted_of_each(tmp_path: Path) -> None:
    head = "".join(cell(f"{chr(65 + n)}1", inline(word), "inlineStr") for n, word in enumerate(("Tên", "Lúc", "Trễ")))
    first = cell("A2", inline("lgsp"), "inlineStr") + cell("B2", "<v>46349</v>", style=1) + cell("C2", "<v>9</v>")
    second = cell("A3", inline("nds"), "inlineStr") + cell("D3", "<v>1</v>")
    rows = f'<row r="1">{head}</row><row r="2">{first}</row><row r="3">{second}</row>'
    merges = '<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="C2:C3"/></mergeCells>'
    path = tmp_path / "merged.xlsx"
    path.write_bytes(packed(rows, ("dd/mm/yyyy hh:mm",), behind=merges))
    mapping = (WORKBOOKS / "fraction.toml").read_text("utf-8")
    mapping = mapping.replace('"Hệ thống"', '"Tên"').replace(', requests = "Yêu cầu"', "")
    viewer = Unseen()

    events = said(table(path, mapping, viewer))
    assert [(event["data"]["system"], event["data"]["latency_ms"]) for event in events] == [("lgsp", 9)]
    assert [(one.cell, one.rule) for one in viewer.rejections] == [("C3", "merged_cells")]


def test_a_document_type_a_place_that_is_none_and_a_huge_tag_tear_the_sheet() -> None:
    for sheet in (
        '<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row><c r="1A"><v>1</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="0"><c><v>1</v></c></row></sheetData></worksheet>',
        f'<worksheet><sheetData><row r="1" x="{"y" * (2 << 20)}"><c><v>1</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData></worksheet>',
    ):
        book = Workbook(io.BytesIO(packed("", more={"xl/worksheets/sheet1.xml": sheet})))
        with pytest.raises(Torn):
            list(book.rows("Sổ"))


def test_a_workbook_without_its_list_of_sheets_is_refused() -> None:
    with pytest.raises(IntakeError, match="not an XLSX workbook"):
        Workbook(io.BytesIO(packed("", more={"xl/workbook.xml": "<workbook"})))


def test_a_huge_cell_is_named_and_never_held() -> None:
    huge = f'<row r="1">{cell("A1", inline("x" * (10 << 20)), "inlineStr")}{cell("B1", "<v>1</v>")}</row>'
    content = packed(huge)
    tracemalloc.start()
    found = cells_of(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (getattr(found["A1"], "rule", ""), found["B1"]) == ("cell_too_long", "1")
    assert peak < 3 << 20


def test_a_percentage_is_a_share_as_a_number_and_as_a_text_and_a_bare_fraction_is_none(tmp_path: Path) -> None:
    plan, on = "30/KH-UBND 23/01/2024", date(2024, 2, 15)
    said_so = ("10%", "20%", 0.3, 0.4)
    rows: list[list[object]] = [[n, on, plan, f"0{n}", None, share] for n, share in enumerate(said_so, 1)]
    path = filled("nhiem-vu", tmp_path, {"Tiến độ nhiệm vụ": rows})
    book = openpyxl.load_workbook(path)
    book["Tiến độ nhiệm vụ"]["F7"].number_format = "0%"
    book["Tiến độ nhiệm vụ"]["F5"].value = "10 %"
    book.save(path)
    viewer = Unseen()

    events = said(template(path, viewer))
    assert [event["data"]["percent"] for event in events] == [10, 20, 30]
    assert [(one.cell, one.rule) for one in viewer.rejections] == [("F8", "whole_number")]
