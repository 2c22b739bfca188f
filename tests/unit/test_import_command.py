"""``ioc import`` as it is typed, as far as it goes without Kafka."""

from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from infra.cli.import_log import tell
from infra.errors import OperatorError
from streams.intake.arrival import ArrivalCounts
from streams.intake.reading import ImportReport

MAPPING = """
[file]
format = "csv"
[columns]
case = "case"
step = "step"
time = "time"
[constants]
source = "urn:test"
unit = "U"
"""
GOOD = "case,step,time,name\nc1,a,2024-01-31,Nguyễn Văn A\nc1,b,2024-02-01,Nguyễn Văn A\n"
BAD = GOOD + "c2,a,hôm qua,Trần Thị B\nc2,b,2024-02-01,,more\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "map.toml").write_text(MAPPING, "utf-8")
    (tmp_path / "good.csv").write_text(GOOD, "utf-8")
    (tmp_path / "bad.csv").write_text(BAD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(build(), ["import", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_a_dry_run_reads_everything_and_sends_nothing(files: Path) -> None:
    code, said = run("good.csv", "--mapping", "map.toml", "--dry-run")

    assert code == 0
    assert [line.split() for line in said.splitlines()[:4]] == [
        ["rows", "read", "2"],
        ["step", "2"],
        ["accepted", "1"],
        ["events", "3"],
    ]
    assert "nothing was sent" in said


def test_rejected_rows_are_listed_by_line_field_and_rule_and_the_exit_code_says_so(files: Path) -> None:
    code, said = run("bad.csv", "--mapping", "map.toml", "--dry-run", "--rejected", "rejected.csv")

    assert code == 3
    assert (
        "line 4: time: date_format: Ghi ngày dạng ngày/tháng/năm, ví dụ 31/12/2026.\nline 5: file: column_count: "
        in said
    )
    assert "hôm qua" not in said
    assert (files / "rejected.csv").read_text("utf-8").splitlines() == [
        "line,field,rule,column,sheet,cell,what_to_do",
        '4,time,date_format,,,,"Ghi ngày dạng ngày/tháng/năm, ví dụ 31/12/2026."',
        "5,file,column_count,,,,Số cột của dòng khác với dòng tiêu đề.",
    ]


def test_the_report_says_what_was_corrected_what_was_known_and_what_conflicts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = ImportReport(rows=9, events=Counter(accepted=9), corrected=3, known=2, conflicts=1, remarks=4)
    report.outcome = ArrivalCounts(5, 2, 0)
    tell(report, dry_run=False)
    said = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]

    assert said == [
        "rows read 9",
        "accepted 9",
        "events sent 7",
        "known by a correction, not sent 2",
        "new 5",
        "corrected 3",
        "duplicates 2",
        "rejected by the workers 0",
        "conflicts (other versions of an event) 1",
        "remarks on what was taken 4",
        "rows rejected 0",
    ]
    assert report.clean


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("absent.csv", "--mapping", "map.toml", "--dry-run"), r"cannot read absent\.csv"),
        (("good.csv", "--mapping", "absent.toml", "--dry-run"), r"no mapping absent\.toml"),
        (("good.csv", "--mapping", "wabo", "--dry-run"), r"columns\.case = 'case:concept:name': not there"),
    ],
)
def test_what_cannot_be_used_is_told_to_the_operator(files: Path, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(OperatorError, match=said):
        run(*arguments)


def test_without_a_home_nothing_can_be_imported_and_none_is_made(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = files / "nowhere"
    monkeypatch.setenv("IOC_HOME", str(home))

    with pytest.raises(OperatorError, match=r"nothing has ever run here.*ioc up"):
        run("good.csv", "--mapping", "map.toml")
    assert not home.exists()
