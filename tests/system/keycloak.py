"""A real Keycloak for the tests of signing in: fetched once by Maven, with a realm of its own in memory."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from infra.ports import free_port
from infra.stack.once import prepare_once

VERSION = "26.4.0"
UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack"
STARTS_WITHIN = 240  # seconds; on two busy cores
REALM, CLIENT, SECRET, PASSWORD = "tinh", "ioc", "bí mật:của+trung tâm%", "mat-khau-o-tinh"
ROLES = {"ioc-lanh-dao": "leader", "ioc-truc-ban": "duty_officer", "ioc-don-vi": "unit_officer"}


def prepare_keycloak(software: Path) -> Path:
    """Where its programs are; fetched on the first call (170 MB)."""

    def fetch(scratch: Path, _target: Path) -> None:
        what = [f"-Dartifact=org.keycloak:keycloak-quarkus-dist:{VERSION}:zip", f"-DoutputDirectory={scratch}"]
        # Maven leaves a folder of markers where it stands.
        subprocess.run(["mvn", "-B", "-q", UNPACK, *what], check=True, timeout=900, capture_output=True, cwd=scratch)

    return prepare_once(software / f"keycloak-{VERSION}", fetch) / f"keycloak-{VERSION}"


class Keycloak:
    """``centre``: the address of the only centre that its client may send people back to."""

    def __init__(self, programs: Path, folder: Path, centre: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.issuer = f"{self.url}/realms/{REALM}"
        self._folder = folder
        shutil.copytree(programs, folder, dirs_exist_ok=True)  # it writes beside its programs
        imported = folder / "data/import"
        imported.mkdir(parents=True)
        (imported / f"{REALM}.json").write_text(json.dumps(realm(centre)))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "out.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *("nice", self._folder / "bin/kc.sh", "start-dev", "--import-realm", "--db=dev-mem"),
                    *("--http-host=127.0.0.1", f"--http-port={self.port}", "--log-level=warn"),
                ],
                env={
                    "PATH": "/usr/local/bin:/usr/bin:/bin",
                    "JAVA_OPTS_KC_HEAP": "-Xms64m -Xmx400m",
                    "JAVA_OPTS_APPEND": "-XX:TieredStopAtLevel=1",
                    "KC_BOOTSTRAP_ADMIN_USERNAME": "admin",
                    "KC_BOOTSTRAP_ADMIN_PASSWORD": PASSWORD,
                },
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.issuer}/.well-known/openid-configuration", timeout=20).status_code == 200:
                    return
            time.sleep(0.5)
        raise AssertionError((self._folder / "out.log").read_text()[-3000:])

    def kill(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)
            self._process = None

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections and says nothing."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self._process.pid, signal.SIGCONT)

    def give_role(self, user: str, role: str) -> None:
        self._roles(user, role, "POST")

    def take_role(self, user: str, role: str) -> None:
        self._roles(user, role, "DELETE")

    def rename(self, user: str, first: str) -> None:
        self._admin("PUT", f"users/{self.id_of(user)}", self._user(user) | {"firstName": first})

    def end_sessions(self, user: str) -> None:
        self._admin("POST", f"users/{self.id_of(user)}/logout")

    def id_of(self, user: str) -> str:
        return str(self._user(user)["id"])

    def rotate_keys(self) -> None:
        """Other keys for signatures, and the former ones are gone."""
        kind = "org.keycloak.keys.KeyProvider"
        before = [one for one in self._admin("GET", f"components?type={kind}") if one["providerId"] == "rsa-generated"]
        settings = {"priority": ["200"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"]}
        made = {"name": f"rsa-{time.monotonic_ns()}", "providerId": "rsa-generated", "providerType": kind}
        self._admin("POST", "components", made | {"parentId": self._admin("GET", "")["id"], "config": settings})
        for one in before:
            self._admin("DELETE", f"components/{one['id']}")

    def _user(self, user: str) -> dict[str, Any]:
        found: dict[str, Any] = self._admin("GET", f"users?exact=true&username={user}")[0]
        return found

    def _roles(self, user: str, role: str, method: str) -> None:
        self._admin(method, f"users/{self.id_of(user)}/role-mappings/realm", [self._admin("GET", f"roles/{role}")])

    def _admin(self, method: str, path: str, body: object = None) -> Any:
        asked = {"grant_type": "password", "client_id": "admin-cli", "username": "admin", "password": PASSWORD}
        with httpx.Client(base_url=self.url, timeout=60) as client:
            token = client.post("/realms/master/protocol/openid-connect/token", data=asked).json()["access_token"]
            answer = client.request(
                method,
                f"/admin/realms/{REALM}/{path}".rstrip("/"),
                json=body,
                headers={"Authorization": f"Bearer {token}"},
            )
            answer.raise_for_status()
            return answer.json() if answer.content else None


def realm(centre: str) -> dict[str, object]:
    """As a province's administrator would set it up (docs/access.md)."""
    roles_in_token = {
        "name": "roles",
        "protocol": "openid-connect",
        "protocolMapper": "oidc-usermodel-realm-role-mapper",
        "config": {"claim.name": "realm_access.roles", "multivalued": "true", "id.token.claim": "true"},
    }
    units_in_token = {
        "name": "units",
        "protocol": "openid-connect",
        "protocolMapper": "oidc-group-membership-mapper",
        "config": {"claim.name": "units", "full.path": "false", "id.token.claim": "true"},
    }
    client = {
        "clientId": CLIENT,
        "secret": SECRET,
        "standardFlowEnabled": True,
        "directAccessGrantsEnabled": False,
        "frontchannelLogout": False,
        "redirectUris": [f"{centre}/dang-nhap/oidc/ve"],
        "attributes": {
            "pkce.code.challenge.method": "S256",
            "post.logout.redirect.uris": f"{centre}/dang-nhap",
            "backchannel.logout.url": f"{centre}/dang-nhap/oidc/ra",
        },
        "protocolMappers": [roles_in_token, units_in_token],
    }
    return {
        "realm": REALM,
        "enabled": True,
        "roles": {"realm": [{"name": name} for name in ROLES]},
        "groups": [{"name": "26041"}],
        "clients": [client],
        "users": [
            user("lanh.dao", "Lan", ["ioc-lanh-dao"]),
            user("can.bo", "Cường", ["ioc-don-vi"], ["/26041"]),
            user("khong.don-vi", "Dung", ["ioc-don-vi"]),
            user("khach", "Khoa", []),
            user("doi.vai", "Đông", []),
        ],
    }


def user(name: str, first: str, roles: list[str], groups: list[str] | None = None) -> dict[str, object]:
    return {
        "username": name,
        "enabled": True,
        "firstName": first,
        "lastName": "Nguyễn",
        "email": f"{name}@example.invalid",
        "credentials": [{"type": "password", "value": PASSWORD}],
        "realmRoles": roles,
        "groups": groups or [],
    }
