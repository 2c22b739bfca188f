"""The processes of the system itself, and how each is started."""

import sys
from base64 import b64encode
from importlib.util import find_spec

from infra.demo_clock import offset_of
from infra.endpoints import Endpoints
from infra.home import Home
from infra.settings import Settings
from infra.supervise.programs import Program

# Python and its imports take two to three seconds: what dies within these ten has failed to start, and waits longer
# before each next try instead of filling the log.
START_S = 10
DEMO = "infra.simulate"
RECEIVER = "infra.simulate.receiving"
DEMO_PORT = 8050
PLATFORM_FILE = "platform.toml"  # which systems the probes look at; without it there are none
# What answers over HTTP, and the setting that chooses its port.
SERVING = {"screens": "IOC_PORT", "api": "IOC_API_PORT", "gateway": "IOC_GATEWAY_PORT"}


def port_of(home: Home, settings: Settings, name: str) -> int:
    """The port of one of :data:`SERVING`: as set, else the one that the home remembers."""
    chosen = {"screens": settings.port, "api": settings.api_port, "gateway": settings.gateway_port}[name]
    return chosen or home.ports[name]


def url_of(home: Home, settings: Settings, name: str) -> str:
    return f"http://127.0.0.1:{port_of(home, settings, name)}/"


def worker_names(settings: Settings) -> tuple[str, ...]:
    return tuple(f"worker-{number}" for number in range(1, settings.workers + 1))


def sign_in(settings: Settings, *, demo: bool) -> str:
    """As set; a demo's visitors need not, where nothing is."""
    return settings.sign_in or ("demo" if demo else "accounts")


def programs(home: Home, settings: Settings, where: Endpoints, *, demo: bool = False) -> tuple[Program, ...]:
    """Workers, screens, data API, gateway, nightly forecast, the relay of commands and the delivery of holding orders,
    each with only the login that it needs; where the home says which systems to look at, the probes; with ``demo`` also
    what feeds a simulated log, and a receiver. Whoever shows, asks, judges or plays the province's time goes by the
    home's clock."""
    province = {"IOC_CLOCK_OFFSET_S": str(offset_of(home.root))} if demo else {}
    common = {"IOC_HOME": str(home.root), "IOC_INSTALLATION": home.installation, "PYTHONUNBUFFERED": "1"}
    stream = common | {"IOC_KAFKA": where.kafka, "IOC_DATABASE_STREAMS": where.database.streams}
    screens = common | province | ({"IOC_SIMULATED_RESTS": "1"} if demo else {})
    screens |= {"IOC_PORT": str(port_of(home, settings, "screens")), "IOC_DATABASE_SCREENS": where.database.screens}
    access = {"IOC_DATABASE_ACCESS": where.database.access, "IOC_DATABASE_UNITS": where.database.units}
    access |= {"IOC_SIGN_IN": sign_in(settings, demo=demo)}
    screens |= access
    if settings.oidc_secret is not None:
        screens["IOC_OIDC_SECRET"] = settings.oidc_secret.get_secret_value()
    api = common | province | access
    api |= {"IOC_API_PORT": str(port_of(home, settings, "api")), "IOC_DATABASE_API": where.database.api}
    made = [_python(home, name, "streams", stream | province | {"IOC_SLOT": name}) for name in worker_names(settings)]
    made.append(_python(home, "screens", "dashboards", screens))
    made.append(_python(home, "api", "dashboards.api", api))
    made.append(_python(home, "gateway", "streams.intake.gateway", stream | _gateway(home, settings)))
    forecast = common | province | {"IOC_DATABASE_STREAMS": where.database.streams}
    made.append(_python(home, "forecast", "streams.forecast", forecast))
    made.append(_python(home, "relay", "streams.relay", stream))
    own = demo and not settings.hold_url and find_spec(RECEIVER) is not None
    delivery = common | province | {"IOC_DATABASE_STREAMS": where.database.streams} | _sending(home, settings, own=own)
    made.append(_python(home, "delivery", "streams.delivery", delivery))
    if own:
        made.append(_python(home, "receiver", RECEIVER, common | province | _receiving(home)))
    if (home.root / PLATFORM_FILE).exists():
        made.append(_python(home, "probes", "streams.intake.platform", common | {"IOC_KAFKA": where.kafka}))
    if demo and find_spec(DEMO) is not None:
        made.append(_python(home, "demo", DEMO, stream | province))
    return tuple(made)


def _gateway(home: Home, settings: Settings) -> dict[str, str]:
    key = home.secret("person") if settings.person_key is None else settings.person_key.get_secret_value()
    return {
        "IOC_GATEWAY_PORT": str(port_of(home, settings, "gateway")),
        "IOC_PERSON_KEY": key,
        "IOC_PERSON_KEY_ID": settings.person_key_id,
    }


def receiver_url(home: Home) -> str:
    """Of the receiver that a simulated home starts for itself."""
    return f"http://127.0.0.1:{home.ports['receiver']}/"


def _hold_secret(home: Home) -> str:
    return "whsec_" + b64encode(home.secret("hold").encode()).decode()


def _sending(home: Home, settings: Settings, *, own: bool) -> dict[str, str]:
    if own:
        return {"IOC_HOLD_URL": receiver_url(home), "IOC_HOLD_SECRET": _hold_secret(home)}
    if not settings.hold_url:
        return {}
    secret = "" if settings.hold_secret is None else settings.hold_secret.get_secret_value()
    return {"IOC_HOLD_URL": settings.hold_url, "IOC_HOLD_SECRET": secret}


def _receiving(home: Home) -> dict[str, str]:
    file = home.root / "holds.sqlite"
    told = {"IOC_RECEIVER_FILE": str(file), "IOC_RECEIVER_PORT": str(home.ports["receiver"])}
    return told | {"IOC_RECEIVER_SECRET": _hold_secret(home)}


def _python(home: Home, name: str, module: str, environment: dict[str, str]) -> Program:
    return Program(
        name=name,
        command=(sys.executable, "-P", "-m", module),  # -P: the working folder is no place for code
        environment=environment,
        directory=home.root,
        start_s=START_S,
        stop_wait_s=15,
    )
