"""A source of some units only is told at once what is known to be another's."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import pytest

from schemas import history
from schemas.digests import hash_of
from schemas.reference.names import NO_NAMES, UNIT, Meaning, Names
from streams.intake.gateway.app import Gateway
from streams.intake.gateway.foresight import Key
from streams.intake.gateway.router import application
from tests.unit.gateway import BATCH, HASHER, NOW, STRUCTURED, Fixed, Kept, accepted, client, grant, settings
from tests.unit.test_gateway import broken
from tests.unit.told import entry

Json = dict[str, Any]
CODE = accepted()["subject"]
THEIRS = entry("accepted", "2024-01-31T08:00", "1", source="urn:b", unit="H19.27", channel="online")


class Stored:
    """Histories as the tables hold them, and what was asked."""

    def __init__(self, held: Mapping[Key, str], names: Names = NO_NAMES, next: Names | None = None) -> None:
        """``next`` are the names of an edition that was loaded since."""
        self.held = held
        self.asked: list[Key] = []
        self.names = names
        self._next = next

    async def renewed(self) -> bool:
        changed, self.names, self._next = self._next is not None, self._next or self.names, None
        return changed

    async def of(self, keys: Sequence[Key]) -> Mapping[Key, str]:
        self.asked += keys
        return {key: self.held[key] for key in keys if key in self.held}


async def post(body: Any, stored: Stored, kept: Kept, units: str = "H19.26", headers: Json = STRUCTURED) -> Any:
    made = Gateway(settings(), Fixed({"t": grant(units=units)}), kept, HASHER, lambda: NOW, stored)
    async with client(application(made.routes(), nullcontext())) as http:
        return await http.post("/v1/events", json=body, headers=headers)


@pytest.mark.parametrize("type", ["case.finished.v1", "case.step.v1", "case.synced.v1"])
async def test_what_is_known_to_be_anothers_is_refused(type: str) -> None:
    data = {"case.step.v1": {"name": "x"}, "case.synced.v1": {"message": "DongBoHoSoMC"}}.get(type, {})
    kept, stored = Kept(), Stored({("case", CODE): history.encode([THEIRS])})

    answer = await post(accepted(type=type, data=data), stored, kept)

    assert (answer.status_code, broken(answer)) == (403, [("subject", "not_yours")])
    assert kept.records == []
    assert (await post(accepted(type=type, data=data), stored, kept, units="H19.27")).status_code == 202


async def test_a_batch_is_judged_with_its_own_events_and_names_the_strange_one() -> None:
    end = accepted(type="case.finished.v1", id="e-2", data={})
    batch = [accepted(subject="H19.26-240131-0002"), {**end, "subject": "H19.26-240131-0002"}, end]
    kept, stored = Kept(), Stored({("case", CODE): history.encode([THEIRS])})

    answer = await post(batch, stored, kept, headers=BATCH)

    assert broken(answer) == [("2.subject", "not_yours")]
    assert (await post(batch[:2], stored, kept, headers=BATCH)).status_code == 202


async def test_another_domains_subject_is_judged_alike() -> None:
    held = '[["assigned",1704848400000000,"urn:b","1",{"title":"x","plan":"p","kind":"common","unit":"H19.27"}]]'
    done = accepted(type="task.done.v1", subject="30/05/x", data={})
    stored = Stored({("task", "30/05/x"): held})

    assert broken(await post(done, stored, Kept())) == [("subject", "not_yours")]
    assert (await post({**done, "subject": "30/05/y"}, stored, Kept())).status_code == 202


async def test_nothing_is_asked_for_a_source_of_every_unit() -> None:
    stored = Stored({("case", CODE): history.encode([THEIRS])})
    kept = Kept()
    assert (await post(accepted(type="case.finished.v1", data={}), stored, kept, units="*")).status_code == 202
    assert stored.asked == []
    assert "granted" not in kept.values[0]


async def test_the_grant_stands_beside_each_event_and_never_what_its_sender_wrote() -> None:
    kept, stored = Kept(), Stored({})
    assert (await post(accepted(granted="*"), stored, kept, units="H19.26,H19.26.*")).status_code == 202
    assert (await post(accepted(granted="H19.99"), stored, kept, units="*")).status_code == 202
    assert [value.get("granted") for value in kept.values] == ["H19.26,H19.26.*", None]


SUBJECTS = {
    "source.digest.v1": "urn:test:a",
    "lookup.performed.v1": "x/2024-01-31",
    "staffing.reported.v1": "{}/2024-01",
}
NAMES = Names([Meaning(UNIT, name, "H19.26", 0) for name in ("H19.26", "Sở Tư pháp", "STP")])


@pytest.mark.parametrize("written", ["H19.26", "h19.26", "Sở Tư pháp", "SỞ  TƯ  PHÁP", "STP"])
@pytest.mark.parametrize("units", ["H19.26", "Sở Tư pháp", "H19.2?"])
async def test_a_source_speaks_of_its_unit_by_any_of_its_names(written: str, units: str) -> None:
    own = {"unit": written, "channel": "online"}
    replaces = {"source": "urn:test:a", "id": "e-0"}
    inner = {"type": "case.accepted.v1", "time": "2024-01-31T08:12:00+07:00", "data": own}
    look = {"unit": written, "application": "x", "channel": "automatic", "result": "found"}
    said = {
        "case.accepted.v1": own,
        "case.step.v1": {"name": "x", "unit": written},
        "case.corrected.v1": {"replaces": replaces, "event": inner},
        "lookup.performed.v1": look,
        "source.digest.v1": {"day": "2024-01-30", "unit": written, "count": 0, "hash": hash_of([])},
        "staffing.reported.v1": {"unit": written, "staff": 3, "trained": 2, "it_staff": 1},
    }
    for type, data in said.items():
        subject = SUBJECTS.get(type, CODE).format(written)
        answer = await post(accepted(type=type, subject=subject, data=data), Stored({}, NAMES), Kept(), units)
        assert answer.status_code == 202, (type, answer.text)


async def test_another_unit_is_refused_by_whatever_name() -> None:
    strange = Names(
        [*(Meaning(UNIT, n, "H19.27", 0) for n in ("H19.27", "Sở Y tế")), Meaning(UNIT, "STP", "H19.26", 0)]
    )
    data = {"unit": "Sở Y tế", "channel": "online"}
    answer = await post(accepted(data=data), Stored({}, strange), Kept())
    assert (answer.status_code, broken(answer)) == (403, [("data.unit", "not_granted")])


async def test_a_name_that_was_loaded_just_now_is_known_before_anything_is_refused() -> None:
    data = {"unit": "STP", "channel": "online"}
    assert (await post(accepted(data=data), Stored({}, NO_NAMES, next=NAMES), Kept())).status_code == 202
    assert (await post(accepted(data=data), Stored({}, NO_NAMES), Kept())).status_code == 403
