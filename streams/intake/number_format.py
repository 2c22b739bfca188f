"""What a number format says of a cell's number (ECMA-376 part 1, 18.8.30 and 18.8.31). Pure.

A format has up to four sections with ``;`` between them, chosen by the value. Letters in quotes or behind ``\\`` ``_``
``*`` are no tokens, nor are those in brackets, unless these count hours, minutes or seconds. Letters that belong to a
word (``tháng``) are no tokens either: programs write them without the quotes that a spreadsheet would set.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

LONGEST = 1_000  # characters; a spreadsheet writes at most 255


class Shows(Enum):
    """What a section makes of a number."""

    NUMBER = "number"
    DAY = "day"  # a day, or a day with its time
    CLOCK = "clock"  # a time of day alone
    DURATION = "duration"  # hours beyond 24


@dataclass(frozen=True, slots=True)
class Section:
    shows: Shows = Shows.NUMBER
    clock: bool = False  # hours, minutes or seconds are among what it shows
    percent: int = 0  # signs, each of which shows a hundred times the value
    scientific: bool = False
    code: tuple[str, ...] = ()  # placeholders and literals of a format that pads with zeros, as in 00000; "" for "#"


class _Token(NamedTuple):
    kind: str
    text: str


_DATE = "ymdhsbegYMDHSBEGวดปชนท"  # the last are Thai: day, month, year, hour, minute, second
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*(?:"|$)) | (?P<escaped>\\(?:.|$)) | (?P<blank>[_*](?:.|$)) | (?P<bracket>\[[^\]]*(?:\]|$))
    | (?P<semicolon>;) | (?P<general>general(?![^\W\d_])) | (?P<half>am/pm | a/p | sa/ch | 上午/下午)
    | (?P<exponent>e[+-](?=[0\#?])) | (?P<word>[^\W\d_]+) | (?P<digit>[0\#?]) | (?P<percent>%) | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(rf"[{_DATE}TZ]*[{_DATE}][{_DATE}TZ]*")
_RUN = re.compile(rf"([{_DATE}])\1*", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+|ช+|น+|ท+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
    "=": lambda value, limit: value == limit,
    "<>": lambda value, limit: value != limit,
}


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """The sections of one format, each with its own condition on the value where it states one."""

    sections: tuple[Section, ...]
    conditions: tuple[tuple[str, float] | None, ...]

    def of(self, value: float) -> Section:
        """The section that shows ``value``. A format of days that hides zero (``dd/mm/yyyy;;``) is one of days for it
        too."""
        found = self._by_sections(value)
        first = self.sections[0]
        hides = found.shows is Shows.NUMBER and first.shows is not Shows.NUMBER and self.conditions[0] is None
        return first if hides else found

    def _by_sections(self, value: float) -> Section:
        last = min(len(self.sections), 3) - 1
        for number in range(last):
            stated = self.conditions[number]
            if stated is not None:
                fits = _TESTS[stated[0]](value, stated[1])
            elif number == 0:
                fits = value > 0 if last == 2 else value >= 0
            else:
                fits = value < 0
            if fits:
                return self.sections[number]
        return self.sections[last]


@lru_cache(maxsize=2_000)
def read(code: str) -> NumberFormat:
    """Whatever the text: what is no format shows a plain number."""
    parts: list[list[_Token]] = [[]]
    for token in _tokens(code[:LONGEST]):
        if token.kind == "semicolon":
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) > 1 and any(token.text == "@" for token in parts[-1]):
        parts.pop()  # it is for texts
    return NumberFormat(tuple(map(_section, parts)), tuple(map(_condition, parts)))


def _tokens(code: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match[0]
        if kind == "word" and _WORD.fullmatch(text):
            yield from (_Token("date", run[0]) for run in _RUN.finditer(text))
        elif kind == "bracket" and _ELAPSED.fullmatch(text):
            yield _Token("elapsed", text[1:-1])
        else:
            yield _Token(kind, text)


def _condition(tokens: Sequence[_Token]) -> tuple[str, float] | None:
    for token in tokens:
        found = _CONDITION.fullmatch(token.text) if token.kind == "bracket" else None
        if found is not None:
            return found[1], float(found[2])
    return None


def _section(tokens: Sequence[_Token]) -> Section:
    kinds = {token.kind for token in tokens}
    numeric = "general" in kinds or "percent" in kinds or any(_is_digit(tokens, at) for at in range(len(tokens)))
    if not numeric:
        if "elapsed" in kinds:
            return Section(Shows.DURATION, clock=True)
        day, clock = _parts(tokens)
        if day or clock:
            return Section(Shows.DAY if day else Shows.CLOCK, clock)
    percent = sum(token.kind == "percent" for token in tokens)
    return Section(percent=percent, scientific="exponent" in kinds, code=() if percent else _code(tokens))


def _is_digit(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a placeholder stands for a digit of the number, and not for a fraction of a second (``ss.00``)."""
    if tokens[at].kind != "digit":
        return False
    while at and tokens[at - 1].kind == "digit":
        at -= 1
    if at < 2 or tokens[at - 1].text not in (".", ","):
        return True
    before = tokens[at - 2]
    return not (before.kind in ("date", "elapsed") and before.text[0] in "sSท")


def _parts(tokens: Sequence[_Token]) -> tuple[bool, bool]:
    """Whether days and times are shown. An ``m`` behind hours or before seconds is a minute."""
    letters = [token.text[0].lower() for token in tokens if token.kind == "date"]
    day, clock = False, any(token.kind == "half" for token in tokens)
    for at, letter in enumerate(letters):
        before = letters[at - 1] if at else ""
        after = letters[at + 1] if at + 1 < len(letters) else ""
        if letter in "hsชนท" or (letter == "m" and (before == "h" or after == "s")):
            clock = True
        else:
            day = True
    return day, clock


def _code(tokens: Sequence[_Token]) -> tuple[str, ...]:
    """The pieces of a format such as ``00000`` or ``"HS-"000\\-000``, which makes a code of a number: zeros, ``""`` for
    ``#``, and literals; none of them where it is a format of another kind, or pads nothing."""
    pieces: list[str] = []
    for token in tokens:
        match token.kind:
            case "digit" if token.text != "?":
                pieces.append("0" if token.text == "0" else "")
            case "quoted" | "escaped":
                pieces.append(f" {token.text[1:].removesuffix(chr(34)) if token.kind == 'quoted' else token.text[1:]}")
            case "other" if token.text in " -():":
                pieces.append(f" {token.text}")
            case "blank" | "bracket":
                continue
            case _:
                return ()
    return tuple(pieces) if pieces.count("0") > 1 else ()


def in_code(pieces: Sequence[str], number: int) -> str:
    """A number as a format that pads with zeros shows it; ``pieces`` are those of a :class:`Section`."""
    digits = list(str(number))
    shown: list[str] = []
    places = sum(piece in ("", "0") for piece in pieces)
    for piece in reversed(pieces):
        if piece in ("", "0"):
            places -= 1
            if places:
                shown.append(digits.pop() if digits else piece)
            else:
                shown.append("".join(digits) or piece)
        else:
            shown.append(piece[1:])
    return "".join(reversed(shown))


_DAYS = "yyyy/m/d"
_ACCOUNTING = '_(* #,##0{0}_);_(* \\(#,##0{0}\\);_(* "-"{1}_);_(@_)'
# Those that every language has, then those whose text depends on the language of the program that wrote the file (days
# and times of Chinese, Japanese and Korean: 27-36 and 50-58; Thai: 59-81). A time of day among these is told by its
# value, which is below one.
BUILT_IN: dict[int, str] = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"},
    **{5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)'},
    **{7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)'},
    **{9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"},
    **{14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm"},
    **{37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)"},
    **{41: _ACCOUNTING.format("", ""), 42: _ACCOUNTING.format("", "")},
    **{43: _ACCOUNTING.format(".00", "??"), 44: _ACCOUNTING.format(".00", "??")},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@"},
    **dict.fromkeys((*range(27, 37), *range(50, 59)), _DAYS),
    **{59: "t0", 60: "t0.00", 61: "t#,##0", 62: "t#,##0.00", 67: "t0%", 68: "t0.00%", 69: "t# ?/?", 70: "t# ??/??"},
    **{71: "ว/ด/ปปปป", 72: "ว-ดดด-ปป", 73: "ว-ดดด", 74: "ดดด-ปป", 75: "ช:นน", 76: "ช:นน:ทท"},
    **{77: "ว/ด/ปปปป ช:นน", 78: "นน:ทท", 79: "[ช]:นน:ทท", 80: "นน:ทท.0", 81: "d/m/bb"},
}
