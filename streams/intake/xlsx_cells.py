"""What a cell of a workbook says: its stored value in its type and number format, as text. Pure.

A text is a ``str``, a number a :class:`CellNumber`, and what says nothing that could be taken a :class:`Fault`.
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from streams.intake import number_format
from streams.intake.number_format import Section, Shows

LONGEST = 32_767  # characters of a cell, by the format
EXACT = 10**15  # from here on a spreadsheet has lost digits
LAST_DAY = 2_958_465  # 31/12/9999
DAY_S = 86_400
EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a cell's time has no zone
LEAP_DAY_1900 = 60  # a day that never was; the days before it are counted one too low
NO_DATE = ("0001-01-01", "1899-12-30", "1899-12-31")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?)?")


class CellNumber(str):
    """A number: how its format shows it, where that is a code or a percentage, and otherwise its digits. ``plain`` are
    the digits, with a point before a fraction; of a percentage those before the sign. ``repeated`` where a merged cell
    says it of several rows."""

    plain: str
    repeated: bool

    __slots__ = ("plain", "repeated")

    def __new__(cls, shown: str, plain: str | None = None, *, repeated: bool = False) -> "CellNumber":
        made = super().__new__(cls, shown)
        made.plain = shown if plain is None else plain
        made.repeated = repeated
        return made


class Fault(str):
    """An empty text with the reason why nothing could be taken from the cell."""

    rule: str

    __slots__ = ("rule",)

    def __new__(cls, rule: str) -> "Fault":
        made = super().__new__(cls, "")
        made.rule = rule
        return made


ERROR: Final = Fault("cell_error")  # #N/A, #REF!, or a value that is none of its type
NOT_COMPUTED: Final = Fault("formula_not_computed")
NO_SUCH_DAY: Final = Fault("date_out_of_range")
TOO_LONG: Final = Fault("cell_too_long")
MERGED: Final = Fault("merged_cells")


def tidy(cell: str) -> str:
    """Without spaces around; a number or a fault stays one."""
    return cell if isinstance(cell, CellNumber | Fault) else cell.strip()


def is_scientific(text: str) -> bool:
    """Whether a text is a number as a spreadsheet shows it that took a code for one, and has lost its digits."""
    return "E+" in text and _SCIENTIFIC.fullmatch(text) is not None


def of_number(stored: str, code: str, epoch: datetime) -> str:
    """A number as it is stored, in the number format ``code``."""
    if _NUMBER.fullmatch(stored) is None:
        return ERROR
    value = float(stored)
    section = number_format.read(code).of(value)
    if section.shows is Shows.NUMBER:
        return _in_section(value, section)
    if section.shows is Shows.DURATION:
        return _clock(value)
    return _moment(value, section, epoch)


def of_json(value: object) -> str:
    """A value of JSON, as a cell would say it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _in_section(float(value), Section())
        case _:
            return str(value)


def of_iso(stored: str) -> str:
    """A date of a cell that stores it as text: a day or a moment in ISO 8601."""
    found = _ISO.fullmatch(stored)
    if found is None:
        return ERROR
    try:
        datetime.fromisoformat(stored.removesuffix("Z"))
    except ValueError:
        return NO_SUCH_DAY
    if found[1] in NO_DATE:
        return ""
    return found[1] if found[2] is None else f"{found[1]}T{found[2]}"


def unescaped(text: str) -> str:
    """With the letters that ``_xHHHH_`` stands for. Half a pair of surrogates is no letter."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _in_section(value: float, section: Section) -> str:
    scaled = value * 100**section.percent
    if section.percent:
        digits = _digits(scaled)
        return CellNumber(f"{digits}%", digits)
    if abs(scaled) >= EXACT:
        return CellNumber(_scientific(scaled))
    digits = _digits(scaled)
    if section.scientific:
        return CellNumber(_scientific(scaled), digits)
    if section.code and digits.isdecimal():
        return CellNumber(number_format.in_code(section.code, int(digits)), digits)
    return CellNumber(digits)


def _digits(value: float) -> str:
    if abs(value) >= EXACT:
        return _scientific(value)
    rounded = round(value, 9)
    return str(int(rounded)) if rounded.is_integer() else format(Decimal(repr(rounded)), "f")


def _scientific(value: float) -> str:
    """As a spreadsheet shows it: ``1.23457E+17``."""
    mantissa, _, exponent = f"{value:.5E}".partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"


def _moment(value: float, section: Section, epoch: datetime) -> str:
    """A day, or a moment to the second: a spreadsheet keeps it as a fraction of a day. ``""`` for 00/01/1900, which
    spreadsheets show where there is no date."""
    if value == 0 and section.shows is Shows.DAY:
        return ""
    if 0 <= value < 1:
        return _clock(value)
    if not 0 < value < LAST_DAY + 1:
        return NO_SUCH_DAY
    days = value + 1 if epoch == EPOCH_1900 and value < LEAP_DAY_1900 else value
    seconds = min(round(days * DAY_S), (LAST_DAY + 1) * DAY_S - 1)
    try:
        at = epoch + timedelta(seconds=seconds)
    except OverflowError:  # the last days of the year 9999, counted from 1904
        return NO_SUCH_DAY
    whole = seconds % DAY_S == 0 and not section.clock
    return at.date().isoformat() if whole else at.isoformat()


def _clock(value: float) -> str:
    """A time of day or a duration, which is nothing that a column is for."""
    minutes, seconds = divmod(round(min(abs(value), EXACT) * DAY_S), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' * (value < 0)}{hours:02d}:{minutes:02d}:{seconds:02d}"
