"""Where the law of the deadlines is silent: the question, its article, and both readings, as the page "Chỉ tiêu" says
them. Which is taken is a rule of the reference data; docs/rules.md has the reasons."""

from collections.abc import Mapping
from typing import NamedTuple

from dashboards.definitions import ND61
from schemas.rules.readings import MIDNIGHT

CASES = "hồ sơ"  # what the other reading of each changes


class ClockReading(NamedTuple):
    """``yes`` and ``no``: what the rule of this name says by its value; of what no rule turns, ``yes`` is taken."""

    rule: str
    question: str
    article: str
    yes: str
    no: str
    verified: bool = True  # the article was read in an official text; the reading is ours all the same


CLOCK_READINGS = (
    ClockReading(
        "open_request_stops_deadline",
        "Công dân giữ hồ sơ quá ngày hẹn (NĐ 61)",
        f"{ND61}, Điều 19(4)",
        "không hạn nào chạy cho đến khi hồ sơ đủ, rồi tính lại từ đầu",
        "hạn cũ vẫn chạy: quá hạn trong lúc chờ",
    ),
    ClockReading(
        "extension_after_expiry_moves",
        "Hẹn lại sau khi đã hết hạn",
        f"{ND61}, Điều 19(9)",
        "đổi cả hai hạn",
        "không đổi hạn nào: việc đã trễ vẫn trễ",
    ),
    ClockReading(
        "apology_in_working_days",
        "Thư xin lỗi trước ngày hết hạn ít nhất một ngày",
        f"{ND61}, Điều 19(9)",
        "một ngày làm việc",
        "một ngày theo lịch, có thể là ngày nghỉ",
    ),
    ClockReading(
        "day_off_counts_from_next_day",
        "Hồ sơ nhận trong ngày nghỉ",
        f"{ND61}, Điều 18(2)",
        "như nhận ngày làm việc sau, ngày đó chưa tính",
        "ngày làm việc sau là ngày thứ nhất",
    ),
    ClockReading(
        "due_on_day_off_moves",
        "Hẹn trả vào ngày nghỉ",
        "Bộ luật Dân sự 2015, Điều 148(5)",
        "hết hạn vào cuối ngày làm việc sau",
        "giữ ngày đã hẹn",
        verified=False,
    ),
    ClockReading(
        "supplement_stops_acceptance",
        "Bổ sung trước khi tiếp nhận trực tuyến (8 giờ)",
        "thực tiễn, 8 giờ làm việc",
        "giờ công dân giữ hồ sơ không tính vào 8 giờ",
        "tính đủ từ lúc nộp",
        verified=False,
    ),
    ClockReading(
        MIDNIGHT,
        "Kết thúc đúng 00:00:00",
        "không điều nào nói",
        "đúng hạn của ngày trước, đếm vào ngày bắt đầu từ lúc đó",
        "đếm vào ngày trước",
        verified=False,
    ),
)


class Taken(NamedTuple):
    """``switch``: an operator may take the other. ``changed``: cases that the other would judge otherwise."""

    reading: ClockReading
    taken: str
    other: str
    switch: bool
    changed: int


def taken(values: Mapping[str, str], changed: Mapping[str, int]) -> tuple[Taken, ...]:
    """``values``: yes or no by rule, as in force today; a rule that is not judges nothing and is left out."""
    found = []
    for reading in CLOCK_READINGS:
        value = "yes" if reading.rule == MIDNIGHT else values.get(reading.rule)
        if value is not None:
            both = (reading.yes, reading.no) if value == "yes" else (reading.no, reading.yes)
            found.append(Taken(reading, *both, reading.rule != MIDNIGHT, changed.get(reading.rule, 0)))
    return tuple(found)
