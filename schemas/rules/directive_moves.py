"""How a directive moves: which answer is possible where it stands, and whose it is to give. Pure; asked before an
answer is taken, and by the fold."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar


class Side(StrEnum):
    UNIT = "unit"  # the unit that answers for it
    ORDERER = "orderer"  # who ordered it


class DirectiveMove(NamedTuple):
    side: Side
    of: frozenset[str]  # standings in which it is possible
    to: str


def _move(side: Side, of: str, to: str) -> DirectiveMove:
    return DirectiveMove(side, frozenset(of.split()), to)


MOVES: Mapping[str, DirectiveMove] = MappingProxyType(
    {
        "accepted": _move(Side.UNIT, "issued", "accepted"),
        "asked": _move(Side.UNIT, "issued accepted", "asking"),
        "extended": _move(Side.ORDERER, "issued accepted asking cannot", "accepted"),
        "refused": _move(Side.ORDERER, "asking", "accepted"),
        "done": _move(Side.UNIT, "issued accepted asking cannot", "done"),
        "cannot": _move(Side.UNIT, "issued accepted asking", "cannot"),
        "verified": _move(Side.ORDERER, "done", "verified"),
        "closed": _move(Side.ORDERER, "issued accepted asking cannot done", "closed"),
        "reopened": _move(Side.ORDERER, "done cannot verified closed", "accepted"),
    }
)
REPORT = "progressed"  # moves nothing; possible as long as the unit is at it
REPORTED_IN = frozenset(("issued", "accepted", "asking", "cannot"))


def possible(kind: str, standing: str) -> bool:
    """Whether this may be said of a directive that stands so."""
    return standing in (REPORTED_IN if kind == REPORT else MOVES[kind].of)


def side_of(kind: str) -> Side:
    return Side.UNIT if kind == REPORT else MOVES[kind].side


class DirectiveFact(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def data(self) -> Any: ...


M = TypeVar("M", bound=DirectiveFact)


def chain(facts: Iterable[M]) -> list[M]:
    """Of facts in order, those that count: the first order, and one move on each number of moves before, of several
    the earliest that was possible then. So a clock that is behind in another process changes nothing."""
    on: dict[int, list[M]] = {}
    made: list[M] = []
    for fact in facts:
        if fact.kind == "issued":
            made = made or [fact]
        elif fact.kind in MOVES:
            on.setdefault(fact.data.after, []).append(fact)
    if not made:
        return []
    standing = "issued"
    while (following := _first(on.get(len(made), ()), standing)) is not None:
        made.append(following)
        standing = MOVES[following.kind].to
    return made


def _first(candidates: Sequence[M], standing: str) -> M | None:
    return next((fact for fact in candidates if possible(fact.kind, standing)), None)


def overtaken(facts: Iterable[M], counted: Sequence[M]) -> list[M]:
    """Of the facts, the orders and moves in whose place another one counts."""
    known = {id(fact) for fact in counted}
    return [
        fact
        for fact in facts
        if id(fact) not in known
        and counted
        and (fact.kind == "issued" or (fact.kind in MOVES and fact.data.after < len(counted)))
    ]
