"""A domain: one kind of thing that events are about, declared by the data of each kind of event.

``Domain("task", …)`` makes the event types ``task.<kind>.v1``, and two that every domain has: *corrected* (another
event of the same subject was wrong; this is all that should have been said) and *voided* (it never happened; without
a name, the whole subject never did). Both may arrive before what they name. Cases are declared by hand in
``schemas.cases``, because their events are taken apart in another way; the envelope and the rules are the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, create_model

from schemas.counter_kinds import Counter
from schemas.envelope import PRINTABLE, Event, Fact, Frozen, Ref

Subject = Annotated[
    str,
    StringConstraints(min_length=1, max_length=160, pattern=PRINTABLE, strip_whitespace=True),
    Field(description="What the event is about; also the key of its Kafka record."),
]
# Bounded to what the calendar and PostgreSQL's readers can hold in any zone; RFC 5280's "no end" is the last moment.
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    AfterValidator(lambda at: at.astimezone(UTC)),
    Field(description="With UTC offset."),
]
Day = Annotated[date, Field(ge=date(2010, 1, 1), le=date(2100, 1, 1))]  # a deadline; as of a case's
Count = Annotated[int, Field(ge=0, le=10**12)]


class Breach(ValueError):
    """An event that keeps to its model breaks a rule between its parts. Names field and rule, never a value."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


Check = Callable[[str, datetime, Any], None]  # (subject, time, data) of a fact; raises Breach with a field of the fact


class Voiding(Frozen):
    """The named event never happened; without a name, the whole subject never did."""

    replaces: Ref | None = None


def _no_check(subject: str, time: datetime, data: Any) -> None: ...


@dataclass(frozen=True, eq=False)
class Domain:
    """``kinds`` in the order in which events stand at equal moments. ``rules`` is raised with any change of the fold or
    of the contribution. ``unit_of`` and ``part`` say what a figure can be taken apart by."""

    name: str
    label: str  # as a screen heads it
    kinds: Mapping[str, type[Frozen]]
    counters: tuple[Counter, ...]
    part: str = ""  # what the second way of taking a figure apart is called (lĩnh vực, hệ thống, …)
    check: Check = _no_check
    rules: int = 1
    amendable: bool = True  # whether its events can be corrected and voided
    types: Mapping[str, type[Event]] = field(init=False)
    kind_of: Mapping[str, str] = field(init=False)
    ranks: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        facts = {kind: self._fact(kind, data) for kind, data in self.kinds.items()}
        choice: Any = reduce(or_, facts.values())
        fact: Any = Annotated[choice, Field(discriminator="type")] if len(facts) > 1 else choice
        correction = create_model(
            f"{_camel(self.name)}Correction",
            __base__=Frozen,
            __doc__="``replaces`` was wrong; ``event`` is all that should have been said.",
            replaces=(Ref, ...),
            event=(fact, ...),
        )
        types = {self.type_of(kind): self._event(kind, model) for kind, model in facts.items()}
        amendments: dict[str, type[Frozen]] = {"corrected": correction, "voided": Voiding} if self.amendable else {}
        for kind, data in amendments.items():
            types[self.type_of(kind)] = self._event(kind, self._fact(kind, data))
        kinds = [*self.kinds, *amendments]
        object.__setattr__(self, "types", types)
        object.__setattr__(self, "kind_of", {self.type_of(kind): kind for kind in kinds})
        object.__setattr__(self, "ranks", {kind: rank for rank, kind in enumerate(kinds)})

    def type_of(self, kind: str) -> str:
        return f"{self.name}.{kind}.v1"

    def _fact(self, kind: str, data: type[Frozen]) -> type[Fact]:
        name = self.type_of(kind)
        said: Any = Literal[name]
        return create_model(
            f"{_camel(self.name)}{_camel(kind)}Fact",
            __base__=Fact,
            __doc__=data.__doc__,
            type=(said, name),
            data=(data, ...),
        )

    def _event(self, kind: str, fact: type[Fact]) -> type[Event]:
        made: Any = create_model(
            f"{_camel(self.name)}{_camel(kind)}", __base__=(fact, Event), __doc__=fact.__doc__, subject=(Subject, ...)
        )
        return made  # type: ignore[no-any-return]

    def verify(self, event: Any) -> None:
        """The rules between the parts of an event that keeps to its model. Raises :class:`Breach`."""
        kind = self.kind_of[event.type]
        if kind == "corrected":
            said = event.data.event
            try:
                self._check_said(event.subject, said)
            except Breach as breach:
                raise Breach(
                    breach.field if breach.field == "subject" else f"data.event.{breach.field}", breach.rule
                ) from None
        elif kind != "voided":
            self._check_said(event.subject, event)

    def _check_said(self, subject: str, said: Any) -> None:
        """A check may ask for the moment's day in the province: at the calendar's ends there is none."""
        if said.time.year < MINYEAR + 1:
            raise Breach("time", "before_earliest")
        if said.time.year > MAXYEAR - 1:
            raise Breach("time", "too_far_ahead")
        self.check(subject, said.time, said.data)


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
