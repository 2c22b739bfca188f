"""How far the stream has come and what each source has sent: the ground every figure stands on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple

from psycopg.rows import class_row

from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from schemas.cases import SIMULATED
from schemas.contracts import DOMAINS
from schemas.reference.names import keys_before
from schemas.state import RULES_VERSION
from schemas.topics import CASES_HISTORY, declared


def contract_of(topic: str) -> str:
    """The contract's name of a topic; "" for one that is not declared (any more)."""
    try:
        return declared(topic).contract
    except KeyError:
        return ""


@dataclass(frozen=True, slots=True)
class KnownPosition:
    """``records`` is what was taken in all; ``received_at`` is Kafka's time of the last, ``changed_at`` ours."""

    epoch: int
    next: int
    records: int
    duplicates: int
    rejected: int
    received_at: datetime | None
    changed_at: datetime | None

    @property
    def empty(self) -> bool:
        """Nothing was ever taken: there are no figures, not zeros."""
        return self.records == 0

    @property
    def version(self) -> tuple[int, int]:
        """Greater is newer, also across a restore or rebuild; with ``as_of`` behind it, a snapshot's version."""
        return (self.epoch, self.next)


@dataclass(frozen=True, slots=True)
class KnownSource:
    """One source on one topic. ``events`` are accepted and new; ``last_time`` is the greatest event time;
    ``registered``: at the gateway."""

    source: str
    topic: str
    events: int
    duplicates: int
    rejected: int
    last_time: datetime | None
    received_at: datetime | None
    registered: bool = False

    @property
    def contract(self) -> str:
        """The name of what may be said on its topic; "" for a topic that is not declared (any more)."""
        return contract_of(self.topic)

    @property
    def accepted(self) -> bool:
        """Whether anything of it was ever taken."""
        return self.events + self.duplicates > 0

    @property
    def simulated(self) -> bool:
        return self.source == SIMULATED

    @property
    def imported(self) -> bool:
        """From files: it has no rhythm and cannot fall silent."""
        return self.topic == CASES_HISTORY.name

    def age(self, as_of: datetime) -> timedelta | None:
        """Since its last record; never negative, ``None`` if none was taken."""
        return None if self.received_at is None else max(as_of - self.received_at, timedelta())


@dataclass(frozen=True, slots=True)
class KnownHole:
    """Records ``[from_offset, to_offset)`` that retention removed before they were taken."""

    topic: str
    partition: int
    from_offset: int
    to_offset: int
    found_at: datetime

    @property
    def contract(self) -> str:
        return contract_of(self.topic)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    process: str
    started_at: datetime
    beat_at: datetime
    state: str
    detail: str
    waiting_since: datetime | None = None  # of one that waits: when it last had what it waits for


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit that ended last; ``differences`` of 0 is all is well."""

    scope: str
    started_at: datetime
    finished_at: datetime
    cases: int
    buckets: int
    differences: int


class OldRules(NamedTuple):
    """How many cases, and subjects of every other domain, stand under rules or names before the present ones."""

    cases: int = 0
    subjects: int = 0


NONE_OLD = OldRules()


@dataclass(frozen=True, slots=True)
class KnownStream:
    position: KnownPosition
    sources: tuple[KnownSource, ...]
    holes: tuple[KnownHole, ...]
    old: OldRules

    @property
    def old_rules(self) -> int:
        """Cases that still stand under rules before the present ones."""
        return self.old.cases

    @property
    def simulated(self) -> bool:
        """Whether any figure may hold simulated cases."""
        return any(source.simulated and source.events > 0 for source in self.sources)


COUNTED_FOR = 5.0  # seconds
REST = 10  # a count rests so many times its cost
_counted: dict[
    str, tuple[OldRules, float]
] = {}  # by database and login: what stands under older rules, and until when that holds


async def position(conn: Connection) -> KnownPosition:
    """Cheap: for asking twice a second whether anything changed."""
    async with conn.cursor(row_factory=class_row(KnownPosition)) as cursor:
        await cursor.execute(query("position"))
        row = await cursor.fetchone()
    assert row is not None  # noqa: S101  an aggregate without GROUP BY has a row
    return row


async def sources(conn: Connection) -> tuple[KnownSource, ...]:
    async with conn.cursor(row_factory=class_row(KnownSource)) as cursor:
        await cursor.execute(query("sources"))
        return tuple(await cursor.fetchall())


async def strangers(conn: Connection) -> tuple[KnownSource, ...]:
    """Those of which only rejected records came, under the names that these state; the fifty with most of them. Reads
    every dead letter: not for a screen."""
    async with conn.cursor(row_factory=class_row(KnownSource)) as cursor:
        await cursor.execute(query("strangers"))
        return tuple(await cursor.fetchall())


async def holes(conn: Connection) -> tuple[KnownHole, ...]:
    async with conn.cursor(row_factory=class_row(KnownHole)) as cursor:
        await cursor.execute(query("holes"))
        return tuple(await cursor.fetchall())


async def old_rules(conn: Connection, rules_version: int = RULES_VERSION) -> int:
    """How many cases still stand under rules before these."""
    return (await under_old_rules(conn, rules_version)).cases


async def under_old_rules(conn: Connection, rules_version: int = RULES_VERSION) -> OldRules:
    """As the audit counts them."""
    asked = {"rules_version": rules_version, "domains": list(DOMAINS), "versions": [d.rules for d in DOMAINS.values()]}
    row = await (await conn.execute(query("old_rules"), asked)).fetchone()
    cases, subjects = map(int, row) if row else NONE_OLD
    return OldRules(cases, subjects + await _old_lookup_days(conn))


async def _old_lookup_days(conn: Connection) -> int:
    """Days of accounts whose look-ups are counted under an older meaning of a unit's name."""
    changed = {name for (name,) in await (await conn.execute(query("lookup_changed_names"))).fetchall()}
    if not changed:
        return 0
    units = await (await conn.execute(query("lookup_all_units"))).fetchall()
    keys = {"keys": keys_before(changed, [(written, keys) for written, keys in units])}
    row = await (await conn.execute(query("lookup_days_of_keys"), keys)).fetchone()
    return int(row[0]) if row else 0


async def stream(conn: Connection) -> KnownStream:
    """All that a figure has to say about where it comes from."""
    return KnownStream(await position(conn), await sources(conn), await holes(conn), await old_rules_lately(conn))


async def old_rules_lately(conn: Connection) -> OldRules:
    """The same for all who ask within some seconds: while a year is judged again it takes long to count."""
    key, now = f"{conn.info.user}@{conn.info.host}:{conn.info.port}/{conn.info.dbname}", monotonic()
    counted, until = _counted.get(key, (None, 0.0))
    if counted is not None and now < until:
        return counted
    if counted is not None:
        _counted[key] = (counted, now + COUNTED_FOR)  # the others have it as it was, while this one counts
    found = await under_old_rules(conn)
    ended = monotonic()
    _counted[key] = (found, ended + max(COUNTED_FOR, REST * (ended - now)))
    return found


async def heartbeats(conn: Connection) -> tuple[Heartbeat, ...]:
    async with conn.cursor(row_factory=class_row(Heartbeat)) as cursor:
        await cursor.execute(query("heartbeats"))
        return tuple(await cursor.fetchall())


async def last_audit(conn: Connection) -> Audit | None:
    async with conn.cursor(row_factory=class_row(Audit)) as cursor:
        await cursor.execute(query("audit_last"))
        return await cursor.fetchone()
