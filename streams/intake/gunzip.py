"""A gzip file as the stream of what it holds, up to the byte where it breaks off.

Python's own reader loses what it had unpacked of a block when the file ends within it, and refuses bytes behind the
last member before they are reached.
"""

import io
import zlib
from contextlib import suppress
from typing import BinaryIO

from streams.intake.density import Density
from streams.intake.file_signature import GZIP

CHUNK = 65_536
LOOKED = 1 << 20
WITH_HEADER = 31  # zlib's word for a gzip member of any window


class BrokenGzip(Exception):
    """The stream breaks here; everything before it has been handed on."""


def opened(file: BinaryIO) -> "Gunzip":
    """The stream, once the whole of it is known not to be mostly repetition: unpacking takes a second a GB, while
    reading takes minutes and has sent by then what stands before. Raises :class:`~streams.intake.errors.IntakeError`
    for such a file; of one that cannot be read twice (a pipe) while it is read."""
    if file.seekable():
        begin, buffer = file.tell(), bytearray(LOOKED)
        ahead = Gunzip(file)
        with suppress(BrokenGzip, OSError):  # told where it is read
            while ahead.readinto(buffer):
                pass
        file.seek(begin)
    return Gunzip(file)


class Gunzip(io.RawIOBase):
    """Raises :class:`BrokenGzip` from a read once all is handed on that stands before a break. Zero bytes behind a
    member are padding (tapes have it); other bytes that begin no member only set ``trailing``: the data are whole."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.trailing = False
        self._file = file
        self._member = zlib.decompressobj(WITH_HEADER)
        self._begun = False  # the member has had bytes
        self._read = self._given = 0  # bytes
        self._packed = b""
        self._out = memoryview(b"")
        self._broken = self._ended = False
        self._density = Density(str(getattr(file, "name", "the file")))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        while not self._out and not self._ended:
            if self._broken:
                raise BrokenGzip
            self._more()
        size = min(len(buffer), len(self._out))
        buffer[:size] = self._out[:size]
        self._out = self._out[size:]
        return size

    def _more(self) -> None:
        if not self._packed and not self._member.unconsumed_tail:
            self._packed = self._file.read(CHUNK)
            self._read += len(self._packed)
            if not self._packed:
                self._ended, self._broken = not self._begun, self._begun
                return
        if not self._begun:
            self._packed = self._packed.lstrip(b"\0")
            if not self._packed:
                return
            if self._packed[:1] != GZIP[:1]:
                self._ended = self.trailing = True
                return
        self._begun = True
        self._unpack(self._member.unconsumed_tail + self._packed)

    def _unpack(self, packed: bytes) -> None:
        """At most :data:`CHUNK` bytes of the member, so that a small file cannot fill the memory."""
        before = self._member.copy()
        try:
            self._out = memoryview(self._member.decompress(packed, CHUNK))
        except zlib.error:
            self._out, self._broken = memoryview(_until_it_breaks(before, packed)), True
            return
        self._given += len(self._out)
        rest = len(self._member.unconsumed_tail) + len(self._member.unused_data)
        self._density.passed(self._given, self._read - rest)
        self._packed = b""
        if self._member.eof:
            self._packed = self._member.unused_data
            self._member, self._begun = zlib.decompressobj(WITH_HEADER), False


def _until_it_breaks(member: "zlib._Decompress", packed: bytes) -> bytes:
    """Byte by byte, what stands before the fault that the whole of it has."""
    out = bytearray()
    try:
        for place in range(len(packed)):
            out += member.decompress(packed[place : place + 1])
    except zlib.error:
        pass
    return bytes(out)
