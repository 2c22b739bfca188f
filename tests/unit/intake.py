"""An event log in a test: texts in, events out, without files."""

import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.topics import CASES_HISTORY
from streams.intake import csv_rows, xes_rows
from streams.intake.identity_hashing import Hasher
from streams.intake.log import Log
from streams.intake.log_events import Translator
from streams.intake.mapping import Mapping, load, parse
from streams.intake.memory import Memory
from streams.intake.rows import LogRow, Rejection

LOGS = Path(__file__).parents[1] / "recorded" / "logs"
RECORDED_BY = datetime(2026, 12, 31, tzinfo=UTC)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
HASHER = Hasher("t1", b"0123456789abcdef")
SOURCE = 'source = "urn:test"'


def mapping(**sections: str) -> Mapping:
    """A CSV mapping with columns case, step, time and unit; ``sections`` replace or add whole TOML tables."""
    parts = {
        "file": 'format = "csv"',
        "columns": 'case = "case"\nstep = "step"\ntime = "time"\nstep_unit = "unit"',
        "constants": SOURCE,
        **sections,
    }
    return parse("\n".join(f"[{name}]\n{text}" for name, text in parts.items()), "test.toml")


def translate(
    chosen: Mapping, rows: Iterable[LogRow | Rejection], now: datetime = NOW
) -> tuple[list[dict[str, Any]], list[Rejection]]:
    """The events, decoded, and what was rejected."""
    events, rejections = [], []
    with Memory() as memory:
        for one in Translator(chosen, CASES_HISTORY, memory, now, HASHER).events(rows):
            if isinstance(one, Rejection):
                rejections.append(one)
            else:
                event = json.loads(one.value)
                assert event["subject"].encode() == one.key
                events.append(event)
    return events, rejections


def from_csv(chosen: Mapping, text: str) -> tuple[list[dict[str, Any]], list[Rejection]]:
    return translate(chosen, csv_rows.read(io.StringIO(text, newline=""), chosen))


def from_xes(chosen: Mapping, text: str) -> tuple[list[dict[str, Any]], list[Rejection]]:
    return translate(chosen, xes_rows.read(io.BytesIO(text.encode()), chosen))


def from_file(file: str, chosen: str) -> tuple[list[dict[str, Any]], list[Rejection]]:
    """A recorded log with a mapping beside it, such as ``X8/cut.csv.gz``."""
    mapped = load(str(LOGS / file.partition("/")[0] / chosen))
    with Log(LOGS / file, mapped) as log:
        return translate(mapped, log, RECORDED_BY)


def kinds(events: Iterable[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("case.").removesuffix(".v1") for event in events]


def of_kind(events: Iterable[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [event for event in events if event["type"] == f"case.{kind}.v1"]
