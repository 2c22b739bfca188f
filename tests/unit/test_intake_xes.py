"""XES logs."""

import gzip
import time
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest

from streams.intake.lifecycle import taken
from streams.intake.log import Log
from streams.intake.mapping import load
from streams.intake.rows import LogRow, Rejection
from streams.intake.xes_rows import read
from tests.unit.intake import from_file, from_xes, kinds, of_kind

XES = load("xes")
LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <string key="concept:name" value="the log's own name"/>
  <trace>
    <string key="concept:name" value="Case 7"/>
    <list key="people"><values><string key="concept:name" value="not the trace's"/></values></list>
    <event>
      <string key="concept:name" value="Thẩm định"/>
      <date key="time:timestamp" value="2024-02-01T08:00:00+07:00"><string key="concept:name" value="nested"/></date>
    </event>
    <event>
      <string key="concept:name" value="Kiểm tra"/>
      <date key="time:timestamp" value="2024-01-31T08:00:00.000+07:00"/>
    </event>
  </trace>
  <trace>
    <event>
      <string key="concept:name" value="Ký"/>
      <date key="time:timestamp" value="2024-01-31T08:00:00+07:00"/>
    </event>
  </trace>
</log>
"""


def test_events_are_steps_and_the_earliest_accepts_its_case() -> None:
    events, rejections = from_xes(XES, LOG)

    assert kinds(events) == ["step", "step", "accepted"]
    assert {event["subject"] for event in events} == {"Case_7"}
    assert [event["data"]["name"] for event in of_kind(events, "step")] == ["Thẩm định", "Kiểm tra"]
    (accepted,) = of_kind(events, "accepted")
    assert accepted["time"] == "2024-01-31T01:00:00Z"
    assert accepted["data"] == {"unit": "Không rõ", "channel": "other"}
    assert rejections == [Rejection(19, "case", "missing")]


@pytest.mark.parametrize(
    ("opening", "closing"), [('<event><string key="x" value="', '"/>'), ("<!--", "-->"), ('<e v="', '"/>')]
)
def test_a_tag_that_is_longer_than_anybodys_ends_the_log_there_soon(opening: str, closing: str) -> None:
    before, after = LOG.split("</log>")
    began = time.process_time()
    events, rejections = from_xes(XES, f"{before}<trace>{opening}{'a' * 6_000_000}{closing}</trace></log>{after}")
    assert kinds(events) == ["step", "step", "accepted"]
    assert [rejection.rule for rejection in rejections] == ["missing", "tag_too_long"]
    assert time.process_time() - began < 0.7


def test_long_values_of_many_events_are_not_held() -> None:
    one = f"""<event><string key="concept:name" value="{"b" * 60_000}"/><string key="other" value="{"c" * 60_000}"/>
        <date key="time:timestamp" value="2024-01-31T08:00:00+07:00"/></event>"""
    log = BytesIO(f'<log><trace><string key="concept:name" value="c1"/>{one * 400}</trace></log>'.encode())
    tracemalloc.start()
    found = list(read(log, XES))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {len(row.step) for row in found if isinstance(row, LogRow)} == {4_096}
    assert len(found) == 400
    assert peak < 8_000_000


def test_a_gzipped_log_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(LOG.encode()))

    with Log(path, XES) as log:
        found = list(log)

    assert [(row.line, row.case) for row in found if isinstance(row, LogRow)] == [
        (9, "Case 7"),
        (13, "Case 7"),
        (19, ""),
    ]


def test_a_log_that_breaks_off_is_read_up_to_there() -> None:
    events, rejections = from_xes(XES, LOG[: LOG.index("  <trace>\n    <event>")])

    assert kinds(events) == ["step", "step", "accepted"]
    assert [(one.field, one.rule) for one in rejections] == [("file", "not_well_formed")]


def test_entities_are_refused() -> None:
    bomb = LOG.replace("<log", '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<log', 1)

    events, rejections = from_xes(XES, bomb)

    assert events == []
    assert [(one.field, one.rule) for one in rejections] == [("file", "entities_forbidden")]


def test_an_encoding_that_nobody_knows_is_named_and_not_quoted() -> None:
    raw = LOG.replace('encoding="UTF-8"', 'encoding="UTF-8-as-we-write-it"', 1)
    assert raw != LOG

    assert from_xes(XES, raw) == ([], [Rejection(1, "file", "encoding_unknown")])


def test_attributes_of_a_trace_that_follow_its_events_count() -> None:
    case = '    <string key="concept:name" value="Case 7"/>\n'
    later = LOG.replace(case, "", 1).replace("  </trace>", f"{case}  </trace>", 1)
    assert later != LOG

    ids = [{event["id"] for event in from_xes(XES, text)[0]} for text in (LOG, later)]

    assert ids[0] == ids[1]


def test_a_start_and_its_completion_are_one_step_with_its_duration() -> None:
    events, rejections = from_file("X7/log.xes", "map.toml")
    of_one = [event for event in of_kind(events, "step") if event["subject"] == "X7-0001"]

    assert rejections == []
    assert [(e["data"]["name"], e["data"]["begun_at"], e["time"]) for e in of_one] == [
        ("Tiếp nhận", "2026-11-23T01:00:00Z", "2026-11-23T01:10:00Z"),
        ("Thẩm định", "2026-11-24T01:00:00Z", "2026-11-24T03:00:00Z"),
        ("Ký duyệt", "2026-11-25T01:00:00Z", "2026-11-25T02:00:00Z"),
    ]


def test_the_first_step_accepts_its_case_when_it_was_begun() -> None:
    events, _ = from_file("X7/log.xes", "without-start.toml")

    assert {event["time"] for event in of_kind(events, "accepted")} == {"2026-11-23T01:00:00Z"}


def test_what_is_no_pair_stays_a_step_and_the_mapping_may_take_one_transition_alone() -> None:
    work = [("a", "start"), ("b", "start"), ("a", "Complete"), ("a", "complete"), ("c", "suspend"), ("c", "")]

    assert taken("pair", work) == [(1, None), (2, 0), (3, None), (4, None), (5, None)]
    assert taken("complete", work) == [(2, None), (3, None), (5, None)]
    assert taken("start", work) == [(0, None), (1, None), (5, None)]
    assert len(taken("each", work)) == 6


def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    path = tmp_path / "big.xes"
    head, tail = LOG.split("  <trace>", 1)[0], "</log>"
    trace = "  <trace>" + LOG.split("  <trace>", 2)[1]
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(trace for _ in range(20_000))
        file.write(tail)

    tracemalloc.start()
    with Log(path, XES) as log:
        count = sum(1 for _ in log)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 40_000
    assert path.stat().st_size > 10_000_000
    assert peak < 2_000_000
