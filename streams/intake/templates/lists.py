"""What a cell can be chosen from: the words that people see and the codes that events say."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from schemas.outreach import ActivityKind
from schemas.reference.reading import Reference
from schemas.reference.rows import Tier
from schemas.tasks import TaskKind
from streams.intake.headers import same

FIXED: Mapping[str, Mapping[str, str]] = {
    "yes_no": {"Có": "yes", "Không": "no"},
    "activity_kinds": {
        "Báo, đài": ActivityKind.PRESS,
        "Mạng xã hội": ActivityKind.SOCIAL,
        "Truyền thanh cơ sở": ActivityKind.LOUDSPEAKER,
        "Họp dân, tổ công tác": ActivityKind.MEETING,
        "Tờ rơi, áp phích": ActivityKind.PRINT,
        "Hình thức khác": ActivityKind.OTHER,
    },
    "task_kinds": {
        "Nhiệm vụ chậm tiến độ": TaskKind.LATE,
        "Nhiệm vụ chung": TaskKind.COMMON,
        "Nhiệm vụ cụ thể": TaskKind.SPECIFIC,
        "Mô hình điểm": TaskKind.PILOT,
        "Nhiệm vụ khác": TaskKind.OTHER,
    },
    "task_states": {
        "Đang thực hiện": "open",
        "Đang vướng": "blocked",
        "Đã hết vướng": "unblocked",
        "Hoàn thành": "done",
    },
}
TIERS = (Tier.DEPARTMENT, Tier.PROVINCE, Tier.DISTRICT, Tier.COMMUNE)  # in the order of the drop-down
_CODE = re.compile(r"\[([^\[\]]+)\]\s*$")


def offered(name: str, reference: Reference, today: date) -> dict[str, str]:
    """A list as a template has it today: word to code, in the order of the drop-down."""
    if name in FIXED:
        return dict(FIXED[name])
    if name == "units":
        units = sorted(reference.units_on(today), key=lambda unit: TIERS.index(unit.tier))
        return {f"{unit.name} [{unit.code}]": unit.code for unit in units}
    if name == "sectors":
        rows = (placed.row for placed in reference.sectors)
        return {row.name: row.code for row in rows if row.dataset and row.valid_on(today)}
    return {row.number: row.plan for row in (placed.row for placed in reference.plans) if row.valid_on(today)}


class Resolver:
    """Reads the words back: those of today's list, those of an older template, bare names and codes. A name that
    several bear is nobody's; with the code in brackets behind it, it is clear."""

    def __init__(self, reference: Reference) -> None:
        units = [placed.row for placed in reference.units]
        sectors = [placed.row for placed in reference.sectors]
        plans = [placed.row for placed in reference.plans]
        self._known: dict[str, dict[str, str]] = {name: _same(words.items()) for name, words in FIXED.items()}
        self._known["units"] = _same((alias, unit.code) for unit in units for alias in unit.aliases)
        self._known["sectors"] = _same((alias, sector.code) for sector in sectors for alias in sector.aliases)
        self._known["plans"] = _same((word, plan.plan) for plan in plans for word in (plan.number, plan.plan))

    def code(self, name: str, text: str) -> str | None:
        """The code that a word of the list ``name`` stands for."""
        known = self._known[name]
        bracket = _CODE.search(text)
        return known.get(same(bracket[1] if bracket is not None else text)) or None


def _same(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By comparable word; ``""`` where it stands for several codes."""
    found: dict[str, str] = {}
    for word, code in pairs:
        key = same(str(word))
        found[key] = str(code) if found.get(key, str(code)) == str(code) else ""
    return found
