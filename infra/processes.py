"""The processes of the system itself, and how each is started."""

import sys
from importlib.util import find_spec

from infra.endpoints import Endpoints
from infra.home import Home
from infra.settings import Settings
from infra.supervise.programs import Program

# Python and its imports take two to three seconds: what dies within these ten has failed to start, and waits longer
# before each next try instead of filling the log.
START_S = 10
DEMO = "infra.demo"
DEMO_PORT = 8050


def port_of(home: Home, settings: Settings, name: str) -> int:
    """The port of ``screens`` or ``api``: as set, else the one that the home remembers."""
    chosen = settings.port if name == "screens" else settings.api_port
    return chosen or home.ports[name]


def url_of(home: Home, settings: Settings, name: str) -> str:
    return f"http://127.0.0.1:{port_of(home, settings, name)}/"


def worker_names(settings: Settings) -> tuple[str, ...]:
    return tuple(f"worker-{number}" for number in range(1, settings.workers + 1))


def programs(home: Home, settings: Settings, where: Endpoints, *, demo: bool = False) -> tuple[Program, ...]:
    """Workers, screens and data API, each with only its own login; with ``demo`` also what feeds a simulated log."""
    common = {"IOC_HOME": str(home.root), "IOC_INSTALLATION": home.installation, "PYTHONUNBUFFERED": "1"}
    stream = common | {"IOC_KAFKA": where.kafka, "IOC_DATABASE_STREAMS": where.database.streams}
    screens = common | {
        "IOC_PORT": str(port_of(home, settings, "screens")),
        "IOC_DATABASE_SCREENS": where.database.screens,
    }
    api = common | {"IOC_API_PORT": str(port_of(home, settings, "api")), "IOC_DATABASE_API": where.database.api}
    made = [_python(home, name, "streams", stream | {"IOC_SLOT": name}) for name in worker_names(settings)]
    made.append(_python(home, "screens", "dashboards", screens))
    made.append(_python(home, "api", "dashboards.api", api))
    if demo and find_spec(DEMO) is not None:
        made.append(_python(home, "demo", DEMO, stream))
    return tuple(made)


def _python(home: Home, name: str, module: str, environment: dict[str, str]) -> Program:
    return Program(
        name=name,
        command=(sys.executable, "-P", "-m", module),  # -P: the working folder is no place for code
        environment=environment,
        directory=home.root,
        start_s=START_S,
        stop_wait_s=15,
    )
