"""A file of hand-made cases (TOML): read, and held against the rules. Pure; docs/rules.md describes the file."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from schemas import province
from schemas.contracts import CONTRACTS
from schemas.domain import Breach
from schemas.history import History
from schemas.json_text import encode
from schemas.rules.in_force import Rules
from schemas.topics import CASES
from streams import toml_text
from streams.entries.cases import entry_of
from streams.folds.cases import fold, merge
from streams.hand.lines import UnreadableLine, event, moment
from streams.hand.values import LABELS, VALUES, counted

CASE = "ho_so"
FIELDS = ("ten", "can_cu", "cach_tinh", "ma", "luc", "su_kien", "dung")
COUNT = "đếm "


@dataclass(frozen=True, slots=True)
class HandCase:
    """``at``: the moment asked about, microseconds. ``values``: what it must come to, each with its value."""

    name: str
    code: str
    at: int | None
    history: History
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of a case: what the file says and what the rules make of it."""

    case: str
    value: str
    expected: str
    found: str

    @property
    def right(self) -> bool:
        return self.expected == self.found


def read(text: str) -> list[HandCase]:
    """Raises :class:`UnreadableLine`, which names the case and the field."""
    try:
        whole = toml_text.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise UnreadableLine(f"không phải tệp TOML ({exc})") from None
    rows = whole.pop(CASE, None)
    if whole or not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise UnreadableLine(f"tệp chỉ gồm các mục [[{CASE}]], ít nhất một")
    return [_case(row, number) for number, row in enumerate(rows, start=1)]


def compare(case: HandCase, rules: Rules) -> Iterator[Compared]:
    """Every value of the case, in the order of the file."""
    state = fold(case.code, case.history, rules)
    sums = counted(state)
    for value, expected in case.values:
        label = value.removeprefix(COUNT)
        found = str(sums.get(label, 0)) if value.startswith(COUNT) else VALUES[value](state, case.at)
        yield Compared(case.name, value, expected, found)


def _case(row: dict[str, Any], number: int) -> HandCase:
    name = row.get("ten")
    if not isinstance(name, str) or not name:
        raise UnreadableLine(f"hồ sơ thứ {number}: ten: thiếu")
    where = f"hồ sơ thứ {number} ({name})"
    for field in row:
        if field not in FIELDS:
            raise UnreadableLine(f"{where}: {field}: không có mục này; có: {', '.join(FIELDS)}")
    code = str(row.get("ma", f"H19.19-260101-{number:04}"))
    try:
        at = province.moment(moment(str(row["luc"]))) if "luc" in row else None
    except UnreadableLine as exc:
        raise UnreadableLine(f"{where}: luc: {exc}") from None
    return HandCase(name, code, at, _history(row, code, where), _values(row, where))


def _lines(row: dict[str, Any], field: str, where: str) -> list[str]:
    lines = row.get(field)
    if not isinstance(lines, list) or not lines or not all(isinstance(line, str) for line in lines):
        raise UnreadableLine(f"{where}: {field}: phải là danh sách các dòng chữ")
    return lines


def _values(row: dict[str, Any], where: str) -> list[tuple[str, str]]:
    found = []
    for place, line in enumerate(_lines(row, "dung", where), start=1):
        value, colon, expected = (part.strip() for part in line.partition(": "))
        known = value.removeprefix(COUNT) in LABELS if value.startswith(COUNT) else value in VALUES
        if (not colon and not expected) or not known:
            raise UnreadableLine(
                f"{where}: dung: dòng {place}: phải là «giá trị: điều phải đúng», giá trị là {', '.join(VALUES)}"
                f" hoặc «{COUNT}» với tên chỉ tiêu"
            )
        found.append((value, expected))
    return found


def _history(row: dict[str, Any], code: str, where: str) -> History:
    contract, history = CONTRACTS[CASES.contract], History()
    for place, line in enumerate(_lines(row, "su_kien", where), start=1):
        try:
            told = contract.parse(encode(event(line, code, place)))
        except UnreadableLine as exc:
            raise UnreadableLine(f"{where}: su_kien: dòng {place}: {exc}") from None
        except Breach as breach:
            raise UnreadableLine(f"{where}: su_kien: dòng {place}: {breach.field}: {breach.rule}") from None
        history, _ = merge(code, history, [entry_of(told)])
    return history
