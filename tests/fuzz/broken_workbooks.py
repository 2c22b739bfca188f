"""Workbooks that are not as they should be: a part lost, cut, swapped or changed, tags that nobody writes.

What is read of them may be nothing; but reading ends, in little time, without a crash and without quoting the file.
"""

import io
import random
import re
import zipfile
from collections.abc import Iterator

from tests.fuzz.files import FileInput
from tests.fuzz.formats import REAL
from tests.fuzz.inputs import NUMBERS, mark_of
from tests.unit.workbooks import cell, inline, packed

HEADINGS = ("case", "step", "time", "unit", "name")
LOG = """
[file]
format = "xlsx"
dates = ["dd/MM/yyyy HH:mm"]
[columns]
case = "case"
step = "step"
time = "time"
step_unit = "unit"
[constants]
source = "urn:test"
"""
_TAG = re.compile(r"<[^<>?!]+>")
_ATTRIBUTE = re.compile(r'(?<==")[^"]*(?=")')
_PLACES = ("A1", "XFD1048576", "XFE1", "A0", "1", "", "a1", "$B$2", "A99999999", "AAAA1", "B2:C3", "Ω1")
_VALUES = ("0", "-1", "1e400", "nan", "1_000", "٣", "1" * 400, "46349.375", "", " 7 ", "0x10", "1E5", "--1", "∞")
_TAGS = (
    "<row>",
    "</row>",
    "<c>",
    "<v>1</v>",
    "<c t='s'><v>0</v></c>",
    "<is><t>",
    "<f/>",
    "<rPh>",
    "<!--",
    "<![CDATA[x]]>",
    "<sheetData>",
    "&#0;",
    "&x;",
    "]]>",
)
_BEHIND = (
    '<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>',
    '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:B1"/></mergeCells>',
    '<mergeCells><mergeCell ref="A0:B0"/><mergeCell ref="ZZZ1:ZZZ9"/></mergeCells>',
    f'<mergeCells>{"".join(f"""<mergeCell ref="B{n}:B{n + 1}"/>""" for n in range(1, 400))}</mergeCells>',
)


class BrokenWorkbooks:
    """One after another; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)

    def inputs(self, count: int) -> Iterator[FileInput]:
        for _ in range(count):
            mark = mark_of(self._rng)
            number = self._rng.choice(NUMBERS)
            body = self._changed(self._whole(mark, number))
            yield FileInput(".xlsx", LOG, body, (mark, number), number)

    def _whole(self, mark: str, number: str) -> dict[str, str]:
        rng = self._rng
        rows = [
            "".join(
                cell(f"{letter}1", inline(word), "inlineStr") for letter, word in zip("ABCDE", HEADINGS, strict=True)
            )
        ]
        for line in range(2, rng.randrange(3, 12)):
            said = (
                cell(f"A{line}", inline(f"K-{line}"), "inlineStr"),
                cell(f"B{line}", "<v>0</v>", "s"),
                cell(f"C{line}", f"<v>{rng.choice(_VALUES) if rng.random() < 0.2 else 46349 + line / 24}</v>", style=1),
                cell(f"D{line}", inline(rng.choice((number, "so-tu-phap", ""))), "inlineStr"),
                cell(f"E{line}", inline(mark), "inlineStr"),
            )
            rows.append("".join(said))
        text = "".join(f'<row r="{line}">{row}</row>' for line, row in enumerate(rows, 1))
        behind = rng.choice(_BEHIND) if rng.random() < 0.3 else ""
        form = rng.choice(REAL).code if rng.random() < 0.5 else "dd/mm/yyyy hh:mm"
        content = packed(text, (form,), texts=("<t>Thẩm định</t>",), behind=behind, strict=rng.random() < 0.3)
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return {name: book.read(name).decode() for name in book.namelist()}

    def _changed(self, parts: dict[str, str]) -> bytes:
        rng = self._rng
        for _ in range(rng.choice((0, 1, 1, 2, 3))):
            name = rng.choice(list(parts))
            parts[name] = self._part(parts[name])
            if rng.random() < 0.08:
                del parts[name]
            elif rng.random() < 0.05:
                other = rng.choice(list(parts))
                parts[name], parts[other] = parts[other], parts[name]
            if not parts:
                break
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as book:
            for name, text in parts.items():
                book.writestr(name, text.encode("utf-8", "surrogatepass"))
        body = bytearray(out.getvalue())
        if rng.random() < 0.1:
            for _ in range(rng.randrange(1, 8)):
                body[rng.randrange(len(body))] = rng.randrange(256)
        return bytes(body)

    def _part(self, text: str) -> str:
        rng = self._rng
        tags = list(_TAG.finditer(text))
        values = list(_ATTRIBUTE.finditer(text))
        match rng.randrange(7):
            case 0 if values:
                at = rng.choice(values)
                new = rng.choice((*_PLACES, *_VALUES, "s", "d", "e", "b", "str", "inlineStr", "z", "hidden", "true"))
                return text[: at.start()] + new + text[at.end() :]
            case 1 if tags:
                at = rng.choice(tags)
                return text[: at.start()] + rng.choice(_TAGS) + text[at.start() :]
            case 2 if tags:
                at = rng.choice(tags)
                return text[: at.start()] + text[at.end() :]
            case 3:
                return text[: rng.randrange(len(text) + 1)]
            case 4:
                return f'<!DOCTYPE x [<!ENTITY a "{"b" * 50}">]>{text}'
            case 5 if tags:
                at = rng.choice(tags)
                return text[: at.end()] + at.group() * rng.randrange(1, 300) + text[at.end() :]
        return f'<?xml version="1.0" encoding="{rng.choice(("utf-16", "cp1258", "none", "utf-8"))}"?>{text}'
