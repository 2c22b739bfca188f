"""From findings to events of the contract. Pure: the moment is an argument."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from schemas.contracts import CONTRACTS
from schemas.province import ZONE, moment
from schemas.source_name import Source
from streams.intake.identity import event_id
from streams.intake.outgoing import Outgoing
from streams.intake.platform.counters import Counters
from streams.intake.platform.look import Finding, LookSeen, expiry
from streams.intake.platform.samples import chosen, permille
from streams.intake.platform.systems import PolledSystem

CONTRACT = CONTRACTS["platform"]
MOST_MS = 3_600_000
_encode = msgspec.json.Encoder().encode


class PlatformTeller:
    """Says what was found. Keeps the counters, and which certificate each address had last."""

    def __init__(self, source: Source, counters: Counters) -> None:
        self.counters = counters
        self._source = source
        self._certificates: dict[str, bytes] = {}

    def events(self, system: PolledSystem, found: Finding, at: datetime) -> Iterator[Outgoing]:
        """One look is one event; a certificate is one the first time and whenever it has changed."""
        yield self._measured(system, found, at)
        if found.certificate is not None:
            seen = self._seen(system, found.certificate, at)
            if seen is not None:
                yield seen

    def _measured(self, system: PolledSystem, found: Finding, at: datetime) -> Outgoing:
        data: dict[str, Any] = {"system": system.key, "unit": system.unit, "reachable": found.reachable}
        if found.latency_ms is not None:
            data["latency_ms"] = min(found.latency_ms, MOST_MS)
        data["unreadable"] = found.unreadable
        if found.samples is not None and system.metrics is not None:
            samples = found.samples
            for use, series in (("requests", system.metrics.requests), ("errors", system.metrics.errors)):
                if series:
                    of_use = (sample for one in series for sample in chosen(samples, one))
                    data[use] = self.counters.added(system.key, use, of_use)
            data["capacity_permille"] = permille(samples, system.metrics.capacity)
        subject = f"{system.key}/{at.astimezone(ZONE):%Y-%m-%dT%H}"
        return self._event("system.measured.v1", subject, at, data, system.key)

    def _seen(self, system: PolledSystem, seen: LookSeen, at: datetime) -> Outgoing | None:
        until = expiry(seen)
        before = self._certificates.get(seen.where)
        if until is None or before == seen.der:
            return None
        self._certificates[seen.where] = seen.der
        if before is None:  # said again by whoever starts within the hour: the same event
            at = at.replace(minute=0, second=0, microsecond=0)
        data = {"system": system.key, "unit": system.unit, "expires_at": until.isoformat()}
        return self._event("certificate.seen.v1", seen.where, at, data, sha256(seen.der).hexdigest())

    def _event(self, type_: str, subject: str, at: datetime, data: dict[str, Any], own: str) -> Outgoing:
        value = _encode(
            {
                "specversion": "1.0",
                "type": type_,
                "source": self._source,
                "id": event_id(type_, subject, moment(at), own),
                "subject": subject,
                "time": at.isoformat(),
                "data": {name: value for name, value in data.items() if value is not None},
            }
        )
        CONTRACT.parse(value)
        return Outgoing(type_, subject.encode(), value)
