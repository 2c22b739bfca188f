"""Tables and templates in a test: files in, events and rejections out, without Kafka."""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from schemas.reference.reading import Reference, read
from streams.intake.arrival import Arrival
from streams.intake.identity_hashing import Hasher
from streams.intake.reading import Events
from streams.intake.rows import Rejection
from streams.intake.tables.mapping import parse
from streams.intake.tables.reading import TableReading
from streams.intake.templates.catalogue import TEMPLATES
from streams.intake.templates.read import TemplateReading
from streams.intake.templates.write import write

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HASHER = Hasher("t1", b"0123456789abcdef")
RECORDED = Path(__file__).resolve().parent.parent / "recorded"


class Unseen:
    """A viewer that keeps nothing but the rejections."""

    def __init__(self) -> None:
        self.rejections: list[Rejection] = []

    def read(self, position: int, size: int) -> None:
        assert 0 <= position <= size

    def sent(self, sent: int, acknowledged: int) -> None: ...

    def taken(self, so_far: Arrival) -> None: ...

    def rejected(self, rejection: Rejection) -> None:
        self.rejections.append(rejection)


@cache
def reference() -> Reference:
    return read()


def table(path: Path, mapping: str, viewer: Unseen) -> TableReading:
    return TableReading(path, parse(mapping, "test.toml"), HASHER, NOW, viewer)


def template(path: Path, viewer: Unseen) -> TemplateReading:
    return TemplateReading(path, reference(), HASHER, NOW, viewer)


def said(reading: Events) -> list[dict[str, Any]]:
    """Its events, decoded."""
    events = []
    for one in reading.events():
        event = json.loads(one.value)
        assert event["subject"].encode() == one.key
        assert event["type"] == one.kind
        events.append(event)
    return events


def filled(
    name: str, folder: Path, rows: dict[str, list[list[object]]], unit: str | None = "Sở Tư pháp [so-tu-phap]"
) -> Path:
    """The template ``name`` with these rows behind the example of each sheet, as somebody would save it."""
    path = write(TEMPLATES[name], reference(), TODAY, folder)
    book = openpyxl.load_workbook(path)
    book["Báo cáo"]["B3"] = unit
    for sheet, added in rows.items():
        for row in added:
            book[sheet].append(row)
    book.save(path)
    book.close()
    return path
