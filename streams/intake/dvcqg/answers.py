"""When a message was sent and what the national portal answered, where the record of it says so."""

from dataclasses import dataclass
from typing import Any

from schemas.case_portal import Answer
from streams.intake.dvcqg.fields import Fields
from streams.intake.dvcqg.making import Making
from streams.intake.moments import Moment

TAKEN = frozenset(("0", "00"))  # error_code of a message that was taken (two public implementations)
LONGEST = 80


@dataclass(frozen=True, slots=True)
class DvcqgAnswer:
    """``answer`` is ``None`` where none is known, ``error`` the code of a refusal."""

    sent_at: Moment | None = None
    answer: Answer | None = None
    error: str | None = None


NOTHING_TOLD = DvcqgAnswer()


def told_of(envelope: dict[str, Any], making: Making) -> DvcqgAnswer:
    """From the fields beside ``data``: ``sent_at``, and ``response`` with its ``error_code`` (its message is free text
    and is not read)."""
    said = Fields(envelope, "", making.fault)
    sent_at = said.moment("sent_at")
    response = envelope.get("response")
    if response is None:
        return DvcqgAnswer(sent_at)
    if not isinstance(response, dict):
        making.fault("response", "not_an_object")
        return DvcqgAnswer(sent_at)
    answer = Fields(response, "response.", making.fault)
    code = making.key(answer, "error_code")
    if code is None:
        answer.fault("error_code", "missing")
        return DvcqgAnswer(sent_at)
    if code in TAKEN:
        return DvcqgAnswer(sent_at, Answer.TAKEN)
    if len(code) > LONGEST:
        answer.fault("error_code", "string_too_long")
        return DvcqgAnswer(sent_at, Answer.REFUSED)
    return DvcqgAnswer(sent_at, Answer.REFUSED, code)
