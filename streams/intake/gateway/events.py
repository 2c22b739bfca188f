"""From an event as it was sent to a record as Kafka gets it: checked, without what nobody declared, without persons."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from schemas.contracts import Contract
from schemas.domain import Breach
from schemas.json_text import NotJson, decode, encode
from schemas.province import moment
from schemas.reference.names import Names
from schemas.topics import BY_CONTRACT, Topic
from streams.intake.gateway.grants import Grant, contract_of
from streams.intake.gateway.scrub import may_hold_identity, scrub
from streams.intake.identity_hashing import Hasher
from streams.time_bounds import Timely

CORRECTED = ".corrected.v1"
GRANTED = "granted"
_CLOCKS = timedelta(minutes=1)  # Kafka's and ours may differ


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """One record. ``source`` and ``id`` are those that it has in Kafka."""

    topic: str
    key: bytes
    value: bytes
    source: str
    id: str


def topics_by_contract(suffix: str = "") -> dict[str, Topic]:
    return {name: replace(topic, name=topic.name + suffix) for name, topic in BY_CONTRACT.items()}


class Checker:
    """What every way into the gateway goes through."""

    def __init__(self, topics: Mapping[str, Topic], hasher: Hasher) -> None:
        self._topics = topics
        self._hasher = hasher

    def check(self, said: Any, grant: Grant, names: Names, now: datetime, asked: str | None = None) -> GatewayEvent:
        """``said`` is the event as a JSON object; ``asked`` the topic that the request names, which counts where the
        event itself names none; ``names`` say which units are meant. Raises :class:`Breach` with the first field and
        rule that is broken.

        Fields that the contract does not know are dropped: what they hold is known to nobody.
        """
        if not isinstance(said, dict):
            raise Breach("event", "not_an_object")
        type_, topic_named = said.get("type"), said.get("topic", asked)
        if not isinstance(type_, str):
            raise Breach("type", "missing" if type_ is None else "string_type")
        if topic_named is not None and not isinstance(topic_named, str):
            raise Breach("topic", "string_type")
        contract = contract_of(type_, topic_named)
        grant.check_envelope(type_, said.get("source"), contract)
        topic = self._topics[contract.name]
        event = _parsed(contract, {name: value for name, value in said.items() if name != GRANTED})
        return self._granted(event, grant, names, contract, topic, now)

    def ready(self, event: Any, grant: Grant, names: Names, now: datetime) -> GatewayEvent:
        """The same for an event that an adapter of ours has made."""
        contract = contract_of(event.type, None)
        topic = self._topics[contract.name]
        grant.check_envelope(event.type, event.source, contract)
        return self._granted(event, grant, names, contract, topic, now)

    def _granted(
        self, event: Any, grant: Grant, names: Names, contract: Contract, topic: Topic, now: datetime
    ) -> GatewayEvent:
        """Its limit stands beside it from here on: the stream judges by it (ADR 0040)."""
        grant.check_unit(event, names)
        check_times(event, topic, now)
        if grant.granted is not None:
            event = event.model_copy(update={GRANTED: grant.granted})
        return self._outgoing(event, contract, topic)

    def _outgoing(self, event: Any, contract: Contract, topic: Topic) -> GatewayEvent:
        text = canonical(event)
        if may_hold_identity(text) and (scrubbed := scrub(plain := decode(text), self._hasher)) is not plain:
            # Once more: a hash is longer than a number, and rules between fields must hold of what is kept.
            event = contract.parse(encode(scrubbed))
            text = canonical(event)
        value = text.encode()
        if len(value) > topic.max_event_bytes:
            raise Breach("event", f"too_large (at most {topic.max_event_bytes} bytes)")
        return GatewayEvent(topic.name, event.subject.encode(), value, event.source, event.id)


def _parsed(contract: Contract, said: dict[str, Any]) -> Any:
    try:
        return contract.parse(encode(said))
    except Breach as exc:
        if exc.rule == "json_invalid":  # of what was just written: the contract reads less deeply
            raise Breach("event", "too_deep") from None
        raise
    except NotJson:
        raise Breach("event", "too_deep") from None


def canonical(event: Any) -> str:
    """The event's declared fields as JSON; reading it gives the same event."""
    text: str = event.model_dump_json(exclude_none=True)
    return text


def check_times(event: Any, topic: Topic, now: datetime) -> None:
    """What the stream would reject, refused where its sender still listens."""
    timely, received = Timely(topic), moment(now - _CLOCKS)
    said = [("time", event.time)]
    if event.type.endswith(CORRECTED):
        said.append(("data.event.time", event.data.event.time))
    for where, time in said:
        rule = timely.breach(moment(time), received)
        if rule is not None:
            raise Breach(where, rule)
