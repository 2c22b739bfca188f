"""The programs that a private stack runs: Java, Kafka's jars, PostgreSQL with TimescaleDB."""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.account import Account
from infra.errors import OperatorError
from infra.stack.jars import jars_folder, prepare_jars
from infra.stack.java import find_java
from infra.stack.once import prepared
from infra.stack.timescale import PostgresPrograms, find_installed, prepare_unpacked, unpacked

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Software:
    java: Path
    jars: Path
    postgres: PostgresPrograms


def prepare_software(folder: Path, account: Account | None, say: Say) -> Software:
    """Everything a stack needs, fetched where it is missing. Homes share the folder, so a second call takes no time."""
    java = find_java()
    if not prepared(jars_folder(folder)):
        say("Fetching Kafka (44 MB) …")
    jars = prepare_jars(folder)
    # What this home's data was made with wins over what has been installed since: their major versions may differ.
    postgres = unpacked(folder) or find_installed(account)
    if postgres is None:
        if platform.machine() != "x86_64":
            raise OperatorError("a private TimescaleDB needs amd64; elsewhere set IOC_KAFKA and IOC_DATABASE")
        say("Fetching PostgreSQL with TimescaleDB (97 MB) …")
        postgres = prepare_unpacked(folder)
    if account is not None and not account.reaches(postgres.bin):
        raise OperatorError(
            f"the system user '{account.name}', which runs the servers, cannot reach {folder};"
            " set IOC_SOFTWARE to a place such as /var/lib/ioc-software"
        )
    return Software(java, jars, postgres)
