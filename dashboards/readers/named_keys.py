"""The key that a unit, procedure or sector is counted under, by whatever name it is asked for: as an event's name is
resolved before it is counted (:mod:`schemas.reference.names`), so is a filter's.

A name means what it means today; one that only a former unit had means that unit (:mod:`dashboards.unit_keys`). What
the reference does not know is a key where figures stand under it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic
from typing import NamedTuple

from dashboards.periods import Period, PeriodName
from dashboards.readers import reference, unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.unit_keys import former, parted
from schemas.contracts import DOMAINS
from schemas.province import day_number
from schemas.reference.names import PROCEDURE, SECTOR, UNIT, Names
from schemas.reference.spelling import tidy

AGENCY = "agency"  # of a chain: named as units are, and counted apart from them
SERVICE = "service"  # of the list of essential services, by its number
PART = "part"  # of a topic, where it is no sector
BY_SECTOR = frozenset({"dataset", "campaign"})  # the domains that are taken apart by sector
BY_APPLICATION = frozenset({"lookup"})  # applications are named by whoever looks up, not by the reference
KNOWN_AS = {UNIT: UNIT, AGENCY: UNIT, PROCEDURE: PROCEDURE, SECTOR: SECTOR, SERVICE: SERVICE, PART: PART}
WITHOUT_NAMES = frozenset({SERVICE, PART})  # by their keys alone
TRUSTED_FOR = {True: 60.0, False: 5.0}  # seconds in which what was found, or was not, is not asked for again
_MOST_KEPT = 10_000
_EPOCH = date(1970, 1, 1)


class Asked(NamedTuple):
    """``domain``: the topic that a part or sector is of."""

    kind: str
    written: str
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """Names and keys of the reference as it was loaded last, on one day."""

    load: int
    day: date
    names: Names
    keys: Mapping[str, frozenset[str]]

    def key(self, kind: str, written: str) -> str | None:
        """``None`` where the reference knows neither such a key nor such a name."""
        keys = self.keys.get(KNOWN_AS[kind], frozenset())
        if written in keys or (kind == UNIT and parted(written)[1] is not None and parted(written)[0] in keys):
            return written
        if kind in WITHOUT_NAMES:
            return None
        meant = self.names.key(KNOWN_AS[kind], written, day_number(self.day))
        return meant if meant in keys else None

    def unit_before(self, written: str) -> tuple[str, date] | None:
        """The unit that had the name last, by its key, and the first day of the unit that has the key since."""
        spans = self.names.of_writing(UNIT, written)
        for edge in reversed(spans.edges):
            key = spans.on(edge - 1)
            if edge <= day_number(self.day) and key in self.keys[UNIT]:
                return key, _EPOCH + timedelta(days=edge)
        return None


_editions: dict[str, Edition] = {}  # by database and login
_stored: dict[tuple[str, str, str, str], tuple[bool, float]] = {}  # by database and what was asked


def part_of(domain: str, written: str) -> Asked | None:
    """What a part of a domain asks for; ``None`` where neither reference nor subjects know its parts."""
    if domain not in DOMAINS or domain in BY_APPLICATION:
        return None
    return Asked(SECTOR if domain in BY_SECTOR else PART, written, domain)


async def key_of(conn: Connection, day: date, asked: Asked) -> str | None:
    """The key on this day (the province's today); ``None`` where nobody knows such a one."""
    edition = await _edition(conn, day)
    found = edition.key(asked.kind, asked.written)
    if found is not None and found != asked.written and asked.kind not in WITHOUT_NAMES and await _stands(conn, asked):
        return asked.written  # until it is counted under its key (the sweep), a row's own link opens that row
    if found is not None or asked.kind == SERVICE:
        return found
    if asked.kind == UNIT and (before := edition.unit_before(asked.written)) is not None:
        key, since = before  # while nothing is told of the unit that has its key now, its figures are the key's
        changed = (await unit_days.changed(conn, Period(PeriodName.BETWEEN, None, day))).get(key, ())
        return former(key, since - timedelta(days=1)) if since in changed else key
    for written in dict.fromkeys((asked.written, tidy(asked.written))):
        if await _stands(conn, asked._replace(written=written)):
            return written
    return None


async def _edition(conn: Connection, day: date) -> Edition:
    """Read anew after a load, and after midnight: a name may mean another unit from a day on."""
    row = await (await conn.execute(query("reference_load"))).fetchone()
    load, held = row[0] if row else 0, _editions.get(_database(conn))
    if held is not None and (held.load, held.day) == (load, day):
        return held
    meanings = await (await conn.execute(query("reference_meanings"))).fetchall()
    successions = await (await conn.execute(query("reference_successions"))).fetchall()
    keys: dict[str, set[str]] = {UNIT: set(), PROCEDURE: set(), SECTOR: set()}
    for kind, key in await (await conn.execute(query("reference_keys"))).fetchall():
        keys.setdefault(kind, set()).add(key)
    keys[PART] = {key for _, key in await reference.part_names(conn, day)}
    names = Names.stored(meanings, successions)
    made = Edition(load, day, names, {kind: frozenset(found) for kind, found in keys.items()})
    _editions[_database(conn)] = made
    return made


async def _stands(conn: Connection, asked: Asked) -> bool:
    """Whether anything is counted under the key. Each kind by an index: nobody may make us scan by inventing names."""
    place, now = (_database(conn), *asked), monotonic()
    stands, until = _stored.get(place, (False, 0.0))
    if now < until:
        return stands
    parameters = {
        "key": asked.written,
        "domain": asked.domain,
        "domains": list(DOMAINS),
        "counters": sorted({counter.name for domain in DOMAINS.values() for counter in domain.counters}),
    }
    kind = PART if asked.kind == SECTOR else asked.kind
    row = await (await conn.execute(query(f"{kind}_stands"), parameters)).fetchone()
    if len(_stored) >= _MOST_KEPT:
        _stored.clear()
    stands = bool(row and row[0])
    _stored[place] = (stands, now + TRUSTED_FOR[stands])
    return stands


def _database(conn: Connection) -> str:
    return f"{conn.info.user}@{conn.info.host}:{conn.info.port}/{conn.info.dbname}"
