"""Homes on a real disk: what they remember, and which are refused."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.account import is_root
from infra.errors import OperatorError
from infra.home import LONGEST_SOCKET_FOLDER, PORT_NAMES, SECRET_NAMES, exists, open_home, remember_ports
from infra.ports import FIRST, LAST, holder, is_free
from tests.conftest import remove_home, temporary_home

as_root = pytest.mark.skipif(not is_root(), reason="about what root does for the system user")


@pytest.fixture
def root() -> Iterator[Path]:
    folder = temporary_home()
    yield folder
    remove_home(folder)


def test_a_home_remembers_its_ports_secrets_and_identity(root: Path) -> None:
    assert not exists(root)
    first = open_home(root)
    again = open_home(root)

    assert exists(root)
    assert again == first
    assert set(first.ports) == set(PORT_NAMES)
    assert len(set(first.ports.values())) == len(PORT_NAMES)
    assert all(FIRST <= port <= LAST for port in first.ports.values())
    secrets = {name: first.secret(name) for name in SECRET_NAMES}
    assert len(set(secrets.values())) == len(SECRET_NAMES)
    assert {name: again.secret(name) for name in SECRET_NAMES} == secrets


def test_a_port_that_was_chosen_is_remembered(root: Path) -> None:
    home = open_home(root)

    remember_ports(home, {"screens": 8050})

    assert open_home(root).ports == home.ports | {"screens": 8050}


def test_secrets_are_for_their_owner_only(root: Path) -> None:
    open_home(root)

    assert (root / "secrets").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (root / "secrets").iterdir()} == {0o600}


def test_homes_beside_each_other_share_nothing(root: Path) -> None:
    other = temporary_home()
    try:
        one, two = open_home(root), open_home(other)

        assert one.installation != two.installation
        assert one.secret("streams") != two.secret("streams")
    finally:
        remove_home(other)


def test_a_long_path_gets_its_sockets_elsewhere_and_private(root: Path) -> None:
    root.chmod(0o755)
    home = open_home(root / ("long" * 20))

    assert len(str(home.run)) > LONGEST_SOCKET_FOLDER >= len(str(home.sockets))
    assert home.sockets.stat().st_mode & 0o777 == 0o700
    home.sockets.rmdir()


@as_root
def test_root_gives_the_servers_folders_to_the_system_user(root: Path) -> None:
    home = open_home(root)

    assert home.account is not None
    owners = {name: (root / name).stat().st_uid for name in ("kafka", "postgres", "secrets", "logs")}
    assert owners == {"kafka": home.account.uid, "postgres": home.account.uid, "secrets": 0, "logs": 0}
    assert root.stat().st_uid == home.account.uid


@as_root
def test_a_home_behind_a_closed_door_is_refused_with_a_way_out(root: Path) -> None:
    root.chmod(0o700)

    with pytest.raises(
        OperatorError, match=r"cannot be reached by the system user 'ioc'.*Set IOC_HOME to a place such as"
    ):
        open_home(root / "home")


def test_the_holder_of_a_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert not is_free(port)
        assert f"(pid {os.getpid()}, user" in holder(port)
    assert is_free(port)
