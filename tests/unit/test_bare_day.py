"""A day without a time is that day, in every way in: on time up to its deadline's day, late from the next on."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboards.lateness import judged as said_of
from dashboards.readers.cases import StoredCase
from dashboards.views.cases.case_page import _lead
from dashboards.words import NB
from schemas.contracts import TYPES
from schemas.province import ZONE, day_of, end_of, moment
from streams.intake import bare_day
from streams.intake.moments import Moment, reader
from streams.intake.portal.layout import load
from streams.intake.portal.reading import PortalReading, PortalSaid
from streams.intake.xlsx_cells import EPOCH_1900, of_number
from tests.unit.dvcqg import base
from tests.unit.dvcqg import one as one_message
from tests.unit.intake import from_csv, mapping
from tests.unit.tables import HASHER, NOW, Unseen, filled, reference, said, table, template

DUE = date(2024, 11, 6)
CASES = """
source = "urn:test"
[file]
format = "csv"
[[event]]
type = "case.finished.v1"
time = "xong"
subject = "{ma}"
[[event]]
type = "case.accepted.v1"
time = "nhan"
subject = "{ma}"
columns = { DUE = "hen" }
constants = { unit = "U", channel = "direct" }
"""
Way = Callable[[Path, str, str], list[dict[str, Any]]]


def log(folder: Path, begun: str, done: str) -> list[dict[str, Any]]:
    chosen = mapping(columns='case = "a"\nstep = "s"\ntime = "t"\nunit = "u"\nstart = "b"\ndue = "d"\nend = "e"')
    events, rejections = from_csv(chosen, f"a,s,t,u,b,d,e\nc1,x,{begun},U,{begun},{DUE},{done}\n")
    assert [one.rule for one in rejections] == ["before_acceptance"] * (done < begun[:10])
    return events


def ledger(folder: Path, begun: str, done: str) -> list[dict[str, Any]]:
    chosen = mapping(columns='case = "a"\nunit = "u"\nstart = "b"\ndue = "d"\nend = "e"')
    return from_csv(chosen, f"a,u,b,d,e\nc1,U,{begun},{DUE},{done}\n")[0]


def cases(field: str) -> Way:
    def way(folder: Path, begun: str, done: str) -> list[dict[str, Any]]:
        path = folder / "cases.csv"
        path.write_text(f"ma,nhan,hen,xong\nc1,{begun},{DUE},{done}\n", "utf-8")
        return said(table(path, CASES.replace("DUE", field), Unseen()))

    return way


def tasks(folder: Path, begun: str, done: str) -> list[dict[str, Any]]:
    given = [1, date.fromisoformat(begun), "KH30-2024", "05", None, "Số hóa", "Nhiệm vụ chung", DUE]
    told = [1, date.fromisoformat(done), "KH30-2024", "05", None, 100, "Hoàn thành"]
    path = filled("nhiem-vu", folder, {"Giao nhiệm vụ": [given], "Tiến độ nhiệm vụ": [told]})
    return said(template(path, Unseen()))


def petitions(folder: Path, begun: str, done: str) -> list[dict[str, Any]]:
    path = folder / "petitions.json"
    row = {
        "code": "p1",
        "unit": "so-tu-phap",
        "kind": "TTHC",
        "received": begun,
        "answered": done,
        "due_on": str(DUE),
    }
    layout = load(None)
    names = {field: getattr(layout.petitions, field)[0] for field in row}
    path.write_text(json.dumps([{names[field]: value for field, value in row.items()}]), "utf-8")
    return said(PortalReading(path, layout, reference(), HASHER, NOW, Unseen(), PortalSaid()))


def message(folder: Path, begun: str, done: str) -> list[dict[str, Any]]:
    body = base()
    body["data"][0] |= {"NgayNopHoSo": "", "NgayTiepNhan": begun, "NgayHenTra": str(DUE), "NgayKetThucXuLy": done}
    return [event.model_dump(mode="json") for event in one_message(body).events]


WAYS = [log, ledger, cases("due_on"), cases("due_at"), tasks, petitions, message]
NAMES = ["log", "ledger", "table with due_on", "table with due_at", "template", "portal export", "sync message"]


def judged(events: list[dict[str, Any]]) -> tuple[datetime, datetime, datetime] | None:
    """When it began, by when it had to be done, and when it was."""
    begin = next(e for e in events if e["type"] in bare_day.BEGINS)
    done = [e for e in events if e["type"] in bare_day.DONE]
    data = begin["data"]
    due = end_of(date.fromisoformat(data["due_on"])) if data.get("due_on") else moment(at(data["due_at"]))
    return (at(begin["time"]), datetime.fromtimestamp(due / 1e6, UTC), at(done[0]["time"])) if done else None


MIDNIGHTS = [w for w in WAYS if w is not tasks], [n for n in NAMES if n != "template"]


@pytest.mark.parametrize("time", ["T00:00:00", "T00:00", "T00:00:00.000+07:00"])
@pytest.mark.parametrize("way", MIDNIGHTS[0], ids=MIDNIGHTS[1])
def test_zero_hours_say_no_time_in_every_way_in(
    way: Way, time: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """00:00:00 of the appointment's day was a deadline nearly a day too early."""
    written = f"{DUE}{time}"
    monkeypatch.setitem(globals(), "DUE", written)
    for days, late in ((-1, False), (0, False), (1, True)):
        done = date(2024, 11, 6) + timedelta(days=days)

        found = judged(way(tmp_path, "2024-11-01T08:00:00", f"{done}{time}"))

        assert found is not None
        assert found[1] == datetime(2024, 11, 7, tzinfo=ZONE)
        assert (found[2] > found[1]) is late, days


def test_zero_hours_of_a_cell_that_shows_them_say_no_time_either() -> None:
    shown = of_number("45602", "dd/mm/yyyy hh:mm", EPOCH_1900)  # 06/11/2024 00:00, typed or pasted as a date
    found = reader(("iso",), ZONE)(shown)

    assert bare_day.due(found) == {"due_on": "2024-11-06"}
    minute = reader(("iso",), ZONE)(of_number(str(45602 + 1 / 1440), "dd/mm/yyyy hh:mm", EPOCH_1900))
    assert bare_day.due(minute) == {"due_at": "2024-11-05T17:01:00Z"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_what_is_done_on_the_deadlines_day_is_on_time_and_on_the_next_late(way: Way, tmp_path: Path) -> None:
    for days, late in ((-5, False), (-1, False), (0, False), (1, True), (30, True)):
        done = DUE + timedelta(days=days)

        found = judged(way(tmp_path, "2024-11-01", str(done)))

        assert found is not None
        begun, due, ended = found
        assert day_of(moment(begun)) == (date(2024, 11, 1) - date(1970, 1, 1)).days
        assert day_of(moment(ended)) == (done - date(1970, 1, 1)).days
        assert (ended > due) is late, days


@pytest.mark.parametrize("way", [w for w in WAYS if w is not tasks], ids=[n for n in NAMES if n != "template"])
def test_what_is_done_before_it_began_is_named_and_on_its_first_day_it_is_not(way: Way, tmp_path: Path) -> None:
    assert judged(way(tmp_path, "2024-11-02", "2024-11-01")) is not None

    found = judged(way(tmp_path, "2024-11-02", "2024-11-02"))

    assert found is not None
    assert found[0] <= found[2]


def test_an_end_on_the_day_of_a_beginning_with_a_time_does_not_lie_before_it(tmp_path: Path) -> None:
    for way in (log, ledger, cases("due_on"), message):
        found = judged(way(tmp_path, "2024-11-02T14:30:00+07:00", "2024-11-02"))

        assert found is not None
        assert found[0] == found[2]


def test_every_type_that_ends_or_begins_is_one_of_the_contract() -> None:
    assert {*bare_day.ENDS, *bare_day.BEGINS} <= {*TYPES}


def test_a_certificate_holds_until_the_end_of_its_last_day() -> None:
    day = reader(("iso",), ZONE)("2024-11-06")

    assert day is not None
    assert bare_day.until(day).us == end_of(DUE)
    assert bare_day.until(Moment(5)) == Moment(5)


def moments(accepted: str, due: str, ended: str) -> StoredCase:
    return StoredCase(
        "H", "U", "", "online", None, at(accepted), at(due), at(ended), "finished", None, 9, None, None, "U",
        None, False, False,
    )  # fmt: skip


def test_the_case_page_counts_the_days_of_a_bare_day_and_calls_no_late_case_on_time() -> None:
    """Due on 06/11; done on 07/11, of which only the day is known."""
    late = moments("2024-11-02T01:00:00+00:00", "2024-11-06T17:00:00+00:00", "2024-11-06T17:00:01+00:00")
    in_time = late._replace(ended_at=at("2024-11-05T17:00:01+00:00"))
    backwards = late._replace(ended_at=at("2024-10-31T17:00:01+00:00"))

    assert said_of(late, NOW)[1:] == (True, f"1{NB}ngày")
    assert "Xong trễ" in words(late)
    assert f"sau 3{NB}ngày làm việc, đúng hạn" in words(in_time)
    assert "sau" not in words(backwards)
    assert "Ngày xong trước ngày tiếp nhận" in words(backwards)


def words(case: StoredCase) -> str:
    return " ".join(part if isinstance(part, str) else str(part.children) for part in _lead(case, None, NOW))


@pytest.mark.parametrize("due", ["20260408", "20260408000000", "2026-04-08", "2026-04-08T00:00:00"])
@pytest.mark.parametrize(
    ("ended", "late"),
    [
        ("20260408", False),
        ("20260408000000", False),
        ("20260408173000", False),
        ("20260409", True),
        ("20260409000000", True),
        ("2026-04-09T00:00:00", True),
    ],
)
def test_a_day_of_a_sync_message_is_that_day_with_and_without_zeros(due: str, ended: str, late: bool) -> None:
    body = base()
    body["data"][0] |= {
        "NgayNopHoSo": "", "NgayTiepNhan": "20260401080000", "NgayHenTra": due, "NgayKetThucXuLy": ended
    }  # fmt: skip
    found = judged([event.model_dump(mode="json") for event in one_message(body).events])

    assert found is not None
    assert found[1] == datetime(2026, 4, 9, tzinfo=ZONE)
    assert (found[2] > found[1]) is late
