"""What a terminal is written: no character that it would obey instead of showing. A name in a table may hold what was
taken before names were held to :data:`schemas.unseen.UNSEEN`, and a file that is looked at may hold anything."""

import re
import sys
from typing import Any, TextIO

from schemas.unseen import TURNING

# Line ends, tabs and the terminal's own sequences (ESC) are ours: tables, colours, progress.
_OBEYED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f{TURNING}]")


def escaped(text: str) -> str:
    r"""``\u202e`` as six letters instead of the character."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Escaping:
    """A text stream that escapes what it is given."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(escaped(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def escape_terminals() -> None:
    """From here on; a pipe or a file gets every character as it is."""
    if sys.stdout.isatty():
        sys.stdout = Escaping(sys.stdout)
    if sys.stderr.isatty():
        sys.stderr = Escaping(sys.stderr)
