"""What every event carries: CloudEvents 1.0, structured JSON (https://github.com/cloudevents/spec, v1.0.2).

A field may be added as optional; anything else is a new version inside ``type``. Unknown fields are ignored, so that a
producer may add one first. There are no dict-typed fields: their keys are input and would end up in error texts.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from schemas.granted_units import LONGEST
from schemas.source_name import Source

# PostgreSQL's text holds no NUL, and no control character belongs in a name.
PRINTABLE = r"^[^\x00-\x1f\x7f]+$"
Text = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=PRINTABLE)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=PRINTABLE, strip_whitespace=True)]
EventId = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=PRINTABLE), Field(description="Unique in its source.")
]


class Frozen(BaseModel):
    """What every part of an event is. Strict: a number in place of a moment, or a truth value in place of a number, is
    an error of its sender, and guessing what was meant would count it wrongly."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Fact(Frozen):
    """Something that happened at a moment, whoever says it."""

    time: Annotated[AwareDatetime, Field(description="When it happened, with its UTC offset.")]


class Event(Fact):
    """A fact with its envelope. ``(source, id)`` within one ``subject`` names it for ever."""

    specversion: Literal["1.0"] = "1.0"
    id: EventId
    source: Source
    granted: Annotated[
        str | None,
        StringConstraints(min_length=1, max_length=LONGEST, pattern=PRINTABLE),
        Field(description="Set by the gateway, never by a sender: the units of a source of some units only."),
    ] = None


class Ref(Frozen):
    """The name of another event of the same subject."""

    source: Source
    id: EventId
