"""The shapes of a case's entries: what of them says whether anything unusual must be looked for. Most entries of a case
share one of two or three, and a set is made at once, so the questions are asked of shapes instead of entries. Pure."""

from collections.abc import Iterable

from schemas.history import Entry

Shape = tuple[str, str | None, str | None, str | None, str | None]
KIND, UNIT, STEP, PROCEDURE, LIMIT = range(5)  # what stands where


def shapes(entries: Iterable[Entry]) -> set[Shape]:
    """Kind, unit, name of the step, procedure, and limit of the source, as they are written; each together once."""
    return {
        (entry.kind, data.unit, data.name, data.procedure, data.granted) for entry in entries for data in (entry.data,)
    }
