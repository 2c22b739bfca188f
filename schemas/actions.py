"""``ioc.actions``: what is ordered and answered in the centre itself.

The centre's own screens and data API say these, through its outbox (``action_outbox``); the gateway takes none of
them. A directive (chỉ đạo) is a subject for each unit: an order to several units is one subject a unit, with one
``group``. Every fact that moves it says in ``after`` on how many moves it was made: of two that were made on the same,
the earlier counts, and the other is kept as overtaken (:mod:`schemas.rules.directive_moves`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from schemas.counter_kinds import Counter, DueLook, Kind, Noun
from schemas.domain import Breach, Count, Domain, Moment
from schemas.envelope import PRINTABLE, Frozen, Key

SOURCE = "urn:ioc:actions"  # of every event that the outbox sends
LONGEST = 600  # letters of a sentence
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=PRINTABLE, strip_whitespace=True)]
After = Annotated[
    int, Field(ge=1, le=2_000, description="How many moves of the directive were known when it was made.")
]


class OrderedFrom(StrEnum):
    """What the order was given from."""

    NUMBER = "number"
    LIST = "list"
    ROW = "row"
    CASE = "case"
    ALERT = "alert"


class ByPerson(Frozen):
    by: Annotated[Key, Field(description="Who says it: the id of an account or key of the centre.")]
    by_name: Annotated[Key, Field(description="The account's name, as screens show it.")]


class _Move(ByPerson):
    after: After


class Directive(ByPerson):
    """The order: who is to do what until when, and which number that is to move."""

    unit: Annotated[Key, Field(description="The unit that answers for it.")]
    sentence: Sentence
    due_at: Moment
    post: Annotated[Key | None, Field(description="Whose work it is within the unit: the post, never a name.")] = None
    aim: Annotated[Key | None, Field(description="The number it is to move: a name of schemas.rules.aims.")] = None
    aim_procedure: Annotated[Key | None, Field(description="Of that procedure alone.")] = None
    aim_value: Annotated[Count | None, Field(description="What it was when ordered; of a share its part.")] = None
    aim_whole: Annotated[Count | None, Field(description="Of a share its whole.")] = None
    origin: OrderedFrom | None = None
    origin_key: Annotated[Key | None, Field(description="The case, alert or counter from which it was given.")] = None
    group: Annotated[Key | None, Field(description="The order's own name, where it goes to several units.")] = None


class DirectiveAccepted(_Move):
    """The unit takes it on."""


class DirectiveProgress(ByPerson):
    """How far it is; moves nothing, so it needs no ``after``."""

    sentence: Sentence
    percent: Annotated[int | None, Field(ge=0, le=100)] = None
    evidence: Annotated[Sentence | None, Field(description="Where it can be seen, e.g. a document's number.")] = None


class TimeAsked(_Move):
    """The unit asks for a later deadline, and why."""

    due_at: Moment
    sentence: Sentence


class TimeGiven(_Move):
    due_at: Moment


class TimeRefused(_Move):
    sentence: Sentence | None = None


class DirectiveDone(_Move):
    """The unit says that it is done."""

    sentence: Sentence | None = None
    evidence: Sentence | None = None


class DirectiveCannot(_Move):
    """The unit says that it cannot be done, and why."""

    sentence: Sentence


class DirectiveVerified(_Move):
    """Who ordered it agrees that it is done."""

    sentence: Sentence | None = None


class DirectiveClosed(_Move):
    """Who ordered it takes it back, or needs it no more."""

    sentence: Sentence


class DirectiveReopened(_Move):
    """Who ordered it wants it done still."""

    sentence: Sentence
    due_at: Moment | None = None


WITH_THE_UNIT = ("issued", "accepted", "asking", "cannot")  # not yet said to be done
OPEN = (*WITH_THE_UNIT, "done")


def _check(subject: str, time: datetime, data: Any) -> None:
    if isinstance(data, Directive) and data.aim_whole is not None and (data.aim_value or 0) > data.aim_whole:
        raise Breach("data.aim_value", "more_than_whole")


DIRECTIVE = Domain(
    "directive",
    "Chỉ đạo",
    {
        "issued": Directive,
        "accepted": DirectiveAccepted,
        "progressed": DirectiveProgress,
        "asked": TimeAsked,
        "extended": TimeGiven,
        "refused": TimeRefused,
        "done": DirectiveDone,
        "cannot": DirectiveCannot,
        "verified": DirectiveVerified,
        "closed": DirectiveClosed,
        "reopened": DirectiveReopened,
    },
    counters=(
        Counter("issued", "Đã chỉ đạo", "directives, on the day they were given", noun=Noun.DIRECTIVE),
        Counter("done", "Báo xong", "of these said to be done, on that day", noun=Noun.DIRECTIVE),
        Counter("done_on_time", "Báo xong đúng hạn", "said to be done at or before the deadline", noun=Noun.DIRECTIVE),
        Counter("done_late", "Báo xong trễ hạn", "said to be done after the deadline", noun=Noun.DIRECTIVE),
        Counter("verified", "Đã kiểm", "of these seen to be done by who ordered them", noun=Noun.DIRECTIVE),
        Counter("extensions", "Cho lùi hạn", "new deadlines given", noun=Noun.TIME),
        Counter("open", "Đang mở", "given and neither verified nor closed", Kind.NOW, Noun.DIRECTIVE, OPEN),
        Counter("unanswered", "Chưa nhận", "the unit has not answered", Kind.NOW, Noun.DIRECTIVE, ("issued",)),
        Counter(
            "waiting",
            "Chờ ý kiến",
            "the unit asks for time, cannot, or says it is done: who ordered is to answer",
            Kind.NOW,
            Noun.DIRECTIVE,
            ("asking", "cannot", "done"),
        ),
        Counter(
            "overdue",
            "Quá hạn",
            "not said to be done and past the deadline",
            Kind.NOW,
            Noun.DIRECTIVE,
            WITH_THE_UNIT,
            DueLook.PAST,
        ),
    ),
    part="chỉ tiêu",
    check=_check,
)
