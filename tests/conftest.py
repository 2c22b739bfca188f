"""The real Kafka and TimescaleDB of the tests, and a database and topics of its own for each that asks."""

import hashlib
import itertools
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import hypothesis
import psutil
import pytest

from dashboards import part_names, source_names, unit_names, working_time
from infra.db.migrate import migrate
from infra.db.policies import POLICIES
from infra.db.revisions import FOLDER
from infra.db.roles import create_database, drop_database, freeze_database, is_frozen
from infra.endpoints import DatabaseUrls, own_urls
from infra.home import Home, open_home
from infra.kafka.topics import ensure_topics
from infra.settings import Settings
from infra.stack.broker import bootstrap
from infra.stack.stack import Stack
from infra.supervise.daemon import Supervisor
from schemas.topics import CASES, Topic
from tests.settings import LIGHT_JAVA, REPOSITORY, SuiteSettings

# filterwarnings is "error"; these are others' warnings about themselves, by the module that gives them.
OTHERS_WARNINGS = (
    # Reads its protocol files by calls that Python 3.11 and 3.12 deprecate (3.13 takes the deprecation back).
    "ignore:.*is deprecated. Use files:DeprecationWarning:kafka.protocol.schemas.load_json",
    "ignore:.*is deprecated. Use files:DeprecationWarning:importlib.resources._legacy",
)
# Those that take longest are begun first: a long file that comes last leaves the other processes idle.
LONGEST_FIRST = (
    "tests/system/test_ioc_up.py",
    "tests/screens/test_rule_walls.py",
    "tests/system/test_planted_numbers.py",
    "tests/system/test_documents.py",
    "tests/system/test_oidc.py",
    "tests/system/test_waiting.py",
    "tests/system/test_outages.py",
    "tests/system/test_workers.py",
    "tests/screens/live/test_states.py",
    "tests/screens/test_topics.py",
    "tests/screens/live/test_numbers.py",
    "tests/screens/live/test_live.py",
    "tests/integration/test_any_order.py",
    "tests/integration/test_sync_faults.py",
    "tests/system/test_ioc_stack.py",
    "tests/screens/test_catalogue.py",
    "tests/screens/test_pictures.py",
    "tests/screens/test_freshness_shown.py",
    "tests/screens/test_essential.py",
    "tests/screens/test_score.py",
    "tests/screens/test_fit.py",
    "tests/integration/test_simulated_quarter.py",
    "tests/system/test_malformed.py",
    "tests/system/test_gateway_outage.py",
    "tests/system/test_full_disk.py",
    "tests/system/test_wabo.py",
    "tests/system/test_reference.py",
    "tests/system/test_simulated_week.py",
    "tests/integration/test_hub.py",
    "tests/integration/test_faust_seams.py",
)
# What is held for the process.
HELD = (part_names, source_names, unit_names, working_time)
HOME_PREFIX = "ioc-test-"
# Where homes are made: in memory where there is plenty, since a database of its own for each test is a thousand files
# that a disk's file system is slow to make and to forget.
IN_MEMORY, ON_DISK = Path("/dev/shm"), Path("/tmp")
ENOUGH = 8_000_000_000  # bytes
SETTINGS = pytest.StashKey[SuiteSettings]()


# A busy machine is no reason to fail.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SETTINGS] = SuiteSettings()
    for line in OTHERS_WARNINGS:
        config.addinivalue_line("filterwarnings", line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {REPOSITORY / name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.stash[SETTINGS].no_skip and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and IOC_CI_NO_SKIP is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.stash[SETTINGS].no_skip and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and IOC_CI_NO_SKIP is set: {report.longrepr}"
    return report


@pytest.fixture(autouse=True, scope="module")
def held_for_the_process() -> Iterator[None]:
    """What a screen of one file holds for the process (names, the calendar) is not there in the next file."""
    with pytest.MonkeyPatch.context() as patch:
        for module in HELD:
            for name in [name for name in vars(module) if name.startswith("_") and not name.startswith("__")]:
                patch.setattr(module, name, getattr(module, name))
        yield


@pytest.fixture(scope="session")
def suite(pytestconfig: pytest.Config) -> SuiteSettings:
    return pytestconfig.stash[SETTINGS]


@pytest.fixture(scope="session")
def shared_data(suite: SuiteSettings) -> Path:
    """The folder of public sample logs; tests that need it skip where it is absent, as on a user's machine."""
    if not suite.data.is_dir():
        pytest.skip(f"the sample logs are not here: {suite.data}")
    return suite.data


@pytest.fixture(scope="session")
def stack(suite: SuiteSettings) -> Iterator[Stack]:
    """A private Kafka and TimescaleDB, started once for the whole run. What it holds does not wait for the disk."""
    _remove_abandoned_homes()
    root = suite.home or temporary_home()
    home = open_home(root)
    private = Stack(home, Settings(home=root, kafka_java=LIGHT_JAVA), durable=False)
    private.up(print, owner="stack")
    try:
        yield private
    finally:
        if suite.home is None:
            private.down()
            remove_home(root)


def temporary_home() -> Path:
    """An empty folder for a home, short enough for sockets and open to the servers' user. It is removed by the next
    run if this one is killed."""
    plenty = IN_MEMORY.is_dir() and min(shutil.disk_usage(IN_MEMORY).free, psutil.virtual_memory().available) > ENOUGH
    root = Path(tempfile.mkdtemp(prefix=HOME_PREFIX, dir=IN_MEMORY if plenty else ON_DISK))
    root.chmod(0o755)
    (root.parent / f"{root.name}.pid").write_text(str(os.getpid()))
    return root


def remove_home(root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    for beside in ("pid", "out"):
        (root.parent / f"{root.name}.{beside}").unlink(missing_ok=True)


def _remove_abandoned_homes() -> None:
    for note in (note for folder in (IN_MEMORY, ON_DISK) for note in folder.glob(f"{HOME_PREFIX}*.pid")):
        root = note.with_suffix("")
        if not os.access(note, os.W_OK) or psutil.pid_exists(int(note.read_text() or 0)):
            continue
        if (root / "installation").exists():
            home = open_home(root)
            for name in ("processes", "stack"):
                Supervisor(home, name).stop()
        shutil.rmtree(root, ignore_errors=True)
        note.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def home(stack: Stack) -> Home:
    """The home of the running stack."""
    return stack.home


@pytest.fixture(scope="session")
def kafka(stack: Stack) -> str:
    """The broker, as ``host:port``."""
    return bootstrap(stack.home)


@pytest.fixture
def make_topic(kafka: str) -> Callable[..., Topic]:
    """Creates a topic like a declared one under a name of its own: ``make_topic(CASES, partitions=1)``."""

    def make(like: Topic = CASES, **changes: int) -> Topic:
        topic = replace(like, name=f"{like.name}.test-{secrets.token_hex(4)}", **changes)  # type: ignore[arg-type]
        ensure_topics(kafka, [topic])
        return topic

    return make


@pytest.fixture(scope="session")
def template_database(home: Home) -> str:
    """A migrated database that nobody writes to; each test's is a copy (a fifth of a second instead of one)."""
    digest = hashlib.sha256(POLICIES.read_bytes())
    for file in sorted(FOLDER.glob("*.sql")):
        digest.update(file.read_bytes())
    name = f"template_{digest.hexdigest()[:12]}"
    if not is_frozen(home, name):
        create_database(home, name)
        migrate(own_urls(home, name))
        freeze_database(home, name)
    return name


@contextmanager
def own_database(home: Home, template: str) -> Iterator[DatabaseUrls]:
    """A fresh migrated database, dropped after the block."""
    name = f"test_{next(_numbers)}_{secrets.token_hex(4)}"
    create_database(home, name, template=template)
    try:
        yield own_urls(home, name)
    finally:
        drop_database(home, name)


@pytest.fixture
def make_database(home: Home, template_database: str) -> Iterator[Callable[[], DatabaseUrls]]:
    """Makes fresh migrated databases, dropped after the test."""
    with ExitStack() as until_the_test_ends:
        yield lambda: until_the_test_ends.enter_context(own_database(home, template_database))


_numbers = itertools.count(1)


@pytest.fixture
def database(make_database: Callable[[], DatabaseUrls]) -> DatabaseUrls:
    """A fresh migrated database: ``.migrate``, ``.streams``, ``.screens`` and ``.api`` are its URLs as each login."""
    return make_database()


@pytest.fixture
def empty_database(home: Home) -> Iterator[DatabaseUrls]:
    """A database without any migration."""
    name = f"empty_{next(_numbers)}_{secrets.token_hex(4)}"
    create_database(home, name)
    yield own_urls(home, name)
    drop_database(home, name)
