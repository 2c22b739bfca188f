"""What a source may send: its own name, its types, its units. Pure."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from schemas.contracts import CONTRACTS, DOMAINS, TYPES, Contract
from schemas.digests import SOURCE
from schemas.domain import Breach
from schemas.granted_units import NOT_GRANTED, NOT_YOURS, written
from schemas.province import day_number, day_of, moment
from schemas.reference.names import Names
from streams.folds.belonging import reaches

# What has no unit belongs to the province: the connection to the population database, the province's own limits.
PROVINCES = frozenset(
    domain.name for domain in DOMAINS.values() if not any("unit" in d.model_fields for d in domain.kinds.values())
)

# What only the centre itself says, through its outbox; whoever could send these would give orders.
OURS_ALONE = frozenset(CONTRACTS["actions"].types)


def types_meant(globs: tuple[str, ...]) -> frozenset[str]:
    """The declared event types that the globs (``case.*``) match. What a source says about itself (its digests) is
    always its to say, so it is not among them; what the centre itself says is no source's."""
    sent = TYPES.keys() - SOURCE.types.keys() - OURS_ALONE
    return frozenset(t for t in sent if any(fnmatchcase(t, glob) for glob in globs))


@dataclass(frozen=True, slots=True)
class Grant:
    """One source. ``types`` and ``units`` are globs; ``*`` is everything."""

    name: str
    urn: str
    types: tuple[str, ...]
    units: tuple[str, ...]
    granted: str | None = field(init=False, compare=False)  # as it stands beside each of its events
    _types: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_types", types_meant(self.types))
        object.__setattr__(self, "granted", written(self.units))

    def sends_on(self, contract: Contract) -> bool:
        """Whether any of its types belongs to the contract."""
        return any(name in contract.types for name in self._types)

    def check_envelope(self, type: str, source: Any, contract: Contract) -> None:
        """Raises :class:`Breach` where the event is not this source's to send."""
        if source is None:
            raise Breach("source", "missing")
        if source != self.urn:
            raise Breach("source", NOT_YOURS)
        allowed = self.sends_on(contract) if type in SOURCE.types else type in self._types
        if not allowed:
            raise Breach("type", NOT_GRANTED)

    def check_unit(self, event: Any, names: Names) -> None:
        """The same for the unit, by whatever of its names. A source of some units only may take back or replace only
        what it has said itself."""
        if self.granted is None:
            return
        if event.type.split(".")[0] in PROVINCES:
            raise Breach("type", NOT_GRANTED)
        if event.type in SOURCE.types and event.subject != self.urn:
            raise Breach("subject", NOT_YOURS)
        self._check(event, "data", names)
        kind = event.type.split(".")[1]
        if kind in ("voided", "corrected"):
            replaces = event.data.replaces
            if replaces is None or replaces.source != self.urn:
                raise Breach("data.replaces.source", NOT_YOURS)
        if kind == "corrected":
            self._check(event.data.event, "data.event.data", names)

    def _check(self, fact: Any, where: str, names: Names) -> None:
        unit = getattr(fact.data, "unit", None)
        if unit is None or self.granted is None:
            return
        day = day_number(fact.data.day) if fact.type in SOURCE.types else day_of(moment(fact.time))
        if not reaches(self.granted, unit, day, names):
            raise Breach(f"{where}.unit", NOT_GRANTED)


def contract_of(type: str, asked: str | None) -> Contract:
    """The contract of an event type. ``asked``, a topic's name with or without ``ioc.``, says it for a source's own
    words about itself, which belong to every topic (by default to ``cases``). Raises :class:`Breach`."""
    if type not in TYPES:
        raise Breach("type", "unknown")
    if asked is not None:
        contract = CONTRACTS.get(asked.removeprefix("ioc."))
        if contract is None:
            raise Breach("topic", "unknown")
        if type not in contract.types:
            raise Breach("topic", "not_of_this_type")
        return contract
    return _DEFAULT[type]


_DEFAULT: dict[str, Contract] = {name: contract for contract in CONTRACTS.values() for name in contract.types}
_DEFAULT |= dict.fromkeys(SOURCE.types, CONTRACTS["cases"])
