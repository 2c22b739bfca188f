"""How an event's subject is put together of its parts: ``{sector}/{unit}/{month}``.

A name in braces is a field of the event's data, ``day``, ``month`` or ``hour`` of its time in the province, or a column
of the table, in this order. ``{/name}`` is the same with a stroke before it, and nothing where there is none;
``{#name}`` is eight letters that stand for a longer text.
"""

import re
from collections.abc import Callable
from hashlib import blake2b

# Where the contract fixes the subject (schemas.datasets, .outreach, .platform, .portal), nobody has to write it.
RULES = {
    "dataset.measured.v1": "{sector}/{unit}/{month}",
    "staffing.reported.v1": "{unit}/{month}",
    "system.measured.v1": "{system}/{hour}",
    "backup.made.v1": "{system}/{month}",
    "portal.published.v1": "{unit}/{period}/{component}{/service}",
}
TIMES = {"day": "%Y-%m-%d", "month": "%Y-%m", "hour": "%Y-%m-%dT%H"}
_PART = re.compile(r"\{([/#]?)([^{}]+)\}")


def names(pattern: str) -> list[str]:
    """What stands in braces, in order."""
    return [name for _, name in _PART.findall(pattern)]


def needed(pattern: str) -> list[str]:
    """Those of them that may not be empty."""
    return [name for kind, name in _PART.findall(pattern) if kind != "/"]


def put_together(pattern: str, value: Callable[[str], str], missing: Callable[[str], Exception]) -> str:
    """The subject. Raises what ``missing`` makes of the name of a part that is empty and must not be."""

    def part(match: re.Match[str]) -> str:
        kind, name = match.groups()
        text = value(name)
        if kind == "/":
            return f"/{text}" if text else ""
        if not text:
            raise missing(name)
        return blake2b(text.casefold().encode(), digest_size=4).hexdigest() if kind == "#" else text

    return _PART.sub(part, pattern)
