"""What people write below a table: a sum, a place and a day, who signs. It is passed over, and said."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from streams.intake.rows import Rejection

MOST = 30  # rows; more that say nothing are no footing, and each is told


class Lined(Protocol):
    @property
    def line(self) -> int: ...


R = TypeVar("R", bound=Lined)


def above(
    rows: Iterable[R | Rejection], nothing: Callable[[R], bool], below: list[int], unread: Sequence[int] = ()
) -> Iterator[R | Rejection]:
    """The rows without those at the very end that say nothing; their lines go into ``below``. A row that says nothing
    and has one behind it that does is a row like others, for it may be a fault. ``unread``: lines that are no rows
    at all, as they are found; those behind the last row are below too."""
    held: list[R | Rejection] = []  # and what could not be read of their cells
    last = 0
    for row in rows:
        if isinstance(row, Rejection) and row.field != "file":
            held.append(row)
            continue
        if isinstance(row, Rejection) or not nothing(row) or len(held) >= 2 * MOST:
            yield from held
            held.clear()
            last = row.line
            yield row
        else:
            held.append(row)
    lines = [row.line for row in held if not isinstance(row, Rejection)]
    if len(lines) > MOST:
        yield from held
        last, lines = lines[-1], []
    below += sorted([*lines, *(line for line in unread if line > last)])
