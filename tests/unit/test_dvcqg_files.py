"""Files of recorded messages, and ``ioc ingest dvcqg`` as far as it goes without Kafka."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from infra.errors import OperatorError
from streams.intake.dvcqg.reading import Messages
from streams.intake.errors import IntakeError
from streams.intake.outgoing import Outgoing
from streams.intake.reading import ImportReport
from streams.intake.rows import Rejection
from tests.unit.dvcqg import HASHER, MESSAGES, SOURCE, base

NOW = datetime(2024, 3, 1, tzinfo=UTC)


class Remembering:
    """A viewer."""

    def __init__(self) -> None:
        self.rejections: list[Rejection] = []

    def read(self, position: int, size: int) -> None:
        assert 0 <= position <= size

    def sent(self, sent: int, acknowledged: int) -> None: ...

    def taken(self, so_far: object) -> None: ...

    def rejected(self, rejection: Rejection) -> None:
        self.rejections.append(rejection)


def read(path: Path, message: str = "") -> tuple[list[Outgoing], list[Rejection], ImportReport]:
    viewer = Remembering()
    reading = Messages(path, SOURCE, HASHER, viewer, NOW, message=message)
    return list(reading.events()), viewer.rejections, reading.report


def line(name: str) -> bytes:
    return json.dumps(base(name), ensure_ascii=False).encode()


def test_one_message_a_line_a_list_of_messages_and_a_gzipped_file_are_the_same(tmp_path: Path) -> None:
    names = ("accepted_online", "progress", "dummy_identity")
    lines = b"\n\n".join(map(line, names)) + b"\n"
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "b.json").write_text(json.dumps([base(name) for name in names]), "utf-8-sig")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(lines))

    found = [read(path) for path in sorted(tmp_path.iterdir())]

    assert [(rejections, report.rows) for _, rejections, report in found] == [([], 3)] * 3
    assert found[0][0] == found[1][0] == found[2][0]
    assert found[0][2].events.total() == len(found[0][0]) == 14


def test_a_broken_line_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{\n" + line("progress") + b"\n" + b'[{"MaHoSo": 1.5, "MaTTHC": "x"}]')
    events, rejections, report = read(tmp_path / "a.jsonl")
    assert len(events) == 4
    assert [(one.line, one.field, one.rule) for one in rejections] == [
        (1, "body", "json_invalid"),
        (3, "[0].MaHoSo", "string_type"),
    ]
    assert (report.rows, report.rejected_rows, report.clean) == (3, 2, False)


def test_a_gzip_file_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    whole = gzip.compress(b"\n".join(line("progress") for _ in range(2_000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    events, rejections, _ = read(tmp_path / "a.jsonl.gz")
    assert events
    assert rejections[-1].rule == "gzip_broken"


def test_what_happened_before_the_topic_or_after_now_is_rejected_here(tmp_path: Path) -> None:
    old, new = base(), base()
    old["data"][0]["NgayNopHoSo"] = "20011231080000"
    new["data"][0]["NgayTra"] = "20240305080000"
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(old)}\n{json.dumps(new)}\n", "utf-8")
    _, rejections, _ = read(tmp_path / "a.jsonl")
    assert (1, "case.submitted.v1", "before_earliest") in [one[:3] for one in rejections]
    assert (2, "case.returned.v1", "too_far_ahead") in [one[:3] for one in rejections]


def test_a_file_of_another_kind_or_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"ends in \.json"):
        read(tmp_path / "a.xml")
    with pytest.raises(IntakeError, match="cannot read"):
        read(tmp_path / "a.json")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(build(), ["ingest", "dvcqg", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_a_dry_run_of_every_recorded_message_is_clean_and_reports_each_file() -> None:
    paths = [str(path) for path in MESSAGES.values()]
    code, said = run(*paths, "--dry-run")
    assert code == 0
    assert [name for name in paths if f"{name}:" not in said] == []
    assert said.count("nothing was sent") == len(paths)


def test_rejections_are_listed_by_file_line_field_and_rule_and_the_exit_code_says_so(tmp_path: Path) -> None:
    wrong = base()
    wrong["data"][0]["NgayTra"] = "hôm qua"
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(wrong), "utf-8")
    listed = tmp_path / "rejected.csv"
    code, said = run(str(tmp_path / "a.json"), str(tmp_path / "b.json"), "--dry-run", "--rejected", str(listed))
    assert code == 3
    assert "line 1: data[0].NgayTra: date_format" in said
    assert "hôm qua" not in said
    assert listed.read_text("utf-8").splitlines() == [
        "file,line,field,rule",
        f"{tmp_path}/a.json,1,data[0].NgayTra,date_format",
        f"{tmp_path}/b.json,1,data[0].NgayTra,date_format",
    ]


def test_a_file_that_cannot_be_read_ends_the_command(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot read"):
        run(str(tmp_path / "away.json"), "--dry-run")
