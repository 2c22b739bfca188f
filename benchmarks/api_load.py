"""Clients of the data API as benchmarks play them: each a thread with a connection that stays open, and a key."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Answered:
    """What came back. ``times``: seconds of the answers that were 200 or 304; ``refused``: how many were not."""

    times: list[float] = field(default_factory=list)
    refused: int = 0
    bytes: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def p50_ms(self) -> float:
        return 1000 * median(self.times) if self.times else float("nan")

    @property
    def p99_ms(self) -> float:
        return 1000 * quantiles(self.times, n=100)[98] if len(self.times) > 1 else self.p50_ms

    @property
    def longest_ms(self) -> float:
        return 1000 * max(self.times, default=float("nan"))


class Client:
    """One connection, from an address of the machine's own."""

    def __init__(self, port: int, key: str, source: str = "127.0.0.1") -> None:
        self._port, self._key, self._source = port, key, source
        self._socket = self._connected()

    def _connected(self) -> socket.socket:
        connected = socket.create_connection(("127.0.0.1", self._port), 60, (self._source, 0))
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def get(self, path: str) -> tuple[int, int]:
        """Status and bytes of the body, read to its end; anew where the server has closed what rested."""
        try:
            return self._got(path)
        except ConnectionError:
            self._socket.close()
            self._socket = self._connected()
            return self._got(path)

    def _got(self, path: str) -> tuple[int, int]:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self._key}\r\n\r\n"
        self._socket.sendall(request.encode())
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            piece = self._socket.recv(1 << 18)
            if not piece:
                raise ConnectionError("closed")
            got += piece
        head = got[:end].lower()
        length, left = _length(head), 0
        left = length - (len(got) - end - 4)
        while left > 0:
            left -= len(self._socket.recv(min(left, 1 << 20)))
        return int(head[9:12]), length

    def close(self) -> None:
        self._socket.close()


def _length(head: bytes) -> int:
    at = head.find(b"content-length:")
    return int(head[at + 15 :].split(b"\r", 1)[0]) if at >= 0 else 0


def ask_for(seconds: float, clients: list[Client], of: Callable[[int], Iterator[str]], pause: float = 0.0) -> Answered:
    """All at once for a while, each with the questions ``of`` its number, one after the other."""
    until, told = time.perf_counter() + seconds, [Answered() for _ in clients]
    threads = [
        threading.Thread(target=_one, args=(client, of(number), until, told[number], pause))
        for number, client in enumerate(clients)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    times = [one for each in told for one in each.times]
    return Answered(times, sum(each.refused for each in told), sum(each.bytes for each in told), took)


def _one(client: Client, questions: Iterator[str], until: float, told: Answered, pause: float) -> None:
    while (began := time.perf_counter()) < until:
        status, length = client.get(next(questions))
        if status in (200, 304):
            told.times.append(time.perf_counter() - began)
            told.bytes += length
        else:
            told.refused += 1
            time.sleep(0.02)  # who is refused asks again, and soon
        if pause:
            time.sleep(pause)
