"""The tables as an import asks them, and a case whose deadline it says, for unit tests."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas import history
from schemas.contracts import DOMAINS
from schemas.history import Entry
from schemas.topics import CASES_HISTORY
from streams.decode import CASE, Decoder
from streams.entries import subjects
from streams.folds import cases
from streams.intake.arrival import Named
from streams.intake.corrector import SLICE, Corrector, slices
from streams.intake.day_book import DayBook
from streams.intake.outgoing import Outgoing
from streams.intake.reading import ImportReport
from tests.unit.judging import packaged
from tests.unit.told import SUBJECT, Record, at, event, said

BEGAN = datetime(2026, 11, 24, 8, tzinfo=UTC)
UNIT = "Trấn Biên"


class Books:
    """The tables, as far as an import asks them: histories, and what its topic brought since it began."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], list[Any]] = {}
        self.asked: list[Sequence[str]] = []
        self.came: set[bytes] = set()  # digests
        self.imports = 0

    async def histories(self, domain: str, subjects_: Sequence[str]) -> list[tuple[str, str]]:
        self.asked.append(subjects_)
        encode = history.encode if domain == CASE else subjects.encode
        return [(s, encode(self.held[domain, s])) for s in subjects_ if (domain, s) in self.held]

    async def came_since(
        self, domain: str, named: Sequence[Named], since: Mapping[int, int]
    ) -> list[tuple[str, bytes]]:
        return [(subject, digest) for _, _, subject, _, digest in named if digest in self.came]

    def take(self, topic: Any, sent: Sequence[Outgoing]) -> int:
        """As the workers do; how many were new."""
        fresh = 0
        for one in sent:
            accepted = Decoder(topic).decode(Record(one.value, timestamp=int(BEGAN.timestamp() * 1000) + 86_400_000))
            key = (accepted.domain, accepted.subject)
            held = self.held.get(key, [])
            merged: list[Any]
            if accepted.domain == CASE:
                merged, added = cases.merge(accepted.subject, held, [accepted.entry])
            else:
                merged, added = subjects.merge(DOMAINS[accepted.domain], accepted.subject, held, [accepted.entry])
            self.held[key] = merged
            self.came |= {accepted.digest} if added else set()
            fresh += added
        return fresh

    def bring(
        self,
        *events: Outgoing,
        topic: Any = CASES_HISTORY,
        book: DayBook | None = None,
        slice: int = SLICE,
        once: frozenset[str] = frozenset(),
    ) -> ImportReport:
        """An import, an hour after the one before; a slice is in the tables before the next is looked up."""
        self.imports += 1
        self.came.clear()
        report = ImportReport(book=book, once=once)
        corrector = Corrector(self, topic, {}, BEGAN + timedelta(hours=self.imports), report)  # type: ignore[arg-type]
        for part in slices(iter(events), slice):
            for one in part:
                report.events[one.kind] += 1
                if book is not None:
                    book.note(one)
            sent = asyncio.run(corrector.judged(part))
            report.rows += self.take(topic, sent)  # new ones
        return report

    @property
    def case(self) -> list[Entry]:
        return self.held[CASE, SUBJECT]

    def stands(self) -> tuple[int | None, dict[str, int]]:
        """Deadline and counts of the case."""
        state = cases.fold(SUBJECT, self.case, packaged())
        sums: dict[str, int] = {}
        for _, _, counter, amount in cases.contribution(state).rows:
            sums[counter] = sums.get(counter, 0) + amount
        return state.due_at, {name: sums[name] for name in ("accepted", "conflicts", "finished") if name in sums}


def accepted(due: str, unit: str = UNIT, id: str = "n") -> Outgoing:
    data = {"unit": unit, "channel": "online", "procedure": "1.1", "due_on": due}
    return Outgoing("accepted", SUBJECT.encode(), said(event("accepted", data=data, id=id)))


def due(day: str) -> int:
    return at(f"{day}T00:00") + 86_400_000_000


A, B, C = (accepted(f"2024-02-0{day}") for day in (5, 7, 9))
