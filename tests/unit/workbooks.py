"""Workbooks in a test, made of raw parts, so that a cell is stored just as the test says."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from streams.intake.xlsx import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FIRST_OWN = 164  # number formats of a file begin here


def inline(text: str) -> str:
    """The inside of a cell that holds a text."""
    return f"<is><t>{text}</t></is>"


def cell(place: str, inside: str, kind: str = "n", style: int = 0) -> str:
    return f'<c r="{place}" t="{kind}" s="{style}">{inside}</c>'


def packed(
    rows: str,
    formats: Iterable[str] = (),
    ids: Iterable[int] = (),
    texts: Iterable[str] = (),
    behind: str = "",
    workbook: str = "",
    *,
    strict: bool = False,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of one sheet "Sổ" whose ``sheetData`` is ``rows``. Style 1 and on are ``formats``, then the built-in
    formats ``ids``; ``behind`` stands behind the rows."""
    main, relations = (STRICT, STRICT_RELATIONS) if strict else (MAIN, RELATIONS)
    own = [f"<numFmt numFmtId='{FIRST_OWN + n}' formatCode={quoteattr(code)}/>" for n, code in enumerate(formats)]
    styles = [0, *range(FIRST_OWN, FIRST_OWN + len(own)), *ids]
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in styles)
    parts = {
        "_rels/.rels": _relations([("rId1", f"{relations}/officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{workbook}<sheets>'
        '<sheet name="Sổ" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [
                ("rId1", f"{relations}/worksheet", "worksheets/sheet1.xml"),
                ("rId2", f"{relations}/styles", "/xl/styles.xml"),
                ("rId3", f"{relations}/sharedStrings", "sharedStrings.xml"),
            ]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{"".join(own)}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{"".join(f"<si>{text}</si>" for text in texts)}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{behind}</worksheet>',
        **(more or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return out.getvalue()


def cells_of(content: bytes) -> dict[str, str]:
    """Every cell that says something, or why it does not, by its place."""
    found: dict[str, str] = {}
    book = Workbook(io.BytesIO(content))
    for line, cells in book.rows(book.names[0]):
        found |= {f"{chr(65 + column)}{line}": said for column, said in enumerate(cells)}
    return found


def _relations(all_: list[tuple[str, str, str]]) -> str:
    ones = "".join(f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"/>' for id_, type_, target in all_)
    return f'<Relationships xmlns="{PACKAGE}">{ones}</Relationships>'
