"""What a file is by its first bytes, held against what its mapping says of it."""

import codecs

from streams.intake.errors import IntakeError

HEAD_BYTES = 512  # enough for every look below
GZIP = b"\x1f\x8b"
MARKS = (  # of UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KINDS = (
    (b"PK\x03\x04", "xlsx", "a workbook (XLSX) or another ZIP file"),
    (b"\xd0\xcf\x11\xe0", "xls", "a workbook of the old kind (XLS), or one with a password: save it as XLSX"),
    (b"%PDF", "pdf", "a PDF file"),
)


def refuse_other(head: bytes, expected: str, encoding: str) -> None:
    """Raises :class:`IntakeError` where the beginning of a file can be told not to be ``expected`` (csv, xes, xlsx), or
    not to be in ``encoding``; ``head`` is unpacked."""
    kind, said = _kind(head)
    if kind and kind != expected and not (kind == "xml" and expected == "xes"):
        raise IntakeError(f"the file is {said}, and the mapping says file.format = {expected!r}")
    if expected != "csv":
        return
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked is not None and not codecs.lookup(encoding).name.startswith(marked):
        raise IntakeError(
            f"the file is in {marked.upper()}, as its first bytes say, and the mapping has file.encoding ="
            f" {encoding!r}: write encoding = {marked!r}"
        )
    if (
        marked is None
        and head.count(0) > len(head) // 8
        and not codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    ):
        raise IntakeError(
            f"the file is no text in {encoding!r}: it has zero bytes. If it is in UTF-16, write encoding = 'utf-16-le'"
        )


def _kind(head: bytes) -> tuple[str, str]:
    for mark, kind, said in KINDS:
        if head.startswith(mark):
            return kind, said
    begin = head.removeprefix(codecs.BOM_UTF8).lstrip()[:64].lower()
    if begin.startswith((b"<!doctype html", b"<html")):
        return "html", "a web page (HTML), such as some systems export under the name .xls: save it as XLSX"
    return ("xml", "XML") if begin.startswith(b"<?xml") else ("", "")
