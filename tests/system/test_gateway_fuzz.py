"""Random inputs over a real socket: what an HTTP server makes of them is part of what must hold."""

import random
import secrets
import socket

import pytest

from tests.fuzz.inputs import Maker
from tests.fuzz.run import check
from tests.settings import SuiteSettings
from tests.system.gateways import GatewayProcess, all_topics
from tests.system.harness import Ground

INPUTS = 600


@pytest.mark.timeout(300)
def test_no_input_over_a_socket_crashes_the_gateway_or_comes_back(ground: Ground, suite: SuiteSettings) -> None:
    seed = secrets.randbits(32) if suite.seed is None else suite.seed
    print(f"IOC_TEST_SEED={seed}")
    all_topics(ground)
    gateway = GatewayProcess(ground, {"gateway_events_per_s": 1_000_000, "gateway_burst": 1_000_000})
    gateway.start()
    try:
        gateway.wait_ready()
        token = gateway.add("a", urn="urn:test:a").headers["authorization"].encode()
        rng = random.Random(seed)
        marks: set[str] = set()
        for number, one in enumerate(Maker(seed).inputs(INPUTS)):
            length = len(one.body) if rng.random() < 0.9 else rng.randrange(2 * len(one.body) + 1)
            lines = [b"POST %s HTTP/1.1" % one.path.encode(), b"host: x", b"authorization: " + token]
            lines += [b"%s: %s" % header for header in one.headers]
            lines += [b"content-length: %d" % length, b"connection: close", b"", one.body]
            answer = exchanged(gateway.port, b"\r\n".join(lines))
            marks.update(one.marks)
            if answer:
                head, _, body = answer.partition(b"\r\n\r\n")
                check(number, one, int(head.split()[1]), body, "")
        assert gateway.process is not None
        assert gateway.process.poll() is None
        assert gateway.healthy()
        said = gateway.said()
        assert not [mark for mark in marks if mark in said]
    finally:
        gateway.close()


def exchanged(port: int, request: bytes) -> bytes:
    """What the server answers before it closes; nothing where it waits for more than was sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while part := connection.recv(65_536):
                answer += part
        except OSError:
            return b""
        return answer
