"""The named SQL of this package: ``QUERIES["fence"]`` is ``sql/fence.sql``."""

from importlib.resources import files

QUERIES = {
    item.name.removesuffix(".sql"): item.read_text("utf-8")
    for item in files("streams.sql").iterdir()
    if item.name.endswith(".sql")
}
