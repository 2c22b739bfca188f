"""A source that holds its requests up, clients that do not read or do not speak: the others keep their times."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import httpx
import pytest

from tests.system.gateways import STRUCTURED, GatewayProcess, all_topics
from tests.system.harness import Ground, wait_for
from tests.unit.gateway import accepted

CLIENT_S = 4.0
WITHIN_S = 1.0  # alone a request takes about 15 ms; here a hundred times that would be hung


@pytest.fixture
def gateway(ground: Ground) -> Iterator[GatewayProcess]:
    all_topics(ground)
    made = GatewayProcess(ground, {"gateway_client_s": CLIENT_S, "gateway_body_s": 30, "gateway_connections": 900})
    made.start()
    made.wait_ready()
    yield made
    made.close()


def crowd(gateway: GatewayProcess, held: ExitStack, many: int, said: bytes, room: int = 4_096) -> list[socket.socket]:
    """So many connections on which this was said, and no more; each has this room for what it does not read."""
    made = []
    for _ in range(many):
        one = held.enter_context(socket.create_connection(("127.0.0.1", gateway.port), timeout=10))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        one.sendall(said)
        made.append(one)
    return made


def closed(one: socket.socket) -> bool:
    one.settimeout(0.01)
    try:
        while one.recv(65536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


def took(client: httpx.Client, number: int) -> float:
    began = time.monotonic()
    event = accepted(id=f"e-{number}", subject=f"H19.26-240131-{number:04d}", source="urn:test:b")
    answer = client.post("/v1/events", json=event, headers=STRUCTURED)
    assert answer.status_code == 202, answer.text
    return time.monotonic() - began


def test_260_slow_bodies_200_stalled_readers_and_400_half_headers_leave_the_others_their_times(
    gateway: GatewayProcess,
) -> None:
    slow, other = gateway.add("a"), gateway.add("b")
    head = f"POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: {slow.headers['authorization']}\r\n"
    body = head + "Content-Type: application/cloudevents+json\r\nContent-Length: 1000\r\n\r\n{"
    with ExitStack() as held:
        crowd(gateway, held, 260, body.encode())
        crowd(gateway, held, 200, b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 4)
        halves = crowd(gateway, held, 400, head.encode())
        times = sorted(took(other, number) for number in range(60))
        print(f"median {times[30] * 1000:.0f} ms, worst {times[-1] * 1000:.0f} ms")
        assert times[-1] < WITHIN_S
        wait_for(lambda: all(closed(one) for one in halves), CLIENT_S + 10)
    assert took(other, 60) < WITHIN_S


def test_a_client_that_dribbles_its_header_or_reads_nothing_is_cut_off(gateway: GatewayProcess) -> None:
    with ExitStack() as held:
        dribbling = crowd(gateway, held, 1, b"POST /v1/events HTTP/1.1\r\n")[0]
        began = time.monotonic()
        while not closed(dribbling):
            assert time.monotonic() - began < CLIENT_S + 3, "a byte now and then keeps the connection for ever"
            time.sleep(0.3)
            try:
                dribbling.sendall(b"X")
            except ConnectionError:
                break
        whole = len(httpx.get(f"{gateway.url}/v1/openapi.json").content) * 200
        # Of 64 kB, so that what the kernel still holds is read at once; through the crowd's 4 kB it takes minutes.
        deaf = crowd(gateway, held, 1, b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 200, room=65_536)[0]
        time.sleep(CLIENT_S + 1)
        deaf.settimeout(3)
        got = 0
        with suppress(ConnectionError):
            while part := deaf.recv(65536):
                got += len(part)
        assert got < whole, "answers that nobody reads wait in memory for ever"


def test_more_connections_than_there_are_places_cost_the_slowest_client_its_own(ground: Ground) -> None:
    gateway = GatewayProcess(ground, {"gateway_connections": 20})
    all_topics(ground)
    gateway.start()
    try:
        gateway.wait_ready()
        with ExitStack() as held:
            idle = crowd(gateway, held, 40, b"POST /v1/events HTTP/1.1\r\n")
            assert httpx.get(f"{gateway.url}/healthz").status_code == 200
            assert closed(idle[0])
            assert not closed(idle[-1])
    finally:
        gateway.close()
