"""What a template is: its sheets, their columns, and the events that a row of them is."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from streams.intake.tables.mapping import Statement, TableFile

REPORTER = "Đơn vị báo cáo"  # chosen once, on the first sheet; rows have it as if it were a column
NUMBER = "STT"  # the first column of every sheet, by which its header is found
EXAMPLE = "Ví dụ"  # in that column: the row is not read
AGAIN = "Lần"


class TemplateCell(Enum):
    """How a column is filled in."""

    TEXT = "text"
    WHOLE = "whole"
    DAY = "day"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """``prompt`` is shown beside a chosen cell. ``choices`` names a list (:mod:`streams.intake.templates.lists`)."""

    heading: str
    cell: TemplateCell
    prompt: str
    example: str | int | date | None = None  # of a list: a code
    required: bool = False
    choices: str = ""
    open: bool = False  # whether something else than the list may be written
    reporter: bool = False  # an empty cell is the reporting unit
    least: int = 0
    most: int = 10**12
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """``statements`` name fields by :class:`Column` heading, :data:`REPORTER` among them; lists arrive as codes."""

    title: str
    about: str
    columns: tuple[Column, ...]
    statements: tuple[Statement, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)


@dataclass(frozen=True)
class Template:
    """``version`` is raised when a sheet or column changes; a workbook of another version is refused by name."""

    name: str
    title: str
    sheets: tuple[Sheet, ...]
    version: int = 1
    file: TableFile = field(
        default_factory=lambda: TableFile(format="xlsx", dates=("d/M/yyyy", "d-M-yyyy", "d.M.yyyy"), thousands=".")
    )

    @property
    def filename(self) -> str:
        return f"bao-cao-{self.name}.xlsx"

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The lists that its columns choose from, the reporter's first."""
        used = (column.choices for sheet in self.sheets for column in sheet.columns if column.choices)
        return tuple(dict.fromkeys(("units", *used)))


def number() -> Column:
    """The first column."""
    return Column(NUMBER, TemplateCell.TEXT, "Số thứ tự, không bắt buộc.", width=8)


def again() -> Column:
    """The last column: a corrected report of the same thing and day."""
    prompt = "Để trống khi báo cáo lần đầu. Báo cáo lại cùng nội dung, cùng ngày: ghi 2, 3, …; lần sau được tính."
    return Column(AGAIN, TemplateCell.WHOLE, prompt, least=1, most=1000, width=7)


def day(heading: str, prompt: str, example: date) -> Column:
    return Column(heading, TemplateCell.DAY, f"{prompt} Ghi ngày/tháng/năm.", example, required=True, width=13)


def count(heading: str, prompt: str, example: int, *, required: bool = True) -> Column:
    return Column(heading, TemplateCell.WHOLE, f"{prompt} Ghi số nguyên.", example, required=required, width=14)


def text(
    heading: str, prompt: str, example: str, *, required: bool = False, most: int = 200, width: int = 36
) -> Column:
    """Free text. No field is for a person's name, and none may be written here."""
    prompt = f"{prompt} Không ghi họ tên, số định danh, địa chỉ của người dân."
    return Column(heading, TemplateCell.TEXT, prompt, example, required=required, most=most, width=width)


def choice(heading: str, choices: str, prompt: str, example: str, *, required: bool = True, width: int = 24) -> Column:
    return Column(
        heading, TemplateCell.LIST, f"{prompt} Chọn trong danh sách.", example, required, choices, width=width
    )
