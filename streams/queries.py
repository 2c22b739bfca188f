"""The named SQL of this package: ``QUERIES["shared/fence"]`` is ``sql/shared/fence.sql``."""

from importlib.resources import files

QUERIES = {
    f"{folder.name}/{item.name.removesuffix('.sql')}": item.read_text("utf-8")
    for folder in files("streams.sql").iterdir()
    if folder.is_dir()
    for item in folder.iterdir()
    if item.name.endswith(".sql")
}
