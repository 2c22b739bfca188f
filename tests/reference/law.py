"""Calendar, hours and rules, slow and plain: day by day over CSV files read by a reader of its own. See ``rules``."""

import csv
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from io import StringIO
from pathlib import Path
from unicodedata import normalize

from tests.reference.facts import PROVINCE, Fact, Json, province_day

DAY = timedelta(days=1)


TONES = [  # one spelling for the two places of a tone mark
    *zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True),
    *zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True),
]


def plain(text: str) -> str:
    plain = normalize("NFC", text).strip().casefold()
    for old, new in TONES:
        plain = plain.replace(old, new)
    return plain


def _names(kind: str, rows: dict[str, list[Json]], *files: str) -> list[tuple[str, str, str, str]]:
    things = [
        (name, row["code"], row["valid_from"], row["valid_to"] or "9999")
        for file in files
        for row in rows[file]
        for name in (row["code"], row["name"])
    ]
    others = [
        (row["alias"], row["code"], row["valid_from"], row["valid_to"] or "9999")
        for row in rows["aliases.csv"]
        if row["kind"] == kind
    ]
    return [(plain(name), *rest) for name, *rest in (*things, *others)]


def moment_of(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, PROVINCE).astimezone(UTC)


@dataclass(eq=False)
class Law:
    """Days that are not as their weekday says, hours, rules and maximum times; empty where nothing was loaded."""

    calendar: dict[date, Json] = field(default_factory=dict)
    hours: list[Json] = field(default_factory=list)
    rules: list[Json] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    catalogue: list[Json] = field(default_factory=list)  # the rows of procedures
    names: dict[str, list[tuple[str, str, str, str]]] = field(default_factory=dict)  # kind: name, code, first, last day
    taken_over: list[tuple[str, str]] = field(default_factory=list)  # codes, and since when they are another unit's

    @classmethod
    def of(cls, folder: Path) -> "Law":
        files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}
        rows = {name: list(csv.DictReader(StringIO(text))) for name, text in files.items()}
        calendars = [row for name, found in rows.items() if name.startswith("calendar_") for row in found]
        return cls(
            {date.fromisoformat(row["day"]): row for row in calendars},
            rows["working_hours.csv"],
            rows["rules.csv"],
            {row["code"]: int(row["max_working_days"]) for row in rows["procedures.csv"] if row["max_working_days"]},
            rows["procedures.csv"],
            {
                "unit": _names("unit", rows, *(name for name in rows if name.startswith("units_")), "departments.csv"),
                "procedure": _names("procedure", rows, "procedures.csv"),
            },
            [
                (row["old_code"], row["valid_from"])
                for name, found in rows.items()
                if name.startswith("unit_mapping")
                for row in found
            ],
        )

    def called(self, fact: Fact) -> Fact:
        """With units and procedures by their codes."""
        kinds = {"unit": "unit", "agency": "unit", "to": "unit", "procedure": "procedure"}
        said = {field: self._called(kind, fact.data.get(field), fact.time) for field, kind in kinds.items()}
        return replace(fact, data=fact.data | {field: code for field, code in said.items() if code is not None})

    @cached_property
    def _earliest(self) -> dict[str, str]:
        """By kind the first day on which a name means something."""
        return {kind: min(first for _, _, first, _ in rows) for kind, rows in self.names.items() if rows}

    def _called(self, kind: str, said: str | None, at: datetime) -> str | None:
        rows = self.names.get(kind, [])
        if said is None or not rows:
            return said
        return self.key(kind, said, province_day(at))

    def key(self, kind: str, said: str, day: date) -> str:
        """What it is on that day; else what it was last, where no other unit has taken that key's place since; else
        itself."""
        rows = [row for row in self.names.get(kind, []) if row[0] == plain(said)]
        on = max(day.isoformat(), self._earliest.get(kind, ""))
        found = {code for _, code, first, last in rows if first <= on <= last}
        if not found and (ended := [last for _, _, _, last in rows if last < on]):
            found = {code for _, code, _, last in rows if last == max(ended)}
            if any(code in found and max(ended) < since <= on for code, since in self.taken_over):
                return said
        return found.pop() if len(found) == 1 else said

    def has_fee(self, procedure: str, at: datetime) -> bool:
        """Whether the catalogue of that day says so."""
        day, rows = province_day(at).isoformat(), [row for row in self.catalogue if row["code"] == procedure]
        return any(row["valid_from"] <= day <= (row["valid_to"] or "9999") and row["fee"] == "yes" for row in rows)

    def rule(self, name: str, at: datetime) -> str | None:
        """Its value on that day."""
        day = province_day(at).isoformat()
        return next(
            (
                row["value"]
                for row in self.rules
                if row["rule"] == name and row["valid_from"] <= day <= (row["valid_to"] or "9999")
            ),
            None,
        )

    def turned(self, rule: str) -> "Law":
        """With yes for no, and no for yes."""
        other = {"yes": "no", "no": "yes"}
        rows = [row | {"value": other[row["value"]]} if row["rule"] == rule else row for row in self.rules]
        return replace(self, rules=rows)

    def count(self, name: str, at: datetime) -> int | None:
        value = self.rule(name, at)
        return None if value is None else int(value)

    def says(self, name: str, at: datetime) -> bool:
        return self.rule(name, at) == "yes"

    def sessions(self, day: date) -> list[tuple[datetime, datetime]]:
        worked = []
        for row in sorted(self.hours, key=lambda row: row["opens"]):
            usual = day.weekday() < 5
            said = self.calendar.get(day)
            if said is not None and (said.get("session") or row["session"]) == row["session"]:
                usual = said["kind"] == "working"
            if usual:
                opens, closes = (time.fromisoformat(row[name]) for name in ("opens", "closes"))
                worked.append((moment_of(day, opens), moment_of(day, closes)))
        return worked

    def works(self, day: date) -> bool:
        said = self.calendar.get(day)
        if said is None:
            return day.weekday() < 5
        return said["kind"] == "working" or (bool(said.get("session")) and day.weekday() < 5)

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two moments."""
        total, day = timedelta(), province_day(start)
        while day <= province_day(end):
            for opens, closes in self.sessions(day):
                total += max(min(closes, end) - max(opens, start), timedelta())
            day += DAY
        return total

    def days(self, first: date, last: date) -> int:
        return sum(self.works(first + DAY * n) for n in range(1, (last - first).days + 1))

    def later(self, day: date, days: int) -> date:
        while days > 0:
            day += DAY
            days -= self.works(day)
        return day

    def after(self, at: datetime, worked: timedelta) -> datetime:
        day = province_day(at)
        if not worked or not self.hours:
            return at
        while True:
            for opens, closes in self.sessions(day):
                left = closes - max(opens, at)
                if left >= worked:
                    return max(opens, at) + worked
                worked -= max(left, timedelta())
            day += DAY

    def taken(self, at: datetime) -> date:
        """The working day that a case taken at this moment counts from (15:00)."""
        day, latest = province_day(at), self.rule("next_day_after", at)
        if self.rule("day_off_counts_from_next_day", at) == "no" and not self.works(day):
            return day
        if latest is not None and at > moment_of(day, time.fromisoformat(latest)):
            return self.later(day, 1)
        return day if self.works(day) else self.later(day, 1)

    def from_then(self, at: datetime) -> datetime:
        day = self.taken(at)
        return at if day == province_day(at) else moment_of(day, time())


NO_LAW = Law()
