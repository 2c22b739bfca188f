"""``ioc.tasks``: what was assigned to units and what becomes of it.

Plan 30/KH-UBND of 23/01/2024 (3 late, 10 common, 26 specific tasks), Plan 106 of 06/7/2023 (43 pilot models, mô hình
điểm), any other plan. The subject is the task's code in its plan; a task of several units is one subject a unit, so
that each answers for its own (``30/05/so-tu-phap``).
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.counter_kinds import Counter, DueLook, Kind, Noun
from schemas.domain import Day, Domain
from schemas.envelope import Frozen, Key, Text


class TaskKind(StrEnum):
    LATE = "late"  # nhiệm vụ chậm tiến độ
    COMMON = "common"  # nhiệm vụ chung
    SPECIFIC = "specific"  # nhiệm vụ cụ thể
    PILOT = "pilot"  # mô hình điểm
    OTHER = "other"


class Assignment(Frozen):
    """The task, who answers for it and until when."""

    title: Text
    plan: Annotated[Key, Field(description="Key of the plan in the reference data, e.g. 30/KH-UBND.")]
    kind: TaskKind
    unit: Annotated[Key, Field(description="The unit that answers for it.")]
    due_on: Day | None = None


class Progress(Frozen):
    percent: Annotated[int, Field(ge=0, le=100)]
    evidence: Annotated[Text | None, Field(description="Where it can be seen, e.g. a document's number.")] = None


class TaskExtension(Frozen):
    due_on: Day
    document: Annotated[Text | None, Field(description="By which it was extended.")] = None


class Block(Frozen):
    by: Annotated[Key, Field(description="Key of the unit or agency it waits for.")]
    reason: Text | None = None


class Unblock(Frozen):
    """It can go on."""


class Done(Frozen):
    evidence: Text | None = None


class Cancellation(Frozen):
    document: Text | None = None


OPEN = ("open", "blocked")

TASK = Domain(
    "task",
    "Nhiệm vụ",
    {
        "assigned": Assignment,
        "extended": TaskExtension,
        "progressed": Progress,
        "blocked": Block,
        "unblocked": Unblock,
        "done": Done,
        "cancelled": Cancellation,
    },
    counters=(
        Counter("assigned", "Đã giao", "tasks, on the day of assignment", noun=Noun.TASK),
        Counter("done", "Hoàn thành", "tasks done", noun=Noun.TASK),
        Counter("done_on_time", "Hoàn thành đúng hạn", "done at or before the deadline", noun=Noun.TASK),
        Counter("done_late", "Hoàn thành trễ hạn", "done after the deadline", noun=Noun.TASK),
        Counter("extensions", "Gia hạn", "new deadlines given", noun=Noun.TIME),
        Counter("reports", "Báo cáo tiến độ", "reports of progress", noun=Noun.TIME),
        Counter("cancelled", "Đã bỏ", "tasks taken back", noun=Noun.TASK),
        Counter("open", "Đang thực hiện", "assigned and not ended", Kind.NOW, Noun.TASK, OPEN),
        Counter("blocked", "Đang vướng", "waits for somebody else", Kind.NOW, Noun.TASK, ("blocked",)),
        Counter("overdue", "Quá hạn", "open and past the deadline", Kind.NOW, Noun.TASK, OPEN, DueLook.PAST),
        Counter("due_soon", "Sắp đến hạn", "open and due within seven days", Kind.NOW, Noun.TASK, OPEN, DueLook.SOON),
    ),
    part="kế hoạch",
    rules=2,
)
