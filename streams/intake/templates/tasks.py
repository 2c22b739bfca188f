"""The template of ``ioc.tasks``: what was assigned, and how far it is."""

from dataclasses import replace
from datetime import date

from streams.intake.tables.mapping import Statement
from streams.intake.templates.declared import (
    AGAIN,
    Column,
    Sheet,
    Template,
    TemplateCell,
    again,
    choice,
    day,
    number,
    text,
)

PLAN, CODE, UNIT, STATE, PERCENT = "Kế hoạch", "Mã nhiệm vụ", "Đơn vị thực hiện", "Tình trạng", "% hoàn thành"
WAITS_FOR, REASON, EVIDENCE, NEW_DUE = "Chờ đơn vị", "Lý do vướng", "Minh chứng", "Gia hạn đến ngày"
OF_TASK = f"{{{PLAN}}}/{{{CODE}}}/{{{UNIT}}}"


def _which() -> tuple[Column, ...]:
    unit = choice(UNIT, "units", "Để trống nếu là đơn vị báo cáo.", "so-tu-phap", required=False, width=30)
    return (
        choice(PLAN, "plans", "Kế hoạch có nhiệm vụ này.", "KH30-2024", width=30),
        text(CODE, "Mã hoặc số của nhiệm vụ trong kế hoạch.", "05", required=True, most=40, width=14),
        replace(unit, reporter=True),
    )


def _said(kind: str, columns: dict[str, str], filled: tuple[str, ...] = (), state: str = "") -> Statement:
    return Statement(
        type=f"task.{kind}.v1",
        time="Ngày",
        subject=OF_TASK,
        revision=AGAIN,
        filled=filled,
        only={STATE: (state,)} if state else {},
        columns=columns,
    )


TASKS = Template(
    "nhiem-vu",
    "Báo cáo nhiệm vụ Đề án 06",
    (
        Sheet(
            "Giao nhiệm vụ",
            "Mỗi dòng là một nhiệm vụ của một đơn vị, ghi một lần khi được giao.",
            (
                number(),
                day("Ngày giao", "Ngày giao nhiệm vụ.", date(2024, 1, 23)),
                *_which(),
                text("Tên nhiệm vụ", "Tên nhiệm vụ trong kế hoạch.", "Số hóa sổ hộ tịch", required=True),
                choice("Loại nhiệm vụ", "task_kinds", "Loại nhiệm vụ.", "common"),
                replace(day("Hạn hoàn thành", "Hạn, nếu có.", date(2024, 6, 30)), required=False),
                again(),
            ),
            (
                Statement(
                    type="task.assigned.v1",
                    time="Ngày giao",
                    subject=OF_TASK,
                    revision=AGAIN,
                    columns={
                        "title": "Tên nhiệm vụ",
                        "plan": PLAN,
                        "kind": "Loại nhiệm vụ",
                        "unit": UNIT,
                        "due_on": "Hạn hoàn thành",
                    },
                ),
            ),
        ),
        Sheet(
            "Tiến độ nhiệm vụ",
            "Mỗi dòng là một nhiệm vụ đến một ngày: phần trăm, tình trạng, gia hạn, hoặc nhiều thứ cùng lúc.",
            (
                number(),
                day("Ngày", "Ngày của tiến độ, hoặc ngày hoàn thành.", date(2024, 2, 15)),
                *_which(),
                Column(PERCENT, TemplateCell.WHOLE, "Từ 0 đến 100.", 60, most=100, width=12),
                choice(STATE, "task_states", "Tình trạng.", "blocked", required=False, width=18),
                replace(choice(WAITS_FOR, "units", "Nếu đang vướng.", "cong-an-tinh", required=False), open=True),
                text(REASON, "Nếu đang vướng: vì sao.", "Chưa có quy chế chia sẻ dữ liệu"),
                text(EVIDENCE, "Số văn bản hoặc đường dẫn.", "Công văn 123/STP"),
                replace(day(NEW_DUE, "Hạn mới, nếu được gia hạn.", date(2024, 7, 31)), required=False),
                again(),
            ),
            (
                _said("extended", {"due_on": NEW_DUE}, (NEW_DUE,)),
                _said("progressed", {"percent": PERCENT, "evidence": EVIDENCE}, (PERCENT,)),
                _said("blocked", {"by": WAITS_FOR, "reason": REASON}, state="blocked"),
                _said("unblocked", {}, state="unblocked"),
                _said("done", {"evidence": EVIDENCE}, state="done"),
            ),
        ),
    ),
)
