"""An export, read: figures become ``portal.published.v1``, petitions their three events."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from schemas.reference.reading import Reference
from schemas.topics import PORTAL, Topic
from streams.intake.identity_hashing import Hasher
from streams.intake.outgoing import Outgoing
from streams.intake.portal.layout import Layout, LayoutFound
from streams.intake.portal.rows import Export
from streams.intake.reading import ImportAccount, ImportReport, Viewer
from streams.intake.rows import Rejection
from streams.intake.tables.making import Maker, TableRecord
from streams.intake.tables.mapping import Statement, TableFile
from streams.intake.templates.lists import Resolver
from streams.intake.xlsx_cells import tidy

SOURCE = "urn:dongnai:cong-dvcqg"
DATES = ("iso", "d/M/yyyy", "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss", "d-M-yyyy")
FILE = TableFile(format="xlsx", dates=DATES, thousands=".")
_NAMES = ("unit", "period", "component", "service", "numerator", "denominator", "score_milli", "published_on")
FIGURE = Statement(type="portal.published.v1", time="published_on", columns={name: name for name in _NAMES})
PETITION = (
    Statement(
        type="petition.received.v1",
        time="received",
        subject="{code}",
        columns={name: name for name in ("unit", "kind", "due_on")},
    ),
    Statement(
        type="petition.answered.v1",
        time="answered",
        subject="{code}",
        optional=True,
        columns={"published": "published"},
    ),
    Statement(
        type="petition.rated.v1",
        time="answered",
        subject="{code}",
        optional=True,
        filled=("likes", "dislikes"),
        columns={"likes": "likes", "dislikes": "dislikes"},
    ),
)
PETITION_FIELDS = ("code", "unit", "kind", "received", "due_on", "answered", "published", "likes", "dislikes")
_PERIODS = (
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})|(?:tháng\s*)?(?P<m2>\d{1,2})\s*[/-]\s*(?P<y2>\d{4})"), "m"),
    (re.compile(r"(?P<y>\d{4})-?q(?P<q>[1-4])|(?:quý|q)\s*(?P<q2>[1-4])\s*[/-]\s*(?:năm\s*)?(?P<y2>\d{4})"), "q"),
    (re.compile(r"(?:năm\s*)?(?P<y>\d{4})"), "y"),
)


@dataclass(frozen=True, slots=True)
class PortalSaid:
    """What holds for a whole file that does not say it itself."""

    period: str | None = None
    published_on: date | None = None


class PortalReading:
    """The events of one export."""

    topic: Topic = PORTAL

    def __init__(
        self,
        path: Path,
        layout: Layout,
        reference: Reference,
        hasher: Hasher,
        now: datetime,
        viewer: Viewer,
        said: PortalSaid = PortalSaid(),
        source: str = SOURCE,
    ) -> None:
        self.report = ImportReport()
        self.source = source
        self._export = Export(path, layout)
        self._layout = layout
        self._units = Resolver(reference)
        self._viewer = viewer
        self._said = said
        self._figures = Maker((FIGURE,), FILE, source, PORTAL, hasher, now)
        self._petitions = Maker(PETITION, FILE, source, PORTAL, hasher, now)
        self._account = ImportAccount(self.report, viewer)

    def events(self) -> Generator[Outgoing, None, None]:
        yield from self._account.passing(self._all())
        self._viewer.read(self._export.size, self._export.size)

    def _all(self) -> Iterator[Outgoing | Rejection]:
        for row in self._export.rows():
            if isinstance(row, Rejection):
                self.report.rows += row.field == "file"  # others belong to a row that is read all the same
                yield row
                continue
            self.report.rows += 1
            found, record = row
            for one in self._of_row(found, record):
                if isinstance(one, Rejection):
                    one = self._export.places.at(one._replace(column=found.fields.get(one.field, "")))
                yield one

    def _of_row(self, found: LayoutFound, record: TableRecord) -> Iterator[Outgoing | Rejection]:
        said = {field: tidy(record.cells.get(heading, "")) for field, heading in found.fields.items()}
        said["unit"] = self._units.code("units", said["unit"]) or said["unit"]  # unknown ones are counted as such
        if found.petitions:
            said["kind"] = self._layout.petition_kind(said["kind"])
            yield from self._petitions.events(TableRecord(record.line, dict.fromkeys(PETITION_FIELDS, "") | said))
            return
        period = period_of(said) or self._said.period or ""
        score = said.pop("score", "")
        milli = score_of(score) if score else ""
        if milli is None:
            yield Rejection(record.line, "score", "number")
            milli = ""
        on = said.get("published_on") or (self._said.published_on.isoformat() if self._said.published_on else "")
        whole = dict.fromkeys(_NAMES, "") | said | {"period": period, "published_on": on, "score_milli": milli}
        yield from self._of_one(found, whole, record.line)
        for pair in self._layout.pair:
            cells = [record.cells.get(found.pairs.get(name, ""), "") for name in (pair.numerator, pair.denominator)]
            if all(cell.strip() for cell in cells):
                own = {"component": pair.component, "numerator": cells[0], "denominator": cells[1], "score_milli": ""}
                yield from self._figures.events(TableRecord(record.line, whole | own))

    def _of_one(self, found: LayoutFound, whole: dict[str, str], line: int) -> Iterator[Outgoing | Rejection]:
        """The component that the row itself names."""
        if not {"component", "numerator", "denominator"} <= set(found.fields):
            return
        component = self._layout.component(whole["component"])
        if component is None:
            yield Rejection(line, "component", "not_known" if whole["component"] else "missing")
            return
        yield from self._figures.events(TableRecord(line, whole | {"component": component}))


def period_of(said: dict[str, str]) -> str | None:
    """As the contract writes it: ``2024-01``, ``2024-Q1``, ``2024``; what cannot be read stays as it is."""
    text = said.get("period", "").casefold()
    year, quarter, month = (said.get(name, "") for name in ("year", "quarter", "month"))
    if not text:
        if not year:
            return None
        text = f"{year}-{int(month):02d}" if month.isdecimal() else f"{year}-q{quarter}" if quarter else year
    for pattern, kind in _PERIODS:
        match = pattern.fullmatch(text)
        if match is not None:
            part = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
            last = {"m": f"-{int(part.get('m', 0)):02d}", "q": f"-Q{part.get('q')}", "y": ""}[kind]
            return f"{part['y']}{last}"
    return text


def score_of(text: str) -> str | None:
    """Thousandths of a point of a number with a point or a comma; ``None`` if it is none."""
    try:
        milli = Decimal(text.removesuffix("%").replace(",", ".")) * 1000
        return str(round(milli)) if abs(milli) < 10**9 else None
    except (InvalidOperation, ValueError, OverflowError):
        return None
