"""What a source may be called is one rule, in events and wherever an operator names one."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.source_name import Source, fits
from schemas.topics import CASES
from streams.decode import Decoder
from streams.intake.gateway import registry
from streams.intake.mapping import parse
from tests.integration.test_store import Rec
from tests.settings import REPOSITORY
from tests.unit.screens import NOW

SOURCE = TypeAdapter[str](Source)
GOOD = ("urn:ioc:simulated", "urn:dongnai:mot-cua", "https://mot-cua.dongnai.gov.vn/events?of=1", "/mot-cua", "LGSP-1")
BAD = (
    "*",
    "**",
    "+2009-01-01T00:00:00+07:00",
    "2009-01-01T00:00:00Z",
    "2009",
    "=HYPERLINK(1)",
    "-1",
    "@SUM",
    "?x",
    "#",
    "urn:a b",
    "urn:a\tb",
    "urn:a\x00b",
    "urn:a\u202eb",
    "urn:a\u200bb",
    "urn:một-cửa",
    'urn:"a"',
    "urn:<a>",
    "urn:a%",
    "urn:a%zz",
    "urn:a\n",
    "",
    "urn:" + "a" * 117,
)


def record(source: Any) -> Rec:
    event = {"specversion": "1.0", "id": "1", "source": source, "type": "case.accepted.v1", "subject": "H19.1"}
    data = {"time": "2026-11-24T08:00:00+07:00", "data": {"unit": "U", "channel": "direct"}}
    return Rec(0, json.dumps({**event, **data}).encode(), int(NOW.timestamp() * 1000))


@pytest.mark.parametrize("name", GOOD)
def test_a_uri_reference_that_begins_with_a_letter_names_a_source(name: str) -> None:
    assert SOURCE.validate_python(name) == name
    assert Decoder(CASES).batch([record(name)]).rejected == []


@pytest.mark.parametrize("name", BAD)
def test_what_reads_as_everything_a_time_or_a_formula_or_shows_another_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        SOURCE.validate_python(name)
    (rejected,) = Decoder(CASES).batch([record(name)]).rejected
    assert rejected.field == "source"
    with pytest.raises(registry.Unfit, match="a URI reference of up to 120"):
        registry.check("mot-cua", name, ("*",), ("*",))
    mapping = f'[file]\nformat = "csv"\n[columns]\ncase = "c"\ntime = "t"\n[constants]\nsource = {json.dumps(name)}'
    with pytest.raises(Exception, match="source"):
        parse(mapping, "test.toml")


@pytest.mark.parametrize("name", ["*", "2009-01-01", "+a", "-a", ".a", "Một cửa", "a b", "a\n", ""])
def test_a_registered_name_begins_with_a_letter_too(name: str) -> None:
    with pytest.raises(registry.Unfit, match="begins with a letter"):
        registry.check(name, "urn:a", ("*",), ("*",))


def test_every_shipped_example_and_page_keeps_to_it() -> None:
    examples = (REPOSITORY / "schemas/examples").rglob("*.json")
    names = {json.loads(path.read_text("utf-8"))["source"] for path in examples}
    assert len(names) > 5
    assert all(fits(name) for name in names), names
    pages = "".join(page.read_text("utf-8") for page in Path(REPOSITORY / "docs").rglob("*.md"))
    assert all(fits(word.strip("`'\".,)…")) for word in pages.split() if word.startswith("urn:"))
