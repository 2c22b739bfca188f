"""The examples of the topics' and sources' answers."""

from datetime import UTC, date, datetime

from pydantic import BaseModel

from dashboards.api import answers
from dashboards.api.examples import AS_OF, GROUND
from dashboards.readers import domains, subjects
from dashboards.views.topics import answers as topic_answers
from schemas.cases import SIMULATED
from schemas.losses import SourceLoss
from schemas.tasks import TASK

_ASSIGNED = datetime(2026, 10, 5, 1, 30, tzinfo=UTC)
_DUE = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
_TASK = subjects.StoredSubject(
    subject="30/05/so-tu-phap",
    unit="so-tu-phap",
    part="30/KH-UBND",
    standing="blocked",
    title="Số hóa hồ sơ lĩnh vực hộ tịch",
    opened_at=_ASSIGNED,
    due_at=_DUE,
    ended_at=None,
    last_at=_ASSIGNED,
    voided_at=None,
    oversized=False,
    simulated=True,
    detail={"kind": "specific", "percent": 60, "blocked_by": "so-tttt"},
)
_COUNTS: dict[str, int | None] = {counter.name: 0 for counter in TASK.counters}
_COUNTS |= {"assigned": 39, "done": 21, "done_on_time": 18, "done_late": 3, "open": 18, "blocked": 4, "overdue": 3}
_DAYS = answers.Days(first=date(2026, 11, 1), last=date(2026, 11, 30))

GOOD: dict[str, BaseModel] = {
    "/api/v1/topics/{domain}/figures": topic_answers.TopicFigures(
        **GROUND,
        domain=TASK.name,
        label=TASK.label,
        part=TASK.part,
        by=domains.DomainBy.TOTAL,
        days=_DAYS,
        counters=[topic_answers.CounterWords.of(counter) for counter in TASK.counters],
        rows=[topic_answers.TopicRow(key="", counts=_COUNTS)],
    ),
    "/api/v1/topics/{domain}/subjects": topic_answers.Subjects(
        **GROUND,
        domain=TASK.name,
        list_as_of=AS_OF,
        days=_DAYS,
        subjects=[topic_answers.ListedSubject.counted(subjects.CountedSubject(_TASK, 1))],
        next_cursor=None,
    ),
    "/api/v1/topics/{domain}/subjects/{subject}": topic_answers.OneSubject(
        **GROUND,
        domain=TASK.name,
        subject=topic_answers.Subject.model_validate(_TASK),
        history=[
            topic_answers.SubjectEvent(
                kind="assigned",
                time=_ASSIGNED,
                source=SIMULATED,
                id="7f3c0b",
                data={
                    "title": "Số hóa hồ sơ lĩnh vực hộ tịch",
                    "plan": "30/KH-UBND",
                    "kind": "specific",
                    "unit": "so-tu-phap",
                    "due_on": "2026-11-20",
                },
            )
        ],
    ),
    "/api/v1/sources": topic_answers.Sources(
        **GROUND,
        days=answers.Days(first=date(2026, 11, 18), last=date(2026, 11, 24)),
        losses=[
            topic_answers.Loss.of(
                SourceLoss(SIMULATED, "tasks", date(2026, 11, 23), "so-tu-phap", 12, 11, 1, ("7f3c0c",))
            )
        ],
    ),
}
