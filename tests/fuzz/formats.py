"""Number formats and what they show: those of the standard by their number, and those that real files carry.

``number_formats.txt`` is of formats that spreadsheets of many languages, reports and libraries write: of days, times,
money, shares and codes. What each shows is stated here, and not by the reader under test.
"""

from pathlib import Path
from typing import NamedTuple

DAY, MOMENT, CLOCK, DURATION = "day", "moment", "clock", "duration"
NUMBER, SHARE, SCIENTIFIC, CODE = "number", "share", "scientific", "code"


class Format(NamedTuple):
    """``number`` of a built-in format, else ``code``. Of a code: the literals around it and how many zeros it pads."""

    shows: str
    code: str = ""
    number: int = 0
    before: str = ""
    zeros: int = 0


_BUILT_IN = {
    NUMBER: (*range(9), 12, 13, *range(37, 45), 49, *range(59, 63), 69, 70, 100, 163),  # the last two are nobody's
    SHARE: (9, 10, 67, 68),
    SCIENTIFIC: (11, 48),
    DAY: (14, 15, 16, 17, *range(27, 37), *range(50, 59), *range(71, 75), 81),
    MOMENT: (22, 77),
    CLOCK: (18, 19, 20, 21, 45, 47, 75, 76, 78, 80),
    DURATION: (46, 79),
}
BUILT_IN = tuple(Format(shows, number=number) for shows, numbers in _BUILT_IN.items() for number in numbers)

CODES = (
    *(Format(CODE, "0" * zeros, zeros=zeros) for zeros in range(2, 16)),
    Format(CODE, '"HS-"00000', before="HS-", zeros=5),
    Format(CODE, r"\H\S\.0000", before="HS.", zeros=4),
    Format(CODE, '[$-42A]"Số "000', before="Số ", zeros=3),
    Format(CODE, "_(0000_)", zeros=4),
    Format(CODE, "[Red]0000;-0", zeros=4),
    Format(CODE, "0000;@", zeros=4),
)


def _recorded() -> list[Format]:
    lines = Path(__file__).with_name("number_formats.txt").read_text("utf-8").splitlines()
    return [Format(shows, code) for shows, _, code in (line.partition("\t") for line in lines)]


REAL = (*_recorded(), *CODES)
