"""Files of tables as a test reads them back: each by another library than the one that wrote it."""

import io
import json
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import httpx
import openpyxl
import pandas

from dashboards.forms.head import LINES
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.inert import BEGIN_FORMULAS
from schemas.reference.reading import PACKAGED, read
from tests.integration import sample_domains
from tests.integration.sample_province import BORDERS, UNITS, event, play, tell

OWN = "so-tu-phap"
ODD = ("=1+1", '"q",;<&>', "@SUM(A1)")  # codes
Cells = list[tuple[Any, ...]]


async def fill(database: DatabaseUrls) -> None:
    load(database.migrate, read(PACKAGED), datetime.now(UTC))
    odd = [event(code, f"odd-{n}", "accepted", BORDERS[3], unit=UNITS[0], channel="post") for n, code in enumerate(ODD)]
    await play(database.streams, [*tell(), *odd])
    await sample_domains.fill(database)


def of_csv(file: bytes) -> tuple[dict[str, str], list[str], Cells]:
    assert file.startswith(b"\xef\xbb\xbf")
    said = pandas.read_csv(io.BytesIO(file), header=None, nrows=len(LINES), dtype=str, keep_default_na=False)
    rows = pandas.read_csv(io.BytesIO(file), skiprows=len(LINES), dtype=str, keep_default_na=False)
    return dict(said.itertuples(index=False)), list(rows.columns), list(rows.itertuples(index=False, name=None))


def of_xlsx(file: bytes) -> tuple[dict[str, str], list[str], Cells]:
    book = openpyxl.load_workbook(io.BytesIO(file))
    heading, *rows = book["Số liệu"].iter_rows(values_only=True)
    about = {str(name): str(value or "") for name, value in book["Nguồn"].iter_rows(values_only=True)}
    return about, [str(name) for name in heading], rows


def of_parquet(file: bytes) -> tuple[dict[str, str], list[str], Cells]:
    with tempfile.NamedTemporaryFile(suffix=".parquet") as kept, duckdb.connect() as reader:
        kept.write(file)
        kept.flush()
        about = reader.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [kept.name]).fetchall()
        reader.execute("SET TimeZone = 'UTC'")
        columns = reader.execute("DESCRIBE SELECT * FROM read_parquet(?)", [kept.name]).fetchall()
        asked = ", ".join(
            f'epoch_us("{name}")' if kind == "TIMESTAMP WITH TIME ZONE" else f'"{name}"' for name, kind, *_ in columns
        )
        rows = reader.execute(f"SELECT {asked} FROM read_parquet(?)", [kept.name]).fetchall()  # noqa: S608
    return dict(about), [name for name, *_ in columns], rows


READERS: Mapping[str, Callable[[bytes], tuple[dict[str, str], list[str], Cells]]] = {
    "csv": of_csv,
    "xlsx": of_xlsx,
    "parquet": of_parquet,
}


def moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text and text.endswith("Z") else None
    except ValueError:
        return None


def same(form: str, cell: Any, value: Any) -> bool:
    """Whether a cell says what JSON says. CSV and XLSX have no other empty than nothing."""
    if isinstance(value, dict | list):
        return bool(json.loads(cell) == value)
    if isinstance(value, str) and form != "parquet" and value.startswith(BEGIN_FORMULAS):
        return bool(cell == f"'{value}")
    if value is None or value == "":
        return bool(cell in (None, ""))
    if form == "csv":
        return bool(cell == (json.dumps(value) if isinstance(value, bool | int | float) else value))
    if isinstance(value, str) and (at := moment(value)) is not None:
        if form == "parquet":
            return bool(cell == round(at.timestamp() * 1_000_000))
        return bool(abs(cell.replace(tzinfo=UTC) - timedelta(hours=7) - at) < timedelta(milliseconds=1))
    if isinstance(cell, datetime):
        cell = cell.date()
    return bool(cell == (date.fromisoformat(value) if isinstance(cell, date) else value))


def at(row: Mapping[str, Any], column: str) -> Any:
    found: Any = row
    for name in column.split("."):
        found = found.get(name) if found is not None else None
    return found


async def listed(api: httpx.AsyncClient, address: str, table: str, asked: dict[str, str]) -> list[Mapping[str, Any]]:
    """All rows of JSON, page by page."""
    rows: list[Mapping[str, Any]] = []
    cursor = None
    while True:
        more = "" if cursor is None else f"{'&' if '?' in address else '?'}cursor={cursor}"
        answer = (await api.get(address + more, headers=asked)).json()
        rows += answer[table]
        cursor = answer.get("next_cursor")
        if cursor is None:
            return rows
