"""TOML as people write it: what is nested deeper than Python reads is as broken as what has no end."""

import tomllib
from typing import Any


def loads(text: str) -> dict[str, Any]:
    """Raises ``tomllib.TOMLDecodeError``."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None
