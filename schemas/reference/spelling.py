"""How names are written, and when two writings are one name. Pure; the one place that knows it.

``same(text)`` is the form in which names and words are *compared*: units, procedures, sectors, headings, the words of
a mapping, the cells of a list. Compare ``same(a) == same(b)``, or look up ``table[same(word)]`` in a table whose keys
went through it; never show or store its result. ``tidy(text)`` is the form in which a name is *shown* when nothing
better is known: the same letters, one way to write them, upper and lower case as they came.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, normalize

MARKS = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_END = r"(?![\w\u0300-\u036f])"  # of a syllable; other marks than the tone's belong to its letter
# "hoà" and "hòa" are one word: in oa, oe and uy at the end of a syllable the mark may stand on either letter. After q
# the u belongs to the consonant ("quý"), so only one way is right there.
NEW_WAY = re.compile(rf"(?<![q])(o)([ae])([{MARKS}]){_END}|(?<![q])(u)(y)([{MARKS}]){_END}", re.IGNORECASE)
OLD_WAY = re.compile(rf"(?<![q])(o)([{MARKS}])([ae]){_END}|(?<![q])(u)([{MARKS}])(y){_END}", re.IGNORECASE)
# Letters that look like Đ and are others (Icelandic eth, African D), and what word processors make of a hyphen.
ALIKE = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"} | dict.fromkeys("‐‑‒–—―−", "-"))
_LONGEST_KEPT = 400  # characters; a longer text is no name that comes again


def composed(text: str) -> str:
    """The form in which names are stored (NFC), without blanks around it."""
    return normalize("NFC", text).strip()


def spellings(name: str) -> tuple[str, ...]:
    """The name itself first, then the other ways to place its tone marks."""
    apart = normalize("NFD", name)
    swapped = (NEW_WAY.sub(_swap, apart), OLD_WAY.sub(_swap, apart))
    return tuple(dict.fromkeys([composed(name), *map(composed, swapped)]))


def same(text: str) -> str:
    """The form in which names are compared: composed letters, one place of the tone mark (Hòa, Hoà), Đ for its
    look-alikes, one kind of hyphen, no case, white space of any kind one blank and none around it."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _same(text) if len(text) <= _LONGEST_KEPT else tidy(text).casefold()


def forms(names: Iterable[str | None]) -> tuple[str, ...]:
    """These names as :func:`same` has them, each once, sorted; what is ``None`` is none."""
    return tuple(sorted({same(name) for name in names if name is not None}))


def tidy(text: str) -> str:
    """As :func:`same`, with its upper and lower case."""
    if text.isascii():
        return " ".join(text.split())
    return _tidy(text) if len(text) <= _LONGEST_KEPT else _written_anew(text)


def _written_anew(text: str) -> str:
    seen = "".join(letter for letter in text.translate(ALIKE) if category(letter) != "Cf")  # U+200B and the like
    return " ".join(normalize("NFC", NEW_WAY.sub(_swap, normalize("NFD", seen))).split())


@lru_cache(maxsize=20_000)
def _tidy(text: str) -> str:
    return _written_anew(text)


@lru_cache(maxsize=20_000)
def _same(text: str) -> str:
    return _tidy(text).casefold()


def _swap(found: re.Match[str]) -> str:
    first, second, third = (part for part in found.groups() if part is not None)
    return first + third + second
