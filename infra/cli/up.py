"""``ioc up``: starts everything and stays with it."""

import signal
import time
from datetime import UTC, datetime
from types import FrameType
from typing import Annotated

import typer
from pydantic import SecretStr, ValidationError

from dashboards.access import registry
from dashboards.access.settings import AccessSettings, SignIn
from infra.cli.terminal import demo_home, installation, say
from infra.endpoints import endpoints
from infra.errors import OperatorError
from infra.installation import Installation
from infra.processes import DEMO_PORT, sign_in, url_of
from infra.settings import Settings

WATCH_S = 2.0
FIRST_ACCOUNT = "quantri"


class StopRequested(BaseException):
    """Ctrl-C, a SIGTERM or a closed terminal. Not an Exception: nothing on the way may take it for an error."""


def register(app: typer.Typer) -> None:
    app.command("up")(up)


def up(
    detach: Annotated[bool, typer.Option("--detach", help="Come back once it is ready, and leave it running.")] = False,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo",
            help="Use a home of its own (ioc-demo), port 8050, and play a simulated province into it. `make run`.",
        ),
    ] = False,
) -> None:
    """Start Kafka, TimescaleDB, the workers, the screens, the data API and the gateway, and keep them running.

    Kafka and TimescaleDB are private ones in the home, unless IOC_KAFKA and IOC_DATABASE name others. The database is
    migrated and missing topics are created first. Nothing is fed: `ioc import` does that.

    It stays in the foreground and starts again whatever dies. Ctrl-C (or SIGTERM) stops all that it started and nothing
    else: a stack that `ioc stack up` started goes on. What a killed `ioc up` left behind is ended first.

    With --demo a simulated province is played: today live, and a year of history in the background that gives way to
    it. IOC_DEMO_SCALE is its size, 0.1 by default; 1 is the whole province, 17 million events a year and some 15 GB.
    Outside office hours and on holidays its province clock runs at an offset, so that it shows a working day; every
    screen says so. IOC_DEMO_START=2026-11-29T23:00+07:00 starts it as if it were that moment.

    IOC_PORT, IOC_API_PORT and IOC_GATEWAY_PORT choose the ports, IOC_WORKERS how many workers run. Screens and data API
    are served on IOC_ADDRESS, by default 127.0.0.1; elsewhere they ask for TLS, and with real data for a sign-in.
    """
    settings = Settings()
    if demo:
        settings = _for_demo(settings)
    elif settings.demo_start is not None:
        raise OperatorError("IOC_DEMO_START is for simulated homes: ioc up --demo")
    target = installation(settings, demo=demo)
    if target.runs_detached():
        say(f"Already running in the background: {url_of(target.home, settings, 'screens')}")
        raise typer.Exit(0 if detach else 1)
    with target.held():
        _listen(StopRequested)
        try:
            _run(target, detach=detach)
        except StopRequested:
            _stop(target)
        except typer.Exit:  # detached: what runs goes on
            raise
        except BaseException:
            _stop(target)
            raise


def _run(target: Installation, *, detach: bool) -> None:
    say(f"Home: {target.home.root}")
    refuse_open_address(target)
    target.start(say)
    first_account(target)
    now = target.wait_ready()
    for missing in now.missing:
        say(f"Not ready: {missing}. See `ioc logs`, {target.home.logs}.")
    if now.ready:
        say(f"Ready. Wall: {url_of(target.home, target.settings, 'screens')}")
        say(f"Data API: {url_of(target.home, target.settings, 'api')}api/v1/openapi.json")
        say(f"Gateway: {url_of(target.home, target.settings, 'gateway')}v1/events")
    if target.demo:
        say("A year of history is being loaded behind the present day; until then open cases and past days change.")
        say("Screens and `ioc status` say how far it has come.")
    if detach:
        target.detach()
        say("Running in the background; `ioc down` stops it.")
        raise typer.Exit(0 if now.ready else 1)
    say("Ctrl-C stops it.")
    while True:
        time.sleep(WATCH_S)
        target.revive(say)


def refuse_open_address(target: Installation) -> None:
    """What would be served to whoever reaches this machine; the processes refuse it too, but only their logs say so."""
    given = sign_in(target.settings, demo=target.demo)
    try:
        AccessSettings(sign_in=SignIn(given), database_access=SecretStr("given by the home"))
    except ValidationError as exc:
        raise OperatorError("; ".join(str(error["ctx"]["error"]) for error in exc.errors() if "ctx" in error)) from exc


def first_account(target: Installation) -> None:
    """Where people sign in and nobody can yet: an administrator, whose password is said once."""
    if sign_in(target.settings, demo=target.demo) != "accounts":
        return
    url = endpoints(target.home, target.settings).database.migrate
    if registry.has_accounts(url):
        return
    given = registry.add_account(url, FIRST_ACCOUNT, "Quản trị", "administrator", (), datetime.now(UTC), by="ioc up")
    say(f"First account: {FIRST_ACCOUNT}, password {given} (said once; it has to be changed at the first sign-in).")
    say("Others: `ioc accounts add NAME --role leader --name …`; docs/access.md.")


def _stop(target: Installation) -> None:
    _listen(None)
    say("Stopping …")
    target.stop(say)


def _listen(error: type[BaseException] | None) -> None:
    """Has the three signals raise ``error``; with ``None`` they are ignored, as stopping must not be stopped."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        if error is not None:
            raise error

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handle)


def _for_demo(settings: Settings) -> Settings:
    home = settings.home if "home" in settings.model_fields_set else demo_home()
    return settings.model_copy(update={"home": home, "port": settings.port or DEMO_PORT})
