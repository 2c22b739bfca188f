"""A file to libraries that write one: what they write is taken away at once, so that nothing of it is held."""

import io
from typing import Any


class TakenBytes(io.RawIOBase):
    """It cannot be sought in, so writers of archives put sizes behind what they are of."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any, /) -> int:
        written = bytes(part)
        self._parts.append(written)
        self._length += len(written)
        return len(written)

    def tell(self) -> int:
        return self._length

    def take(self) -> bytes:
        """What was written since it was taken last."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
