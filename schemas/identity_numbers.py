"""Where identity numbers stand in a text, however they are written. Pure.

Identity numbers are 9 digits (CMND) or 12 (CCCD, định danh cá nhân; domain.md 4.2). A text is normalised first: digits
of any script, circled, raised or full-width; every dash, slash and space as one; what nobody sees left out. Nine and
twelve digits that stand alone are one, also in groups of three or four. Elsewhere (within a longer run, in other
groups) twelve are one where they are built as a CCCD is: province of birth, century and sex, year of birth
(Thông tư 07/2016/TT-BCA, and the provinces' codes of Quyết định 124/2004/QĐ-TTg); that tells them from codes.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, digit, normalize

_PROVINCES = (  # of Quyết định 124/2004/QĐ-TTg
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 "
    "037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 "
    "077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
)
PROVINCES = frozenset(re.findall(r"\d{3}", _PROVINCES))
BORN = range(1905, 2041)
_SLASHES = frozenset("/\u2044\u2215\u29f8\uff0f\\")
_WIDE = {"\uff1a": ":", "\uff0c": ","}
_DASHES = frozenset("\u2212\u2043\u02d7\u00ad\u30fc\u2011")
_SPACED, _OTHER = r" ?[-./] ?| {1,3}", r" ?[_,;|*] ?"
_LOOSE = f"{_SPACED}|{_OTHER}"
# By a colon only with a group that is too long for a time (two) or an address in a network (pairs, or up to four).
_COLON = " ?: ?"
_CANDIDATE = re.compile(
    r"(?<!\d)(?:"
    r"(?P<run>\d{9,})"
    rf"|(?P<threes>\d{{3}}(?P<a>{_SPACED})\d{{3}}(?P=a)\d{{3}}(?:(?P=a)\d{{3}})?)"
    rf"|(?P<fours>\d{{4}}(?P<b>{_SPACED})\d{{4}}(?P=b)\d{{4}})"
    rf"|(?<![A-Za-z\d])(?P<odd>\d{{6}}(?P<c>{_LOOSE})\d{{6}}|\d{{3}}(?P<d>{_LOOSE})\d(?P=d)\d\d(?P=d)\d{{6}}"
    rf"|\d{{3}}(?P<g>{_LOOSE})\d{{3}}(?P=g)\d{{6}}|\d{{6}}(?P<h>{_LOOSE})\d{{3}}(?P=h)\d{{3}}"
    rf"|\d{{3}}(?:(?P<i>{_OTHER})\d{{3}})(?:(?P=i)\d{{3}}){{2}}|\d{{4}}(?P<j>{_OTHER})\d{{4}}(?P=j)\d{{4}}"
    rf"|\d{{3}}(?:{_LOOSE})\d{{9}}|\d{{4}}(?:{_LOOSE})\d{{8}}"
    rf"|\d\d(?:(?P<e>{_LOOSE})\d\d)(?:(?P=e)\d\d){{4}}|\d(?P<f>{_LOOSE})\d(?:(?P=f)\d){{10}})"
    rf"|(?<![A-Za-z\d])(?P<colons>\d{{3}}{_COLON}\d{{3}}{_COLON}\d{{6}}|\d{{6}}{_COLON}\d{{6}}|\d{{3}}{_COLON}\d{{9}}"
    rf"|\d{{3}}{_COLON}\d{_COLON}\d\d{_COLON}\d{{6}})"
    r"|(?<![\d][.,])(?P<thousands>\d{3},\d{3},\d{3})(?![.,]\d)"
    r")(?!\d)"
)
_OF_MONEY = re.compile(
    r"\s?(?:đồng(?!\s+[A-ZĐ])|(?:đ|vnđ|vnd|VNĐ|VND|usd|USD|EUR|triệu|tỷ|tỉ|nghìn|ngàn|lượt|hồ sơ|m2)(?!\w)|[%$€₫])"
)  # not "271,234,567 đồng Nai"
_MONEY_BEFORE = re.compile(
    r"(?:[$€₫]|\b(?:usd|vnd|vnđ|số tiền|tổng|phí|giá|kinh phí|thuế))(?:\s?(?:là|[:=]))?\s*$", re.IGNORECASE
)
_LOOKED_BEFORE = 24  # letters
_CMND = range(1, 39)  # provinces, by the first two digits
_BEFORE, _AFTER = re.compile(r"\d[-./]$"), re.compile(r"[-./]\d")


class Place(NamedTuple):
    """``text[start:end]`` is, or holds, the number with these digits."""

    start: int
    end: int
    digits: str


def is_citizen(number: str) -> bool:
    """Whether twelve digits are built as a CCCD's are."""
    if len(number) != 12 or number[:3] not in PROVINCES:
        return False
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6]) in BORN


def normalised(text: str, *, marks: bool = True) -> tuple[str, list[int]]:
    """What is looked through, and where each of its letters stands in ``text``. Without ``marks`` a raised or circled
    digit is none: it may be a note's number behind an identity number."""
    if text.isascii():
        return text, []
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = _plain(letter, letters[-1] if letters else "")
        for one in plain if marks or category(letter) != "No" else "x":
            letters.append(one)
            places.append(place)
    return "".join(letters), places


def _plain(letter: str, before: str) -> str:
    if letter.isascii():
        return letter
    if letter in _WIDE:
        return _WIDE[letter]
    kind = category(letter)
    if kind == "Cf" and letter not in _DASHES:
        return ""
    if kind in ("Mn", "Me"):
        return "" if before.isdigit() else letter
    if kind == "Pd" or letter in _DASHES:
        return "-"
    if letter in _SLASHES:
        return "/"
    if kind == "Zs":
        return " "
    if kind in ("Nd", "No"):
        composed = normalize("NFKC", letter).strip("().")
        if composed.isascii() and composed.isdigit():
            return composed
        value = digit(letter, -1)
        return str(value) if value >= 0 else letter
    return letter


def found(text: str) -> list[Place]:
    """Every identity number, from left to right."""
    places = list(_found(text, *normalised(text)))
    if text.isascii() or not any(category(letter) == "No" for letter in text):
        return places
    sure = list(_found(text, *normalised(text, marks=False)))
    rest = [p for p in places if not any(p.start < other.end and other.start < p.end for other in sure)]
    return sorted([*sure, *rest])


def _found(text: str, plain: str, places: list[int]) -> Iterator[Place]:
    looked = 0
    while match := _CANDIDATE.search(plain, looked):
        number = _number(plain, match)
        if number is None:
            looked = match.start() + 1  # what is none may end with one: 001 271234567
            continue
        looked = match.end()
        start, end = match.span()
        if places:
            start, end = places[start], places[end - 1] + 1
        yield Place(start, end, number)


def _number(plain: str, match: "re.Match[str]") -> str | None:
    written = "".join(letter for letter in match[0] if letter.isdigit())
    kind = match.lastgroup if match["run"] is None else "run"
    if kind == "run":
        return written if len(written) in (9, 12) else _within(written)
    if is_citizen(written):
        return written
    if match["odd"] is not None or match["colons"] is not None:
        return None
    if match["thousands"] is not None:
        return written if _is_card(plain, match, written) else None
    apart = (match["a"] or match["b"]).strip()
    if match["fours"] is not None and apart in ("-", "/"):  # a year, and two codes
        return None
    # A procedure's code is such groups too (2.000.815.000.00.00.H19), so these stand alone.
    alone = not apart or not (
        _BEFORE.search(plain, max(0, match.start() - 2), match.start()) or _AFTER.match(plain, match.end())
    )
    return written if alone else None


def _is_card(plain: str, match: "re.Match[str]", written: str) -> bool:
    """Whether nine digits in thousands, as a sheet writes a CMND that it takes for a number, are no amount and no list
    (101,102,103)."""
    first, second, third = (int(group) for group in match[0].split(","))
    if int(written[:2]) not in _CMND or (second - first == third - second == 1):
        return False
    before = plain[max(0, match.start() - _LOOKED_BEFORE) : match.start()]
    return _OF_MONEY.match(plain, match.end()) is None and _MONEY_BEFORE.search(before) is None


def _within(run: str) -> str | None:
    """A longer run's own: at its beginning or end rather than between; none of a moment written without marks."""
    last = len(run) - 12
    if last < 0 or (len(run) in (14, 17) and _is_moment(run[:14])):
        return None
    windows = (run[start : start + 12] for start in dict.fromkeys((0, last, *range(last))))
    return next((number for number in windows if is_citizen(number)), None)


def _is_moment(written: str) -> bool:
    try:
        return 1970 <= datetime.strptime(f"{written}+0000", "%Y%m%d%H%M%S%z").year < 2100
    except ValueError:
        return False


def _shape_of(byte: int) -> int:
    if 0x30 <= byte <= 0x39:
        return 0x30
    if byte in b" .-/_,;|*":
        return 0x20
    if byte == 0x3A:
        return byte  # of its own: moments have many
    if byte == 0xE1:
        return 0x45  # E: Vietnamese letters, if a V follows
    if byte in (0xBA, 0xBB):
        return 0x56
    if byte == 0x5C or (byte >= 0xC2 and byte not in (0xC3, 0xC4, 0xC5, 0xC6)):
        return 0x53  # S: an escape, or a letter that is neither ASCII nor Vietnamese and may be a digit or a dash
    return 0x78


_SHAPE = bytes(map(_shape_of, range(256)))
# Searches for fixed texts, and for a pattern that begins with one: each takes a tenth of what a pattern that begins
# with a choice takes.
_FOREIGN, _VIETNAMESE, _EITHER = b"S", b"EV", b"E"
_RUN, _APART, _PAIRS, _SINGLE = b"0" * 9, b"  ", b"00 00 00 00", b"0 0 0 0 0"
# Nine in a row; threes; fours; sixes; as a CCCD is built: 079 2 04 001234
_LONG = re.compile(
    b"000(?:000000| 000 000|0 0000 0000|0 00000000|000 000000| 0 00 000000"
    b"|000 ?: ?000000| ?: ?(?:000000000|000 ?: ?000000|0 ?: ?00 ?: ?000000))"
)


def may_hold(text: bytes) -> bool:
    """Whether :func:`found` might find something in a string of this JSON text; says yes of all that it would find.
    Quick: hardly any event has so many digits beside each other, a foreign letter or an escape."""
    shape = text.translate(_SHAPE)
    if text.isascii():
        if b"\\" in text:
            return True
    elif _FOREIGN in shape or shape.count(_EITHER) != shape.count(_VIETNAMESE):
        return True
    return _may_hold_of(shape)


def _may_hold_of(shape: bytes) -> bool:
    return _LONG.search(shape) is not None or _APART in shape or _PAIRS in shape or _SINGLE in shape


_may_hold_of_seen = lru_cache(4096)(_may_hold_of)


def may_hold_plain(text: str) -> bool:
    """:func:`may_hold` of short plain ASCII (codes, addresses): many are of one shape, which is looked at once."""
    return _may_hold_of_seen(text.encode().translate(_SHAPE))


def may_hold_run(text: str) -> bool:
    """:func:`may_hold` of letters and digits without a mark between them."""
    return _RUN in text.encode().translate(_SHAPE)
