"""Events of every domain but cases as entries of their subject's history.

An entry is ``[kind, time, source, id, {data}]`` in JSON; ``data`` is the contract's own, without what is left out or
default and with every moment in UTC, so that equal events are equal bytes. A correction's data are ``{"replaces":
[source, id], "kind": …, "time": …, "event": {data}}``. Of a source of some units only, ``granted`` stands before them.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from schemas.domain import Domain
from schemas.envelope import Frozen
from schemas.province import moment
from streams import conflicting_versions
from streams.conflicting_versions import Amendment

_encode = msgspec.json.Encoder().encode


class Said(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One version of one event. ``time`` in microseconds since the epoch; ``data`` as canonical JSON."""

    kind: str
    time: int
    source: str
    id: str
    data: msgspec.Raw

    @property
    def granted(self) -> str | None:
        """The units of a source of some units only (:mod:`schemas.granted_units`)."""
        return _limit.decode(self.data).granted if bytes(self.data).startswith(_GRANTED) else None

    @property
    def plain(self) -> "Said":
        """The same event without its limit."""
        granted = self.granted
        if granted is None:
            return self
        rest = bytes(self.data)[len(_GRANTED + _encode(granted)) :]
        return Said(self.kind, self.time, self.source, self.id, msgspec.Raw(b"{" + rest.removeprefix(b",")))

    @property
    def text(self) -> str:
        """The event's data as the event table holds it."""
        return bytes(self.data).decode()

    def digest(self, subject: str) -> bytes:
        """SHA-256 of the event's canonical form, 32 bytes."""
        return sha256(_encode((subject, self.kind, self.time, self.source, self.id, self.data))).digest()


class Told(NamedTuple):
    """A fact that stands. ``data`` is the contract's model of its kind."""

    kind: str
    time: int
    source: str
    id: str
    data: Any


class _Amended(msgspec.Struct, frozen=True, omit_defaults=True):
    replaces: tuple[str, str] | None = None
    kind: str | None = None
    time: int | None = None
    event: msgspec.Raw = msgspec.Raw(b"")


class _Voided(msgspec.Struct, frozen=True, omit_defaults=True):
    replaces: tuple[str, str] | None = None


class _Limit(msgspec.Struct, frozen=True):
    granted: str


_GRANTED = b'{"granted":'  # no model's own data begin so: they are written by ours
_history = msgspec.json.Decoder(list[Said])
_amended = msgspec.json.Decoder(_Amended)
_limit = msgspec.json.Decoder(_Limit)


def decode(events: str | bytes) -> list[Said]:
    return _history.decode(events)


def encode(entries: Sequence[Said]) -> str:
    return _encode(entries).decode()


def said_of(domain: Domain, event: Any) -> tuple[Said, int | None]:
    """The event as an entry, and the moment of the fact inside a correction."""
    kind = domain.kind_of[event.type]
    data, inner = event.data, None
    if kind == "corrected":
        fact = data.event
        inner = moment(fact.time)
        replaces = (data.replaces.source, data.replaces.id)
        raw = _encode(_Amended(replaces, domain.kind_of[fact.type], inner, msgspec.Raw(_canonical(fact.data))))
    elif kind == "voided":
        raw = _encode(_Voided(None if data.replaces is None else (data.replaces.source, data.replaces.id)))
    else:
        raw = _canonical(data)
    if event.granted is not None:
        raw = _GRANTED + _encode(event.granted) + (b"," if len(raw) > 2 else b"") + raw[1:]
    return Said(kind, moment(event.time), event.source, event.id, msgspec.Raw(raw)), inner


def _canonical(data: Frozen) -> bytes:
    return data.__pydantic_serializer__.to_json(data, exclude_defaults=True)


def merge(domain: Domain, subject: str, held: list[Said], new: Sequence[Said]) -> tuple[list[Said], int]:
    """See :func:`streams.conflicting_versions.merge`."""
    return conflicting_versions.merge(held, new, order_of(domain), lambda entry: entry.digest(subject))


class StandingTold(NamedTuple):
    """What a history comes to before any domain's own rules: the facts that stand, in order; the moments of versions
    that did not count; and when the whole subject was voided."""

    told: list[Told]
    lost: list[int]
    voided_at: int | None


def standing(domain: Domain, subject: str, entries: Sequence[Said]) -> StandingTold:
    _, facts, lost, voided_at = facts_of(domain, subject, entries)
    told = [
        Told(f.kind, f.time, f.source, f.id, domain.kinds[f.kind].model_validate_json(bytes(f.data))) for f in facts
    ]
    return StandingTold([] if voided_at is not None else told, [entry.time for entry in lost], voided_at)


def facts_of(
    domain: Domain, subject: str, entries: Sequence[Said]
) -> tuple[list[Said], list[Said], list[Said], int | None]:
    """The versions that count, the facts that stand of them, the versions that lost, and when all was voided."""
    order = order_of(domain)
    winners, lost = conflicting_versions.standing(entries, order, lambda entry: entry.digest(subject))
    facts, voided_at = conflicting_versions.amended(winners, order, amendment)
    return winners, facts, lost, voided_at


def amendment(entry: Said) -> Amendment | None:
    if entry.kind not in ("corrected", "voided"):
        return None
    what = _amended.decode(entry.data)
    if what.kind is None or what.time is None:
        return Amendment(what.replaces)
    return Amendment(what.replaces, Said(what.kind, what.time, entry.source, entry.id, what.event))


def order_of(domain: Domain) -> "conflicting_versions.Order[Said]":
    ranks = domain.ranks
    return lambda entry: (entry.time, ranks[entry.kind], entry.source, entry.id)
