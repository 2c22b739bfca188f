"""Every recorded file goes in, and its figures are found in the tables."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infra.endpoints import DatabaseUrls
from streams.intake.portal.layout import load
from streams.intake.portal.reading import PortalReading, PortalSaid
from streams.intake.reading import Events
from tests.integration.test_subjects import figures, take
from tests.unit.tables import HASHER, NOW, RECORDED, Unseen, filled, reference, said, table, template

TABLES: dict[str, dict[str, dict[str, int]]] = {
    "activities": {"activity": {"held": 3, "reached": 2205}},
    "backups": {"backup": {"made": 2, "failed": 1}},
    "datasets": {"dataset": {"measurements": 3}},
    "petitions": {"petition": {"received": 3, "answered": 2, "answered_on_time": 1, "answered_late": 1, "disliked": 1}},
    "tasks": {"task": {"assigned": 3, "reports": 2, "done": 1, "done_on_time": 1}},
}
PORTAL: dict[str, dict[str, dict[str, int]]] = {
    "components.csv": {"portal": {"figures": 4, "numerator": 3033, "denominator": 3430, "score_milli": 25594}},
    "tree.json": {"portal": {"figures": 6, "numerator": 580, "denominator": 1160}},
    "petitions.xlsx": {"petition": {"received": 2, "answered": 1, "answered_on_time": 1}},
}
A_DAY = date(2024, 1, 31)
FILLED: dict[str, tuple[dict[str, list[list[object]]], dict[str, dict[str, int]]]] = {
    "tap-huan": (
        {"Tập huấn": [[1, A_DAY, "Kỹ năng số", 40, 37]]},
        {"training": {"held": 1, "attended": 37, "invited": 40}},
    ),
    "nhan-luc": ({"Nhân lực": [[1, A_DAY, 25, 20, 2]]}, {"staffing": {"staff": 25, "trained": 20, "it_staff": 2}}),
    "truyen-thong": (
        {"Truyền thông": [[1, A_DAY, "Báo, đài", "Giới thiệu VNeID", 300]]},
        {"activity": {"held": 1, "reached": 300}},
    ),
    "du-lieu": (
        {
            "Tiến độ dữ liệu": [[1, A_DAY, "Hộ tịch", 125, 118, 112, 110, 109, 105, "Có"]],
            "Chiến dịch": [[1, A_DAY, "2024-01", "Làm sạch", "Hộ tịch", 50, "30/6/2024"]],
            "Tiến độ chiến dịch": [[1, date(2024, 2, 15), "2024-01", 50, "Có"]],
        },
        {
            "dataset": {"records": 125, "digitised": 118, "fresh": 105, "shared": 125, "measurements": 1},
            "campaign": {"planned": 1, "ended": 1},
        },
    ),
    "nhiem-vu": (
        {
            "Giao nhiệm vụ": [
                [1, A_DAY, "30/KH-UBND 23/01/2024", "5", None, "Số hóa", "Nhiệm vụ chung", date(2024, 2, 10)]
            ],
            "Tiến độ nhiệm vụ": [
                [1, date(2024, 2, 8), "30/KH-UBND 23/01/2024", 5, None, 50, "Đang thực hiện"],
                [2, date(2024, 2, 15), "30/KH-UBND 23/01/2024", "5", None, 100, "Hoàn thành"],
            ],
        },
        {"task": {"assigned": 1, "reports": 2, "done": 1, "done_late": 1}},
    ),
}


async def hold(database: DatabaseUrls, reading: Events, wanted: dict[str, dict[str, int]]) -> None:
    """Takes its events twice; the figures are those of once."""
    events: list[dict[str, Any]] = said(reading)
    contract = reading.topic.contract
    assert (await take(database, contract, events)).fresh == len(events)
    assert (await take(database, contract, events, start=len(events))).fresh == 0
    for domain, amounts in wanted.items():
        found = figures(database, domain)
        assert {counter: found.get(counter) for counter in amounts} == amounts


@pytest.mark.parametrize("name", TABLES)
async def test_a_recorded_table_comes_to_its_figures(database: DatabaseUrls, name: str) -> None:
    path = RECORDED / f"tables/{name}.toml"
    chosen = path.read_text("utf-8")
    file = path.with_suffix("." + tomllib.loads(chosen)["file"]["format"])
    await hold(database, table(file, chosen, Unseen()), TABLES[name])


@pytest.mark.parametrize("name", PORTAL)
async def test_an_export_of_the_portal_comes_to_its_figures(database: DatabaseUrls, name: str) -> None:
    path = RECORDED / "portal" / name
    await hold(
        database, PortalReading(path, load(None), reference(), HASHER, NOW, Unseen(), PortalSaid()), PORTAL[name]
    )


@pytest.mark.parametrize("name", FILLED)
async def test_a_filled_template_comes_to_its_figures(database: DatabaseUrls, name: str, tmp_path: Path) -> None:
    rows, wanted = FILLED[name]
    viewer = Unseen()
    await hold(database, template(filled(name, tmp_path, rows), viewer), wanted)
    assert viewer.rejections == []
