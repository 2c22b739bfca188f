"""What the rules by which records are rejected are called, from one file: ``rule_names.csv`` beside this."""

import csv
from functools import cache
from pathlib import Path

from dashboards.unnamed import named

FILE = Path(__file__).with_name("rule_names.csv")


@cache
def rules() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: row["name"] for row in csv.DictReader(file)}


def rule(key: str) -> str:
    return named(rules(), key)
