"""docs/sources.md says what the models say."""

import shlex

from schemas.contracts import CONTRACTS, TYPES
from schemas.field_tables import PAGE, SAMPLES, page
from tests.system.sources_page import commands


def test_the_page_is_current() -> None:
    """After a change of an event: ``python -m schemas.field_tables``."""
    text = PAGE.read_text("utf-8")

    assert page(text) == text


def test_every_topic_has_an_example_and_every_type_its_table() -> None:
    text = PAGE.read_text("utf-8")

    assert set(SAMPLES) == set(CONTRACTS)
    assert len(commands()) >= len(CONTRACTS) + 4
    for name in TYPES:
        assert f"### `{name}`" in text or name.endswith((".corrected.v1", ".voided.v1")), name


def test_every_example_is_one_command() -> None:
    for command in commands():
        assert shlex.split(command)[0] == "curl"
