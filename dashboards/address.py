"""What comes in from outside, checked in one place for screens, stream, callbacks and data API alike: the name of the
host, the path, and what stands behind the question mark. What passes is text that the database can be asked with.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote_to_bytes

LONGEST = 4_000  # bytes of path and query; browsers and proxies take more
LONGEST_VALUE = 600  # letters of one value: a cursor of the data API is the longest that anybody needs
MOST_VALUES = 40
# Control characters, those of C1 too; what turns the direction of text around; what only holds a place.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


class BadAddress(ValueError):
    """The address asks for something that is not there; its text says what."""


class Malformed(BadAddress):
    """No page, stream or answer can have this address."""


def host_of(header: str) -> str:
    """The name in a ``Host`` header, without its port; empty where it is none."""
    bracketed = re.fullmatch(r"\[([0-9A-Fa-f:.]+)\](?::\d{0,5})?", header)
    if bracketed:
        return bracketed[1]
    plain = re.fullmatch(r"([A-Za-z0-9_.-]{1,253})(?::\d{0,5})?", header)
    return plain[1].lower() if plain else ""


def check(raw_path: bytes, query: bytes, longest_value: int = LONGEST_VALUE) -> None:
    """Raises :class:`Malformed` with a sentence for a person; it never repeats what was sent."""
    if len(raw_path) + len(query) > LONGEST:
        raise Malformed("địa chỉ quá dài")
    text(raw_path.decode("ascii", "replace"))
    values(query.decode("ascii", "replace"), longest_value)


def text(word: str) -> str:
    """A percent-encoded part of an address as text."""
    try:
        found = unquote_to_bytes(word).decode()
    except UnicodeDecodeError as exc:
        raise Malformed("địa chỉ có chữ không đọc được (không phải UTF-8)") from exc
    return plain(found)


def plain(found: str) -> str:
    """Text as it is, where it holds nothing that may not stand in an address."""
    if _FORBIDDEN.search(found):
        raise Malformed("địa chỉ có ký tự điều khiển")
    return found


def values(query: str, longest_value: int = LONGEST_VALUE) -> Mapping[str, str]:
    """What stands behind the question mark; of a name given twice the last; what is empty is not given."""
    if len(query) > LONGEST:
        raise Malformed("địa chỉ quá dài")
    try:
        pairs = parse_qsl(query.lstrip("?"), keep_blank_values=True, errors="strict", max_num_fields=MOST_VALUES)
    except UnicodeDecodeError as exc:
        raise Malformed("địa chỉ có chữ không đọc được (không phải UTF-8)") from exc
    except ValueError as exc:
        raise Malformed("địa chỉ có quá nhiều phần") from exc
    for pair in pairs:
        for word in pair:
            if len(word) > longest_value:
                raise Malformed("một phần của địa chỉ quá dài")
            plain(word)
    return {name: value for name, value in pairs if value}
