"""Words of the screens and what they mean, from one file: ``glossary.csv`` beside this."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("glossary.csv")
GROUPS: Mapping[str, str] = {  # by the word in an address
    "thoi-han": "Thời hạn",
    "ho-so": "Hồ sơ",
    "so-sanh": "So sánh, chấm điểm",
    "quy-trinh": "Quy trình, dự báo",
    "nguon": "Nguồn, đối soát",
}


class Term(NamedTuple):
    """``source``: the document that gives it; empty where it is the centre's own word."""

    group: str
    word: str
    meaning: str
    source: str


@cache
def terms() -> tuple[Term, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Term(**row) for row in csv.DictReader(file))
