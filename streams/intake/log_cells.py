"""From the text of a log's cell to what an event holds. A fault is a :class:`RowRefused`."""

import unicodedata
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from schemas.province import moment
from schemas.topics import Topic
from streams.intake import empty_values
from streams.intake.identity_hashing import Hasher
from streams.intake.mapping import FileSettings
from streams.intake.moments import Moment, reader
from streams.intake.outgoing import BROKEN, RowRefused
from streams.intake.xlsx_cells import is_scientific
from streams.time_bounds import Timely


class LogCells:
    """Reads the cells of one log. ``read`` gives the moment of a text that :meth:`date` has given, or ``None``."""

    def __init__(self, file: FileSettings, topic: Topic, now: datetime, hasher: Hasher) -> None:
        self.read = reader(file.moments, ZoneInfo(file.zone))
        self.scrub = lru_cache(20_000)(hasher.scrub)  # steps, units and procedures repeat
        self._empty = frozenset(file.empty)
        self._words = file.empty_words
        self._timely, self._now = Timely(topic), moment(now)

    def clean(self, text: str, field: str) -> str:
        """As it is kept: no spaces around, composed letters (Excel on a Mac writes them taken apart); ``""`` where it
        stands for nothing."""
        text = str(text.strip())
        if not text.isascii():
            if BROKEN in text:
                raise RowRefused(field, "encoding")
            text = unicodedata.normalize("NFC", text)
        elif is_scientific(text):
            raise RowRefused(field, "scientific_notation")
        return "" if text in self._empty or (self._words and empty_values.is_word(text)) else text

    def text(self, text: str, field: str) -> str:
        """The same, with a hash in place of what looks like an identity number."""
        return self.scrub(self.clean(text, field))

    def date(self, text: str, field: str) -> str:
        """The text of a date; ``""`` also where it is a day that only stands for none."""
        text = self.clean(text, field)
        return "" if self._words and empty_values.is_no_date(text) else text

    def moment(self, text: str, field: str) -> Moment:
        """When something happened: there must be one, and it must be of a time that the topic takes."""
        text = self.date(text, field)
        if not text:
            raise RowRefused(field, "missing")
        at = self.read(text)
        if at is None:
            raise RowRefused(field, "date_format")
        rule = self._timely.breach(at.us, self._now)
        if rule is not None:
            raise RowRefused(field, rule)
        return at
