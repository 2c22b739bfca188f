"""Writes a template: Vietnamese headings and instructions, drop-downs, a protected header, an example."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from schemas.reference.reading import Reference
from streams.intake.templates.declared import EXAMPLE, REPORTER, Column, Sheet, Template, TemplateCell
from streams.intake.templates.layout import (
    COVER,
    DATA_ROWS,
    EXAMPLE_ROW,
    HEADER_ROW,
    LISTS,
    MARK,
    MARKED,
    REPORTER_CELL,
)
from streams.intake.templates.lists import offered

DATE_FORMAT = "dd/mm/yyyy"
EARLIEST, LATEST = date(2022, 1, 1), date(2099, 12, 31)
OPEN = Protection(locked=False)
HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F3864")
EXAMPLE_FONT = Font(italic=True, color="7F7F7F")
EXAMPLE_FILL = PatternFill("solid", fgColor="F2F2F2")
CHOICE_FILL = PatternFill("solid", fgColor="FFF2CC")
LINE = Border(bottom=Side("thin", color="7F7F7F"))
WRAPPED = Alignment(wrap_text=True, vertical="center")
RULES = (
    "Cách điền:",
    f"1. Chọn {REPORTER.lower()} ở ô màu vàng phía trên. Mỗi tệp là của một đơn vị.",
    "2. Điền từ dòng trống đầu tiên của từng trang. Dòng “Ví dụ” không được đọc, để nguyên.",
    "3. Ngày ghi ngày/tháng/năm. Số ghi số nguyên, không ghi đơn vị tính. Cột có mũi tên thì chọn trong danh sách.",
    "4. Không ghi họ tên, số định danh, địa chỉ của người dân ở bất cứ ô nào.",
    "5. Không đổi tên trang, tên cột. Gửi lại tệp đã gửi không làm số liệu tăng thêm.",
)


def write(template: Template, reference: Reference, today: date, folder: Path) -> Path:
    """The workbook's path. Its lists are those of ``today``. Raises ``OSError`` where it cannot be written."""
    book: Any = Workbook()
    cover = book.active
    lists = {name: offered(name, reference, today) for name in template.lists}
    _cover(cover, template)
    for sheet in template.sheets:
        _sheet(book.create_sheet(sheet.title), sheet, lists)
    _lists(book, lists)
    _mark(book, template)
    book.security.lockStructure = True
    path = folder / template.filename
    book.save(path)
    return path


def _cover(page: Any, template: Template) -> None:
    page.title = COVER
    page["A1"], page["A1"].font = template.title, Font(bold=True, size=14)
    row, column = REPORTER_CELL
    page.cell(row, column - 1, REPORTER).font = Font(bold=True)
    chosen = page.cell(row, column)
    chosen.protection, chosen.fill, chosen.border = OPEN, CHOICE_FILL, LINE
    validation = _list_validation("units", REPORTER, "Chọn trong danh sách.", strict=True)
    validation.add(chosen.coordinate)
    page.add_data_validation(validation)
    for number, line in enumerate(RULES, row + 2):
        page.cell(number, 1, line)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 24, 60
    page.protection.sheet = True


def _sheet(page: Any, sheet: Sheet, lists: dict[str, dict[str, str]]) -> None:
    page["A1"], page["A1"].font = sheet.title, Font(bold=True, size=13)
    page["A2"] = sheet.about
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        whole = page.column_dimensions[letter]
        whole.width, whole.protection = column.width, OPEN
        if column.cell is TemplateCell.DAY:
            whole.number_format = DATE_FORMAT
        head = page.cell(HEADER_ROW, number, column.heading)
        head.font, head.fill, head.alignment = HEAD_FONT, HEAD_FILL, WRAPPED
        example = page.cell(EXAMPLE_ROW, number, EXAMPLE if number == 1 else _example(column, lists))
        example.font, example.fill = EXAMPLE_FONT, EXAMPLE_FILL
        if column.cell is TemplateCell.DAY:
            example.number_format = DATE_FORMAT
        if number > 1:
            validation = _validation(column)
            validation.add(f"{letter}{EXAMPLE_ROW + 1}:{letter}{EXAMPLE_ROW + DATA_ROWS}")
            page.add_data_validation(validation)
    page.row_dimensions[HEADER_ROW].height = 32
    page.freeze_panes = page.cell(EXAMPLE_ROW + 1, 2)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False  # False: allowed


def _example(column: Column, lists: dict[str, dict[str, str]]) -> object:
    """As somebody would fill it in; of a list that no longer has the code, its first word."""
    if column.cell is not TemplateCell.LIST:
        return column.example
    words = lists[column.choices]
    return next((word for word, code in words.items() if code == column.example), next(iter(words), None))


def _validation(column: Column) -> Any:
    match column.cell:
        case TemplateCell.LIST:
            return _list_validation(column.choices, column.heading, column.prompt, strict=not column.open)
        case TemplateCell.WHOLE:
            made = DataValidation("whole", str(column.least), str(column.most), operator="between")
            made.error = f"Ghi số nguyên từ {column.least} đến {column.most}."
        case TemplateCell.DAY:
            made = DataValidation("date", _serial(EARLIEST), _serial(LATEST), operator="between")
            made.error = "Ghi ngày/tháng/năm, từ năm 2022."
        case _:
            made = DataValidation("textLength", "0", str(min(column.most, 200)), operator="between")
            made.error = f"Dài nhất {min(column.most, 200)} ký tự."
    return _told(made, column.heading, column.prompt)


def _list_validation(name: str, heading: str, prompt: str, *, strict: bool) -> Any:
    made = DataValidation("list", _range_name(name), allow_blank=True)
    made.errorStyle = "stop" if strict else "warning"
    made.error = "Chọn trong danh sách." if strict else "Không có trong danh sách. Vẫn ghi?"
    return _told(made, heading, prompt)


def _told(made: Any, heading: str, prompt: str) -> Any:
    made.allowBlank = True
    made.showErrorMessage = made.showInputMessage = True
    made.errorTitle = made.promptTitle = heading[:32]
    made.prompt = prompt
    return made


def _serial(day: date) -> str:
    return str((day - date(1899, 12, 30)).days)


def _range_name(name: str) -> str:
    return f"dm_{name}"


def _lists(book: Any, lists: dict[str, dict[str, str]]) -> None:
    page = book.create_sheet(LISTS)
    for number, (name, words) in enumerate(lists.items(), 1):
        letter = get_column_letter(number)
        page.cell(1, number, name)
        for row, word in enumerate(words, 2):
            page.cell(row, number, word)
        last = max(2, len(words) + 1)
        book.defined_names[_range_name(name)] = DefinedName(
            _range_name(name), attr_text=f"{LISTS}!${letter}$2:${letter}${last}"
        )
    page.sheet_state = "hidden"
    page.protection.sheet = True


def _mark(book: Any, template: Template) -> None:
    page = book.create_sheet(MARK)
    page.append([MARKED, template.name, template.version])
    page.sheet_state = "hidden"
    page.protection.sheet = True
