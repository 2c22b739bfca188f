"""What a rejected row leaves hanging is told."""

from datetime import date
from pathlib import Path

from tests.unit.tables import Unseen, filled, said, table, template

TASK = """
source = "urn:test:t"
[file]
format = "csv"
[[event]]
type = "task.assigned.v1"
time = "t"
subject = "KH/{code}/{unit}"
columns = { title = "title", unit = "unit" }
constants = { plan = "KH", kind = "specific" }
[[event]]
type = "task.done.v1"
time = "done"
subject = "KH/{code}/{unit}"
optional = true
"""


def test_progress_of_a_task_whose_assignment_was_rejected_is_told_and_hangs_no_more_once_it_is_right(
    tmp_path: Path,
) -> None:
    plan = "30/KH-UBND 23/01/2024"
    wrong: list[object] = [1, date(2024, 1, 23), plan, "05", None, "Số hóa sổ hộ tịch", "Việc riêng", None]
    right: list[object] = [*wrong[:6], "Nhiệm vụ chung", None]
    other: list[object] = [2, "hôm qua", plan, "06", None, "Việc khác", "Nhiệm vụ chung", None]
    progress: list[list[object]] = [[n, date(2024, 2, 15), plan, f"0{n}", None, 50] for n in (5, 6, 7)]

    viewer = Unseen()
    rows: dict[str, list[list[object]]] = {"Giao nhiệm vụ": [wrong, other], "Tiến độ nhiệm vụ": progress}
    reading = template(filled("nhiem-vu", tmp_path, rows), viewer)
    assert [event["type"] for event in said(reading)] == ["task.progressed.v1"] * 3
    told = [(one.sheet, one.line, one.rule) for one in viewer.rejections]
    assert told == [
        ("Giao nhiệm vụ", 5, "not_in_list"),
        ("Giao nhiệm vụ", 6, "date_format"),
        ("Tiến độ nhiệm vụ", 5, "hangs_on_a_rejected_row"),
        ("Tiến độ nhiệm vụ", 6, "hangs_on_a_rejected_row"),
    ]
    assert reading.report.rejected_rows == 2, "a row that hangs is taken"

    viewer = Unseen()
    rows["Giao nhiệm vụ"] = [wrong, right]
    rows["Tiến độ nhiệm vụ"] = progress[:1]
    said(template(filled("nhiem-vu", tmp_path, rows), viewer))
    assert [one.rule for one in viewer.rejections] == ["not_in_list"]


def test_the_end_of_a_task_is_told_to_hang_where_the_same_row_does_not_say_its_beginning(tmp_path: Path) -> None:
    path, viewer = tmp_path / "t.csv", Unseen()
    path.write_text("t,code,title,unit,done\n2024-01-31,1,,u,2024-02-01\n2024-01-31,2,b,u,2024-02-01\n", "utf-8")

    events = said(table(path, TASK, viewer))
    assert [event["type"] for event in events] == ["task.done.v1", "task.assigned.v1", "task.done.v1"]
    assert [(one.line, one.rule) for one in viewer.rejections] == [(2, "missing"), (2, "hangs_on_a_rejected_row")]
