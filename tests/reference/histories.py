"""Random histories of all event types, as JSON events, made so that rules meet: few cases, ids and moments, and many
ties, corrections, voidings and deadlines that fall together."""

from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

SUBJECTS = ("H19.19-240131-0001", "000.00.19.H19-240131-0002", "Đ-77/2024")
SOURCES = ("urn:ioc:simulated", "urn:test:portal")
IDS = tuple(f"e{n}" for n in range(9))
UNITS = ("Phường Trấn Biên", "Sở Tư pháp", " Xã Đak Lua ")
PROCEDURES = ("1.001", "2.002", "1.004222")  # the last has a fee by the catalogue

# Around midnight in the province (17:00 UTC), a month's end and a leap day.
MOMENTS = tuple(
    datetime.fromisoformat(text)
    for text in (
        "2024-01-31T01:00:00+00:00",
        "2024-01-31T16:59:59.999999+00:00",
        "2024-01-31T17:00:00+00:00",
        "2024-01-31T17:00:00.000001+00:00",
        "2024-02-01T08:30:00+00:00",
        "2024-02-05T17:00:00+00:00",
        "2024-02-05T17:00:00.000001+00:00",
        "2024-02-28T17:00:00+00:00",
        "2024-02-29T16:59:59.999999+00:00",
        "2024-03-02T03:00:00+00:00",
    )
)
DAYS = ("2024-01-31", "2024-02-05", "2024-02-29")

_maybe_unit = st.sampled_from((None, *UNITS))
_status = {
    "status": st.sampled_from((None, None, None, 2, 4, 5, 6, 9)),
    "status_raw": st.sampled_from((None, None, "đang xử lý")),
}
DUE = MOMENTS[5]  # also what "due on 2024-02-05" means; met and missed by a microsecond
_moment = st.sampled_from((*MOMENTS, DUE, DUE))
_ref = st.fixed_dictionaries({"source": st.sampled_from(SOURCES), "id": st.sampled_from(IDS)})


def _deadline(*, needed: bool = False) -> st.SearchStrategy[Json]:
    exact = st.sampled_from((*MOMENTS[1:7], DUE, DUE, DUE)).map(lambda moment: {"due_at": moment.isoformat()})
    day = st.sampled_from((*DAYS, DAYS[1])).map(lambda day: {"due_on": day})
    return st.one_of(exact, day) if needed else st.one_of(st.just({}), exact, day)


def _data(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({**fields, **_status}).map(
        lambda data: {key: value for key, value in data.items() if value is not None}
    )


def _with_deadline(data: st.SearchStrategy[Json], *, needed: bool = False) -> st.SearchStrategy[Json]:
    return st.tuples(data, _deadline(needed=needed)).map(lambda pair: pair[0] | pair[1])


def _beside(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({"unit": _maybe_unit, **fields}).map(
        lambda data: {key: value for key, value in data.items() if value is not None}
    )


_CODES = st.sampled_from((None, None, "H19.99-240131-77777", "H19.99-240131-88888"))
_PORTAL = st.sampled_from((None, 2, 4, 5, 9))
_SYNCED = _beside(
    message=st.sampled_from(("DongBoHoSoMC", "CapNhatTienDoHoSoMC")),
    sent_status=_PORTAL,
    portal_code=_CODES,
    answer=st.sampled_from((None, "taken", "taken", "refused")),
    hazards=st.lists(
        st.sampled_from(
            ("status_rewritten", "code_invented", "dummy_identity", "attachment_repeated", "status_missing")
        ),
        max_size=4,
    ),
)
BESIDE: dict[str, st.SearchStrategy[Json]] = {
    "synced": st.tuples(_SYNCED, st.sampled_from(("E01", " E02 "))).map(
        lambda pair: pair[0] | ({"error": pair[1]} if pair[0].get("answer") == "refused" else {})
    ),
    "portal_status": _with_deadline(
        _beside(
            portal_status=_PORTAL.filter(bool),
            portal_status_raw=st.sampled_from((None, "đang xử lý")),
            portal_code=_CODES,
        )
    ),
    "chain_step": _beside(
        chain=st.sampled_from(("birth", "death")),
        step=st.sampled_from(("khai-sinh", "thuong-tru", " the-bhyt")),
        agency=st.sampled_from(UNITS),
        state=st.sampled_from(("sent", "sent", "received", "received", "done", "returned", "failed")),
        to=st.sampled_from((None, *UNITS)),
    ),
    "data_used": _beside(
        database=st.sampled_from(("CSDLQGDC", " CSDLHT")), fields=st.sampled_from((None, 0, 7)), ok=st.booleans()
    ),
}
_channel = st.sampled_from(("online", "direct", "post", "other"))
_plain = _data(unit=_maybe_unit)
LETTERS: tuple[Json, ...] = (
    {},
    {"apology": True},
    {"apology": False},
    *({"apology_at": moment.isoformat()} for moment in MOMENTS[1:7]),
)
FACTS: dict[str, st.SearchStrategy[Json]] = {
    "submitted": _data(
        unit=_maybe_unit,
        channel=st.one_of(st.none(), _channel),
        procedure=st.sampled_from((None, *PROCEDURES)),
    ),
    "accepted": _with_deadline(
        _data(unit=st.sampled_from(UNITS), channel=_channel, procedure=st.sampled_from((None, *PROCEDURES)))
    ),
    "refused": _data(unit=_maybe_unit, reason_given=st.sampled_from((None, True, False))),
    "step": _data(unit=_maybe_unit, name=st.sampled_from(("Kiểm tra", "Ký duyệt"))),
    "supplement_requested": _plain,
    "supplement_received": _with_deadline(_plain),
    "extended": _with_deadline(
        st.tuples(_plain, st.sampled_from(LETTERS)).map(lambda pair: pair[0] | pair[1]), needed=True
    ),
    "suspended": _plain,
    "resumed": _with_deadline(_plain),
    "stopped": _plain,
    "finished": _plain,
    "returned": _plain,
    "withdrawn": _plain,
    "paid": _data(unit=_maybe_unit, online=st.booleans(), amount_vnd=st.sampled_from((None, 0, 50_000))),
    "digitised": _data(unit=_maybe_unit, papers=st.sampled_from((None, 3)), result=st.sampled_from((None, True))),
    "rated": _data(unit=_maybe_unit, score=st.integers(1, 5)),
    **BESIDE,
}
OFTEN = (
    "accepted",
    "accepted",
    "step",
    "step",
    "step",
    "finished",
    "returned",
    "extended",
    "synced",
    "chain_step",
    "chain_step",
    *FACTS,
)


def _fact(kind: str) -> st.SearchStrategy[tuple[str, Json]]:
    return st.tuples(st.just(kind), FACTS[kind])


_facts = st.sampled_from(OFTEN).flatmap(_fact)
_corrections = st.tuples(_ref, _facts, _moment, _data()).map(
    lambda said: (
        "corrected",
        {
            **said[3],
            "replaces": said[0],
            "event": {"type": f"case.{said[1][0]}.v1", "time": said[2].isoformat(), "data": said[1][1]},
        },
    )
)
_voidings = st.tuples(_ref, _data()).map(lambda said: ("voided", {**said[1], "replaces": said[0]}))
_said = st.one_of(*([_facts] * 6), _corrections, _voidings)


def _event(parts: tuple[str, str, str, datetime, tuple[str, Json]]) -> Json:
    subject, source, id, moment, (kind, data) = parts
    return {
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": f"case.{kind}.v1",
        "subject": subject,
        "time": moment.isoformat(),
        "data": data,
    }


_own_id = st.integers(0, 10**6).map("n{}".format)
EVENT = st.tuples(
    st.sampled_from(SUBJECTS),
    st.sampled_from(SOURCES),
    st.one_of(st.sampled_from(IDS), _own_id),
    _moment,
    _said,
).map(_event)


def _burst(count: int) -> list[Json]:
    """Steps of one case, enough of them to come near and beyond the limit of a history."""
    step = {"unit": UNITS[0], "name": "Kiểm tra"}
    return [
        _event((SUBJECTS[0], SOURCES[1], f"b{n}", MOMENTS[n % len(MOMENTS)] + timedelta(minutes=n), ("step", step)))
        for n in range(count)
    ]


# Voiding a whole case hides everything else of it, so it is rare, and taken back half of the time.
_WHOLE = _event((SUBJECTS[1], SOURCES[1], "whole", MOMENTS[3], ("voided", {"status_raw": "hủy"})))
_BACK = _event(
    (SUBJECTS[1], SOURCES[0], "back", MOMENTS[1], ("voided", {"replaces": {"source": SOURCES[1], "id": "whole"}}))
)

# A case of which nothing else is told, so that it does not end: its chain goes on and on.
ASIDE = "H19.19-240131-0077"
_ASIDE = st.tuples(
    st.just(ASIDE),
    st.sampled_from(SOURCES),
    st.one_of(st.sampled_from(IDS), _own_id),
    _moment,
    st.one_of(
        *([st.sampled_from(("chain_step", "chain_step", "synced", "portal_status", "data_used")).flatmap(_fact)] * 6),
        _voidings,
    ),
).map(_event)

HISTORIES = st.tuples(
    st.one_of(st.lists(EVENT, min_size=1, max_size=10), st.lists(EVENT, min_size=25, max_size=55)),
    st.sampled_from((0, 0, 12, 19, 20, 21)).map(_burst),
    st.sampled_from(([], [], [_WHOLE], [_WHOLE, _BACK], [_WHOLE, _BACK], [])),
    st.lists(_ASIDE, max_size=9),
).map(lambda parts: [*parts[0], *parts[1], *parts[2], *parts[3]])


def respelt(event: Json, random: Random) -> Json:
    """The same event in other words: another offset, an unknown field, another order of keys."""
    moment = datetime.fromisoformat(event["time"])
    zone = random.choice((UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=3, minutes=30))))
    items = list({**event, "time": moment.astimezone(zone).isoformat(), "traceparent": "00-x"}.items())
    random.shuffle(items)
    return dict(items)
