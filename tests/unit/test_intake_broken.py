"""Files that break off, and files that are not what their mapping says."""

import gzip
import io
import zlib
from pathlib import Path

import pytest

from streams.intake.errors import IntakeError
from streams.intake.gunzip import BrokenGzip, Gunzip
from streams.intake.log import Log
from streams.intake.mapping import load
from tests.unit.intake import LOGS, from_file, mapping, of_kind

TEXT = b"".join(b"%d;%d\n" % (number, number * 7919 % 10_007) for number in range(40_000))
PACKED = gzip.compress(TEXT, mtime=0)  # the same in every process of the tests


def unpacked(packed: bytes) -> tuple[bytes, bool]:
    """What can be read, and whether it then broke."""
    found = bytearray()
    stream = Gunzip(io.BytesIO(packed))
    buffer = bytearray(10_000)
    try:
        while size := stream.readinto(buffer):
            found += buffer[:size]
    except BrokenGzip:
        return bytes(found), True
    return bytes(found), False


def test_a_whole_gzip_file_is_its_text_however_many_members_it_has() -> None:
    assert unpacked(PACKED) == (TEXT, False)
    assert unpacked(PACKED + PACKED + bytes(512)) == (TEXT + TEXT, False)
    assert unpacked(b"") == (b"", False)


@pytest.mark.parametrize("cut", [9, 30, len(PACKED) // 2, len(PACKED) - 8, len(PACKED) - 1])
def test_a_gzip_file_gives_what_stands_before_its_break(cut: int) -> None:
    found, broken = unpacked(PACKED[:cut])

    member = zlib.decompressobj(31)
    assert (found, broken) == (member.decompress(PACKED[:cut]), True)


def test_a_damaged_byte_costs_only_what_stands_behind_it() -> None:
    damaged = bytearray(PACKED)
    damaged[-6] ^= 0xFF  # in the checksum
    assert unpacked(bytes(damaged)) == (TEXT, True)
    damaged = bytearray(PACKED)
    damaged[len(PACKED) // 2 : len(PACKED) // 2 + 40] = bytes(40)

    found, broken = unpacked(bytes(damaged))

    assert broken
    assert found.startswith(TEXT[: len(TEXT) // 3])


@pytest.mark.parametrize(
    ("file", "chosen", "cases"),
    [
        ("X8/cut.xes.gz", "map.toml", 298),
        ("X8/garbage.xes.gz", "map.toml", 300),
        ("X8/cut.csv.gz", "csv.toml", 295),
        ("X8/garbage.csv.gz", "csv.toml", 300),
    ],
)
def test_what_stands_before_a_broken_end_is_taken_and_the_break_is_named(file: str, chosen: str, cases: int) -> None:
    events, rejections = from_file(file, chosen)

    assert len(of_kind(events, "accepted")) == cases
    assert [(one.field, one.rule) for one in rejections] == [("file", "gzip_broken")]


def test_a_text_in_another_encoding_is_named_as_such() -> None:
    with pytest.raises(IntakeError, match=r"in UTF-16, .* file.encoding = 'utf-8-sig': write encoding = 'utf-16'"):
        Log(LOGS / "C4/log.txt", load(str(LOGS / "C4/mac-dinh.toml")))

    events, rejections = from_file("C4/log.txt", "map.toml")
    assert (len(of_kind(events, "accepted")) > 0, rejections) == (True, [])


@pytest.mark.parametrize(
    ("head", "format_", "said"),
    [
        (b"PK\x03\x04", "csv", r"a workbook \(XLSX\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "xlsx", r"of the old kind \(XLS\)"),
        (b"  <HTML><body>", "xlsx", r"a web page \(HTML\)"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "csv", "XML"),
        (b"m\0a\0;\0b\0", "csv", "utf-16-le"),
        (gzip.compress(b"PK\x03\x04", mtime=0), "xlsx", "unpack the workbook"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_name(tmp_path: Path, head: bytes, format_: str, said: str) -> None:
    path = tmp_path / "log"
    path.write_bytes(head)

    with pytest.raises(IntakeError, match=said):
        Log(path, mapping(file=f'format = "{format_}"'))


def test_a_text_that_its_encoding_cannot_begin_with_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"case,step,time,unit\n")

    with (
        Log(path, mapping(file='format = "csv"\nencoding = "utf-16"')) as log,
        pytest.raises(IntakeError, match="utf-16"),
    ):
        list(log)
