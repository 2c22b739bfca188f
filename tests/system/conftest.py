"""Ground, slots and a seed for the tests of whole processes."""

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from infra.db.migrate import migrate
from infra.db.roles import create_database
from infra.endpoints import DatabaseUrls, own_urls
from infra.home import Home, open_home
from infra.kafka.topics import ensure_topics
from infra.settings import Settings
from infra.stack.broker import bootstrap
from infra.stack.stack import Stack
from tests.conftest import remove_home, temporary_home
from tests.settings import LIGHT_JAVA, SuiteSettings
from tests.system.flow import Flow, Message, Sender
from tests.system.harness import Ground, Slot
from tests.system.totals import Sampler


@pytest.fixture(scope="session")
def seed(suite: SuiteSettings) -> int:
    return secrets.randbits(32) if suite.seed is None else suite.seed


@pytest.fixture
def rng(seed: int, request: pytest.FixtureRequest) -> random.Random:
    """Seeded for this test; ``IOC_TEST_SEED`` repeats it. pytest shows the line when the test fails, and with -s."""
    print(f"IOC_TEST_SEED={seed} {request.node.nodeid}")
    return random.Random(f"{seed} {request.node.name}")


@pytest.fixture
def ground(home: Home, kafka: str, database: DatabaseUrls, tmp_path: Path) -> Ground:
    return _ground(home, kafka, database, tmp_path)


def ground_on(stack: Stack, folder: Path) -> Ground:
    """Topics and a database of their own on a test's own servers, instead of those that all tests share."""
    home, name = stack.home, f"own_{secrets.token_hex(4)}"
    create_database(home, name)
    migrate(own_urls(home, name))
    return _ground(home, bootstrap(home), own_urls(home, name), folder)


def _ground(home: Home, kafka: str, database: DatabaseUrls, folder: Path) -> Ground:
    made = Ground(home, kafka, database, f".t-{secrets.token_hex(4)}", folder)
    ensure_topics(kafka, [made.cases, made.history])
    return made


@contextmanager
def own_stack(*, durable: bool = True) -> Iterator[Stack]:
    """Servers in a home of their own, for tests that kill or stop them."""
    root = temporary_home()
    stack = Stack(open_home(root), Settings(home=root, kafka_java=LIGHT_JAVA), durable=durable)
    stack.up(print, owner="stack")
    try:
        yield stack
    finally:
        stack.down()
        remove_home(root)


class MakeSlot(Protocol):
    def __call__(self, name: str = "worker-1", *, first: dict[str, object] = ..., **settings: object) -> Slot: ...


@pytest.fixture
def make_slot(ground: Ground) -> Iterator[Callable[..., Slot]]:
    """Starts workers on the test's ground; all are ended after it."""
    slots: list[Slot] = []

    def make(name: str = "worker-1", *, first: dict[str, object] | None = None, **settings: object) -> Slot:
        slots.append(Slot(ground, name, {f"IOC_{key.upper()}": value for key, value in settings.items()}, first or {}))
        return slots[-1]

    yield make
    for slot in slots:
        slot.close()


@pytest.fixture
def send(ground: Ground) -> Iterator[Callable[..., Sender]]:
    """Begins to send a flow's messages to the live topic."""
    senders: list[Sender] = []

    def begin(flow: Flow | list[Message], per_s: float | None = None, topic: str | None = None) -> Sender:
        messages = flow.messages if isinstance(flow, Flow) else flow
        sender = Sender(ground.kafka, topic or ground.cases.name, messages, per_s)
        senders.append(sender)
        sender.start()
        return sender

    yield begin
    for sender in senders:
        sender.join(30)


@pytest.fixture
def sample(ground: Ground) -> Iterator[Callable[..., Sampler]]:
    """Begins to sample the totals; after the test, raises what was wrong."""
    samplers: list[Sampler] = []

    def begin(*senders: Sender) -> Sampler:
        samplers.append(Sampler(ground, senders))
        samplers[-1].start()
        return samplers[-1]

    yield begin
    for sampler in samplers:
        sampler.close()
