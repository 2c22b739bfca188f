"""The named SQL files: ``gap/counts`` is a view's own, ``dashboards/views/gap/sql/counts.sql``; ``access/living`` one
of ``dashboards/access/sql``; a name alone is one of ``dashboards/sql``."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> bytes:
    """The text of the file; read once."""
    room, _, own = name.rpartition("/")
    inside = ("access",) if room == "access" else ("views", room) if room else ()
    parts = (*inside, "sql", f"{own}.sql")
    return files("dashboards").joinpath(*parts).read_bytes()


@cache
def opening_of(name: str) -> bytes:
    """The statement that opens a number whose list this query is."""
    return query("opening_write").replace(b"/* list */", query(name).rstrip())
