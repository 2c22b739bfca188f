"""Start and completion of one step, paired in a table of rows (CSV, XLSX), in which a case's rows stand anywhere.

What :func:`streams.intake.lifecycle.taken` decides of a trace that it has whole, this decides row by row: a start waits
for its completion, and is a step of its own where none came until the end of the file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from streams.intake.headers import same
from streams.intake.lifecycle import COMPLETE, START, TRANSITION, Take
from streams.intake.memory import Memory
from streams.intake.rows import LogRow, Rejection

UNMAPPED = "transitions_not_mapped"
PLACE = "columns.transition"


def unmapped(line: int, header: Sequence[str], wanted: Mapping[str, str | None]) -> Iterator[Rejection]:
    """A remark where a log's header has the standard's column of transitions and the mapping does not name it: start
    and completion of one step would count as two."""
    if wanted.get(PLACE, "") is None and TRANSITION in map(same, header):
        yield Rejection(line, "transition", UNMAPPED, TRANSITION)


def paired(rows: Iterable[LogRow | Rejection], take: Take, memory: Memory) -> Iterator[LogRow | Rejection]:
    """The rows that are steps, in order, a completion with the time of its start in ``begun``; starts that were never
    completed come last."""
    for row in rows:
        transition = "" if isinstance(row, Rejection) else row.transition.strip().casefold()
        if isinstance(row, Rejection) or take == "each":
            yield row
        elif take != "pair":
            if transition in ("", take):
                yield row
        elif transition == START:
            memory.begin(_work(row), row)
        elif transition == COMPLETE and (start := memory.begun(_work(row))) is not None:
            yield row._replace(begun=LogRow(*start).time)
        else:
            yield row
    for start in memory.never_completed():
        yield LogRow(*start)


def _work(row: LogRow) -> tuple[str, ...]:
    return (row.case.strip(), same(row.step), same(row.step_unit), row.instance.strip())
