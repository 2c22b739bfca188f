"""How names are written: compared in Unicode's composed form, with both ways to place a Vietnamese tone mark."""

import re
from unicodedata import normalize

MARKS = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
# "hoà" and "hòa" are one word: in oa, oe and uy at the end of a syllable the mark may stand on either letter. After q
# the u belongs to the consonant ("quý"), so only one way is right there.
NEW_WAY = re.compile(rf"(?<![q])(o)([ae])([{MARKS}])(?!\w)|(?<![q])(u)(y)([{MARKS}])(?!\w)", re.IGNORECASE)
OLD_WAY = re.compile(rf"(?<![q])(o)([{MARKS}])([ae])(?!\w)|(?<![q])(u)([{MARKS}])(y)(?!\w)", re.IGNORECASE)


def composed(text: str) -> str:
    """The form in which names are stored and compared (NFC), without blanks around it."""
    return normalize("NFC", text).strip()


def spellings(name: str) -> tuple[str, ...]:
    """The name itself first, then the other ways to place its tone marks."""
    apart = normalize("NFD", name)
    swapped = (NEW_WAY.sub(_swap, apart), OLD_WAY.sub(_swap, apart))
    return tuple(dict.fromkeys([composed(name), *map(composed, swapped)]))


def _swap(found: re.Match[str]) -> str:
    first, second, third = (part for part in found.groups() if part is not None)
    return first + third + second
