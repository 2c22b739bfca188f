"""What of an answer of the data API passes without anything having changed."""

from typing import Any

PASSING = ("as_of", "list_as_of", "age_s", "next_cursor")


def settled(value: Any, passing: Any = 0) -> Any:
    """With one and the same in place of all that passes."""
    if isinstance(value, dict):
        return {name: passing if name in PASSING else settled(part, passing) for name, part in value.items()}
    return [settled(part, passing) for part in value] if isinstance(value, list) else value
