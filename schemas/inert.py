"""What a spreadsheet program shows as text, whatever it begins with: a cell that begins with one of these may be a
formula, which is worked out by whoever opens the file (ASVS 5.0: 1.2.10)."""

from typing import Any

BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def inert(value: Any) -> Any:
    """The value for a cell; text that could be a formula stands behind a quote."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGIN_FORMULAS) else value
