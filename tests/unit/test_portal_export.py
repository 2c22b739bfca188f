"""Exports of the national portal: CSV, XLSX and JSON in, figures and petitions out."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from infra.cli.__main__ import build
from schemas.contracts import CONTRACTS
from streams.intake.errors import IntakeError
from streams.intake.portal.layout import load
from streams.intake.portal.reading import PortalReading, PortalSaid, period_of, score_of
from tests.unit.tables import HASHER, NOW, RECORDED, Unseen, reference, said

FOLDER = RECORDED / "portal"


def export(path: Path, viewer: Unseen, whole: PortalSaid | None = None) -> PortalReading:
    return PortalReading(path, load(None), reference(), HASHER, NOW, viewer, whole or PortalSaid())


def figures(events: list[dict[str, Any]]) -> list[tuple[str, int, int, int | None]]:
    return [
        (e["subject"], e["data"]["numerator"], e["data"]["denominator"], e["data"].get("score_milli")) for e in events
    ]


def test_a_row_a_component_by_name_number_or_code_and_an_unknown_unit_is_kept() -> None:
    viewer = Unseen()
    events = said(export(FOLDER / "components.csv", viewer))

    assert viewer.rejections == []
    assert figures(events) == [
        ("so-tu-phap/2024-01/DOSSIER_SYNC", 1802, 2010, 5379),
        ("so-tu-phap/2024-01/ORIGINAL_RESULT_AVAILABLE", 900, 1000, 5400),
        ("26017/2024-01/DOSSIER_SYNC", 321, 400, 4815),
        ("Đơn vị chưa biết/2023-Q4/PROGRESS", 10, 20, 10000),
    ]
    assert {event["data"]["published_on"] for event in events} == {"2024-01-31"}
    assert {event["source"] for event in events} == {"urn:dongnai:cong-dvcqg"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_stands_above_the_headings_of_an_export_is_passed_over(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "xuat.csv"
    title = "CỔNG DỊCH VỤ CÔNG QUỐC GIA\n\nKết quả, tháng 01/2024\n"
    path.write_text(title + (FOLDER / "components.csv").read_text("utf-8-sig"), encoding)

    assert said(export(path, Unseen())) == said(export(FOLDER / "components.csv", Unseen()))


def test_the_portals_own_keys_in_a_tree_with_the_period_around_it() -> None:
    viewer = Unseen()
    events = said(export(FOLDER / "tree.json", viewer))

    assert viewer.rejections == []
    assert figures(events) == [
        ("so-y-te/2024-01/ONLINE_DOSSIERS", 480, 960, None),
        ("so-y-te/2024-01/ONLINE_SERVICES_USED", 12, 30, None),
        ("26041/2024-01/ONLINE_DOSSIERS", 5, 50, None),
        ("so-tu-phap/2024-01/ONLINE_PAYMENT", 70, 100, None),
        ("so-tu-phap/2024-01/PAYMENT_FORMALITIES_USED", 4, 10, None),
        ("so-tu-phap/2024-01/PAYMENT_FORMALITIES", 9, 10, None),
    ]
    assert {event["time"] for event in events} == {"2024-01-30T17:00:00Z"}


def test_petitions_of_a_workbook_below_its_title() -> None:
    viewer = Unseen()
    events = said(export(FOLDER / "petitions.xlsx", viewer))

    assert viewer.rejections == []
    assert [(event["type"], event["subject"]) for event in events] == [
        ("petition.received.v1", "PA-1"),
        ("petition.answered.v1", "PA-1"),
        ("petition.rated.v1", "PA-1"),
        ("petition.received.v1", "PA-2"),
    ]
    assert events[0]["data"] == {"unit": "so-y-te", "kind": "procedure", "due_on": "2024-01-24"}


def test_what_a_file_does_not_say_is_said_for_it_and_what_is_wrong_is_told(tmp_path: Path) -> None:
    path, viewer = tmp_path / "x.csv", Unseen()
    path.write_text(
        "Đơn vị,Mã chỉ tiêu,Tử số,Mẫu số,Điểm\nSở Y tế,9.9,1,2,\nSở Y tế,1.4,x,2,\nSở Y tế,1.4,1,2,y\n", "utf-8"
    )
    events = said(export(path, viewer, PortalSaid("2024", date(2024, 12, 31))))

    assert figures(events) == [("so-y-te/2024/DOSSIER_SYNC", 1, 2, None)]
    assert [(one.line, one.column, one.rule) for one in viewer.rejections] == [
        (2, "Mã chỉ tiêu", "not_known"),
        (3, "Tử số", "whole_number"),
        (4, "Điểm", "number"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("x.csv", "a,b\n1,2\n", "names that the layout knows"),
        ("x.json", "{}", "names that the layout knows"),
        ("x.json", "{", "not JSON"),
        ("x.xlsx", "PK", "not an XLSX workbook"),
        ("x.pdf", "", "ends in .csv, .xlsx or .json"),
    ],
)
def test_a_file_that_is_no_export_is_refused(name: str, content: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(IntakeError, match=fault):
        said(export(path, Unseen()))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ({"period": "2024-01"}, "2024-01"),
        ({"period": "01/2024"}, "2024-01"),
        ({"period": "Tháng 9/2024"}, "2024-09"),
        ({"period": "Quý 2/2024"}, "2024-Q2"),
        ({"period": "2024-q3"}, "2024-Q3"),
        ({"period": "Năm 2024"}, "2024"),
        ({"year": "2024", "month": "3"}, "2024-03"),
        ({"year": "2024", "quarter": "4"}, "2024-Q4"),
        ({"year": "2024"}, "2024"),
        ({}, None),
    ],
)
def test_periods_as_people_write_them(text: dict[str, str], period: str | None) -> None:
    assert period_of(text) == period


def test_scores_become_thousandths() -> None:
    assert [score_of(text) for text in ("5,379", "5.4", "20", "x", "1e999", "NaN")] == ["5379", "5400", "20000"] + [
        None
    ] * 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["unit", "period", "year", "month", "component", "numerator", "denominator", "score", "toDate"]
            )
            | st.sampled_from(["channelOnlineSum", "channelTotalSum", "petitionCode", "kind", "received", "x"]),
            inner | st.sampled_from(["2024-01", "DOSSIER_SYNC", "2024-01-31", "so-y-te", "Bí Mật", 5]),
            max_size=9,
        )
    ),
    max_leaves=25,
)


@given(value=JSON)
def test_whatever_json_it_is_every_event_keeps_to_the_contract_and_no_error_quotes_it(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    path, viewer = tmp_path_factory.mktemp("j") / "x.json", Unseen()
    path.write_text(json.dumps(value), "utf-8")
    told = ""
    try:
        for one in export(path, viewer, PortalSaid("2024", date(2024, 1, 31))).events():
            CONTRACTS["portal"].parse(one.value)
    except IntakeError as exc:
        told = str(exc)
    assert "Bí Mật" not in told
    assert all("Bí Mật" not in "".join(map(str, one)) for one in viewer.rejections)


@given(raw=st.binary(max_size=300), kind=st.sampled_from(["csv", "xlsx", "json"]))
def test_whatever_bytes_it_is_nothing_crashes(tmp_path_factory: pytest.TempPathFactory, raw: bytes, kind: str) -> None:
    path = tmp_path_factory.mktemp("b") / f"x.{kind}"
    path.write_bytes(raw if kind != "csv" else b"unit;component;numerator;denominator\n" + raw)
    try:
        list(export(path, Unseen(), PortalSaid("2024", date(2024, 1, 31))).events())
    except IntakeError:
        return


def test_the_command_takes_several_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "nowhere"))
    files = [str(FOLDER / name) for name in ("components.csv", "tree.json", "petitions.xlsx")]
    result = CliRunner().invoke(build(), ["ingest", "portal", *files, "--dry-run"], catch_exceptions=False)

    assert result.exit_code == 0
    assert [line.split()[1] for line in result.stdout.splitlines() if line.strip().startswith("events ")] == [
        "4",
        "6",
        "4",
    ]
