"""Reads the fields of one JSON object of a message. What cannot be read is a fault: field and rule, never the value."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from schemas.cases import Status
from schemas.province import ZONE
from streams.intake import bare_day
from streams.intake.empty_values import is_no_date, is_word
from streams.intake.moments import ISO, Moment, reader

Fault = Callable[[str, str], None]  # (field, rule)
FORMATS = ("yyyyMMddHHmmss", ISO)
YES = frozenset(("1", "true"))
STATUSES = frozenset(map(int, Status))
LONGEST = 4_000  # letters of a field that is read at all
_read = reader(FORMATS, ZONE)


def _unheard(field: str, rule: str) -> None: ...


class Fields:
    """``path`` stands before every field that a fault names, e.g. ``data[2].``."""

    def __init__(self, said: dict[str, Any], path: str, fault: Fault) -> None:
        self._said = said
        self._path = path
        self._fault = fault

    def quiet(self) -> "Fields":
        """The same object, read without a word about what is wrong with it."""
        return Fields(self._said, self._path, _unheard)

    def fault(self, name: str, rule: str) -> None:
        self._fault(self._path + name, rule)

    def text(self, name: str) -> str:
        """Without spaces around, composed; empty where it is left out. A whole number is taken as its digits."""
        value = self._said.get(name)
        if value is None:
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.fault(name, "string_type")
            return ""
        if len(value) > LONGEST:
            self.fault(name, "string_too_long")
            return ""
        return unicodedata.normalize("NFC", value.strip())

    def moment(self, name: str) -> Moment | None:
        """Of ``yyyyMMddHHmmss``, or as ISO 8601 writes it; in the province where no zone is given. ``None`` also where
        it is a day that only stands for none, such as 0001-01-01. 00:00:00 is a day without a time: the messages have
        no other way to say one in their fourteen digits."""
        text = self.text(name)
        if not text or is_word(text) or is_no_date(text):
            return None
        at = _read(text)
        if at is None:
            self.fault(name, "date_format")
        return None if at is None else Moment(at.us, bare_day.day(at))

    def status(self, name: str) -> Status | None:
        """A national status code, 1 to 10."""
        text = self.text(name)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 2 and int(text) in STATUSES:
            return Status(int(text))
        self.fault(name, "unknown_status")
        return None

    def yes(self, name: str) -> bool:
        """``1`` or ``true``, whether written as text or not."""
        value = self._said.get(name)
        return value is True or (isinstance(value, int) and value == 1) or self.loose(name).lower() in YES

    def loose(self, name: str) -> str:
        """As :meth:`text`, and no fault where it is of another type: for fields of which nothing is kept."""
        value = self._said.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return unicodedata.normalize("NFC", value[:LONGEST].strip()) if isinstance(value, str) else ""

    def has(self, name: str) -> bool:
        return self._said.get(name) not in (None, "")

    def each(self, name: str) -> Iterator["Fields"]:
        """The objects of a list."""
        value = self._said.get(name)
        if value is None or value == "":
            return
        if not isinstance(value, list):
            self.fault(name, "list_type")
            return
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield Fields(item, f"{self._path}{name}[{index}].", self._fault)
            else:
                self.fault(f"{name}[{index}]", "not_an_object")
