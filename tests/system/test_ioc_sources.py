"""``ioc sources``: registering who may send, as an operator types it, while the gateway runs."""

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import remove_home, temporary_home
from tests.system.gateways import STRUCTURED
from tests.system.ioc_command import Ioc, wait_for
from tests.unit.gateway import accepted


@pytest.fixture(scope="module")
def ioc() -> Iterator[Ioc]:
    command = Ioc(temporary_home())
    try:
        command.spawn("up")
        wait_for(lambda: now if (now := command.status())["ready"] else None, 180, command.said)
        yield command
        command.run("down")
    finally:
        command.close()
        remove_home(command.home)


def status_of(url: str, token: str) -> int:
    event = accepted(source="urn:ioc:mot-cua")
    headers = STRUCTURED | {"authorization": f"Bearer {token}"}
    return httpx.post(f"{url}v1/events", json=event, headers=headers, timeout=30).status_code


@pytest.mark.timeout(400)
def test_a_source_sends_from_its_registration_to_its_removal(ioc: Ioc) -> None:
    url = next(process["url"] for process in ioc.status()["processes"] if process["name"] == "gateway")

    token = ioc.must("sources", "add", "mot-cua", "--types", "case.*", "--units", "H19.26,H19.27").strip()
    wait_for(lambda: True if status_of(url, token) == 202 else None, 15, ioc.said)
    listed = json.loads(ioc.must("sources", "list", "--json"))
    assert [(s["name"], s["urn"], s["types"], s["units"]) for s in listed] == [
        ("mot-cua", "urn:ioc:mot-cua", ["case.*"], ["H19.26", "H19.27"])
    ]
    assert token not in ioc.must("sources", "list")

    again = ioc.must("sources", "rotate", "mot-cua").strip()
    wait_for(lambda: True if status_of(url, again) == 202 else None, 15, ioc.said)
    assert status_of(url, token) == 401

    ioc.must("sources", "remove", "mot-cua")
    wait_for(lambda: True if status_of(url, again) == 401 else None, 15, ioc.said)


def test_what_cannot_be_registered_is_said_in_one_line(ioc: Ioc) -> None:
    ioc.must("sources", "add", "a", "--types", "*", "--units", "*")
    for words, why in (
        (("add", "a", "--types", "*", "--units", "*"), "there is a source called a"),
        (("add", "b", "--types", "*", "--units", "*", "--urn", "urn:ioc:a"), "one with the URN urn:ioc:a"),
        (("add", "Một Cửa", "--types", "*", "--units", "*"), "a source's name has"),
        (("add", "c", "--types", "cases.*", "--units", "*"), "no event type is called cases.*"),
        (("add", "d", "--types", "*", "--units", ""), "name the units"),
        (("rotate", "nobody"), "there is no source called nobody"),
        (("remove", "nobody"), "there is no source called nobody"),
    ):
        refused = ioc.run("sources", *words)
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
        assert why in refused.stderr
