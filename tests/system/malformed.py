"""Records that can never be processed, each with the field and rule that its dead letter must name.

Every one carries :data:`PLANTED` somewhere: values that must be found nowhere afterwards.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.reference.facts import Json

MARK = "BIMAT"  # stands in every record, with a number
IDENTITY = "079199000123"
PERSON = "Nguyễn Thị Bí"
NUMBER = 987_650_001_234
PLANTED = (MARK, IDENTITY, PERSON, str(NUMBER))

GOOD_SOURCE = "urn:test:portal"
BIG_BYTES = 1_000_000
LIMIT_BYTES = 65_536


@dataclass(frozen=True)
class Bad:
    value: bytes | None
    field: str
    rule: str


def said(event: object) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()


def _event(mark: str, kind: str = "returned", data: Any = None, **change: Any) -> Json:
    return {
        "specversion": "1.0",
        "id": mark,
        "source": GOOD_SOURCE,
        "type": f"case.{kind}.v1",
        "subject": f"H19.19-240131-{mark}",
        "time": "2024-01-31T08:00:00+07:00",
        "data": {"unit": PERSON} if data is None else data,
        "note": f"{PERSON} {IDENTITY}",
        **change,
    }


def _without(mark: str, name: str) -> Json:
    return {key: value for key, value in _event(mark).items() if key != name}


def _accepted(mark: str, **change: Any) -> Json:
    return _event(mark, "accepted", {"unit": PERSON, "channel": "online", "procedure": mark, **change})


def _corrected(mark: str, **fact: Any) -> Json:
    right = {"type": "case.step.v1", "time": "2024-01-31T08:00:00Z", "data": {"name": PERSON, "unit": mark}}
    return _event(mark, "corrected", {"replaces": {"source": GOOD_SOURCE, "id": mark}, "event": {**right, **fact}})


def _padded(event: Json, size: int) -> bytes:
    frame = len(said({**event, "padding": ""}))
    return said({**event, "padding": "x" * (size - frame)})


# What is wrong → its record. The mark is another one each time.
KINDS: dict[tuple[str, str], list[Callable[[str], bytes | None]]] = {
    ("event", "missing"): [lambda _: None],
    ("event", "json_invalid"): [
        lambda mark: said(_event(mark))[:-7],
        lambda mark: said(_event(mark))[: len(mark) + 40],
        lambda mark: said(_event(mark))[1:],
        lambda mark: said(_event(mark)).replace(mark.encode(), b"\xff\xfe" + mark.encode(), 1),
        lambda mark: said(_event(mark)).replace(PERSON.encode(), PERSON.encode()[:-1], 1),
        lambda mark: said(_event(mark)).replace(mark.encode(), rb"\ud800" + mark.encode(), 1),
        lambda mark: said(_event(mark)).replace(mark.encode(), b"\x00" + mark.encode(), 1),
        lambda mark: said(_event(mark)) + said(_event(mark)),
        lambda mark: b"\xef\xbb\xbf" + said(_event(mark)),
        lambda mark: said(_event(mark)).decode().encode("utf-16"),
        lambda mark: f"{mark};{PERSON};{IDENTITY}".encode(),
        lambda mark: f'{{"source": "{GOOD_SOURCE}", "{mark}": '.encode() + b"[" * 20_000 + b"]" * 20_000 + b"}",
        lambda mark: f'{{"{mark}": '.encode() + b'{"a": ' * 9_000 + b"1" + b"}" * 9_000 + b"}",
        lambda mark: said(_event(mark)).replace(b'"note"', b'"x": ' + b"9" * 30_000 + b', "note"'),
        lambda _: b"",
    ],
    ("event", "dict_type"): [
        lambda _: b"null",
        lambda mark: said([_event(mark)]),
        lambda mark: said(mark),
        lambda _: str(NUMBER).encode(),
    ],
    ("event", "too_large"): [lambda mark: _padded(_event(mark), LIMIT_BYTES + 1)],
    ("type", "union_tag_not_found"): [lambda mark: said(_without(mark, "type")), lambda mark: said({mark: mark})],
    ("type", "union_tag_invalid"): [
        lambda mark: said(_event(mark, type=f"case.{mark}.v1")),
        lambda mark: said(_event(mark, type="case.returned.v2")),
        lambda mark: said(_event(mark, type=NUMBER)),
        lambda mark: said(_event(mark, type=[mark])),
    ],
    ("specversion", "literal_error"): [lambda mark: said(_event(mark, specversion=mark))],
    ("id", "missing"): [lambda mark: said(_without(mark, "id"))],
    ("id", "string_type"): [lambda mark: said(_event(mark, id=NUMBER)), lambda mark: said(_event(mark, id=None))],
    ("id", "string_too_long"): [lambda mark: said(_event(mark, id=mark * 12))],
    ("id", "string_pattern_mismatch"): [
        lambda mark: said(_event(mark, id=f"{mark}\0")),
        lambda mark: said(_event(mark, id=f"{mark}\n")),
    ],
    ("source", "missing"): [lambda mark: said(_without(mark, "source"))],
    ("source", "string_pattern_mismatch"): [lambda mark: said(_event(mark, source=f"urn:{mark} {PERSON}"))],
    ("subject", "missing"): [lambda mark: said(_without(mark, "subject"))],
    ("subject", "string_pattern_mismatch"): [
        lambda mark: said(_event(mark, subject=f"{mark} {IDENTITY}")),
        lambda mark: said(_event(mark, subject=f"{mark}\0")),
    ],
    ("time", "missing"): [lambda mark: said(_without(mark, "time"))],
    ("time", "datetime_type"): [lambda mark: said(_event(mark, time=NUMBER))],
    ("time", "datetime_parsing"): [
        lambda mark: said(_event(mark, time=f"{mark}T08:00")),
        lambda mark: said(_event(mark, time="31/01/2024 08:00")),
    ],
    ("time", "timezone_aware"): [lambda mark: said(_event(mark, time="2024-01-31T08:00:00"))],
    ("time", "before_earliest"): [lambda mark: said(_event(mark, time="1970-01-01T00:00:00Z"))],
    ("time", "too_far_ahead"): [lambda mark: said(_event(mark, time="2199-01-01T00:00:00Z"))],
    ("data", "missing"): [lambda mark: said(_without(mark, "data"))],
    ("data", "model_type"): [
        lambda mark: said({**_event(mark), "data": None}),
        lambda mark: said(_event(mark, data=mark)),
    ],
    ("data.unit", "string_type"): [
        lambda mark: said(_event(mark, data={"unit": {mark: PERSON}})),
        lambda mark: said(_event(mark, data={"unit": [PERSON]})),
    ],
    ("data.unit", "string_pattern_mismatch"): [lambda mark: said(_event(mark, data={"unit": f"{PERSON}\x07"}))],
    ("data.unit", "string_too_long"): [lambda mark: said(_event(mark, data={"unit": f"{PERSON} {mark}" * 9}))],
    ("data.status", "enum"): [
        lambda mark: said(_event(mark, data={"status": NUMBER})),
        lambda mark: said(_event(mark, data={"status": mark})),
    ],
    ("data.status_raw", "string_pattern_mismatch"): [
        lambda mark: said(_event(mark, data={"status_raw": f"{mark}\t{PERSON}"})),
    ],
    ("data.channel", "enum"): [lambda mark: said(_accepted(mark, channel=mark))],
    ("data.due_on", "date_parsing"): [lambda mark: said(_accepted(mark, due_on="05/02/2024"))],
    ("data.due_on", "less_than_equal"): [lambda mark: said(_accepted(mark, due_on="2199-01-01"))],
    ("data.due_at", "greater_than_equal"): [lambda mark: said(_accepted(mark, due_at="1970-01-01T00:00:00Z"))],
    ("data", "one_deadline"): [
        lambda mark: said(_accepted(mark, due_on="2024-02-05", due_at="2024-02-05T17:00:00Z")),
    ],
    ("data", "deadline_missing"): [lambda mark: said(_event(mark, "extended"))],
    ("data.name", "missing"): [lambda mark: said(_event(mark, "step"))],
    ("data.online", "bool_type"): [lambda mark: said(_event(mark, "paid", {"online": mark}))],
    ("data.amount_vnd", "less_than_equal"): [
        lambda mark: said(_event(mark, "paid", {"online": True, "amount_vnd": NUMBER * 10**200})),
    ],
    ("data.score", "int_type"): [lambda mark: said(_event(mark, "rated", {"score": 4.5}))],
    ("data.score", "less_than_equal"): [lambda mark: said(_event(mark, "rated", {"score": NUMBER}))],
    ("data.replaces", "missing"): [
        lambda mark: said(_event(mark, "corrected", {"event": _event(mark, "step", {"name": PERSON})})),
    ],
    ("data.event.type", "union_tag_invalid"): [lambda mark: said(_corrected(mark, type=f"case.{mark}.v1"))],
    ("data.event.time", "too_far_ahead"): [lambda mark: said(_corrected(mark, time="2199-01-01T00:00:00Z"))],
    ("data.event.data.name", "string_type"): [lambda mark: said(_corrected(mark, data={"name": [mark]}))],
}


def malformed(count: int, big: int, random: Random) -> list[Bad]:
    """So many, ``big`` of them of a million bytes, in random order."""
    ways = [(field, rule, make) for (field, rule), makes in KINDS.items() for make in makes]
    found = []
    for number in range(count):
        mark = f"{MARK}{number:06d}"
        if number < big:
            found.append(Bad(_padded(_event(mark), BIG_BYTES), "event", "too_large"))
        else:
            field, rule, make = ways[number % len(ways)]
            found.append(Bad(make(mark), field, rule))
    random.shuffle(found)
    return found
