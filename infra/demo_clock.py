"""The province clock of a simulated home: decided when its demo starts, kept in the home, refused everywhere else."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg

from infra.errors import OperatorError
from infra.home import write
from schemas.actions import SOURCE as ACTIONS
from schemas.case_data import SIMULATED
from schemas.json_text import decode, encode

FILE = "clock.json"
OTHERS = "SELECT source FROM stream_source WHERE source <> ALL (%s) AND events > 0 ORDER BY source LIMIT 1"
OURS = [SIMULATED, ACTIONS]  # what is ordered in a simulated home makes it none of real data


def offset_of(root: Path) -> int:
    """By how many seconds the clock of this home runs ahead of the real time; 0 where nothing was decided."""
    try:
        return int(decode((root / FILE).read_bytes())["offset_s"])
    except FileNotFoundError:
        return 0


def keep(root: Path, offset_s: int) -> None:
    """From now on everything that asks this home for its time is told so."""
    if offset_s or (root / FILE).exists():
        write(root / FILE, encode({"offset_s": offset_s}).decode() + "\n")


def other_source(database: str) -> str | None:
    """A source that is not the simulated one and has sent something: then its home is no simulated one."""
    with psycopg.connect(database, autocommit=True) as connection:
        row = connection.execute(OTHERS, (OURS,)).fetchone()
    return row[0] if row is not None else None


def decide(root: Path, database: str, pretended: datetime | None, now: datetime) -> tuple[int, str]:
    """The offset of a demo that starts ``now``, or as if it started at the ``pretended`` moment, and what to say of it.
    Raises :class:`OperatorError` where a pretended moment is refused."""
    # Here: a working calendar takes a moment to make, and few verbs start a demo.
    from infra.simulate.calendar import office
    from infra.simulate.memory import FILE as MEMORY
    from infra.simulate.memory import recall
    from infra.simulate.start_moment import start_moment

    other = other_source(database)
    if other is not None:
        if pretended is not None:
            raise OperatorError(f"IOC_DEMO_START is for simulated homes, and this one holds events of {other}")
        return 0, f"The demo's clock is the real one: this home holds events of {other} too."
    real = int((pretended or now).timestamp())
    played = recall(root / MEMORY, now).played
    started = start_moment(real, None if played is None else int(played.timestamp()), office())
    offset = started.at - int(now.timestamp())
    said = _said(started.at, offset)
    if not started.busy:
        said += " Nothing is at work then; `ioc reset` begins a demo anew, on a working day."
    return offset if abs(offset) > 1 else 0, said


def name_procedures(folder: Path) -> None:
    """The demo's own reference files, in its home."""
    from infra.simulate.reference_files import write_reference

    write_reference(folder)


def _said(at: int, offset: int) -> str:
    from schemas.province import ZONE

    moment = datetime.fromtimestamp(at, UTC).astimezone(ZONE)
    if abs(offset) <= 1:
        return f"The demo's province clock is the real one: {moment:%A %F %H:%M}."
    way = "behind" if offset < 0 else "ahead of"
    hours, minutes = divmod(abs(offset) // 60, 60)
    return f"The demo's province clock says {moment:%A %F %H:%M}, {hours} h {minutes:02d} min {way} the real time."
