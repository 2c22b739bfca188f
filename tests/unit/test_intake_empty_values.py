"""What stands for nothing, and what one field costs that cannot be read."""

from pathlib import Path

import pytest

from streams.intake.empty_values import is_no_date, is_word
from streams.intake.rows import Rejection
from tests.unit.dvcqg import base, kinds
from tests.unit.dvcqg import one as one_message
from tests.unit.intake import from_csv, from_file, mapping, of_kind
from tests.unit.tables import Unseen, said, table

CASES = mapping(columns='case = "a"\nunit = "u"\nstart = "b"\ndue = "d"', constants='source = "urn:test"\nunit = "K"')
HEAD = "a,u,b,d\n"


@pytest.mark.parametrize("text", ["nan", "NaN", "NaT", "NULL", "null", "None", "N/A", "n/a", "<NA>", "(null)"])
def test_the_empties_of_programs_are_empty_unless_the_mapping_says_no(text: str) -> None:
    assert is_word(text)
    events, rejections = from_csv(CASES, f"{HEAD}c1,{text},2024-01-31,{text}\n")

    assert rejections == []
    assert [event["data"] for event in events] == [{"unit": "K", "channel": "other"}]

    literal = CASES.model_copy(update={"file": CASES.file.model_copy(update={"empty_words": False})})
    events, rejections = from_csv(literal, f"{HEAD}c1,{text},2024-01-31,{text}\n")
    assert rejections == [Rejection(2, "due", "date_format")]
    assert events[0]["data"]["unit"] == text


@pytest.mark.parametrize("text", ["Nan Hòa", "nano", "", "N", "không", "x" * 50])
def test_other_words_are_no_empties(text: str) -> None:
    assert not is_word(text)


@pytest.mark.parametrize(
    "text",
    [
        "1900-01-01",
        "00/01/1900",
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "01/01/0001 00:00:00",
        "1899-12-30",
        "0000-00-00",
        "1/1/1900 12:00:00 AM",
        "00010101000000",
        "19000101",
        "30.12.1899",
    ],
)
def test_a_day_that_only_stands_for_none_is_no_deadline(text: str) -> None:
    assert is_no_date(text)
    events, rejections = from_csv(CASES, f"{HEAD}c1,U,2024-01-31,{text}\n")
    assert rejections == []
    assert [event["data"] for event in events] == [{"unit": "U", "channel": "other"}]

    body = base()
    body["data"][0] |= {"NgayHenTra": text, "NgayTra": text, "NgayKetThucXuLy": text}
    found = one_message(body)
    assert found.rejections == ()
    accepted = kinds(found)["accepted"].data
    assert (accepted.due_at, accepted.due_on) == (None, None)
    assert not {"finished", "returned"} & set(kinds(found))


@pytest.mark.parametrize(
    "text", ["1900-01-02", "2001-01-01", "01/01/2001", "1999-12-30", "1900", "hôm qua", "01/01/00"]
)
def test_other_days_are_days(text: str) -> None:
    assert not is_no_date(text)


def test_a_log_of_a_data_frame_library_is_taken_whole() -> None:
    events, rejections = from_file("X4/log.xes", "map.toml")

    accepted = {event["subject"]: event["data"] for event in of_kind(events, "accepted")}
    assert accepted == {
        "X4-0001": {"unit": "so-tu-phap", "channel": "other"},
        "X4-0002": {"unit": "so-tu-phap", "channel": "other"},
    }
    assert (len(of_kind(events, "step")), of_kind(events, "finished"), rejections) == (2, [], [])


def test_a_deadline_that_cannot_be_read_is_named_and_comes_with_the_corrected_file() -> None:
    wrong, rejections = from_csv(CASES, f"{HEAD}c1,U,2024-01-31,tuần sau\n")
    right, _ = from_csv(CASES, f"{HEAD}c1,U,2024-01-31,2024-02-07\n")

    assert rejections == [Rejection(2, "due", "date_format")]
    assert wrong[0]["data"] == {"unit": "U", "channel": "other"}
    assert wrong[0]["id"] != right[0]["id"], "the whole acceptance is no version of this one, which might win"
    assert wrong[0]["time"] == right[0]["time"]


def test_the_same_holds_for_a_table_of_cases(tmp_path: Path) -> None:
    path, viewer = tmp_path / "cases.csv", Unseen()
    path.write_text("ma,nhan,hen\nc1,2024-01-31,tuần sau\nc2,2024-01-31,NaT\nc3,hôm qua,mai\n", "utf-8")
    chosen = """
source = "urn:test"
[file]
format = "csv"
[[event]]
type = "case.accepted.v1"
time = "nhan"
subject = "{ma}"
columns = { due_on = "hen" }
constants = { unit = "U", channel = "direct" }
"""
    events = said(table(path, chosen, viewer))

    assert [(event["subject"], "due_on" in event["data"]) for event in events] == [("c1", False), ("c2", False)]
    told = [(one.line, one.field, one.rule) for one in viewer.rejections]
    assert told == [(2, "due_on", "date_format"), (4, "time", "date_format"), (4, "due_on", "date_format")]


def test_a_case_of_which_no_row_says_when_it_was_accepted_is_named_once() -> None:
    chosen = mapping(columns='case = "a"\nstep = "s"\ntime = "t"\nunit = "u"\nstart = "b"')
    told = ("c1,x,2024-01-31,U,", "c1,y,2024-02-01,U,2024-01-31", "c2,x,2024-01-31,U,", "c2,y,2024-02-01,U,NaT")
    rows = "\n".join(("a,s,t,u,b", *told, "c3,x,2024-01-31,U,ba", ""))
    events, rejections = from_csv(chosen, rows)

    assert {e["subject"] for e in events if e["type"] == "case.accepted.v1"} == {"c1"}
    assert [(one.line, one.field, one.rule) for one in rejections] == [
        (6, "start", "date_format"),
        (4, "start", "missing"),
    ]
