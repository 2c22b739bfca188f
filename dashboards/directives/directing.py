"""What may be ordered and answered, and by whom: the one way for screens and data API. A command is taken, or what is
wrong is said by field and rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from dashboards.access.asker import Asker, Right, Role
from dashboards.access.record import Deed
from dashboards.actions.command import command
from dashboards.actions.command_outbox import CommandOutbox, TakenCommand
from dashboards.directives import reader
from dashboards.directives.aims import AIMS
from dashboards.directives.reader import StoredDirective
from dashboards.readers.asked_database import AskedDatabase
from schemas.domain import Breach
from schemas.rules.directive_moves import Side, possible, side_of

_LETTERS = "abcdefghkmnpqrstuvwxyz"


class NotHis(Exception):
    """This asker may not order that, or answer for that unit."""


class NotNow(Exception):
    """Not possible as the directive stands."""


@dataclass(frozen=True, slots=True)
class Order:
    unit: str
    sentence: str
    due_at: datetime
    aim: str | None = None
    origin: str | None = None
    origin_key: str | None = None
    group: str | None = None


def letters(id_: UUID) -> str:
    """Eight, since digits beside each other may look like somebody's number."""
    spelled, rest = "", id_.int
    for _ in range(8):
        rest, place = divmod(rest, len(_LETTERS))
        spelled += _LETTERS[place]
    return spelled


def code_of(id_: UUID, unit: str) -> str:
    """A directive's own name."""
    return f"cd-{letters(id_)}/{unit}"


def may_answer(asker: Asker, directive: StoredDirective) -> bool:
    return asker.may(Right.ANSWER) and directive.unit in asker.units


def may_judge(asker: Asker, directive: StoredDirective) -> bool:
    """Who ordered it, or a leader."""
    return asker.may(Right.DIRECT) and (asker.id == directive.by or asker.role is Role.LEADER)


def open_to(asker: Asker, directive: StoredDirective) -> list[str]:
    """The answers that this asker may give as the directive stands, in order."""
    kinds = [
        "accepted",
        "progressed",
        "done",
        "asked",
        "cannot",
        "extended",
        "refused",
        "verified",
        "reopened",
        "closed",
    ]
    of = {Side.UNIT: may_answer(asker, directive), Side.ORDERER: may_judge(asker, directive)}
    return [kind for kind in kinds if of[side_of(kind)] and possible(kind, directive.standing)]


class Directing:
    def __init__(self, database: AskedDatabase, outbox: CommandOutbox | None, clock: Callable[[], datetime]) -> None:
        self._database, self._outbox, self._clock = database, outbox, clock

    async def order(
        self, asker: Asker, order: Order, id_: UUID, subject: str | None = None
    ) -> tuple[str, TakenCommand]:
        """The directive's name and what came of it; the number it is to move is read now. The same ``id_`` is the same
        order. Raises :class:`NotHis`, :class:`Breach`, :class:`schemas.sqlstates.NotRead`."""
        if not asker.may(Right.DIRECT) or self._outbox is None:
            raise NotHis
        now = self._clock()
        if order.due_at <= now:
            raise Breach("due_at", "not_after_now")
        if not order.unit:
            raise Breach("unit", "missing")
        aim = AIMS.get(order.aim or "")
        async with self._database.snapshot() as (conn, as_of):
            found = None if aim is None else await reader.value(conn, aim, order.unit, as_of)
        data: dict[str, Any] = {
            "unit": order.unit,
            "sentence": order.sentence,
            "due_at": order.due_at,
            "origin": order.origin,
            "origin_key": order.origin_key,
            "group": order.group,
        }
        if aim is not None and found is not None:
            data |= {"aim": aim.name, "aim_value": found.value, "aim_whole": found.whole}
        subject = subject or code_of(id_, order.unit)
        by = {"unit": order.unit, "by": asker.id, "by_name": asker.name, "now": now}
        made = command(id_, "directive.issued.v1", subject, data, **by)  # type: ignore[arg-type]
        return subject, await self._outbox.take(asker, made, Deed.DIRECTED)

    async def answer(
        self, asker: Asker, subject: str, kind: str, after: int | None, said: Mapping[str, Any], id_: UUID
    ) -> TakenCommand:
        """``after``: on how many moves it was made, as the asker saw it. Raises :class:`NotHis` (also of a directive
        that he does not see), :class:`NotNow`, :class:`Breach`, :class:`schemas.sqlstates.NotRead`."""
        async with self._database.snapshot() as (conn, _):
            directive = await reader.one(conn, subject)
        if directive is None or self._outbox is None:
            raise NotHis
        side = side_of(kind)
        if not (may_answer(asker, directive) if side is Side.UNIT else may_judge(asker, directive)):
            raise NotHis
        fresh = after is None or after == directive.revision
        if fresh and not possible(kind, directive.standing):
            raise NotNow
        now = self._clock()
        if (due := said.get("due_at")) is not None and due <= now:
            raise Breach("due_at", "not_after_now")
        data = dict(said) | ({} if after is None else {"after": after})
        by = {"unit": directive.unit, "by": asker.id, "by_name": asker.name, "now": now}
        made = command(id_, f"directive.{kind}.v1", subject, data, **by)  # type: ignore[arg-type]
        deed = Deed.ANSWERED if side is Side.UNIT else Deed.DIRECTED
        return await self._outbox.take(asker, made, deed)


def keyed(asker: Asker, key: str) -> UUID:
    """The command's id of an idempotency key: each asker has his own."""
    return uuid5(NAMESPACE_URL, f"urn:ioc:{asker.id}:{key}")
