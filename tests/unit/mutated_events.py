"""Events that are hardly ones any more, for what must read them as the contract does."""

import json
import random
from typing import Any

ODD: tuple[Any, ...] = (
    *(
        "",
        " ",
        " a",
        "a ",
        "a\n",
        "a\x1f",
        "a\x7f",
        "ắ",
        "a\u202eb",
        "a\u0085b",
        "\uff10\uff17\uff19\uff12\uff10\uff14\uff10\uff10\uff11\uff12\uff13\uff14",
        "a" * 65,
        "a" * 81,
        "a" * 161,
        "\ud800",
        "screen",
        "error",
        "k1:" + "A" * 32,
    ),
    *("k1:" + "a" * 31, "k1:" + "a" * 64 + "\n", "::1", "10.1", "zz", "a\\b", 'a"b', "a b", "urn:ă"),
    *(
        None,
        True,
        0,
        -1,
        412.0,
        1e2,
        3_600_000,
        3_600_001,
        2**70,
        [],
        ["a"],
        ["a", None],
        ["a"] * 61,
        [" a"],
        {},
        {"a": 1},
    ),
)
TIMES = (
    *(
        "2024-01-23T09:15:00+07:00",
        "2024-01-23T02:15:00Z",
        "2024-01-23T02:15:00.123456Z",
        "2024-01-23T02:15:00.1234567Z",
    ),
    *("2024-01-23T24:00:00+07:00", "2024-01-23T23:59:60+07:00", "2024-01-23 09:15:00+07:00", "2024-01-23T09:15:00"),
    *(
        "2024-01-23T09:15:00+25:00",
        "2024-01-23T09:15:00+07:60",
        "2024-01-23T09:15:00-00:00",
        "20240123T091500Z",
        "1706000000",
        "2024-02-30T00:00:00Z",
    ),
    *(
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "1899-01-01T00:00:00Z",
        "2024-01-22T16:59:59Z",
        "2024-01-22T17:00:00Z",
    ),
)


_DAYS = frozenset(("due_at", "due_on", "begun_at"))
_DAYS_AS_WRITTEN = (
    "2024-02-07",
    "2009-12-31",
    "2010-01-01",
    "2100-01-01",
    "2100-01-02",
    "2024-02-30",
    "20240207",
    "2024-W06-3",
)


def mutated(event: dict[str, Any], draw: random.Random) -> bytes:
    event = json.loads(json.dumps(event))
    for _ in range(draw.randrange(3)):
        inner = event.get("data")
        where = inner if isinstance(inner, dict) and draw.random() < 0.6 else event
        name = draw.choice([*where, "purpose", "subject", "extra", "status", "due_on", "due_at"])
        chance = draw.random()
        if chance < 0.2:
            where.pop(name, None)
        elif name == "time" or chance < 0.3:
            event["time"] = draw.choice(TIMES)
        elif name in _DAYS and chance < 0.7:
            where[name] = draw.choice((*TIMES, *_DAYS_AS_WRITTEN))
        else:
            where[name] = draw.choice(ODD)
    try:
        raw = json.dumps(event, ensure_ascii=draw.random() < 0.3).encode()
    except UnicodeEncodeError:
        raw = json.dumps(event).encode()
    if draw.random() < 0.1:
        place = draw.randrange(len(raw))
        raw = raw[:place] + bytes([draw.randrange(256)]) + raw[place + 1 :]
    return raw
