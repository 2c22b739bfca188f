"""Ports: finding free ones, and naming who holds one that is not."""

import random
import socket
from collections.abc import Collection

import psutil

LOOPBACK = "127.0.0.1"
# Below the range from which Linux takes the local ends of outgoing connections (32768 up): a remembered port is not
# lost to one of those while its home is down.
FIRST, LAST = 20000, 32000


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(taken: Collection[int] = ()) -> int:
    """A port that nobody listens on now and that is not in ``taken``."""
    chooser = random.SystemRandom()
    while True:
        port = chooser.randint(FIRST, LAST)
        if port not in taken and is_free(port):
            return port


def holder(port: int) -> str:
    """Who listens on the port, for a message: ``"python3 -m http.server (pid 4711, user an)"``."""
    for connection in psutil.net_connections(kind="tcp"):
        if connection.status != psutil.CONN_LISTEN or connection.laddr.port != port or connection.pid is None:
            continue
        try:
            process = psutil.Process(connection.pid)
            command = " ".join(process.cmdline()) or process.name()
            return f"{command[:80]} (pid {process.pid}, user {process.username()})"
        except psutil.Error:
            break
    return "a process of another user"
