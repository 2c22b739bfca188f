"""A source of some units only touches what belongs to one of them: every declared kind, on its own and on another's."""

import json
from collections.abc import Sequence
from hashlib import sha256
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import history
from schemas.contracts import CASE_TYPES, CONTRACTS, DOMAINS
from schemas.digests import SOURCE
from schemas.granted_units import covers, globs_of, written
from schemas.history import RANK, Entry
from schemas.lookups import LOOKUP
from schemas.reference.names import NO_NAMES, UNIT, Meaning, Names
from schemas.topics import BY_CONTRACT
from streams.decode import Decoder
from streams.entries import subjects
from streams.entries.cases import entry_of
from streams.entries.subjects import Said
from streams.errors import Reject
from streams.folds.belonging import apart
from streams.folds.case_claims import CASES
from streams.folds.cases import fold, merge
from streams.folds.registry import FOLDED, FOLDS
from streams.folds.subject import come_to
from streams.folds.subject_claims import claiming, keeper
from tests.unit.gateway import EXAMPLES
from tests.unit.judging import packaged
from tests.unit.told import Record, entry

Json = dict[str, Any]
OURS, THEIRS = "H19.26", "H19.27"
A, B = "urn:test:a", "urn:test:b"
KINDS = sorted(RANK)
SUBJECT_KINDS = [(name, kind) for name, domain in sorted(FOLDED.items()) for kind in domain.ranks]
OF_THE_PROVINCE = {"connection", "limit"}  # they have no unit


def example(type: str, unit: str | None, granted: str | None, source: str = A, **changes: Any) -> Json:
    """The first example of the type, of this unit, said by this source; it amends what the source has said itself."""
    event: Json = json.loads(sorted((EXAMPLES / type).glob("*.json"))[0].read_text("utf-8"))
    event |= {"source": source, "subject": "s/2024-01", **changes}
    inner = event["data"].get("event", {})
    if inner:
        inner["time"] = event["time"]
    data = inner["data"] if inner else event["data"]
    data.pop("unit", None)
    if unit is not None:
        data["unit"] = unit
    if type.endswith((".corrected.v1", ".voided.v1")):
        event["data"]["replaces"] = {"source": source, "id": "before"}
    return event | ({"granted": granted} if granted else {})


def case_entry(kind: str, unit: str | None, granted: str | None, source: str = A, **changes: Any) -> Entry:
    type = f"case.{kind}.v1"
    return entry_of(CASE_TYPES[type].model_validate_json(json.dumps(example(type, unit, granted, source, **changes))))  # type: ignore[arg-type]


def state(entries: Sequence[Entry]) -> Any:
    """In every order of arrival, twice each: all give the same, or this fails."""
    ways = list(permutations(entries)) if len(entries) < 5 else [entries, entries[::-1]]
    found = set()
    for way in ways:
        held: list[Entry] = []
        for one in (*way, *way):
            held, _ = merge("x", held, [one])
        found.add(fold("x", history.decode(history.encode(held)), packaged()))
    (only,) = found
    return only


@pytest.mark.parametrize("limit", [None, THEIRS])
@pytest.mark.parametrize("kind", KINDS)
def test_no_event_of_a_case_touches_anothers(kind: str, limit: str | None) -> None:
    theirs = [
        entry("accepted", "2024-01-31T08:00", "1", source=B, unit=THEIRS, channel="online", granted=limit),
        entry("step", "2024-01-31T09:00", "2", source=B, name="Thẩm định", granted=limit),
    ]
    for unit in (OURS, None):
        if unit is None and kind in ("accepted", "corrected"):  # an acceptance has one, and the example is one
            continue
        strange = case_entry(kind, unit, OURS, time="2024-01-01T08:00:00+07:00")
        assert state([*theirs, strange]) == state(theirs)
        assert apart("x", [strange, *theirs], CASES).outside == [strange]


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_of_a_case_counts_on_its_own(kind: str) -> None:
    ours = entry("accepted", "2024-01-31T08:00", "1", source=A, unit=OURS, channel="online", granted=OURS)
    for unit in (OURS, None):
        if unit is None and kind in ("accepted", "corrected"):  # an acceptance has one, and the example is one
            continue
        said = case_entry(kind, unit, OURS, time="2024-02-01T08:00:00+07:00")
        assert apart("x", [ours, said], CASES).outside == []


def said(type: str, unit: str | None, granted: str | None, source: str = A, **changes: Any) -> Said:
    domain = DOMAINS[type.split(".")[0]]
    event = domain.types[type].model_validate_json(json.dumps(example(type, unit, granted, source, **changes)))
    return subjects.said_of(domain, event)[0]


@pytest.mark.parametrize("limit", [None, THEIRS])
@pytest.mark.parametrize(("name", "kind"), SUBJECT_KINDS)
def test_no_event_of_any_domain_touches_anothers(name: str, kind: str, limit: str | None) -> None:
    domain = FOLDED[name]
    if name in OF_THE_PROVINCE:
        assert not claiming(domain)
        theirs = [said(domain.type_of(next(iter(domain.kinds))), None, None, B, id="b", time="2024-01-02T08:00:00Z")]
    else:
        claim = next(kind for kind in domain.kinds if kind in claiming(domain))
        theirs = [said(domain.type_of(claim), THEIRS, limit, B, id="b", time="2024-01-02T08:00:00Z")]
    speaks = kind in claiming(domain) or (kind == "corrected" and name not in OF_THE_PROVINCE)
    strange = said(domain.type_of(kind), OURS if speaks else None, OURS, time="2024-01-09T08:00:00Z")
    before = come_to(domain, FOLDS[name], "x", theirs, NO_NAMES)
    for way in permutations([*theirs, strange, strange]):
        held: list[Said] = []
        for one in way:
            held, _ = subjects.merge(domain, "x", held, [one])
        assert come_to(domain, FOLDS[name], "x", subjects.decode(subjects.encode(held)), NO_NAMES) == before
        assert apart("x", held, keeper(domain)).outside == [strange]


@pytest.mark.parametrize(("name", "kind"), [one for one in SUBJECT_KINDS if one[0] not in OF_THE_PROVINCE])
def test_every_event_of_any_domain_counts_on_its_own(name: str, kind: str) -> None:
    domain = FOLDED[name]
    claim = next(kind for kind in domain.kinds if kind in claiming(domain))
    ours = said(domain.type_of(claim), OURS, OURS, A, id="b", time="2024-01-02T08:00:00Z")
    speaks = kind in claiming(domain) or kind == "corrected"
    own = said(domain.type_of(kind), OURS if speaks else None, OURS, time="2024-01-09T08:00:00Z")
    assert apart("x", [ours, own], keeper(domain)).outside == []
    assert own.plain.granted is None
    assert own.plain == said(domain.type_of(kind), OURS if speaks else None, None, time="2024-01-09T08:00:00Z")


def test_every_declared_kind_is_in_the_matrix() -> None:
    tried = {f"case.{kind}.v1" for kind in KINDS} | {FOLDED[name].type_of(kind) for name, kind in SUBJECT_KINDS}
    alone = {*SOURCE.types, *LOOKUP.types}
    assert tried | alone == {name for contract in CONTRACTS.values() for name in contract.types}
    assert {name for name, domain in FOLDED.items() if not claiming(domain)} == OF_THE_PROVINCE


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({}, None, None),
        ({"type": "lookup.voided.v1", "data": {}}, "data.replaces.source", "not_yours"),
        (
            {"type": "lookup.voided.v1", "data": {"replaces": {"source": B, "id": "1"}}},
            "data.replaces.source",
            "not_yours",
        ),
        ({"type": "lookup.voided.v1", "data": {"replaces": {"source": A, "id": "1"}}}, None, None),
        ({"type": "source.digest.v1", "subject": B}, "subject", "not_yours"),
        ({"type": "source.digest.v1", "subject": A}, None, None),
    ],
)  # fmt: skip
def test_what_is_part_of_no_history_is_judged_alone(changes: Json, field: str | None, rule: str | None) -> None:
    type = changes.get("type", "lookup.performed.v1")
    event = example(type, None if "voided" in type else OURS, OURS) | {"subject": "u/2024-01-31"} | changes
    event["time"] = "2024-01-31T08:00:00+07:00"
    record = Record(json.dumps(event).encode())
    decode = Decoder(BY_CONTRACT["lookups"]).decode
    if field is None:
        decode(record)
        return
    with pytest.raises(Reject) as raised:
        decode(record)
    assert (raised.value.field, raised.value.rule, raised.value.source) == (field, rule, A)


@pytest.mark.parametrize("written", [OURS, "STP", "sở  tư pháp"])
@pytest.mark.parametrize("type", ["lookup.performed.v1", "lookup.corrected.v1", "source.digest.v1"])
def test_the_unit_of_what_is_judged_alone_is_judged_by_whatever_name(type: str, written: str) -> None:
    names = Names([Meaning(UNIT, name, OURS, 0) for name in (OURS, "Sở Tư pháp", "STP")])
    subject = A if "digest" in type else "u/2024-01-31"
    event = example(type, written, OURS, subject=subject, time="2024-01-31T08:00:00+07:00")
    decoder = Decoder(BY_CONTRACT["lookups"])
    values = [json.dumps(event | {"granted": granted}).encode() for granted in (OURS, THEIRS)]
    batch = decoder.batch([Record(value, offset) for offset, value in enumerate(values)])
    field = "data.event.data.unit" if "corrected" in type else "data.unit"

    judged = batch.within(names)

    assert len(judged.accepted) == 1
    assert [(r.field, r.rule, r.source) for r in judged.rejected] == [(field, "not_granted", A)]
    assert judged.rejected[0].hash == sha256(values[1]).digest()
    assert len(batch.within(NO_NAMES).accepted) == (written == OURS)


def test_a_claim_without_limit_goes_before_one_with_a_limit_whenever_either_was_made() -> None:
    free = entry("accepted", "2024-01-31T08:00", "1", source=B, unit=THEIRS, channel="online")
    for time in ("2023-01-01T08:00", "2024-02-20T08:00"):
        taking = entry("accepted", time, "2", source=A, unit=OURS, channel="direct", granted=OURS)
        assert state([free, taking]) == state([free])


def test_nobody_takes_a_case_by_accepting_it_earlier() -> None:
    theirs = entry("accepted", "2024-01-31T08:00", "1", source=B, unit=THEIRS, channel="online", granted=THEIRS)
    taking = entry("accepted", "2023-01-31T08:00", "2", source=A, unit=OURS, channel="direct", granted=OURS)
    assert state([theirs, taking]) == state([theirs])


def test_the_unit_in_a_cases_code_says_whose_it_is_where_two_claim_it() -> None:
    theirs = entry("accepted", "2024-01-31T08:00", "1", source=B, unit=THEIRS, channel="online", granted=THEIRS)
    later = entry("accepted", "2024-02-28T08:00", "2", source=A, unit=OURS, channel="direct", granted=OURS)
    for code in ("H19.27-240131-0001", "000.00.27.H19-240131-0001"):
        assert apart(code, [theirs, later], CASES) == ([entry_without_limit(theirs)], [later], THEIRS)


def test_the_unit_in_a_subjects_name_is_meant_by_whatever_name() -> None:
    names = Names([Meaning(UNIT, name, "so-y-te", 0) for name in (THEIRS, "so-y-te", "Sở Y tế")])
    theirs = entry("accepted", "2024-01-31T08:00", "1", source=B, unit="Sở Y tế", channel="online", granted=THEIRS)
    later = entry("accepted", "2024-02-28T08:00", "2", source=A, unit=OURS, channel="direct", granted=OURS)
    judged = apart("H19.27-240131-0001", [theirs, later], CASES, names)
    assert judged == ([entry_without_limit(theirs)], [later], "so-y-te")


def entry_without_limit(one: Entry) -> Entry:
    return CASES.plain(one)


def test_a_case_that_nobody_has_accepted_is_its_submissions_and_one_without_either_is_anybodys() -> None:
    submitted = entry("submitted", "2024-01-31T08:00", "1", source=B, unit=THEIRS)
    end = entry("withdrawn", "2024-02-01T08:00", "2", source=A, granted=OURS)
    assert apart("x", [submitted, end], CASES).outside == [end]
    assert apart("x", [end], CASES).outside == []


def test_the_same_event_under_an_older_and_a_newer_grant_is_one() -> None:
    of_one, of_two = (
        entry("accepted", "2024-01-31T08:00", "1", source=A, unit=OURS, channel="online", granted=granted)
        for granted in (OURS, f"{OURS},{THEIRS}")
    )
    both = state([of_one, of_two])
    assert both == state([of_one])
    assert not [row for row in both.flows if row[0] == "conflicts"]


def test_globs_with_commas_and_percent_signs_survive_the_attribute() -> None:
    granted = written(["Sở A, B", "50%2C", "H19.26.*"])
    assert granted is not None
    assert set(globs_of(granted)) == {"sở a, b", "50%2c", "h19.26.*"}
    assert covers(granted, "SỞ  A, B")
    assert covers(granted, "Sở A, B")
    assert covers(granted, "H19.26.01")
    assert not covers(granted, "H19.27")
    assert written(["H19.26", "*"]) is None


_said = st.builds(
    lambda kind, minute, id, source, unit, granted, replaces: (
        entry(
            kind, f"2024-01-31T08:0{minute}", id, source=source, granted=granted,
            **({"replaces": replaces} if kind == "voided" else {"unit": unit, "channel": "online"}),
        )
    ),
    st.sampled_from(["submitted", "accepted", "step", "finished", "voided"]),
    st.integers(0, 3),
    st.sampled_from("123"),
    st.sampled_from([A, B]),
    st.sampled_from([None, OURS, THEIRS]),
    st.sampled_from([None, OURS, THEIRS, f"{OURS},{THEIRS}"]),
    st.sampled_from([None, (A, "1"), (B, "2")]),
)  # fmt: skip


@given(st.lists(_said, max_size=7), st.randoms())
def test_any_order_and_any_duplicates_give_the_same_case(entries: list[Entry], random: Any) -> None:
    straight: list[Entry] = []
    straight, _ = merge("x", straight, entries)
    mixed = [*entries, *random.choices(entries, k=3)] if entries else []
    random.shuffle(mixed)
    crooked: list[Entry] = []
    for one in mixed:
        crooked, _ = merge("x", crooked, [one])
    assert crooked == straight
    judged, again = apart("x", straight, CASES), apart("x", crooked, CASES)
    assert judged == again
    assert fold("x", crooked, packaged()) == fold("x", straight, packaged()) == fold("x", judged.within, packaged())


def test_a_unit_is_one_unit_by_whatever_name_it_was_accepted_or_granted() -> None:
    names = Names([Meaning(UNIT, name, OURS, 0) for name in (OURS, "Sở Tư pháp", "STP")])
    accepted = entry("accepted", "2024-01-31T08:00", "1", source=B, unit="Sở  tư pháp", channel="online")
    for granted in (OURS, "STP", "H19.2?"):
        own = entry("finished", "2024-02-01T08:00", "2", source=A, unit="STP", granted=granted)
        assert apart("x", [accepted, own], CASES, names).outside == []
    strange = entry("finished", "2024-02-01T08:00", "2", source=A, granted=THEIRS)
    assert apart("x", [accepted, strange], CASES, names) == ([accepted], [strange], OURS)
