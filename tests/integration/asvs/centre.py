"""The product as it runs (its own processes, on a database with cases) for tests of what OWASP ASVS 5.0 asks."""

import re
import secrets
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import psycopg

from dashboards.access import addresses, passwords, registry
from dashboards.access.access import COOKIE
from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from infra.settings import OutsideEnvironment
from tests.integration import signed_in
from tests.integration.sample_province import UNITS
from tests.settings import REPOSITORY

PASSWORD = "Mèo xanh ngủ trên 7 cái ghế"
WALL, STREAM = "/man-hinh/ho-so", "/man-hinh/dong?man=ho-so"
OWN, OTHER = UNITS[0], UNITS[1]
SAME = {"Sec-Fetch-Site": "same-origin"}
PATIENCE_S = 60.0


@dataclass
class Browser:
    """Of a person: it keeps the cookies that it is given, also those for secure places, and runs no script."""

    http: httpx.Client
    cookies: dict[str, str] = field(default_factory=dict)
    set: dict[str, str] = field(default_factory=dict)  # the last Set-Cookie of each

    def ask(
        self, method: str, path: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Accept": "text/html", **SAME, **({"Cookie": held} if held else {}), **(headers or {})}
        answer = self.http.request(method, path, data=form, headers=sent)
        for said in answer.headers.get_list("set-cookie"):
            name, _, value = said.partition(";")[0].partition("=")
            self.set[name] = said
            self.cookies[name] = value
            if "Max-Age=0" in said:
                del self.cookies[name]
        return answer

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, form: Mapping[str, str] | None = None, **headers: str) -> httpx.Response:
        return self.ask("POST", path, form or {}, {name.replace("_", "-"): value for name, value in headers.items()})

    def sign_in(self, name: str, password: str = PASSWORD, to: str = "") -> httpx.Response:
        return self.post(addresses.SIGN_IN, {"ten": name, "mat-khau": password, addresses.NEXT: to})

    def sees(self) -> bool:
        return self.get(WALL).status_code == 200


@dataclass
class Centre:
    database: DatabaseUrls
    screens: httpx.Client
    api: httpx.Client
    tls: httpx.Client  # screens over TLS, behind a proxy on 127.0.0.1
    folder: Path

    def browser(self, role: str = "", units: Sequence[str] = (), *, tls: bool = False) -> Browser:
        """Of somebody who has signed in with this role; of nobody without one."""
        browser = Browser(self.tls if tls else self.screens)
        if role:
            name = f"{role}.{secrets.token_hex(4)}"
            _, token = signed_in.person(self.database, name, role, ["26041"] if units else ())
            if units:  # the sample's units have names where keys stand, which no account is given by our own rules
                self.write("UPDATE access_account SET units = %s WHERE subject = %s", list(units), name)
            browser.cookies[COOKIE] = token
            self.until(browser.sees)
        return browser

    def until(self, known: Callable[[], bool], within: float = 30.0) -> None:
        """What is written beside the processes is read by them within two seconds, on a busy machine later."""
        until = time.monotonic() + within
        while not known() and time.monotonic() < until:
            time.sleep(0.1)

    def account(self, role: str = "leader", *, change: bool = False) -> str:
        """Whose password is :data:`PASSWORD`; the name to sign in with."""
        name = f"tai.khoan.{secrets.token_hex(4)}"
        registry.add_account(self.database.migrate, name, name, role, (), datetime.now(UTC), by="test")
        self.write(
            "UPDATE access_account SET password = %s, change_password = %s WHERE subject = %s",
            passwords.hashed(PASSWORD),
            change,
            name,
        )
        return name

    def key(self, units: Sequence[str] = (), scopes: Sequence[str] = ()) -> dict[str, str]:
        name = f"khoa-{secrets.token_hex(4)}"
        token = registry.add_key(
            self.database.migrate, name, units, scopes, timedelta(days=1), datetime.now(UTC), by="test"
        )
        told = {"Authorization": f"Bearer {token}"}
        self.until(lambda: self.api.get("/api/v1/openapi.json", headers=told).status_code != 401)
        return told

    def rows(self, asked: str, *given: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.migrate) as conn:
            return conn.execute(asked.encode(), given).fetchall()

    def write(self, asked: str, *given: Any) -> None:
        with psycopg.connect(self.database.migrate) as conn:
            conn.execute(asked.encode(), given)

    def logs(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def noted(self, what: str, since: int, within: float = 5.0) -> list[signed_in.Rows]:
        """What came on record after a number; refusals within a second or two."""
        until = time.monotonic() + within
        while True:
            found = [row for row in signed_in.record(self.database, what) if row.number > since]
            if found or time.monotonic() > until:
                return found
            time.sleep(0.1)

    def last(self) -> int:
        return int(self.rows("SELECT coalesce(max(number), 0) FROM access_record")[0][0])


def words(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text))).strip()


@contextmanager
def process(
    folder: Path, module: str, told: Mapping[str, str], port: int, *, knows: int = 401, **client: Any
) -> Iterator[httpx.Client]:
    """One of the product's processes, until the block ends. ``knows``: what it answers to nobody once it is there."""
    scheme = "https" if "verify" in client else "http"
    environment = {**OutsideEnvironment().variables(), **told}
    name = f"{module}.{port}.log"
    with (folder / name).open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", module], cwd=REPOSITORY, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        with httpx.Client(base_url=f"{scheme}://127.0.0.1:{port}", timeout=30, trust_env=False, **client) as http:
            _wait(http, running, folder / name, knows)
            yield http
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)


def _wait(http: httpx.Client, running: subprocess.Popen[bytes], log: Path, knows: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert running.poll() is None, log.read_text()
        try:
            if http.get("/man-hinh/dong").status_code == knows:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def environment(database: DatabaseUrls) -> dict[str, str]:
    return {
        "IOC_DATABASE_SCREENS": database.screens,
        "IOC_DATABASE_API": database.api,
        "IOC_DATABASE_ACCESS": database.access,
        "IOC_DATABASE_UNITS": database.units,
    }


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / "cert.pem"))


def certificate(folder: Path) -> dict[str, str]:
    """A certificate of this machine's own."""
    made = {"IOC_TLS_CERTIFICATE": str(folder / "cert.pem"), "IOC_TLS_KEY": str(folder / "key.pem")}
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    more = [
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-out",
        made["IOC_TLS_CERTIFICATE"],
        "-keyout",
        made["IOC_TLS_KEY"],
    ]
    subprocess.run([*asked, *more], check=True, capture_output=True)
    return made


@contextmanager
def centre(database: DatabaseUrls, folder: Path) -> Iterator[Centre]:
    told, ports = environment(database), (free_port(), free_port(), free_port())
    tls = {**told, **certificate(folder), "IOC_PROXIES": "127.0.0.1"}
    with (
        process(folder, "dashboards", {**told, "IOC_PORT": str(ports[0])}, ports[0]) as screens,
        process(folder, "dashboards.api", {**told, "IOC_API_PORT": str(ports[1])}, ports[1]) as api,
        process(folder, "dashboards", {**tls, "IOC_PORT": str(ports[2])}, ports[2], verify=trusting(folder)) as secure,
    ):
        yield Centre(database, screens, api, secure, folder)
