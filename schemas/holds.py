"""Orders that hold look-ups back (lệnh giữ), on ``ioc.actions``: an account, an application or a unit is slowed or
stopped until an end that stands in the order itself.

One subject an order. A person gives it, and may end it early; the receiver's answers are said by our own delivery
(``streams.delivery``), once each. What a person says moves the order and names in ``after`` on how many moves it was
made; an answer moves nothing. The gateway takes none of these.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.actions import After, ByPerson, Sentence
from schemas.counter_kinds import Counter, Kind, Noun
from schemas.domain import Domain, Moment
from schemas.envelope import Frozen, Key


class HoldScope(StrEnum):
    """What can be held. The whole province cannot: that is what the receiver's own operators decide."""

    ACCOUNT = "account"
    UNIT = "unit"
    APPLICATION = "application"


class Measure(StrEnum):
    SLOW = "slow"  # how much is the receiver's own rule
    STOP = "stop"


class RefusalReason(StrEnum):
    """Why a receiver does not take an order: one of these words, never a text of its own."""

    UNKNOWN_TARGET = "unknown_target"
    UNSUPPORTED = "unsupported"  # it cannot do that measure, or hold such a thing
    NOT_ALLOWED = "not_allowed"
    TOO_LATE = "too_late"  # the end had passed when it came
    OTHER = "other"


Tries = Annotated[int, Field(ge=1, le=1_000_000, description="How often it was sent until this answer came.")]


class HoldOrdered(ByPerson):
    """The order: what is to be slowed or stopped until when."""

    scope: HoldScope
    key: Annotated[Key, Field(description="The account, unit or application, as look-ups name it.")]
    unit: Annotated[Key | None, Field(description="The unit to which an account belongs.")] = None
    measure: Measure
    ends_at: Annotated[Moment, Field(description="It ends by itself then, also where nobody can reach the receiver.")]
    sentence: Sentence
    finding: Annotated[Key | None, Field(description="What the look-up guard had found.")] = None


class HoldLifted(ByPerson):
    """A person ends it before its time."""

    after: After
    sentence: Sentence | None = None


class HoldAccepted(Frozen):
    """The receiver has put it into effect."""

    tries: Tries


class HoldRefused(Frozen):
    """The receiver does not take it."""

    reason: RefusalReason
    tries: Tries


class HoldEnded(Frozen):
    """The receiver says that it is in effect no more."""

    tries: Tries


class HoldUnanswered(Frozen):
    """Its end has passed without an answer that we understood, or there is no receiver."""

    reached: Annotated[bool, Field(description="Whether it was sent at all.")]


WAITING = ("ordered", "ended_early")  # for the receiver
STANDING = ("ordered", "held", "ended_early")  # not known to be over

HOLD = Domain(
    "hold",
    "Lệnh giữ",
    {
        "ordered": HoldOrdered,
        "lifted": HoldLifted,
        "accepted": HoldAccepted,
        "refused": HoldRefused,
        "ended": HoldEnded,
        "unanswered": HoldUnanswered,
    },
    counters=(
        Counter("ordered", "Đã ra lệnh giữ", "orders, on the day they were given", noun=Noun.HOLD),
        Counter("accepted", "Máy nhận đã làm", "of these put into effect by the receiver", noun=Noun.HOLD),
        Counter("refused", "Máy nhận từ chối", "of these that the receiver did not take", noun=Noun.HOLD),
        Counter("unanswered", "Không có trả lời", "of these without an answer until their end", noun=Noun.HOLD),
        Counter("lifted", "Kết thúc sớm", "ended by a person before their time", noun=Noun.HOLD),
        Counter("standing", "Đang giữ", "given, and not known to be over", Kind.NOW, Noun.HOLD, STANDING),
    ),
    part="đối tượng",
)
