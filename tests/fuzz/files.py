"""Files for the adapters: recorded ones with one mutation, and garbage. A cell is what stands between separators."""

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.inputs import NUMBERS, mark_of
from tests.unit.tables import RECORDED, filled

_CELLS = {
    ".csv": re.compile(r'[^;,\n"]+'),
    ".json": re.compile(r'(?<=")[^"\n]+(?=")|\d+'),
    ".xes": re.compile(r'(?<=")[^"\n]+(?=")'),
    ".txt": re.compile(r"[^\s{}=,]+"),
    **dict.fromkeys((".prom", ".om"), re.compile(r"[^\s{}=,]+")),
    ".xlsx": re.compile(r"(?<=>)[^<>]+(?=<)"),
}
_ODD = (
    *("", " ", "\x00", "\u202e", "\ufeff", '"', "\r\n", "<", "&#x0;"),
    *("x" * 70_000, "=1+1", "-1", "9" * 40, "1e400", "31/02/2024"),
)

LOG = """case,step,time,unit,name
000.00.19.H19-240131-0001,Tiếp nhận,2024-01-31 08:00,UBND,Nguyễn Văn A
000.00.19.H19-240131-0001,Trả kết quả,2024-02-01 09:30,UBND,Nguyễn Văn A
"""
LOG_MAPPING = """
[file]
format = "csv"
[columns]
case = "case"
step = "step"
time = "time"
step_unit = "unit"
[constants]
source = "urn:test"
"""
XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="c1"/>
<event><string key="concept:name" value="a"/><date key="time:timestamp" value="2024-01-31T08:00:00+07:00"/></event>
<event><string key="concept:name" value="b"/><date key="time:timestamp" value="2024-01-31T09:00:00+07:00"/></event>
</trace></log>
"""


@dataclass(frozen=True, slots=True)
class Seed:
    """A file that is taken as it is. ``mapping`` is a mapping's text or name; none is a template, ``portal`` an export
    of the portal, ``metrics`` an endpoint's answer."""

    suffix: str
    mapping: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class FileInput:
    """``marks`` may stand in no rejection, error or log; ``number`` in no event either."""

    suffix: str
    mapping: str | None
    body: bytes
    marks: tuple[str, ...]
    number: str = ""


def seeds() -> list[Seed]:
    found = [Seed(".csv", LOG_MAPPING, LOG.encode()), Seed(".xes", "xes", XES.encode())]
    for mapping in sorted((RECORDED / "tables").glob("*.toml")):
        for suffix in (".csv", ".xlsx"):
            if (file := mapping.with_suffix(suffix)).exists():
                found.append(Seed(suffix, mapping.read_text("utf-8"), file.read_bytes()))
    for folder, use in (("portal", "portal"), ("openmetrics", "metrics")):
        found += [Seed(path.suffix, use, path.read_bytes()) for path in sorted((RECORDED / folder).iterdir())]
    with TemporaryDirectory() as scratch:
        held = [1, date(2024, 1, 31), "Họp dân, tổ công tác", "Hướng dẫn nộp hồ sơ", 120]
        found.append(Seed(".xlsx", None, filled("truyen-thong", Path(scratch), {"Truyền thông": [held]}).read_bytes()))
    return found


class FileMaker:
    """File after file; the same seed gives the same."""

    def __init__(self, seed: int, seeds: list[Seed]) -> None:
        self._rng = random.Random(seed)
        self._text = [one for one in seeds if one.suffix != ".xlsx"]
        self._books = [one for one in seeds if one.suffix == ".xlsx"]

    def inputs(self, count: int, books: float = 0.03) -> Iterator[FileInput]:
        """Half of them mutated, half garbage; ``books`` is the share of workbooks, which take long to read."""
        for number in range(count):
            seed = self._rng.choice(self._books if self._rng.random() < books else self._text)
            yield self._mutated(seed) if number % 2 else self._garbage(seed)

    def _mutated(self, seed: Seed) -> FileInput:
        mark, number = mark_of(self._rng), ""
        rng = self._rng
        match rng.randrange(4):
            case 0:
                new = mark
            case 1:
                new = number = rng.choice(NUMBERS)
            case 2:
                number = rng.choice(NUMBERS)
                new = f"{mark} {number}"
            case _:
                new = rng.choice(_ODD)

        def changed(text: str) -> str:
            cells = list(_CELLS[seed.suffix].finditer(text))
            at = rng.choice(cells)
            kept = f"{at.group()} " if rng.random() < 0.3 else ""  # digits glued to others are no number of anybody
            return f"{text[: at.start()]}{kept}{new}{text[at.end() :]}"

        body = self._in_book(seed.body, changed) if seed.suffix == ".xlsx" else changed(seed.body.decode()).encode()
        return FileInput(seed.suffix, seed.mapping, body, (mark, number) if number else (mark,), number)

    def _in_book(self, body: bytes, changed: Callable[[str], str]) -> bytes:
        """The workbook with one text of one of its parts changed."""
        with zipfile.ZipFile(BytesIO(body)) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        name = self._rng.choice([name for name in parts if "sheet" in name or "sharedStrings" in name])
        text = parts[name].decode()
        if _CELLS[".xlsx"].search(text):
            parts[name] = changed(text).encode()
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:
            for part, said in parts.items():
                book.writestr(part, said)
        return out.getvalue()

    def _garbage(self, seed: Seed) -> FileInput:
        rng, mark = self._rng, mark_of(self._rng)
        body = bytearray(seed.body)
        match rng.randrange(4):
            case 0:
                body = body[: rng.randrange(len(body))] + mark.encode()
            case 1:
                for _ in range(rng.randrange(1, 20)):
                    body[rng.randrange(len(body))] = rng.randrange(256)
            case 2:
                body = bytearray(rng.randbytes(rng.randrange(400))) + mark.encode()
            case _:
                at = rng.randrange(len(body))
                body[at:at] = f'"{mark}\n{mark}'.encode() * rng.randrange(1, 30)
        return FileInput(seed.suffix, seed.mapping, bytes(body), (mark,))
