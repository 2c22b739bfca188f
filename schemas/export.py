"""``python -m schemas.export``: writes the JSON Schema of every declared event type to ``schemas/exported``.

Those files are what other systems keep to, so a breaking difference is refused: it needs a new version of the type.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.compat import breaking
from schemas.contracts import TYPES
from schemas.envelope import Event
from schemas.json_text import decode, indented

FOLDER = Path(__file__).parent / "exported"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(name: str, model: type[Event]) -> dict[str, Any]:
    """The type's JSON Schema. ``type`` is required: it says which one an event is."""
    schema = model.model_json_schema()
    schema["required"] = sorted({*schema["required"], "type"})
    return {"$schema": DIALECT, "$id": f"urn:ioc:schema:{name}", **schema}


def current() -> dict[str, dict[str, Any]]:
    return {name: schema_of(name, model) for name, model in TYPES.items()}


def exported(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    return {path.stem: decode(path.read_bytes()) for path in sorted(folder.glob("*.json"))}


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The breaking differences of all types, each with its type."""
    found = [f"{name}: gone" for name in old if name not in new]
    for name in old:
        if name in new:
            found += [f"{name}{fault}" for fault in breaking(old[name], new[name])]
    return found


def text_of(schema: Mapping[str, Any]) -> str:
    return indented(schema, ordered=True) + "\n"


def write(folder: Path = FOLDER) -> list[str]:
    """Writes what is declared now, unless that would break somebody; then returns why."""
    new = current()
    faults = differences(exported(folder), new)
    if not faults:
        folder.mkdir(exist_ok=True)
        for name, schema in new.items():
            (folder / f"{name}.json").write_text(text_of(schema), "utf-8")
    return faults


if __name__ == "__main__":
    found = write()
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    sys.exit(1 if found else 0)
