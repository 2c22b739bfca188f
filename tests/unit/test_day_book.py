"""What adapters have sent, told as digests."""

import json
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

from schemas.contracts import CONTRACTS
from schemas.digests import hash_of
from schemas.province import ZONE
from streams.intake.day_book import DIGEST, DayBook
from streams.intake.outgoing import Outgoing
from streams.intake.reading import digests as told_of
from tests.unit.tables import RECORDED, Unseen, said, table

SOURCE = "urn:test:probes"
TODAY, TOMORROW = date(2024, 1, 31), date(2024, 2, 1)
NOW = datetime(2024, 2, 1, 0, 10, tzinfo=UTC)


def outgoing(id: str, time: str, unit: str | None = None) -> Outgoing:
    event = {"id": id, "time": time, "data": {"system": "s", **({"unit": unit} if unit else {})}}
    return Outgoing("system.measured.v1", b"s", json.dumps(event).encode())


def told(book: DayBook, until: date) -> list[tuple[str, str | None, list[str]]]:
    found = []
    for one in book.told(until, NOW):
        assert (one.kind, one.key) == (DIGEST, SOURCE.encode())
        data = CONTRACTS["platform"].parse(one.value).data
        assert data.hash == hash_of(data.ids)
        found.append((data.day.isoformat(), data.unit, list(data.ids)))
    return found


def test_a_closed_day_is_told_once_by_the_day_of_the_events_in_the_province() -> None:
    book = DayBook(SOURCE, "platform")
    for id, time, unit in (("b", "2024-01-31T16:59:59Z", "u"), ("a", "2024-01-31T00:00:00Z", "u")):
        book.note(outgoing(id, time, unit))
    book.note(outgoing("c", "2024-01-31T08:00:00+07:00"))
    book.note(outgoing("d", "2024-01-31T17:00:00Z"))  # 0:00 of the next day

    assert told(book, TODAY) == []
    assert told(book, TOMORROW) == [("2024-01-31", None, ["c"]), ("2024-01-31", "u", ["a", "b"])]
    assert told(book, TOMORROW) == []
    assert told(book, date.max) == [("2024-02-01", None, ["d"])]


def test_what_was_kept_is_gone_on_with_and_after_a_kill_the_day_is_told_of_by_nobody(tmp_path: Path) -> None:
    kept = tmp_path / "sent.json"
    book = DayBook.kept(kept, SOURCE, "platform", TODAY)
    book.note(outgoing("a", "2024-01-31T08:00:00+07:00"))
    book.note(outgoing("b", "2024-02-01T08:00:00+07:00"))
    assert told(book, TOMORROW) == [], "nobody knows what was sent of that day before"

    book.keep(kept)
    again = DayBook.kept(kept, SOURCE, "platform", TOMORROW)
    again.note(outgoing("c", "2024-02-01T09:00:00+07:00"))
    assert not kept.exists(), "it stands for one start"
    killed = DayBook.kept(kept, SOURCE, "platform", TOMORROW)
    killed.note(outgoing("d", "2024-02-01T10:00:00+07:00"))

    assert told(again, date.max) == [("2024-02-01", None, ["b", "c"])]
    assert told(killed, date.max) == []


def test_what_is_held_under_another_day_and_unit_is_told_of_there() -> None:
    book = DayBook(SOURCE, "platform")
    book.note(outgoing("a", "2024-01-31T08:00:00+07:00", "new"))
    book.note(outgoing("b", "2024-01-31T08:00:00+07:00", "new"))
    new, old = (date(2024, 1, 31), "new"), (date(2024, 1, 30), "old")
    book.move("a", new, "a", old, new)
    book.move("b", new, "b", old)

    assert told(book, date.max) == [("2024-01-30", "old", ["b"]), ("2024-01-31", "new", ["a"])]


def test_a_file_of_years_stays_out_of_memory() -> None:
    book = DayBook(SOURCE, "platform")
    tracemalloc.start()
    for number in range(40_000):
        book.note(outgoing(f"{number:064d}", f"2024-01-{number % 28 + 1:02d}T08:00:00Z", f"unit-{number % 3}"))
    _, noted = tracemalloc.get_traced_memory()
    count = sum(CONTRACTS["platform"].parse(one.value).data.count for one in book.told(date.max, NOW))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 40_000
    assert noted < 500_000, "an id is 64 bytes and stands once for each event"
    assert peak < 3_000_000


def test_a_table_that_holds_whole_days_is_told_of_behind_its_events() -> None:
    mapping = (RECORDED / "tables/datasets.toml").read_text("utf-8")
    path, viewer = RECORDED / "tables/datasets.csv", Unseen()
    plain = said(table(path, mapping, viewer))
    reading = table(path, mapping.replace("[file]", "[file]\nwhole_days = true"), viewer)
    assert said(reading) == plain

    digests = [json.loads(one.value) for one in told_of(reading.report)]
    assert {one["type"] for one in digests} == {DIGEST}
    assert sorted(id for one in digests for id in one["data"]["ids"]) == sorted(one["id"] for one in plain)
    assert {(one["data"]["day"], one["data"].get("unit")) for one in digests} == {
        (datetime.fromisoformat(one["time"]).astimezone(ZONE).date().isoformat(), one["data"]["unit"]) for one in plain
    }
