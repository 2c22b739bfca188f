"""The named SQL files of ``dashboards/sql``."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> bytes:
    """The text of ``dashboards/sql/{name}.sql``; read once."""
    return files("dashboards").joinpath("sql", f"{name}.sql").read_bytes()
