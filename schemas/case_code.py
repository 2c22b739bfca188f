"""Case codes (mã hồ sơ) in the three forms that occur, and opaque ones from other systems.

- ``000.00.19.H19-240131-0001``: Nghị định 61/2018 Điều 26, Thông tư 01/2018/TT-VPCP Điều 19
- ``H19.19-240131-0001``: identifiers since Quyết định 20/2020/QĐ-TTg run the other way (seen in practice)
- ``G09.20-20260609-0092637``: a ministry's of 2026, 8-digit date and 7-digit number (seen in practice)

Never assume four digits or a six-digit date (domain.md 4.4).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

CaseCode = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64, pattern=r"^[!-~\u00c0-\u1ef9]+$"),
    Field(description="The case's code as its system writes it; no spaces."),
]

_CODE = re.compile(
    r"^(?P<unit>(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})|(?:[A-Z]\d{2}(?:\.\d{2}){0,3}))-(?P<day>\d{6}|\d{8})-(?P<number>\d{1,9})$"
)


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """Unit identifier as written, the day of receipt, and the running number of that day."""

    unit: str
    received_on: date
    number: int


def parse(code: str) -> ParsedCode | None:
    """The parts of a code in one of the known forms; ``None`` for an opaque one, which is just as valid."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    digits = match["day"]
    year, rest = (2000 + int(digits[:2]), digits[2:]) if len(digits) == 6 else (int(digits[:4]), digits[4:])
    try:
        received_on = date(year, int(rest[:2]), int(rest[2:]))
    except ValueError:
        return None
    return ParsedCode(match["unit"], received_on, int(match["number"]))
