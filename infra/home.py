"""A home: one installation's data, secrets, logs, ports and identity on disk."""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infra.account import Account, server_account
from infra.errors import OperatorError
from infra.ports import free_port
from schemas.json_text import decode, indented

PORT_NAMES = ("kafka", "kafka_controller", "postgres", "screens", "api", "gateway", "receiver")
SECRET_NAMES = ("postgres", "migrate", "streams", "screens", "api", "access", "units", "person", "hold")
# sun_path holds 108 bytes; the longest name below is ".s.PGSQL.65535.lock".
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True, slots=True)
class Home:
    """Opened by :func:`open_home`; every path below exists, every port and secret is decided."""

    root: Path
    account: Account | None
    installation: str
    ports: dict[str, int]

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """Generated configuration, pid files and lock files."""
        return self.root / "run"

    @property
    def kafka(self) -> Path:
        return self.root / "kafka"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def sockets(self) -> Path:
        """Folder of our unix sockets, short enough for one: in the home, else under the temporary folder."""
        inside = self.root / "run"
        if len(str(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(str(self.root).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"ioc-{os.geteuid()}-{digest}"

    def secret(self, name: str) -> str:
        return (self.root / "secrets" / name).read_text().strip()


def exists(root: Path) -> bool:
    """Whether a home was ever opened here; looking changes nothing."""
    return (root / "installation").is_file()


def open_home(root: Path) -> Home:
    """The home at ``root``, created where missing. Refused when the servers' user cannot reach it."""
    root = root.expanduser().absolute()
    account = server_account()
    fresh = not root.exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise OperatorError(f"cannot create the home {root}: {exc.strerror}") from exc
    if not os.access(root, os.W_OK | os.X_OK):
        raise OperatorError(f"the home {root} is not ours to write; set IOC_HOME to a folder that is")
    if account is not None:
        _let_in(root, account, fresh=fresh)
    for name, mode in (("logs", 0o755), ("run", 0o755), ("secrets", 0o700)):
        _folder(root / name, mode, None)
    for name in ("kafka", "postgres"):
        _folder(root / name, 0o700, account)
    for name in SECRET_NAMES:
        _remember(root / "secrets" / name, secrets.token_urlsafe(24))
    installation = _remember(root / "installation", secrets.token_hex(6))
    home = Home(root, account, installation, _ports(root / "ports.json"))
    if home.sockets != home.run:
        _private_folder(home.sockets)
    return home


def _let_in(root: Path, account: Account, *, fresh: bool) -> None:
    if fresh or (root.stat().st_uid != account.uid and not any(root.iterdir())):
        account.own(root)
        root.chmod(0o755)
    if not account.reaches(root):
        raise OperatorError(
            f"the home {root} cannot be reached by the system user '{account.name}', which runs Kafka and PostgreSQL"
            " when ioc is started by root: a folder on the way to it is closed. Set IOC_HOME to a place such as"
            " /var/lib/ioc, or open the way (chmod o+x)."
        )


def _folder(path: Path, mode: int, account: Account | None) -> None:
    if not path.is_dir():
        path.mkdir()
        path.chmod(mode)
    if account is not None and path.stat().st_uid != account.uid:
        account.own(path)


def _private_folder(path: Path) -> None:
    path.mkdir(mode=0o700, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid != os.geteuid():
        raise OperatorError(f"{path} belongs to somebody else; remove it, or set IOC_HOME to a shorter path")


def _ports(path: Path) -> dict[str, int]:
    known: dict[str, int] = decode(path.read_bytes()) if path.exists() else {}
    missing = [name for name in PORT_NAMES if name not in known]
    for name in missing:
        known[name] = free_port(set(known.values()))
    if missing:
        write(path, indented(known) + "\n")
    return known


def remember_ports(home: Home, chosen: dict[str, int]) -> None:
    """Keeps ports that were chosen by a setting: who asks later, without that setting, asks at the right address."""
    ports = home.ports | chosen
    if ports != home.ports:
        write(home.root / "ports.json", indented(ports) + "\n")


def _remember(path: Path, value: str) -> str:
    """What the file holds; ``value``, kept there from now on, if there is none."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(value + "\n")
    return value


def write(path: Path, text: str, mode: int = 0o644, account: Account | None = None) -> None:
    """Replaces the file in one step, so that nobody ever reads half of it."""
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        file.write(text)
    os.chmod(scratch, mode)
    if account is not None:
        os.chown(scratch, account.uid, account.gid)
    os.replace(scratch, path)
