"""docs/sources.md says what the models say."""

import re
import shlex

from schemas.contracts import CONTRACTS, TYPES
from schemas.field_tables import OURS, PAGE, SAMPLES, UNSENT, page
from tests.documents import typed
from tests.unit.gateway import TOKEN, Kept, client, gateway, grant


def commands() -> list[str]:
    """Every ``curl`` of the page, in its order."""
    return [command.text for command in typed(PAGE) if command.text.startswith("curl ")]


def test_the_page_is_current() -> None:
    """After a change of an event: ``python -m schemas.field_tables``."""
    text = PAGE.read_text("utf-8")

    assert page(text) == text


def test_every_topic_has_an_example_and_every_type_its_table() -> None:
    text = PAGE.read_text("utf-8")

    assert set(SAMPLES) == set(CONTRACTS) - set(UNSENT)
    assert len(commands()) >= len(SAMPLES) + 4
    for name in TYPES.keys() - CONTRACTS["actions"].types.keys():
        assert f"### `{name}`" in text or name.endswith((".corrected.v1", ".voided.v1")), name


async def test_the_token_of_the_page_may_send_every_example_of_the_page() -> None:
    (added,) = re.findall(r"ioc sources add my-system (.*)\)$", PAGE.read_text("utf-8"), re.MULTILINE)
    _, types, _, units = shlex.split(added, comments=True)
    app = gateway({TOKEN: grant(OURS, types, units)}, Kept())
    for command in commands():
        words = shlex.split(command.replace("\\\n", " "))
        headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
        address = next(word for word in words if word.startswith("$GATEWAY"))
        async with client(app) as http:
            answer = await http.post(
                address.replace("$GATEWAY", "http://gateway/"),  # as `ioc status` shows it
                content=words[words.index("-d") + 1],
                headers={"content-type": headers["Content-Type"]}
                | {name: value for name, value in headers.items() if name.startswith("ce-")},
            )
        assert answer.status_code == 202, f"{command}\n{answer.text}"
