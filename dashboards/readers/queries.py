"""The named SQL files: ``gap/counts`` is a view's own, ``dashboards/views/gap/sql/counts.sql``; a name alone is one of
``dashboards/sql``."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> bytes:
    """The text of the file; read once."""
    view, _, own = name.rpartition("/")
    parts = ("views", view, "sql", f"{own}.sql") if view else ("sql", f"{name}.sql")
    return files("dashboards").joinpath(*parts).read_bytes()


@cache
def opening_of(name: str) -> bytes:
    """The statement that opens a number whose list this query is."""
    return query("opening_write").replace(b"/* list */", query(name).rstrip())
