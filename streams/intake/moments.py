"""Dates as people and programs write them in logs: patterns such as ``dd/MM/yyyy HH:mm``, and ``iso``.

Pattern letters are those of spreadsheets and of Java: ``d M yyyy yy H h m s S a``. A doubled letter wants two digits,
a single one takes one or two; ``S`` takes one to six digits of a second; ``a`` takes AM, PM and Vietnamese Excel's SA
and CH.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from unicodedata import category
from zoneinfo import ZoneInfo

from schemas.province import as_datetime, moment

ISO = "iso"
_TOKENS = {
    "yyyy": r"(?P<y>\d{4})",
    "yy": r"(?P<yy>\d{2})",
    "MM": r"(?P<M>\d{2})",
    "M": r"(?P<M>\d{1,2})",
    "dd": r"(?P<d>\d{2})",
    "d": r"(?P<d>\d{1,2})",
    "HH": r"(?P<H>\d{2})",
    "H": r"(?P<H>\d{1,2})",
    "hh": r"(?P<H>\d{2})",
    "h": r"(?P<H>\d{1,2})",
    "mm": r"(?P<m>\d{2})",
    "m": r"(?P<m>\d{1,2})",
    "ss": r"(?P<s>\d{2})",
    "s": r"(?P<s>\d{1,2})",
    "S": r"(?P<f>\d{1,6})",
    "a": r"(?P<a>[AaPp][Mm]|[Ss][Aa]|[Cc][Hh])",
}
_LETTERS = re.compile(r"([A-Za-z])\1*")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}")
_AFTERNOON = ("pm", "ch")


@dataclass(frozen=True, slots=True)
class Moment:
    """``us`` in microseconds since the epoch; ``day`` is set where only a day was written (``us`` is its 00:00)."""

    us: int
    day: date | None = None

    @property
    def text(self) -> str:
        """In UTC, as CloudEvents write a time (RFC 3339)."""
        return as_datetime(self.us).isoformat().replace("+00:00", "Z")


def plain(text: str) -> str:
    """With single spaces, none around, and without letters that only format."""
    if not text.isascii():
        text = "".join(letter for letter in text if category(letter) != "Cf")
    return " ".join(text.split())


def compile_pattern(pattern: str) -> Callable[[str], tuple[datetime, bool] | None]:
    """A reader of one pattern: ``(naive datetime, only a day)`` or ``None``. Raises :class:`ValueError` for a pattern
    that has unknown letters, repeats a part, or names no day."""
    used: list[str] = []
    pattern = plain(pattern)

    def token(match: re.Match[str]) -> str:
        letters = match[0]
        group = _TOKENS.get("S" if set(letters) == {"S"} else letters)
        if group is None:
            raise ValueError(f"unknown letters {letters!r} in the date format {pattern!r}")
        used.append("H" if letters[0] == "h" else letters[0])
        return group

    parts = (part if index % 2 else re.escape(part) for index, part in enumerate(_split(pattern, token)))
    if len(used) != len(set(used)) or not {"y", "M", "d"} <= set(used):
        raise ValueError(f"the date format {pattern!r} must name year, month and day, each once")
    regex = re.compile("".join(parts))
    only_day = "H" not in used

    def read(text: str) -> tuple[datetime, bool] | None:
        match = regex.fullmatch(text)
        if match is None:
            return None
        get = match.groupdict(default="0").get
        year = int(get("y") or 0) or 2000 + int(get("yy") or 0)
        hour = int(get("H") or 0)
        half = get("a")
        if half is not None:
            hour = hour % 12 + (12 if half.lower() in _AFTERNOON else 0)
        fraction = int((get("f") or "0").ljust(6, "0"))
        try:
            at = datetime(year, int(get("M") or 0), int(get("d") or 0), hour, int(get("m") or 0), int(get("s") or 0))  # noqa: DTZ001 - the zone is the caller's
        except ValueError:
            return None
        return at.replace(microsecond=fraction), only_day

    return read


def _split(pattern: str, token: Callable[[re.Match[str]], str]) -> list[str]:
    """Literal text and tokens by turns, beginning with text."""
    parts: list[str] = []
    end = 0
    for match in _LETTERS.finditer(pattern):
        parts += (pattern[end : match.start()], token(match))
        end = match.end()
    return [*parts, pattern[end:]]


def _read_iso(text: str) -> tuple[datetime, bool] | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at, _ISO_DAY.fullmatch(text) is not None


def reader(formats: tuple[str, ...], zone: ZoneInfo) -> Callable[[str], Moment | None]:
    """A function that reads a moment in the first of the formats that fits; ``None`` if none does.

    What has no offset is taken in ``zone``; of an hour that occurs twice, the first. White space of any kind, however
    much, is one space; letters that only format (a mark of the writing direction) are none.
    """
    readers = [_read_iso if name == ISO else compile_pattern(name) for name in formats]

    @lru_cache(maxsize=20_000)
    def read(text: str) -> Moment | None:
        text = plain(text)
        for one in readers:
            found = one(text)
            if found is not None:
                at, only_day = found
                if at.tzinfo is None:
                    at = at.replace(tzinfo=zone)
                try:
                    return Moment(moment(at.astimezone(UTC)), at.date() if only_day else None)
                except OverflowError:
                    return None
        return None

    return read


def today_limit(now: datetime, ahead: timedelta) -> int:
    """The last moment that is accepted as an event's time, in microseconds."""
    return moment(now + ahead)
