"""Identity numbers planted in every field of every kind of file: none of them leaves it."""

import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from streams.intake.portal.layout import load
from streams.intake.portal.reading import PortalReading, PortalSaid
from tests.unit.intake import from_csv, mapping
from tests.unit.tables import HASHER, NOW, Unseen, filled, reference, said, table, template

PLANTED = ("075201000123", "075 201 000 124", "075.201.000.125", "271234567")
TASK = """
source = "urn:test"
[file]
format = "csv"
dates = ["iso"]
[[event]]
type = "task.assigned.v1"
time = "t"
subject = "{plan}/{code}/{unit}/{#title}"
id = "own"
columns = { title = "title", plan = "plan", unit = "unit", kind = "kind" }
constants = { kind = "other" }
"""


def holds_none(events: Iterable[object], viewer: Unseen | None = None) -> None:
    told = [list(one) for one in viewer.rejections] if viewer is not None else []
    written = json.dumps([list(events), told], ensure_ascii=False)
    plain = re.sub(r"[ .]", "", written)
    assert not [number for number in PLANTED if number in written or re.sub(r"[ .]", "", number) in plain]


def test_none_leaves_a_case_log() -> None:
    for number in PLANTED:
        case = number.replace(" ", ".")
        events, rejections = from_csv(
            mapping(), f"case,step,time,unit\nHS-{case},Gọi {number},2024-01-31,Tổ {number}\n"
        )
        assert rejections == []
        assert [event["subject"].startswith("HS-t1:") for event in events] == [True, True]
        assert events[0]["data"]["name"].startswith("Gọi t1:")
        assert events[0]["data"]["unit"].startswith("Tổ t1:")
        holds_none(events)


def test_none_leaves_a_table(tmp_path: Path) -> None:
    rows = [f"2024-01-31,{n},Việc {n},KH {n},{n},{n}," for n in PLANTED] + [
        f"{n},{n},{n},{n},{n},{n},{n}" for n in PLANTED
    ]
    path, viewer = tmp_path / "t.csv", Unseen()
    path.write_text("\n".join(["t,code,title,plan,unit,own,kind", *rows]), "utf-8")

    events = said(table(path, TASK, viewer))
    assert (len(events), len(viewer.rejections)) == (4, 4)
    holds_none(events, viewer)


def test_none_leaves_a_template(tmp_path: Path) -> None:
    plan = "30/KH-UBND 23/01/2024"
    rows: list[list[object]] = [
        [n, date(2024, 2, 15), plan, n, None, 50, "Đang vướng", n, f"Chờ {n}", n] for n in PLANTED
    ]
    wrong: list[list[object]] = [[n, n, n, n, n, n, n, n, n, n, n] for n in PLANTED]
    viewer = Unseen()
    events = said(template(filled("nhiem-vu", tmp_path, {"Tiến độ nhiệm vụ": rows + wrong}), viewer))

    assert (len(events), len({one.line for one in viewer.rejections})) == (8, 4)
    holds_none(events, viewer)


def test_none_leaves_an_export_of_the_portal(tmp_path: Path) -> None:
    figures = [{"unit": n, "component": c, "numerator": 1, "denominator": 2} for n in PLANTED for c in ("1.4", n)]
    petitions = [
        {"petitionCode": f"PA {n}", "unit": n, "kind": kind, "received": "2024-01-03"}
        for n in PLANTED
        for kind in ("TTHC", n)
    ]
    path, viewer = tmp_path / "x.json", Unseen()
    path.write_text(json.dumps([figures, petitions]), "utf-8")

    reading = PortalReading(path, load(None), reference(), HASHER, NOW, viewer, PortalSaid("2024", date(2024, 1, 31)))
    events = said(reading)
    assert (len(events), len(viewer.rejections)) == (8, 8)
    holds_none(events, viewer)
