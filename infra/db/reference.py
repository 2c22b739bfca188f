"""Loads reference data into its tables: one transaction, repeatable, and what stood before stays told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from getpass import getuser
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from infra.db.reference_changes import Record, ReferenceChanges, Stated, Stored, changes
from infra.db.reference_rules import RulesChange, names_changes, rules_changes
from schemas.province import ZONE
from schemas.reference.kinds import KINDS, ReferenceKind, kind_of
from schemas.reference.names import Names
from schemas.reference.reading import PACKAGED, Reference, ReferenceFile, read
from schemas.rules import RULES_LOCK

QUERIES = Path(__file__).with_name("sql")
Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """``sha256`` is ``None`` for a file that is no longer there. ``kept``: rows it no longer has, kept for the days
    before; they count among ``added`` and ``replaced`` too."""

    file: str
    sha256: str | None
    packaged: bool
    rows: int
    added: int
    replaced: int
    kept: int


def own_folder(home: Path) -> Path:
    """Where an operator puts files that take the place of the packaged ones, or stand beside them."""
    return home / "reference"


def of_home(home: Path) -> Reference:
    """The packaged files, with those of the home over them. ``OSError`` where one cannot be read."""
    own = own_folder(home)
    return read(PACKAGED, *([own] if own.is_dir() else []))


def load(url: str, reference: Reference, now: datetime) -> list[LoadedFile]:
    """Brings the tables to what these files, all together, say; ``url`` is migrate's. Files whose content stands
    already are not touched; a file that is no longer there counts as empty. Returns what was loaded, possibly nothing.
    The reference must have passed the check."""
    with psycopg.connect(url) as connection:
        _only_one(connection)
        stands = _standing(connection)
        chosen = [file for file in reference.files if stands.get(file.name, ("", False))[0] != file.sha256]
        gone = sorted(set(stands) - {file.name for file in reference.files})
        return _load(connection, chosen, gone, now)


def load_new(url: str, reference: Reference, now: datetime) -> list[LoadedFile]:
    """Loads only files whose content was never loaded before, as every start does. A packaged file does not displace
    an operator's, and nothing is taken away."""
    with psycopg.connect(url) as connection:
        _only_one(connection)
        stands = _standing(connection)
        ever = set(connection.execute(_query("reference_ever")).fetchall())
        chosen = [
            file
            for file in reference.files
            if (file.name, file.sha256) not in ever and not (file.packaged and not stands.get(file.name, ("", True))[1])
        ]
        return _load(connection, chosen, [], now)


def _load(connection: Connection, chosen: list[ReferenceFile], gone: list[str], now: datetime) -> list[LoadedFile]:
    if not chosen and not gone:
        return []
    row = connection.execute(_query("reference_begin"), {"now": now}).fetchone()
    load_id = row[0] if row else 0
    today = now.astimezone(ZONE).date()
    names = [*(file.name for file in chosen), *gone]
    done: Counter[tuple[str, str]] = Counter()
    judged: list[RulesChange] = []
    before = _names(connection)
    for kind in KINDS:
        stated = [
            _stated(file.name, placed.row.record()) for file in chosen if file.kind is kind for placed in file.rows
        ]
        change = changes(kind, _stored(connection, kind, names), stated, today)
        _write(connection, kind, change, load_id)
        judged += rules_changes(kind, change)
        done.update(("replaced", old.file) for old in change.replaced)
        done.update(("added", new.file) for new in change.added)
        done.update(("kept", new.file) for new in change.added if new.kept)
    connection.execute("DELETE FROM ref_alias")
    connection.execute(_query("reference_aliases"))
    judged += names_changes(before, _names(connection))
    loaded = [
        LoadedFile(name, sha256, packaged, rows, done["added", name], done["replaced", name], done["kept", name])
        for name, sha256, packaged, rows in (
            *((file.name, file.sha256, file.packaged, len(file.rows)) for file in chosen),
            *((name, None, False, 0) for name in gone),
        )
    ]
    for one in loaded:
        parameters = {"load_id": load_id, **{name: getattr(one, name) for name in LoadedFile.__slots__}}
        connection.execute(_query("reference_file"), parameters)
    recorded = {"now": now, "by": getuser(), "files": " ".join(one.file for one in loaded), "rows": done.total()}
    connection.execute(_query("reference_recorded"), recorded)
    if judged:
        _new_edition(connection, judged, load_id)
    return loaded


def _new_edition(connection: Connection, changed: list[RulesChange], load_id: int) -> None:
    """Last of the load: from here to its end no span is folded, so that none is folded by what stood before and written
    after (ADR 0030)."""
    with connection.cursor() as cursor:
        cursor.executemany(_query("reference_rules_change"), [{**asdict(one), "load_id": load_id} for one in changed])
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [RULES_LOCK])


def _names(connection: Connection) -> Names:
    meanings, successions = (connection.execute(_query(f"reference_{part}")) for part in ("names", "successions"))
    return Names.stored(meanings.fetchall(), successions.fetchall())


def _only_one(connection: Connection) -> None:
    """Of two loads at once, one waits; readers do not."""
    connection.execute("LOCK TABLE ref_load IN EXCLUSIVE MODE")


def _standing(connection: Connection) -> dict[str, tuple[str, bool]]:
    """Hash of each file that stands, and whether it is one of ours."""
    rows = connection.execute(_query("reference_files")).fetchall()
    return {file: (sha256, packaged) for file, sha256, packaged in rows}


def _stored(connection: Connection, kind: ReferenceKind, files: list[str]) -> list[Stored]:
    files = [file for file in files if kind_of(file) is kind]
    if not files:
        return []
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(_about(kind, "reference_current"), {"files": files})
        return [Stored(row.pop("id"), row.pop("file"), row.pop("kept"), row) for row in cursor.fetchall()]


def _stated(file: str, record: dict[str, object]) -> Stated:
    return Stated(file, {name: value.value if isinstance(value, Enum) else value for name, value in record.items()})


def _write(connection: Connection, kind: ReferenceKind, change: ReferenceChanges, load_id: int) -> None:
    if change.replaced:
        parameters = {"load_id": load_id, "ids": [old.id for old in change.replaced]}
        connection.execute(_about(kind, "reference_replace"), parameters)
    if change.added:
        with connection.cursor() as cursor:
            cursor.executemany(_about(kind, "reference_insert"), list(_parameters(change.added, load_id)))


def _parameters(added: Iterable[Stated], load_id: int) -> Iterable[Record]:
    return ({**new.record, "file": new.file, "kept": new.kept, "load_id": load_id} for new in added)


def _about(kind: ReferenceKind, name: str) -> sql.Composed:
    """A query of ``sql/`` with the table and the columns of the kind."""
    columns = kind.columns
    return sql.SQL(_query(name).decode()).format(
        table=sql.Identifier(kind.table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(map(sql.Placeholder, columns)),
    )


def _query(name: str) -> bytes:
    return (QUERIES / f"{name}.sql").read_bytes()
