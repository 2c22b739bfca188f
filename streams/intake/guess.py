"""Proposes a mapping for a ledger or a log of cases, from its header and its first rows.

By what such files call things in Vietnamese. Columns of persons are never proposed. A proposal is a text that a person
reads, corrects and keeps: nothing is imported by it.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.resources import files
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schemas.json_text import encode
from streams.intake.errors import IntakeError
from streams.intake.file_signature import GZIP, MARKS
from streams.intake.headers import BETWEEN, DELIMITERS, HEADER_WITHIN, same, two_rows
from streams.intake.mapping import VERDICTS
from streams.intake.moments import ISO, reader
from streams.intake.xlsx import Torn, Workbook

WORDS = tomllib.loads(files("streams.intake").joinpath("guess.toml").read_text("utf-8"))
FIELDS: dict[str, list[str]] = {field: list(map(same, names)) for field, names in WORDS["columns"].items()}
PERSONS = tuple(map(same, WORDS["persons"]["headings"]))
DATED = ("time", "submitted", "start", "due", "end", "new_due")
FORMATS = (
    *("d/M/yyyy", "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss", "H:mm d/M/yyyy", "H:mm:ss d/M/yyyy", "d-M-yyyy", "d.M.yyyy"),
    *("d/M/yyyy h:mm a", "d/M/yyyy h:mm:ss a", "d-M-yyyy H:mm", "d-M-yyyy H:mm:ss", "d/M/yy"),
)
SAMPLE = 300  # rows
READ_BYTES = 1 << 20
MOST_WORDS = 20
MOSTLY = 0.8  # of a column's filled cells; below a table stand signatures


class Guess(NamedTuple):
    """``mapping`` is TOML; ``columns`` has the heading of each field; ``left`` are the headings that are not read."""

    mapping: str
    columns: dict[str, str]
    left: tuple[str, ...]
    line: int  # of the header


class _Sheet(NamedTuple):
    """The first rows of a file, and what ``[file]`` says of it."""

    file: dict[str, object]
    rows: list[tuple[int, list[str]]]


class _Header(NamedTuple):
    """A header's names, the place of its last row, and which column each field is in."""

    names: Sequence[str]
    place: int
    columns: dict[str, int]

    @property
    def fitness(self) -> int:
        return len(self.columns)


NO_HEADER = _Header((), 0, {})


def guess(path: Path) -> Guess:
    """Raises :class:`IntakeError` where the file cannot be read, or none of its first rows is a header with a case and
    a date."""
    try:
        with path.open("rb") as file:
            head = file.read(READ_BYTES)
        found = ((sheet, _header(sheet)) for sheet in _sheets(path, head))
        sheet, header = max(found, key=lambda one: one[1].fitness, default=(_Sheet({}, []), NO_HEADER))
    except OSError as exc:
        raise IntakeError(f"cannot read {path}: {exc.strerror}") from exc
    names, place, columns = header
    if "case" not in columns or not {"start", "time"} & set(columns):
        raise IntakeError(
            f"{path}: none of the first {HEADER_WITHIN} rows has headings of a case's code and of its date that are"
            " known; write a mapping by hand (docs/import.md)"
        )
    if not {"step", "time"} <= set(columns):  # a row is a whole case
        columns = _of_ledger(columns)
    data = [cells for _, cells in sheet.rows[place + 1 :]]
    if not _verdicts(data, columns.get("verdict")):
        columns.pop("verdict", None)
        free = (at for at in range(len(names)) if at not in columns.values())
        if (at := next((at for at in free if _verdicts(data, at) > MOSTLY), None)) is not None:
            columns["verdict"] = at
    named = {field: names[at] for field, at in columns.items()}
    used = set(columns.values())
    left = tuple(text for at, text in enumerate(names) if text.strip() and at not in used)
    samples = {field: [row[at].strip() for row in data if at < len(row)] for field, at in columns.items()}
    return Guess(_written(path, sheet.file, named, samples, left), named, left, sheet.rows[place][0])


def _verdicts(data: Sequence[Sequence[str]], at: int | None) -> float:
    """Which share of a column's filled cells says "đúng hạn", "trễ hạn", whatever its heading."""
    words = [word for row in data if at is not None and at < len(row) and (word := same(row[at]))]
    return sum(word.startswith(tuple(VERDICTS)) for word in words) / len(words) if words else 0.0


def _of_ledger(columns: dict[str, int]) -> dict[str, int]:
    """With the step's columns as the case's, where the case has none of its own."""
    own = {"unit": columns.get("step_unit"), "start": columns.get("time")} | columns
    return {field: at for field, at in own.items() if at is not None and field not in ("step", "time", "step_unit")}


def _sheets(path: Path, head: bytes) -> Iterable[_Sheet]:
    """The ways in which the file may be read."""
    if head.startswith(b"PK"):
        with path.open("rb") as file:
            book, rows = Workbook(file), list[tuple[int, list[str]]]()
            with suppress(Torn):
                rows += islice(book.rows(book.shown[0]), SAMPLE) if book.shown else ()
        yield _Sheet({"format": "xlsx"}, [(line, [str(cell) for cell in cells]) for line, cells in rows])
        return
    if head.startswith(GZIP) or head.lstrip()[:5].lower() in (b"<?xml", b"<html"):
        raise IntakeError(
            f"{path}: a mapping is proposed for CSV and XLSX files only; for XES start from --mapping xes"
        )
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    encoding = marked or ("utf-8-sig" if _is_utf8(head) else "cp1258")
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    for delimiter in DELIMITERS:
        said: dict[str, object] = {"format": "csv", "delimiter": delimiter}
        said |= {"encoding": encoding} if encoding != "utf-8-sig" else {}
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            yield _Sheet(said, [(lines.line_num, row) for row in islice(lines, SAMPLE)])
        except csv.Error:
            continue


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as exc:
        return exc.start > len(head) - 4 and len(head) == READ_BYTES  # a letter that the cut went through
    return True


def _header(sheet: _Sheet) -> _Header:
    """The row whose headings are known best, or two rows that name groups and columns where these are known better."""
    rows = [cells for _, cells in sheet.rows[:HEADER_WITHIN]]
    found = [_Header(cells, place, _fields(cells)) for place, cells in enumerate(rows)]
    for place, (upper, lower) in enumerate(pairwise(rows), 1):
        names = two_rows(upper, lower, frozenset())
        columns = _fields(names)
        code = "".join(lower[at : at + 1]) if (at := columns.get("case")) is not None else "0"
        if not any(map(str.isdecimal, code)):  # else it is the first record
            found.append(_Header(names, place, columns))
    return max(found, key=lambda one: one.fitness, default=NO_HEADER)


def _fields(header: Sequence[str]) -> dict[str, int]:
    """Each field's column: the one that is called so, else one that has the longest such name within it."""
    names = [same(text) for text in header]
    closeness: list[tuple[int, int, str, int]] = []
    for at, name in enumerate(names):
        if not name or names.count(name) > 1 or any(person in name for person in PERSONS):
            continue
        parts = name.split(BETWEEN)
        ways = {" ".join(parts), " ".join(reversed(parts))}  # "ngày / tiếp nhận", "tiếp nhận / ngày"
        for order, (field, known) in enumerate(FIELDS.items()):
            exact = 1_000 * any(way in known for way in ways)
            length = max((len(one) for one in known for way in ways if one in way), default=0)
            if exact or length:
                closeness.append((-(exact + length), order, field, at))
    columns: dict[str, int] = {}
    for _, _, field, at in sorted(closeness):
        if field not in columns and at not in columns.values():
            columns[field] = at
    return columns


def _dates(samples: Iterable[str]) -> tuple[str, ...]:
    """The fewest formats that read all samples that any reads; the one that reads most first."""
    zone = ZoneInfo("UTC")
    unread = {text for text in samples if any(map(str.isdecimal, text))}
    chosen: list[str] = []
    while unread:
        read = {name: {text for text in unread if reader((name,), zone)(text)} for name in (*FORMATS, ISO)}
        best = max(read, key=lambda name: len(read[name]))
        if not read[best]:
            break
        chosen.append(best)
        unread -= read[best]
    return tuple(chosen) or (FORMATS[0],)


def _known(words: dict[str, list[str]], samples: Iterable[str]) -> dict[str, str]:
    """The samples' words that have one of these within, and what they mean."""
    found: dict[str, str] = {}
    for word in dict.fromkeys(filter(None, samples)):
        meaning = next((m for m, names in words.items() if any(same(name) in same(word) for name in names)), None)
        if meaning is not None and len(found) < MOST_WORDS:
            found[word] = meaning
    return found


def _written(
    path: Path,
    file: dict[str, object],
    columns: dict[str, str],
    samples: dict[str, list[str]],
    left: Sequence[str],
) -> str:
    dates = _dates(text for field in DATED for text in samples.get(field, ()))
    lines = [f"# Proposed for {path.name}: read it through, correct it, keep it beside the file.", "[file]"]
    lines += [f"{name} = {_quoted(value)}" for name, value in file.items()]
    lines += [f"dates = [{', '.join(map(_quoted, dates))}]", "", "[columns]"]
    lines += [f"{field} = {_quoted(columns[field])}" for field in FIELDS if field in columns]
    if left:
        listed = ", ".join(" ".join(text.split()) for text in left)
        lines.append("# Not read: " + "".join(filter(str.isprintable, listed)))
    lines += ["", "[constants]", 'source = "urn:dongnai:so-theo-doi"  # name the ledger: one name for ever']
    if not {"unit", "step_unit"} & set(columns):
        lines.append('unit = "Không rõ"  # the unit whose ledger it is: its key, or its name')
    codes = [len(text.split()) for text in samples["case"] if any(map(str.isdecimal, text))]
    if 2 * sum(parts > 1 for parts in codes) > len(codes):  # not only a sum below the table
        lines += ["", "[case]", 'spaces = "_"']
    for table, field in (("channels", "channel"), ("ends", "status"), ("events", "step")):
        words = _known(WORDS[table], samples.get(field, ()))
        if words:
            lines += ["", f"[{table}]", *(f"{_quoted(word)} = {_quoted(meaning)}" for word, meaning in words.items())]
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return encode(str(value)).decode()  # a JSON string is a TOML string
