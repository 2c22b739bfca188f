"""Inputs: half are valid messages with one mutation, half are garbage. Each carries marks by which a leak is found.

A mark is a random word that stands nowhere else, so that finding it in an answer or a log shows a value of the input.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.unit import dvcqg
from tests.unit.gateway import examples

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = "application/json"
SOURCE = "urn:test:a"
ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "time", "topic")
NUMBERS = ("079123456789", "079 123 456 789", "271234567", "\uff10\uff17\uff19123456789")
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1.5,
    10**30,
    1e300,
    "",
    " ",
    "\u0000",
    "\u202e",
    "x" * 300,
    [],
    {},
    [[]],
    {"a": {}},
    "9" * 12,
)


@dataclass(frozen=True, slots=True)
class Input:
    """One request. ``marks`` may not stand in an answer or a log; ``number`` in no record either."""

    path: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    marks: tuple[str, ...]
    number: str = ""


def mark_of(rng: random.Random) -> str:
    """A word that stands nowhere else."""
    return "".join(rng.choices("bcdfghjklmnpqrstvwxz", k=14))


class Maker:
    """Input after input; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._events = [{**event, "source": SOURCE} for event in examples()]
        self._messages = [json.loads(path.read_text("utf-8")) for path in dvcqg.MESSAGES.values()]

    def inputs(self, count: int) -> Iterator[Input]:
        for number in range(count):
            yield self._mutated() if number % 2 else self._garbage()

    def _mutated(self) -> Input:
        rng = self._rng
        if rng.random() < 0.2:
            message = copied(rng.choice(self._messages))
            marks, number = self._mutate(message)
            path = f"/v1/dvcqg/{rng.choice((dvcqg.CASE, dvcqg.PROGRESS))}"
            return Input(path, ((b"content-type", BINARY.encode()),), dumped(message), marks, number)
        event = copied(rng.choice(self._events))
        marks, number = self._mutate(event)
        match rng.randrange(3):
            case 0:
                return Input("/v1/events", ((b"content-type", STRUCTURED.encode()),), dumped(event), marks, number)
            case 1:
                batch = [copied(rng.choice(self._events)), event, copied(rng.choice(self._events))]
                return Input("/v1/events", ((b"content-type", BATCH.encode()),), dumped(batch), marks, number)
        headers = [(b"content-type", BINARY.encode())]
        for name in ATTRIBUTES:
            if isinstance(event, dict) and name in event:
                value = str(event[name]).encode()
                headers.append((f"ce-{name}".encode(), value if rng.random() < 0.5 else quoted(value)))
        data = event.get("data") if isinstance(event, dict) else event
        return Input("/v1/events", tuple(headers), dumped(data), marks, number)

    def _mutate(self, node: Any) -> tuple[tuple[str, ...], str]:
        """Changes one place of the message, in place; the marks that are in it now, and the identity number."""
        rng = self._rng
        at, key = rng.choice(list(places(node)))
        mark, number = mark_of(self._rng), ""
        match rng.randrange(7):
            case 0:
                at[key] = mark
            case 1:
                at[key] = number = rng.choice(NUMBERS)
            case 2:
                at[key] = rng.choice(ODD)
            case 3:
                del at[key]
            case 4 if isinstance(at, dict):
                at[mark] = at.pop(key)
            case 5 if isinstance(at[key], str):
                where = rng.randrange(len(at[key]) + 1)
                number = rng.choice(NUMBERS)
                at[key] = f"{at[key][:where]} {number} {mark}"
            case _:
                at[key] = {mark: [mark, at[key]]}
        return (mark, *([number] if number else [])), number

    def _garbage(self) -> Input:
        rng = self._rng
        mark = mark_of(self._rng)
        body = self._body(mark)
        headers: list[tuple[bytes, bytes]] = []
        if rng.random() < 0.9:
            kind = rng.choice((STRUCTURED, BATCH, BINARY, "text/plain", mark, f"{BINARY}; charset={mark}"))
            headers.append((b"content-type", kind.encode()))
        if rng.random() < 0.3:
            headers += [(f"ce-{rng.choice(ATTRIBUTES)}".encode(), rng.randbytes(8)) for _ in range(rng.randrange(8))]
        path = rng.choices(
            ("/v1/events", f"/v1/dvcqg/{dvcqg.CASE}", f"/v1/dvcqg/{mark}", f"/v1/{mark}", f"/v1/events?topic={mark}"),
            (8, 3, 1, 1, 1),
        )[0]
        return Input(path, tuple(headers), body, (mark,))

    def _body(self, mark: str) -> bytes:
        rng = self._rng
        match rng.randrange(6):
            case 0:
                return rng.randbytes(rng.randrange(200)) + mark.encode()
            case 1:
                return dumped(self._value(mark, 0))
            case 2:
                whole = dumped(rng.choice(self._events))
                return whole[: rng.randrange(len(whole))] + mark.encode()
            case 3:
                depth = rng.choice((5, 200, 500, 5_000))
                return b"[" * depth + f'"{mark}"'.encode() + b"]" * (depth if rng.random() < 0.7 else 3)
            case 4:
                broken = bytearray(dumped({**rng.choice(self._events), mark: mark}))
                for _ in range(rng.randrange(1, 6)):
                    broken[rng.randrange(len(broken))] = rng.randrange(256)
                return bytes(broken)
        return dumped([self._value(mark, 1) for _ in range(rng.randrange(5))])

    def _value(self, mark: str, depth: int) -> Any:
        rng = self._rng
        if depth > 4 or rng.random() < 0.3:
            return rng.choice((*ODD, mark))
        if rng.random() < 0.5:
            return [self._value(mark, depth + 1) for _ in range(rng.randrange(4))]
        names = (*ATTRIBUTES, "data", "unit", "replaces", "event", "service", "MaHoSo", mark)
        return {rng.choice(names): self._value(mark, depth + 1) for _ in range(rng.randrange(6))}


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a JSON value, as what holds it and under which key."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        yield node, key
        yield from places(value)


def copied(value: Any) -> Any:
    return json.loads(json.dumps(value))


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def quoted(value: bytes) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in value)
