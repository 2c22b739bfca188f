"""``ioc sources``: registering who may send, as an operator types it, while the gateway runs."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from infra.home import open_home
from tests.conftest import remove_home, temporary_home
from tests.system.gateways import STRUCTURED, GatewayProcess, all_topics
from tests.system.harness import Ground, wait_for
from tests.system.ioc_command import Ioc
from tests.unit.gateway import accepted


@pytest.fixture
def ioc(ground: Ground) -> Iterator[Ioc]:
    """A home of the test's ground: where its database is."""
    database = ground.database
    settings = {"IOC_KAFKA": ground.kafka, "IOC_DATABASE": database.migrate, "IOC_DATABASE_API": database.api}
    settings |= {"IOC_DATABASE_STREAMS": database.streams, "IOC_DATABASE_SCREENS": database.screens}
    settings |= {"IOC_DATABASE_ACCESS": database.access, "IOC_DATABASE_UNITS": database.units}
    command = Ioc(temporary_home(), settings)
    open_home(command.home)
    yield command
    remove_home(command.home)


@pytest.fixture
def gateway(ground: Ground) -> Iterator[GatewayProcess]:
    all_topics(ground)
    made = GatewayProcess(ground)
    made.start()
    made.wait_ready()
    yield made
    made.close()


def status_of(gateway: GatewayProcess, token: str) -> int:
    event = accepted(source="urn:ioc:mot-cua")
    headers = STRUCTURED | {"authorization": f"Bearer {token}"}
    return httpx.post(f"{gateway.url}/v1/events", json=event, headers=headers, timeout=30).status_code


def test_a_source_sends_from_its_registration_to_its_removal(ioc: Ioc, gateway: GatewayProcess) -> None:
    token = ioc.must("sources", "add", "mot-cua", "--types", "case.*", "--units", "H19.26,H19.27").strip()
    wait_for(lambda: status_of(gateway, token) == 202, 15, gateway.said)
    listed = json.loads(ioc.must("sources", "list", "--json"))
    assert [(s["name"], s["urn"], s["types"], s["units"]) for s in listed] == [
        ("mot-cua", "urn:ioc:mot-cua", ["case.*"], ["H19.26", "H19.27"])
    ]
    assert token not in ioc.must("sources", "list")

    again = ioc.must("sources", "rotate", "mot-cua", "--days", "30").strip()
    wait_for(lambda: status_of(gateway, again) == 202, 15, gateway.said)
    assert status_of(gateway, token) == 202
    (source,) = json.loads(ioc.must("sources", "list", "--json"))
    now = datetime.now(UTC)
    ends = [(datetime.fromisoformat(one["expires_at"]) - now).total_seconds() / 86_400 for one in source["tokens"]]
    assert ends == [pytest.approx(7, abs=0.1), pytest.approx(30, abs=0.1)]

    refused = ioc.run("sources", "rotate", "mot-cua")
    assert (refused.returncode, "two tokens of the source mot-cua already" in refused.stderr) == (1, True)
    last = ioc.must("sources", "rotate", "mot-cua", "--at-once").strip()
    wait_for(lambda: status_of(gateway, last) == 202, 15, gateway.said)
    assert [status_of(gateway, one) for one in (token, again)] == [401, 401]

    ioc.must("sources", "remove", "mot-cua")
    wait_for(lambda: status_of(gateway, last) == 401, 15, gateway.said)


def test_what_cannot_be_registered_is_said_in_one_line(ioc: Ioc) -> None:
    ioc.must("sources", "add", "a", "--types", "*", "--units", "*")
    for words, why in (
        (("add", "a", "--types", "*", "--units", "*"), "there is a source called a"),
        (("add", "b", "--types", "*", "--units", "*", "--urn", "urn:ioc:a"), "one with the URN urn:ioc:a"),
        (("add", "Một Cửa", "--types", "*", "--units", "*"), "a source's name has"),
        (("add", "2009-01-01", "--types", "*", "--units", "*"), "begins with a letter"),
        (("add", "e", "--types", "*", "--units", "*", "--urn", "*"), "a URI reference of up to 120 letters"),
        (("add", "c", "--types", "cases.*", "--units", "*"), "no event type is called cases.*"),
        (("add", "d", "--types", "*", "--units", ""), "name the units"),
        (("rotate", "nobody"), "there is no source called nobody"),
        (("remove", "nobody"), "there is no source called nobody"),
    ):
        refused = ioc.run("sources", *words)
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
        assert why in refused.stderr
