"""What a stranger may put into any part of a request, and every place where it may stand, built from the routes."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from dashboards.api.app import build, document
from dashboards.counted_domains import KNOWN
from dashboards.readers.database import Database
from dashboards.screens import links
from dashboards.screens.registry import SCREENS
from dashboards.views.topics.declared import TOPICS
from schemas.counters import COUNTER
from tests.askers import for_askers
from tests.settings import REPOSITORY

VALUES = (  # as they stand in an address
    "%00", "a%00b", "%0d%0aX: y", "%1b%5b2J", "%c2%85", "%e2%80%ae", "%ef%bb%bf", "%ff%fe", "%ed%a0%80", "%", "%zz",
    "0001-01-01", "9999-12-31", "10000-01-01", "2026-W53-7", "0001-01-01T00:00:00%2B14:00",
    "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999%2B07:00", "2026-11-24T00:00:00", "-1", "0", "1e999",
    "99999999999999999999", "%D9%A3", "NaN", "null", "[]", "{}", "..", "../../etc", "%27%22%3B--", "%25s%25%28x%29s",
    "%F0%9F%92%A9" * 60, "a" * 600, "a" * 601, "a" * 60_000, "", "-", "H19.26",
)  # fmt: skip
HEADERS = (
    ("host", "["), ("host", "]"), ("host", "[::1"), ("host", "127.0.0.1:99999999999"), ("host", "a" * 5_000),
    ("host", "127.0.0.1@evil.example"), ("host", ""), ("accept", "text/html"), ("accept", "\xff\xfe"),
    ("cookie", "=;" * 2_000), ("if-none-match", '"' * 3_000), ("last-event-id", "1-2-3"),
    ("last-event-id", "a" * 9_000),
    ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "\xff"), ("x-forwarded-for", "["),
    ("x-forwarded-for", "a" * 3_000),
    ("x-forwarded-proto", "javascript"), ("content-type", "application/json"), ("range", "bytes=9-1"),
    ("content-length", "5"), ("transfer-encoding", "chunked"), ("expect", "100-continue"), ("upgrade", "websocket"),
)  # fmt: skip
BODIES = (
    b"", b"{", b"[]", b"null", b"1", b'"a"', b"\xff\xfe", b"\x00", b"{}", b'{"output":1}',
    b'{"output":"page.children"}', b'{"output":"page.children","inputs":[]}', b'{"output":"page.children","inputs":{}}',
    b'{"output":"x.y","inputs":[{"id":"address","property":"pathname","value":"/"}]}',
    b'{"output":"page.children","inputs":[{"id":"address","property":"pathname","value":1},'
    b'{"id":"address","property":"search","value":{}}]}',
    b'{"output":"page.children","inputs":[{"id":{"a":1},"property":"pathname","value":"/"},'
    b'{"id":"address","property":"search"}]}',
    b"[" * 50_000, b'{"a":' * 5_000, b'{"output":"' + b"a" * 63_000 + b'"}', b"a" * 200_000,
)  # fmt: skip
_WORD = re.compile(r"(?:query|asked)(?:\.get\(|\[)\"([a-z-]+)\"")


def words() -> list[str]:
    """Every word that an address of the screens is read for, by the code that reads it."""
    found: set[str] = set()
    for path in Path(REPOSITORY, "dashboards").rglob("*.py"):
        found |= set(_WORD.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


def pages() -> list[str]:
    """Every address of a page, with codes where one has a code in it."""
    plain = [value for name, value in vars(links).items() if name.isupper() and str(value).startswith(links.PREFIX)]
    topical = [f"{place}/{name}" for name in TOPICS for place in (links.PREFIX.rstrip("/"), links.TABLET)]
    tables = [f"{links.TABLET}/{name}/{links.TABLE}" for name in TOPICS]
    coded = [f"{links.SUBJECT}{domain}/x" for domain in KNOWN] + [f"{links.CASE}x", f"{links.LIST}x"]
    walls = [links.PREFIX + name for name in SCREENS]
    beside = {links.OPEN, links.STREAM, links.PREFIX}
    return sorted({*plain, *topical, *tables, *coded, *walls} - beside)


def openings() -> list[str]:
    """An address for every number that can be opened."""
    named = [("case", name) for name in COUNTER]
    named += [(domain, counter.name) for domain, known in KNOWN.items() for counter in known.counters]
    return [f"{links.OPEN}?mien={domain}&so={name}" for domain, name in named]


def streams() -> list[str]:
    return [f"{links.STREAM}?man={name}" for name in SCREENS]


def api() -> list[tuple[str, list[str]]]:
    """Each route of the data API with its parameters, by its own document."""
    routes = document(build(for_askers(Database("postgresql://nowhere", name="none"))))["paths"]
    return [
        (path, [each["name"] for each in route["get"].get("parameters", ())])
        for path, route in routes.items()
        if "get" in route
    ]


def asked(address: str, chance: random.Random, names: list[str]) -> str:
    """The address with one to three hostile values."""
    chosen = [f"{name}={chance.choice(VALUES)}" for name in chance.sample(names, min(len(names), chance.randint(1, 3)))]
    return address + ("&" if "?" in address else "?") + "&".join(chosen) if chosen else address


def in_paths(path: str) -> Iterator[str]:
    """The route with each hostile value in the place of what it is asked for."""
    for value in VALUES:
        yield re.sub(r"\{[^}]+\}", value or quote(" "), path)
