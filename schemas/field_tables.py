"""``python -m schemas.field_tables``: writes every event type, field by field, into ``docs/sources.md``.

What stands between the page's two marks is made here from the models and their examples, and a test compares.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from schemas.contracts import CONTRACTS, TYPES
from schemas.digests import SOURCE
from schemas.json_text import decode, indented
from schemas.topics import BY_CONTRACT

PAGE = Path(__file__).resolve().parent.parent / "docs/sources.md"
EXAMPLES = Path(__file__).parent / "examples"
BEGIN, END = "<!-- begin: python -m schemas.field_tables -->", "<!-- end -->"
OURS = "urn:ioc:my-system"  # the source that the page's reader has registered
SAMPLES = {  # the event that shows a topic
    "cases": "case.accepted.v1",
    "lookups": "lookup.performed.v1",
    "datasets": "dataset.measured.v1",
    "tasks": "task.assigned.v1",
    "platform": "system.measured.v1",
    "portal": "portal.published.v1",
    "outreach": "activity.held.v1",
}
UNSENT = ("actions",)  # said by the centre itself: no page's reader sends them
KINDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "nothing"}


def text() -> str:
    """The generated part of the page."""
    parts: list[str] = []
    for contract in (one for one in CONTRACTS.values() if one.name not in UNSENT):
        topic = BY_CONTRACT[contract.name]
        parts += [f"## {topic.name}: {topic.purpose}\n", _about(contract.name), f"{_curl(SAMPLES[contract.name])}\n"]
        names = [name for name in contract.types if name not in SOURCE.types]
        parts += [_table(name) for name in names if not name.endswith((".corrected.v1", ".voided.v1"))]
    parts.append("## On every topic\n")
    parts += [_table(name) for name in SOURCE.types]
    return "\n".join(parts)


def page(before: str) -> str:
    """The page with the generated part anew."""
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{text()}\n{END}{tail}"


def _about(contract: str) -> str:
    """What the contract's module says of itself, subjects included, behind its first line (which names the topic)."""
    doc = inspect.cleandoc(import_module(f"schemas.{contract}").__doc__ or "").partition("\n\n")[2]
    return _marked(doc) + "\n" if doc else ""


def _plain(description: str | None) -> str:
    return " ".join(_marked(description or "").split())


def _marked(text: str) -> str:
    """reStructuredText's marks as Markdown's."""
    return re.sub(r":\w+:`([^`]+)`", r"`\1`", text).replace("``", "`")


def _curl(name: str) -> str:
    example = decode(sorted((EXAMPLES / name).glob("*.json"))[0].read_bytes())
    body = indented({**example, "source": OURS})
    return (
        "```sh\n"
        'curl -sS "$GATEWAY/v1/events" -H "Authorization: Bearer $TOKEN" \\\n'
        f"  -H 'Content-Type: application/cloudevents+json' -d '{body}'\n"
        "```"
    )


def _table(name: str) -> str:
    schema = TYPES[name].model_json_schema()
    data = _resolved(schema["properties"]["data"], schema["$defs"]) if "$defs" in schema else {}
    about = _plain(data.get("description"))
    rows = "".join(
        f"| `{field}` | {kind} | {must} | {meaning} |\n" for field, kind, must, meaning in _rows(data, schema)
    )
    table = f"| field of `data` | what | must | meaning |\n|---|---|---|---|\n{rows}" if rows else "`data` is `{}`.\n"
    return f"### `{name}`\n\n{about + chr(10) * 2 if about else ''}{table}"


def _rows(data: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    required = data.get("required", ())
    for field, declared in data.get("properties", {}).items():
        meaning = _plain(declared.get("description")).replace("|", "\\|")
        yield field, _kind(declared, schema["$defs"]), "yes" if field in required else "", meaning


def _kind(declared: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    one = _resolved(declared, definitions)
    if "anyOf" in one:
        return " or ".join(_kind(part, definitions) for part in one["anyOf"] if part.get("type") != "null")
    if "enum" in one:
        return " · ".join(f"`{value}`" for value in one["enum"])
    if "const" in one:
        return f"`{one['const']}`"
    match one.get("type"):
        case "array":
            return f"list of {_kind(one['items'], definitions) if 'items' in one else 'values'}{_bounds(one)}"
        case "object":
            return "object: " + ", ".join(f"`{name}`" for name in one.get("properties", {}))
        case "string" if "format" in one:
            return {"date-time": "moment with UTC offset", "date": "day, YYYY-MM-DD"}.get(one["format"], "text")
        case kind:
            return f"{KINDS.get(str(kind), 'value')}{_bounds(one)}"


def _bounds(one: Mapping[str, Any]) -> str:
    least = one.get("minimum", one.get("minLength", one.get("minItems")))
    most = one.get("maximum", one.get("maxLength", one.get("maxItems")))
    unit = " letters" if "maxLength" in one else ""
    if most is None:
        return "" if least is None else f", at least {least}{unit}"
    if "maxLength" in one or least is None:
        return f", at most {most}{unit}"
    return f", {least} to {most}"


def _resolved(declared: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The declaration with its reference followed; what it says itself counts before what it refers to."""
    reference = declared.get("$ref")
    if reference is None:
        return dict(declared)
    return {**definitions[reference.rpartition("/")[2]], **{k: v for k, v in declared.items() if k != "$ref"}}


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
