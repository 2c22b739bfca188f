"""The essential services: online share per service and unit, why it is low, and how it stands against its target.

A case belongs to a service by what its procedure's key meant on the day it came in. A service whose procedure is not
known has no share: it is unknown, never 0.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from psycopg.rows import DictRow, class_row, dict_row

from dashboards.periods import Period, before, between, today
from dashboards.ratios import share
from dashboards.readers import openings, reference, unit_days
from dashboards.readers.database import Connection
from dashboards.readers.figures import Filters
from dashboards.readers.openings import Opening
from dashboards.readers.queries import query
from dashboards.unit_keys import parted
from dashboards.views.essential import counts_reader as essential_counts
from dashboards.views.essential import targets_reader
from dashboards.views.essential.declared import SERVICES, Group
from dashboards.views.essential.targets import TargetStanding
from schemas.reference.rows import Confidence

Counts = Mapping[Group, int]


class Known(StrEnum):
    """What the reference knows of a service, and whether it has a share."""

    COUNTED = "counted"
    NO_CASES = "no_cases"  # nothing was received in the period
    NO_CODE = "no_code"  # chưa có mã thủ tục
    NO_NAME = "no_name"  # that there is one is known, not which


class Offer(StrEnum):
    """Whether the catalogue of procedures offers the service online, all its procedures together."""

    YES = "yes"
    PARTLY = "partly"  # some of its procedures
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Cases received and how many of them came online."""

    received: int = 0
    online: int = 0

    @property
    def share(self) -> float | None:
        return share(self.online, self.received)


NONE = Amounts()


@dataclass(frozen=True, slots=True)
class ServiceShare:
    """One service. ``name`` and ``codes`` as the reference has them; ``verified``: whether a source says which
    procedure it is. ``earlier`` is the period before, as far as this one has come."""

    number: int
    name: str
    short_name: str
    lead_agency: str
    decision: str
    codes: tuple[str, ...]
    known: Known
    verified: bool
    offer: Offer
    amounts: Amounts = NONE
    earlier: Amounts = NONE
    standing: TargetStanding | None = None

    @property
    def share(self) -> float | None:
        """``None``: not known."""
        return self.amounts.share if self.known is Known.COUNTED else None

    @property
    def change(self) -> float | None:
        """Of the share, against the period before."""
        now, then = self.share, self.earlier.share
        return None if now is None or then is None else now - then


@dataclass(frozen=True, slots=True)
class OfUnit:
    """One unit of one service. ``unit`` is its key as the events gave it, of a former one as
    :mod:`dashboards.unit_keys` says; "" is none named."""

    unit: str
    amounts: Amounts
    earlier: Amounts
    standing: TargetStanding | None
    why: Counts

    @property
    def change(self) -> float | None:
        now, then = self.amounts.share, self.earlier.share
        return None if now is None or then is None else now - then


@dataclass(frozen=True, slots=True)
class ServedCase:
    """A case of a service, as far as its online share cares."""

    subject: str
    unit: str
    procedure: str
    channel: str
    accepted_at: datetime | None
    ended_at: datetime | None
    end_kind: str | None
    supplement_requests: int
    portal_status: int | None
    synced_at: datetime | None


async def read(conn: Connection, as_of: datetime, period: Period, unit: str | None = None) -> tuple[ServiceShare, ...]:
    """All services of the period's last day that has come, the lowest share first, then those without one. With a unit,
    of its cases only. Why is not read: :func:`reasons`."""
    day = _day(period, as_of)
    now, then = await _amounts(conn, period, unit), await _earlier(conn, period, as_of, unit)
    keys = await _unit_codes(conn, [unit] if unit else (), day)
    code = keys.get(unit) if unit else None
    targets = await targets_reader.read(conn, day)
    starts = {first: await _amounts(conn, targets_reader.measured_in(first), unit) for first in targets.unmeasured}
    found = []
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("essential/services"), {"day": day})
        for row in await cursor.fetchall():
            number = row["number"]
            amounts = now.get(number, NONE)
            known = _known(row, amounts)
            measured = {first: _exact(start.get(number, NONE)) for first, start in starts.items()}
            stands = targets.standing(number, code, amounts.received, amounts.online, measured)
            found.append(_service(row, known, amounts, then.get(number, NONE), stands))
    return tuple(sorted(found, key=_lowest_first))


async def reasons(
    conn: Connection, period: Period, number: int | None = None, unit: str | None = None
) -> dict[int, dict[Group, int]]:
    """What the cases of each service, or of one, count as."""
    found: defaultdict[int, dict[Group, int]] = defaultdict(lambda: dict.fromkeys(Group, 0))
    for (service, _), counts in (await essential_counts.read(conn, period, number, unit)).items():
        for group, cases in counts.items():
            found[service][group] += cases
    return dict(found)


async def units(conn: Connection, as_of: datetime, period: Period, number: int) -> tuple[OfUnit, ...]:
    """The units of one service that had cases of it, the lowest share first."""
    day = _day(period, as_of)
    now = await essential_counts.read(conn, period, number)
    earlier = before(period, today(as_of))
    then = await essential_counts.read(conn, earlier, number) if earlier else {}
    others = await unit_days.changed(conn, between(earlier.first, period.last)) if earlier else {}
    targets = await targets_reader.read(conn, day)
    months = {first: targets_reader.measured_in(first) for first in targets.unmeasured}
    starts = {first: await essential_counts.read(conn, month, number) for first, month in months.items()}
    keys = await _unit_codes(conn, {unit for _, unit in now}, day)
    found = []
    for (_, unit), counts in now.items():
        amounts = _of(counts)
        measured = {first: _exact(_of(start.get((number, unit), {}))) for first, start in starts.items()}
        stands = targets.standing(number, keys.get(unit), amounts.received, amounts.online, measured)
        found.append(
            OfUnit(
                unit, amounts, _of({} if parted(unit)[0] in others else then.get((number, unit), {})), stands, counts
            )
        )
    return tuple(sorted(found, key=lambda row: (*_order(row.amounts), row.unit)))


def summed(units: Iterable[OfUnit]) -> dict[Group, int]:
    """What the cases of all these units count as."""
    found = dict.fromkeys(Group, 0)
    for unit in units:
        for group, amount in unit.why.items():
            found[group] += amount
    return found


async def cases(
    conn: Connection,
    period: Period,
    number: int,
    group: Group,
    unit: str | None = None,
    after: str = "",
    limit: int = 100,
    offset: int = 0,
) -> tuple[ServedCase, ...]:
    """A page of the cases of a service that count so, in the order of their codes."""
    page = {"group": group, "after": after, "limit": limit, "offset": offset}
    asked = {**await essential_counts.asked(conn, period, number, unit), **page}
    async with conn.cursor(row_factory=class_row(ServedCase)) as cursor:
        await cursor.execute(query("essential/cases"), asked)
        return tuple(await cursor.fetchall())


async def open_list(conn: Connection, as_of: datetime, counter: str, period: Period, filters: Filters) -> Opening:
    """Opens a number of the service that ``filters.part`` names; on a connection that may write. ``ValueError`` where
    that is no number."""
    asked = await essential_counts.asked(conn, period.on(filters.day), int(filters.part or ""), filters.unit)
    return await openings.open_by(conn, "essential/opening", asked, as_of, SERVICES.name, counter, period, filters)


def _service(
    row: DictRow, known: Known, amounts: Amounts, earlier: Amounts, stands: TargetStanding | None
) -> ServiceShare:
    return ServiceShare(
        number=row["number"],
        name=row["name"],
        short_name=row["short_name"],
        lead_agency=row["lead_agency"],
        decision=row["decision"],
        codes=tuple(filter(None, row["codes"])),
        known=known,
        verified=Confidence(row["code_confidence"]).verified,
        offer=_offer(row["online"]),
        amounts=amounts,
        earlier=earlier,
        standing=None if known in (Known.NO_CODE, Known.NO_NAME) else stands,
    )


def _known(row: DictRow, amounts: Amounts) -> Known:
    if amounts.received:
        return Known.COUNTED
    if row["confidence"] == Confidence.NOT_FOUND:
        return Known.NO_NAME
    return Known.NO_CASES if row["known"] else Known.NO_CODE


def _offer(said: Collection[str] | None) -> Offer:
    """Of what the catalogue says of each procedure: none, partial, whole, unknown."""
    found = set(said or ())
    if not found or "unknown" in found:
        return Offer.UNKNOWN
    if found == {"none"}:
        return Offer.NO
    return Offer.PARTLY if "none" in found else Offer.YES


def _order(amounts: Amounts) -> tuple[bool, float, int]:
    """Lowest share first, of equals the one with most cases; without a share last."""
    return amounts.share is None, amounts.share or 0.0, -amounts.received


def _lowest_first(service: ServiceShare) -> tuple[object, ...]:
    place = list(Known).index(service.known)
    return place, *_order(service.amounts), service.number


def _of(counts: Counts) -> Amounts:
    return Amounts(counts.get(Group.RECEIVED, 0), counts.get(Group.ONLINE, 0))


def _exact(amounts: Amounts) -> Fraction | None:
    return Fraction(amounts.online, amounts.received) if amounts.received else None


def _day(period: Period, as_of: datetime) -> date:
    """The last day of the period that has come: whose reference and targets count."""
    now = today(as_of)
    return now if period.last is None else min(period.last, now)


async def _amounts(conn: Connection, period: Period, unit: str | None, number: int | None = None) -> dict[int, Amounts]:
    """By service: from the rollup, or of one unit from its cases."""
    if unit is not None:
        counted = await reasons(conn, period, number, unit)
        return {service: _of(counts) for service, counts in counted.items()}
    cursor = await conn.execute(query("essential/shares"), await essential_counts.asked(conn, period, number, None))
    return {row[0]: Amounts(row[1], row[2]) for row in await cursor.fetchall()}


async def _earlier(conn: Connection, period: Period, as_of: datetime, unit: str | None) -> dict[int, Amounts]:
    earlier = before(period, today(as_of))
    return await _amounts(conn, earlier, unit) if earlier else {}


async def _unit_codes(conn: Connection, keys: Collection[str], day: date) -> dict[str, str]:
    """The reference's code of each unit that it knows, by the key of the events; of a former one none, as no target of
    the day is its."""
    keys = [key for key in keys if parted(key)[1] is None]
    named = await reference.names(conn, "unit", sorted(filter(None, keys)), day) if keys else {}
    return {spelt: name.key for spelt, name in named.items() if name.key is not None}
