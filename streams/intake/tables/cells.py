"""From the text of a cell to a value of the contract. A fault is a :class:`RowRefused` without its column."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from streams.intake import bare_day, empty_values
from streams.intake.headers import same
from streams.intake.identity_hashing import Hasher
from streams.intake.moments import Moment, reader
from streams.intake.outgoing import BROKEN, RowRefused
from streams.intake.tables.fields import Form
from streams.intake.tables.mapping import TableFile
from streams.intake.xlsx_cells import CellNumber, is_scientific, tidy

MOST_DIGITS = 15  # what a spreadsheet keeps exactly
TRUTHS = {"có": True, "yes": True, "true": True, "1": True, "x": True}
TRUTHS |= {"không": False, "no": False, "false": False, "0": False}
_WHOLE = re.compile(r"-?[0-9]+")
_SHARE = re.compile(r"(-?[0-9]+(?:[.,]0+)?)\s*%")
_SEVERAL = re.compile(r"[;,\n]")


class Cells:
    """Reads the cells of one file. What looks like an identity number leaves a text as its keyed hash."""

    def __init__(self, file: TableFile, hasher: Hasher) -> None:
        self._read = reader(file.moments, ZoneInfo(file.zone))
        words = (*file.empty, *(empty_values.WORDS if file.empty_words else ()))
        self._empty = frozenset(same(word) for word in words)
        self._no_dates = file.empty_words
        self._thousands = file.thousands
        self._grouped = re.compile(rf"-?[0-9]{{1,3}}(?:{re.escape(file.thousands)}[0-9]{{3}})+")
        self._hasher = hasher
        self._forms: Mapping[Form, Callable[[str, str], Any]] = {
            Form.TEXT: self._text,
            Form.TEXTS: self._texts,
            Form.WHOLE: self._whole,
            Form.SHARE: self._share,
            Form.TRUTH: self._truth,
            Form.DAY: self._day,
            Form.MOMENT: lambda text, field: self.moment(text, field).text,
        }

    def clean(self, text: str, field: str) -> str:
        """As it is kept: no spaces around, composed letters; ``""`` where it stands for nothing."""
        text = tidy(text)
        if isinstance(text, CellNumber):
            return "" if self._empty and same(text) in self._empty else text
        if BROKEN in text:
            raise RowRefused(field, "encoding")
        text = unicodedata.normalize("NFC", text)
        return "" if self._empty and same(text) in self._empty else text

    def date(self, text: str, field: str) -> str:
        """The text of a day or a moment; ``""`` also where it is a day that only stands for none."""
        text = self.clean(text, field)
        return "" if self._no_dates and empty_values.is_no_date(text) else text

    def text(self, text: str, field: str) -> str:
        """A text that becomes part of a name."""
        return self._text(self.clean(text, field), field)

    def value(self, form: Form, text: str, field: str) -> Any:
        """The value of a cell that has something in it, as JSON says it."""
        return self._forms[form](text, field)

    def moment(self, text: str, field: str) -> Moment:
        at = self._read(text)
        if at is None:
            raise RowRefused(field, "date_format")
        return at

    def whole(self, text: str, field: str) -> int:
        return self._whole(text, field)

    def _whole(self, text: str, field: str) -> int:
        if isinstance(text, CellNumber):
            if text.repeated:
                raise RowRefused(field, "merged_cells")
            text = text if text.endswith("%") else text.plain
        elif self._thousands and self._grouped.fullmatch(text):
            text = text.replace(self._thousands, "")
        if not _WHOLE.fullmatch(text) or len(text) > MOST_DIGITS:
            raise RowRefused(field, "whole_number")
        return int(text)

    def _share(self, text: str, field: str) -> int:
        """``60%`` is 60, as a number and as a text."""
        found = _SHARE.fullmatch(text)
        return self._whole(text if found is None else re.sub(r"[.,]0+$", "", found[1]), field)

    def _text(self, text: str, field: str) -> str:
        if is_scientific(text):
            raise RowRefused(field, "scientific_notation")
        return self._hasher.scrub(str(text))

    def _truth(self, text: str, field: str) -> bool:
        found = TRUTHS.get(same(text))
        if found is None:
            raise RowRefused(field, "yes_or_no")
        return found

    def _day(self, text: str, field: str) -> str:
        on = bare_day.day(self.moment(text, field))
        if on is None:
            raise RowRefused(field, "day_without_time")
        return on.isoformat()

    def _texts(self, text: str, field: str) -> list[str]:
        return [self._hasher.scrub(part.strip()) for part in _SEVERAL.split(text) if part.strip()]
