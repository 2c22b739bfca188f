"""Whom Kafka and PostgreSQL run as: a system user of their own when we are root, else whoever runs us."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.errors import OperatorError

SYSTEM_USER = "ioc"


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged system user that root starts servers as."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this user can enter the directory (every parent must let it through)."""
        probe = subprocess.run(
            ["/usr/bin/test", "-x", str(path)], user=self.uid, group=self.gid, extra_groups=[], check=False
        )
        return probe.returncode == 0


def is_root() -> bool:
    return os.geteuid() == 0


def server_account() -> Account | None:
    """The system user ``ioc``, created if missing, when we are root; ``None`` otherwise."""
    if not is_root():
        return None
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/var/lib/ioc"]
    made = subprocess.run(
        [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True, text=True, check=False
    )
    # 9: somebody else, such as a second `ioc` at the same moment, has just created it.
    if made.returncode not in (0, 9):
        raise OperatorError(f"cannot create the system user '{SYSTEM_USER}': {made.stderr.strip()}")
