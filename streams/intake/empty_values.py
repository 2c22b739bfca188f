"""What programs write where they have nothing: the empties of data-frame libraries and databases, and the day zero of
spreadsheets and of .NET in place of a date."""

import re
from functools import lru_cache

WORDS = frozenset(("nan", "nat", "null", "(null)", "none", "n/a", "<na>"))
LONGEST_WORD = max(map(len, WORDS))
_DAY = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d).*|(\d{4})(\d{2})(\d{2})0*", re.DOTALL)
_DAYS = frozenset(((1900, 1, 0), (1900, 0, 1), (1900, 0, 0), (1900, 1, 1), (1899, 12, 30), (1899, 12, 31)))


def is_word(text: str) -> bool:
    """Whether the whole text is such an empty, in capitals or not."""
    return len(text) <= LONGEST_WORD and text.casefold() in WORDS


@lru_cache(maxsize=20_000)
def is_no_date(text: str) -> bool:
    """Whether a date, in whatever order, is one that only stands for none: 1900-01-01, 00/01/1900, 0001-01-01, …"""
    found = _DAY.fullmatch(text)
    if found is None:
        return False
    first, _, middle, last, *apart = found.groups()
    if first is None:
        year, month, day = map(int, apart)
    elif len(first) == 4:
        year, month, day = int(first), int(middle), int(last)
    elif len(last) == 4:
        day, month, year = int(first), int(middle), int(last)
    else:
        return False
    return year <= 1 or (year, month, day) in _DAYS
