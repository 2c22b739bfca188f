"""What people write above and below a table."""

from pathlib import Path

from streams.intake.log import Log
from tests.unit.intake import mapping
from tests.unit.tables import Unseen, said, table
from tests.unit.test_tables import BACKUP, at, workbook

BACKUP_OF_A_WORKBOOK = f'source = "urn:test"\n[file]\nformat = "xlsx"\n{BACKUP}'


def test_what_stands_above_the_headings_is_passed_over_in_a_table_and_in_a_log(tmp_path: Path) -> None:
    title: list[list[object]] = [
        ["UBND TỈNH"],
        [],
        ["SỔ", None, "Tháng 11"],
        ["Số", "Tên"],
        ["Ngày", "31/01/2024"],
    ]
    path, viewer = workbook(tmp_path, [*title, ["a", "b"], [at("2024-01-31T08:00"), "x"]]), Unseen()
    (event,) = said(table(path, BACKUP_OF_A_WORKBOOK, viewer))

    assert (event["time"], viewer.rejections) == ("2024-01-31T01:00:00Z", [])

    path = workbook(tmp_path, [*title, ["case", "step", "time", "unit"], ["c1", "s", at("2024-01-31T08:00"), "u"]])
    chosen = mapping(file='format = "xlsx"')
    with Log(path, chosen) as log:
        assert [row.line for row in log] == [7]
