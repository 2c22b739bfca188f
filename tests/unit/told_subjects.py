"""Short ways to say what happened to a subject of any domain but cases, and to see what it comes to."""

import json
from collections.abc import Sequence
from typing import Any

from schemas.contracts import CONTRACTS, DOMAINS
from schemas.province import as_date
from schemas.topics import BY_CONTRACT
from streams.decode import Decoder
from streams.entries import subjects as entries
from streams.entries.subjects import Said
from streams.folds.registry import FOLDS
from streams.folds.subject import SubjectState, come_to
from tests.unit.judging import packaged
from tests.unit.told import Record

Json = dict[str, Any]
SOURCE = "urn:test:so"
RECEIVED_MS = 1_767_225_600_000  # 1 January 2026: after all that is told
_DECODERS = {
    domain.name: Decoder(BY_CONTRACT[contract]) for contract, said in CONTRACTS.items() for domain in said.domains
}


def province(time: str) -> str:
    """A moment in the province where the text gives no offset."""
    return time if time[10:].endswith("Z") or "+" in time[10:] else f"{time}+07:00"


class Told:
    """The events of one subject of a domain; ids are given by their number: e1, e2, …"""

    def __init__(self, domain: str, subject: str) -> None:
        self.domain = domain
        self.subject = subject
        self.said: list[Json] = []

    def say(self, kind: str, time: str, /, *, id: str | None = None, source: str = SOURCE, **data: Any) -> "Told":
        self.said.append(
            {
                "specversion": "1.0",
                "id": id or f"e{len(self.said) + 1}",
                "source": source,
                "type": f"{self.domain}.{kind}.v1",
                "subject": self.subject,
                "time": province(time),
                "data": data,
            }
        )
        return self

    def correct(self, replaces: str, kind: str, time: str, /, *, at: str = "2024-03-01T08:00", **data: Any) -> "Told":
        fact = {"type": f"{self.domain}.{kind}.v1", "time": province(time), "data": data}
        return self.say("corrected", at, replaces={"source": SOURCE, "id": replaces}, event=fact)

    def void(self, replaces: str | None = None, /, *, at: str = "2024-03-01T09:00") -> "Told":
        data: Json = {"replaces": {"source": SOURCE, "id": replaces}} if replaces else {}
        return self.say("voided", at, **data)

    def entries(self) -> list[Said]:
        decode = _DECODERS[self.domain].decode
        return [
            decode(Record(json.dumps(event, ensure_ascii=False).encode(), timestamp=RECEIVED_MS)).entry
            for event in self.said
        ]

    def state(self) -> SubjectState:
        """Told forwards, backwards and one by one: all give the same, or this fails."""
        given = self.entries()
        ways: Sequence[Sequence[Sequence[Said]]] = ([given], [given[::-1]], [[one] for one in given[::-1]])
        found = []
        for way in ways:
            history: list[Said] = []
            for span in way:
                history, _ = entries.merge(DOMAINS[self.domain], self.subject, history, span)
                history = entries.decode(entries.encode(history))
            found.append(come_to(DOMAINS[self.domain], FOLDS[self.domain], self.subject, history, packaged().names))
        assert found[0] == found[1] == found[2]
        return found[0]

    def counts(self) -> dict[str, int]:
        """Counter → amount, over all units and days."""
        sums: dict[str, int] = {}
        for counter, _, _, _, amount in self.state().rows:
            sums[counter] = sums.get(counter, 0) + amount
        return sums

    def rows(self, counter: str) -> list[tuple[str, str, str, int]]:
        """(unit, part, day, amount) of one counter."""
        return [(u, p, as_date(day).isoformat(), n) for c, u, p, day, n in self.state().rows if c == counter]


def task(due_on: str | None = "2024-01-31", **changes: Any) -> Told:
    return Told("task", "30/05/so-tu-phap").say("assigned", "2024-01-10T08:00", **assignment(due_on, **changes))


def assignment(due_on: str | None = "2024-01-31", **changes: Any) -> dict[str, Any]:
    said = {"title": "Nhiệm vụ 5", "plan": "30/KH-UBND", "kind": "common", "unit": "so-tu-phap", **changes}
    return said | ({"due_on": due_on} if due_on else {})
