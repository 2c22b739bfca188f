"""What of a change to a JSON Schema would break somebody who keeps to the earlier one. Pure.

Breaking is: a field or a value that is gone, a field that is newly required, a type, bound, pattern or format that has
become narrower. Adding optional fields, values and alternatives is not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
FIXED = ("pattern", "format", "multipleOf")


def breaking(old: Schema, new: Schema) -> list[str]:
    """Each breaking difference as ``place: what``; an empty list where whoever kept to ``old`` keeps to ``new``."""
    return list(_Comparison(old, new).compare(old, new, ""))


class _Comparison:
    def __init__(self, old_root: Schema, new_root: Schema) -> None:
        self._old_root = old_root
        self._new_root = new_root
        self._open: set[tuple[str, str]] = set()

    def compare(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        names = (str(old.get("$ref", "")), str(new.get("$ref", "")))
        if all(names):
            if names in self._open:
                return  # a type that contains itself is compared once
            self._open.add(names)
        old, new = _resolved(old, self._old_root), _resolved(new, self._new_root)
        yield from self._alternatives(old, new, place)
        if all(names):
            self._open.discard(names)

    def _alternatives(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        before, after = _options(old), _options(new)
        if len(before) == len(after) == 1:
            yield from self._one(old, new, place)
            return
        for option in before:
            found = [list(self.compare(option, other, place)) for other in after]
            least = min(found, key=len)
            if least:
                yield from least if len(after) == 1 else [f"{place or '/'}: {_name(option)} is not taken any more"]

    def _one(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        here = place or "/"
        if "type" in new and not _types(old) <= _wider(_types(new)):
            yield f"{here}: type was {_shown(_types(old))}, is {_shown(_types(new))}"
            return
        allowed_before, allowed_after = _values(old), _values(new)
        if allowed_after is not None:
            gone = sorted((allowed_before or {"anything"}) - allowed_after)
            if gone:
                yield f"{here}: not allowed any more: {', '.join(gone)}"
        for key in LOWER:
            if key in new and (key not in old or new[key] > old[key]):
                yield f"{here}: {key} was {old.get(key)}, is {new[key]}"
        for key in UPPER:
            if key in new and (key not in old or new[key] < old[key]):
                yield f"{here}: {key} was {old.get(key)}, is {new[key]}"
        for key in FIXED:
            if key in new and new[key] != old.get(key):
                yield f"{here}: {key} was {old.get(key)}, is {new[key]}"
        if new.get("additionalProperties", True) is False and old.get("additionalProperties", True) is not False:
            yield f"{here}: unknown fields are not ignored any more"
        for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            yield f"{place}/{name}: newly required"
        fields = new.get("properties", {})
        for name, before in old.get("properties", {}).items():
            if name not in fields:
                yield f"{place}/{name}: gone"
            else:
                yield from self.compare(before, fields[name], f"{place}/{name}")
        if "items" in old and "items" in new:
            yield from self.compare(old["items"], new["items"], f"{place}[]")


def _resolved(schema: Schema, root: Schema) -> Schema:
    """Without ``$ref``; what stands beside the reference counts too."""
    while "$ref" in schema:
        target: Any = root
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            target = target[part]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def _options(schema: Schema) -> list[Schema]:
    return list(schema.get("anyOf") or schema.get("oneOf") or [schema])


def _types(schema: Schema) -> set[str]:
    types = schema.get("type", "anything")
    return {types} if isinstance(types, str) else set(types)


def _wider(types: set[str]) -> set[str]:
    return types | {"integer"} if "number" in types else types


def _values(schema: Schema) -> set[str] | None:
    """The only values allowed, as text; ``None`` where any is."""
    if "const" in schema:
        return {repr(schema["const"])}
    return {repr(value) for value in schema["enum"]} if "enum" in schema else None


def _shown(types: set[str]) -> str:
    return " or ".join(sorted(types))


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", schema.get("type", "an alternative"))).rpartition("/")[2]
