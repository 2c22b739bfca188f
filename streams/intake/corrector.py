"""What a file says otherwise than before goes as a correction of what stands (ADR 0044).

Names are looked up before they are sent, a slice of events at a time. What has come since the import began is left out
of the account: several versions of one event in one file are versions, however quickly the workers take them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from schemas.contracts import CONTRACTS
from schemas.province import as_date, as_datetime, day_of, moment
from schemas.topics import Topic
from streams.conflicting_versions import Name
from streams.decode import CASE, Decoder
from streams.errors import Reject
from streams.folds.registry import FOLDED
from streams.intake.amending import OF_CASES, HistoryKind, Sending, SubjectPast, of_domain
from streams.intake.arrival import Tables, patiently
from streams.intake.errors import IntakeError
from streams.intake.log_events import UNDATED
from streams.intake.outgoing import Outgoing
from streams.intake.reading import ImportReport

BEGINS = ("submitted", "accepted")  # a case; they name its unit
SLICE = 1_000  # events that are looked up at once
BY_IMPORT = ".0"  # behind a correction's id: our own, which is no part of what its source has sent (source_losses())
Key = tuple[str, str]  # (domain, subject)
_encode = msgspec.json.Encoder().encode


class _Read(msgspec.Struct):
    id: str
    source: str
    type: str
    time: str
    data: msgspec.Raw


@dataclass(slots=True)
class _Record:
    value: bytes | None
    timestamp: int
    offset: int = 0


class _Known(NamedTuple):
    """An event that may be held, or of whose kind another is."""

    read: _Read
    key: Key
    entry: Any
    once: bool


_read = msgspec.json.Decoder(_Read).decode


class Corrector:
    """Of one import. ``since`` is where each of the topic's partitions ended when it began; ``now`` is the time of its
    corrections, each a little later than the one before, so that of a file's several the last counts."""

    def __init__(
        self, tables: Tables, topic: Topic, since: Mapping[int, int], now: datetime, report: ImportReport
    ) -> None:
        self._tables, self._since, self._report = tables, since, report
        self._contract = CONTRACTS[topic.contract]
        self._decoder = Decoder(topic)
        self._most_bytes = topic.max_event_bytes
        self._now = moment(now)
        self._number = 0
        self._sent: set[str] = set()  # ids of corrections
        self._row = ("", "")  # case and unit of the acceptance that was read last: of the same row as its end

    async def judged(self, events: Sequence[Outgoing]) -> list[Outgoing]:
        """What has to be sent of these events, in their order."""
        reads = [_read(event.value) for event in events]
        keys = [self._key(read.type, event.key) for read, event in zip(reads, events, strict=True)]
        pasts = await self._pasts({key for key in keys if key is not None})
        known = [
            self._known(event, read, key, pasts[key]) if key in pasts and key is not None else None
            for event, read, key in zip(events, reads, keys, strict=True)
        ]
        await self._leave_out_what_came_since(known, pasts)
        judged = (self._judged(event, one, pasts) for event, one in zip(events, known, strict=True))
        return [event for event in judged if event is not None]

    def _judged(self, event: Outgoing, known: _Known | None, pasts: Mapping[Key, SubjectPast[Any]]) -> Outgoing | None:
        self._number += 1
        if known is None:
            return event
        past = pasts[known.key]
        dispatch = past.dispatch(known.entry, once=known.once)
        if dispatch.sending is Sending.AS_IT_IS:
            return event
        at = max(self._now + self._number, dispatch.after + 1)
        id, value = self._correction(known, dispatch.replaces, at)
        if len(value) > self._most_bytes:
            return event
        self._stays(known, past, dispatch.root)
        if dispatch.sending is Sending.NOT or id in self._sent:
            self._report.known += 1
            return None
        self._sent.add(id)
        self._report.corrected += 1
        return Outgoing(event.kind, event.key, value)

    def _correction(self, known: _Known, replaces: Name, at: int) -> tuple[str, bytes]:
        read, (domain, subject) = known.read, known.key
        fact = {"type": read.type, "time": read.time, "data": read.data}
        entry = known.entry
        what = _encode(("corrected", subject, replaces, entry.kind, entry.time, entry.data))
        id = blake2b(what, digest_size=16).hexdigest() + BY_IMPORT
        correction = {
            "specversion": "1.0",
            "type": f"{domain}.corrected.v1",
            "source": read.source,
            "id": id,
            "subject": subject,
            "time": as_datetime(at).isoformat(),
            "data": {"replaces": dict(zip(("source", "id"), replaces, strict=True)), "event": fact},
        }
        return id, _encode(correction)

    def _stays(self, known: _Known, past: SubjectPast[Any], root: Name) -> None:
        """The tables hold the event that is corrected under its own name, day and unit: so does the digest of what was
        sent."""
        book = self._report.book
        if book is None:
            return
        kind = _kind_of(known.key[0])
        places = [(as_date(day_of(one.time)), kind.unit(one)) for one in past.versions(root)]
        said = (as_date(day_of(known.entry.time)), kind.unit(known.entry))
        book.move(known.read.id, said, root[1], *places)

    def _once(self, read: _Read, subject: str, entry: Any, past: SubjectPast[Any]) -> bool:
        """Whether a row is its source's last word on the case. Not one that lacks what could not be read, and not one
        of another unit's ledger: a case may pass through several."""
        if read.type not in self._report.once:
            return False
        if entry.kind in BEGINS:
            self._row = subject, OF_CASES.unit(entry)
        units = {self._row[1]} if self._row[0] == subject else set()
        return not read.id.endswith(UNDATED) and past.units(read.source, BEGINS) <= units

    def _key(self, type_: str, subject: bytes) -> Key | None:
        """``None`` of what has no history: look-ups, digests."""
        domain = self._contract.domain_of.get(type_)
        if domain is None:
            return CASE, subject.decode()
        return (domain.name, subject.decode()) if domain.name in FOLDED and domain.amendable else None

    def _known(self, event: Outgoing, read: _Read, key: Key, past: SubjectPast[Any]) -> _Known | None:
        if not past.versions((read.source, read.id)) and read.type not in self._report.once:
            return None
        try:
            accepted = self._decoder.decode(_Record(event.value, self._now // 1_000))
        except Reject:
            return None  # the workers will say so
        return _Known(read, key, accepted.entry, self._once(read, key[1], accepted.entry, past))

    async def _pasts(self, keys: Iterable[Key]) -> dict[Key, SubjectPast[Any]]:
        by_domain: dict[str, list[str]] = {}
        for domain, subject in keys:
            by_domain.setdefault(domain, []).append(subject)
        pasts: dict[Key, SubjectPast[Any]] = {}
        for domain, subjects in by_domain.items():
            kind = _kind_of(domain)
            for subject, text in await patiently(self._tables.histories, domain, sorted(subjects)):
                pasts[domain, subject] = SubjectPast(kind, subject, kind.decode(text))
        return pasts

    async def _leave_out_what_came_since(
        self, known: Sequence[_Known | None], pasts: dict[Key, SubjectPast[Any]]
    ) -> None:
        """Asked only of what would become a correction, which is rare."""
        asked: dict[str, list[tuple[str, Any]]] = {}
        for one in known:
            if one is None:
                continue
            (domain, subject), past = one.key, pasts[one.key]
            if past.dispatch(one.entry, once=one.once).sending is Sending.AS_CORRECTION:
                asked.setdefault(domain, []).extend((subject, e) for e in past.witnesses(one.entry, once=one.once))
        for domain, witnesses in asked.items():
            kind = _kind_of(domain)
            names = [(e.source, e.id, subject, e.time, kind.digest(subject, e)) for subject, e in witnesses]
            came: dict[str, set[bytes]] = {}
            for subject, digest in await patiently(self._tables.came_since, domain, names, self._since):
                came.setdefault(subject, set()).add(bytes(digest))
            for subject, digests in came.items():
                pasts[domain, subject] = pasts[domain, subject].without(digests)


def _kind_of(domain: str) -> HistoryKind[Any]:
    return OF_CASES if domain == CASE else of_domain(FOLDED[domain])


def domains_of(topic: Topic) -> list[str]:
    """The domains that have histories and are told of on this topic."""
    contract = CONTRACTS[topic.contract]
    return [CASE] * (contract.name == "cases") + [d.name for d in contract.domains if d.name in FOLDED]


def slices(events: Iterator[Outgoing], size: int = SLICE) -> Iterator[list[Outgoing]]:
    """The events in lists of so many. What stands before a fault of the file comes before the fault."""
    part: list[Outgoing] = []
    try:
        for event in events:
            part.append(event)
            if len(part) == size:
                yield part
                part = []
    except IntakeError:
        if part:
            yield part
        raise
    if part:
        yield part
