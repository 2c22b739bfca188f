"""The parts of a workbook beside its sheets: which sheets there are, number formats, shared texts."""

import posixpath
import zipfile
from typing import NamedTuple

from streams.intake.number_format import BUILT_IN
from streams.intake.xlsx_cells import LONGEST, TOO_LONG, unescaped
from streams.intake.xlsx_xml import PartBroken, XmlPart

MOST_SMALL = 32 << 20  # bytes of a list of sheets or of styles
MOST_TEXTS = 200 << 20  # bytes of the shared texts: they are kept in memory
GENERAL = BUILT_IN[0]


class SheetPart(NamedTuple):
    name: str
    path: str
    shown: bool


class _Relations(XmlPart):
    """Where the parts that one part refers to are."""

    def __init__(self, archive: zipfile.ZipFile, of: str) -> None:
        folder, name = posixpath.split(of)
        self._folder = folder
        self.by_id: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path in archive.namelist():
            _read(archive, path, self)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
            path = posixpath.normpath(path)
            self.by_id[attributes.get("Id", "")] = path
            self.by_kind.setdefault(attributes.get("Type", "").rpartition("/")[2], path)


class Contents(XmlPart):
    """The list of sheets. Raises :class:`PartBroken` where the file has none."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.sheets: list[SheetPart] = []
        self.from_1904 = False
        path = _Relations(archive, "").by_kind.get("officeDocument", "xl/workbook.xml")
        self._relations = _Relations(archive, path)
        self._here = set(archive.namelist())
        _read(archive, path, self)
        self.texts = self._of_kind("sharedStrings")
        self.styles = self._of_kind("styles")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "") in ("1", "true", "on")
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            path = self._relations.by_id.get(relation, "")
            if path in self._here and "chartsheet" not in path:
                shown = attributes.get("state", "visible") == "visible"
                self.sheets.append(SheetPart(unescaped(attributes.get("name", "")), path, shown))

    def _of_kind(self, kind: str) -> str | None:
        path = self._relations.by_kind.get(kind)
        return path if path in self._here else None


class Formats(XmlPart):
    """The number formats of cells by their style."""

    def __init__(self, archive: zipfile.ZipFile, path: str | None) -> None:
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._of_cells = False
        if path is not None:
            _read(archive, path, self)
        codes = BUILT_IN | self._codes
        self.by_style = [codes.get(number, GENERAL) for number in self._styles]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", GENERAL)
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            self._styles.append(_whole(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False


class Texts(XmlPart):
    """The texts that cells refer to by number, without what says how they are pronounced."""

    def __init__(self, archive: zipfile.ZipFile, path: str | None) -> None:
        self.all: list[str] = []
        self._one: list[str] | None = None
        self._length = self._aside = 0
        self._in_text = False
        if path is not None:
            _read(archive, path, self, MOST_TEXTS)

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._one, self._length = [], 0
        elif name == "rPh":
            self._aside += 1
        elif name == "t":
            self._in_text = self._one is not None and not self._aside

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._aside -= 1
        elif name == "si" and self._one is not None:
            self.all.append(TOO_LONG if self._length > LONGEST else unescaped("".join(self._one)))
            self._one = None

    def text(self, said: str) -> None:
        if self._in_text and self._one is not None:
            self._length += len(said)
            if self._length <= LONGEST:
                self._one.append(said)


def _read(archive: zipfile.ZipFile, path: str, part: XmlPart, most: int = MOST_SMALL) -> None:
    if archive.getinfo(path).file_size > most:
        raise PartBroken
    with archive.open(path) as stream:
        part.read_whole(stream)


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else 0
