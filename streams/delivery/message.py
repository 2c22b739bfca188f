"""What is sent to the receiver, and what its answers mean (docs/orders.md). Pure."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import msgspec

from schemas.holds import RefusalReason
from schemas.json_text import encode
from schemas.province import as_datetime


class Message(StrEnum):
    START = "start"
    END = "end"


class HoldMessage(NamedTuple):
    """``id``: of the message, the same through every try; that of a start is the order's own."""

    subject: str
    message: Message
    id: str
    target: str  # of several messages about one target one is under way at a time
    body: bytes


class HoldAnswer(NamedTuple):
    """The kind and data of the event that it becomes."""

    kind: str
    data: Mapping[str, Any]


class Unclear(ValueError):
    """Not an answer of the contract: it is asked again."""


class _Answered(msgspec.Struct):
    order: str
    answer: str
    reason: str | None = None


_answer = msgspec.json.Decoder(_Answered)
MEANS = {
    (Message.START, "accepted"): "accepted",
    (Message.START, "refused"): "refused",
    (Message.END, "ended"): "ended",
}


def message_of(
    subject: str, message: Message, detail: Mapping[str, Any], ends_at: datetime, at: datetime
) -> HoldMessage:
    """``detail``: of the order's state; ``at``: when the order was given."""
    order = str(detail["order"])
    data: dict[str, Any] = {"order": order, "scope": detail["scope"], "key": detail["key"]}
    if message is Message.START:
        data |= {"measure": detail["measure"], "ends_at": ends_at.isoformat()}
        if detail.get("of_unit"):
            data["unit"] = detail["of_unit"]
        said_at = at
    else:
        lifted = detail.get("lifted_at")
        said_at = min(ends_at, as_datetime(lifted)) if lifted is not None else ends_at
    body = {"type": f"hold.{message}", "timestamp": said_at.isoformat(), "data": data}
    id_ = order if message is Message.START else event_id(order, "end")
    return HoldMessage(subject, message, id_, f"{detail['scope']}/{detail['key']}", encode(body))


def answer_of(message: HoldMessage, order: str, said: bytes, tries: int) -> HoldAnswer:
    """Raises :class:`Unclear`."""
    try:
        answer = _answer.decode(said)
    except msgspec.MsgspecError:
        raise Unclear from None
    kind = answer.answer
    if (message.message, kind) not in MEANS or answer.order != order:
        raise Unclear
    data: dict[str, Any] = {"tries": tries}
    if kind == "refused":  # a word that we do not know is no reason to send it for ever
        known = answer.reason in list(RefusalReason)
        data["reason"] = answer.reason if known else str(RefusalReason.OTHER)
    return HoldAnswer(kind, data)


def event_id(order: str, what: str) -> str:
    """Of an answer's event, and of the message that ends an order: said twice is said once."""
    return str(uuid5(NAMESPACE_URL, f"urn:ioc:hold:{order}:{what}"))
