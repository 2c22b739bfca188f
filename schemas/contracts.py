"""What may be said on each topic: its event types, and the one way in which an event is read and checked.

The stream, the gateway and every adapter read an event here, so that what one takes none refuses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Annotated, Any, cast, get_args

from pydantic import Field, TypeAdapter, ValidationError

from schemas.actions import DIRECTIVE
from schemas.cases import CaseEvent
from schemas.datasets import CAMPAIGN, DATASET
from schemas.digests import SOURCE
from schemas.domain import Breach, Domain
from schemas.envelope import Event
from schemas.event_text_checks import time_of_digits, unseen_in
from schemas.holds import HOLD
from schemas.lookups import CONNECTION, LIMIT, LOOKUP
from schemas.outreach import ACTIVITY, STAFFING, TRAINING
from schemas.platform import BACKUP, CERTIFICATE, MILESTONE, SYSTEM
from schemas.portal import PETITION, PORTAL
from schemas.tasks import TASK

CASE_TYPES: dict[str, type[Event]] = {
    str(model.model_fields["type"].default): model for model in get_args(get_args(CaseEvent)[0])
}


@dataclass(frozen=True, eq=False)
class Contract:
    """The events of one topic: those of its domains, a source's digest, and for ``cases`` those of a case."""

    name: str
    domains: tuple[Domain, ...]
    others: Mapping[str, type[Event]]

    @cached_property
    def types(self) -> dict[str, type[Event]]:
        """Every event type that may be said, by its name."""
        found = dict(self.others)
        for domain in self.domains:
            found.update(domain.types)
        return found

    @cached_property
    def domain_of(self) -> dict[str, Domain]:
        """The domain of a type; none for those of a case."""
        return {name: domain for domain in self.domains for name in domain.types}

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        choice: Any = reduce(or_, self.types.values())
        return TypeAdapter(Annotated[choice, Field(discriminator="type")])

    @cached_property
    def _validate(self) -> Callable[[bytes | str], Any]:
        """The adapter's own, without its wrapper, which takes as long again for a small event."""
        return cast("Callable[[bytes | str], Any]", self.adapter.validator.validate_json)

    def parse(self, raw: bytes | str) -> Any:
        """The event. Raises :class:`Breach` with the field and the rule of the first thing that is wrong."""
        try:
            event = self._validate(raw)
        except ValidationError as exc:
            raise breach_of(exc) from None
        written = time_of_digits(event, raw)
        if written is not None:
            raise Breach(written, "datetime_parsing")
        unseen = unseen_in(event, raw)
        if unseen is not None:
            raise Breach(unseen, "control_character")
        domain = self.domain_of.get(event.type)
        if domain is not None:
            domain.verify(event)
        return event


CONTRACTS: Mapping[str, Contract] = {
    contract.name: contract
    for contract in (
        Contract("cases", (SOURCE,), CASE_TYPES),
        Contract("lookups", (LOOKUP, CONNECTION, LIMIT, SOURCE), {}),
        Contract("datasets", (DATASET, CAMPAIGN, SOURCE), {}),
        Contract("tasks", (TASK, SOURCE), {}),
        Contract("platform", (SYSTEM, CERTIFICATE, BACKUP, MILESTONE, SOURCE), {}),
        Contract("portal", (PORTAL, PETITION, SOURCE), {}),
        Contract("outreach", (ACTIVITY, TRAINING, STAFFING, SOURCE), {}),
        Contract("actions", (DIRECTIVE, HOLD), {}),
    )
}
DOMAINS: Mapping[str, Domain] = {
    domain.name: domain for contract in CONTRACTS.values() for domain in contract.domains if domain is not SOURCE
}
TYPES: Mapping[str, type[Event]] = {name: t for contract in CONTRACTS.values() for name, t in contract.types.items()}


def breach_of(exc: ValidationError) -> Breach:
    """The first thing that is wrong, as field and rule. A union's tag is not part of the field's name."""
    first = exc.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"] if str(part) not in TYPES)
    rule = first["type"]
    if rule in ("union_tag_invalid", "union_tag_not_found"):
        where = f"{where}.type" if where else "type"
    return Breach(where or "event", rule)
