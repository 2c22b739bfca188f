"""Random cases of essential services, told through the real store, and a slow recount of them in plain Python."""

import csv
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from unicodedata import normalize

from schemas.province import ZONE
from schemas.reference.reading import PACKAGED
from tests.integration.sample_province import event

AS_OF = datetime(2024, 1, 31, 9, tzinfo=UTC)  # 16:00 in the province
UNITS = ("so-tu-phap", "so-y-te", "Đơn vị không ai biết")
CHANGES_ON = date(2024, 1, 16)  # from here on service 2 is another procedure
PROCEDURES = "code,name,online,valid_from,confidence\n" + "".join(
    f"{code},{name},{online},2022-01-06,memory\n"
    for code, name, online in (
        ("9.000001", "Đổi giấy phép lái xe của lực lượng", "none"),
        ("9.000002", "Đổi giấy phép lái xe", "partial"),
        ("9.000003", "Cấp thẻ mới", "whole"),
        ("9.000004", "Tên của hai thủ tục", "whole"),
        ("9.000005", "Tên của hai thủ tục", "whole"),
    )
)
# Key as an event gives it → code that it means; a name of two procedures means neither.
KEYS = {
    "9.000001": "9.000001",
    "9.000002": "9.000002",
    "9.000002.000.00.00.H19": "9.000002",
    "Đổi giấy phép lái xe": "9.000002",
    normalize("NFD", "Đổi giấy phép lái xe"): "9.000002",
    "9.000003": "9.000003",
    "2.001194": "2.001194",
    "1.001978": "1.001978",
    "9.000004": "9.000004",
    "Tên của hai thủ tục": None,
    "1.001612": "1.001612",
    "8.888888": None,
}
OFFERED = {"9.000001": "none", "9.000002": "partial", "9.000003": "whole", "9.000004": "whole"}
SERVICES = {18: ("9.000001", "9.000002"), 19: ("1.001978",), 20: ("9.000004",)}
BEFORE, AFTER = ("2.001194",), ("9.000003", "9.000004")  # of service 2


def write_reference(folder: Path, targets: str = "") -> None:
    """The packaged files with five procedures more, and four services that have them."""
    for file in PACKAGED.glob("*.csv"):
        shutil.copy(file, folder)
    (folder / "procedures_test.csv").write_text(PROCEDURES)
    with (folder / "essential_services.csv").open() as packaged:
        rows = list(csv.DictReader(packaged))
    for row in rows:
        if int(row["number"]) in SERVICES:
            row["procedure_codes"] = "|".join(SERVICES[int(row["number"])])
    second = next(row for row in rows if row["number"] == "2")
    rows.append({**second, "procedure_codes": "|".join(AFTER), "valid_from": CHANGES_ON.isoformat()})
    second["procedure_codes"], second["valid_to"] = "|".join(BEFORE), (CHANGES_ON - timedelta(days=1)).isoformat()
    with (folder / "essential_services.csv").open("w") as changed:
        writer = csv.DictWriter(changed, list(second))
        writer.writeheader()
        writer.writerows(rows)
    head = "number,unit,start,target,due,source,valid_from,valid_to,confidence\n"
    (folder / "service_targets.csv").write_text(head + targets)


@dataclass(frozen=True)
class Told:
    """One case as it was made up."""

    code: str
    key: str
    unit: str
    channel: str
    accepted: datetime | None
    refused: datetime | None
    asked: int
    known: bool
    voided: bool

    def services(self) -> list[int]:
        """On the day on which it came in, or was turned away."""
        at = self.accepted or self.refused
        if at is None or self.voided:
            return []
        code, day = KEYS[self.key], at.astimezone(ZONE).date()
        found = [number for number, codes in SERVICES.items() if code in codes]
        return [*found, 2] if code in (BEFORE if day < CHANGES_ON else AFTER) else found

    def day(self) -> date | None:
        at = self.accepted or self.refused
        return at.astimezone(ZONE).date() if at else None

    def counts_as(self) -> set[str]:
        online, found = self.channel == "online", set()
        if not self.accepted:
            return {"tried", "refused"} if online and self.refused else set()
        found.add("received")
        if self.known:
            found |= {"portal", "portal_online"} if online else {"portal"}
        if online:
            found |= {"online", "tried"}
            found |= {"refused"} if self.refused or self.asked else set()
            found |= set() if self.known else {"sync"}
        else:
            offered = OFFERED.get(KEYS[self.key] or "")
            found.add({"none": "not_offered", None: "offer_unknown"}.get(offered, "not_used"))
        return found

    def events(self) -> list[bytes]:
        def said(kind: str, at: datetime, **data: object) -> bytes:
            return event(self.code, f"{self.code[-5:]}.{kind}.{at.timestamp():.0f}", kind, at, **data)

        start = (self.accepted or self.refused or AS_OF) - timedelta(hours=2)
        told = [said("submitted", start, channel=self.channel, procedure=self.key)]
        if self.accepted:
            told.append(said("accepted", self.accepted, unit=self.unit, channel=self.channel, procedure=self.key))
        told += [
            said("supplement_requested", start + timedelta(hours=3 + n), unit=self.unit) for n in range(self.asked)
        ]
        if self.refused:
            told.append(said("refused", self.refused, unit=self.unit, reason_given=True))
        answer = {"answer": "taken"} if self.known else {"answer": "refused", "error": "E1"}
        told.append(said("synced", start + timedelta(hours=9), message="DongBoHoSoMC", sent_status=2, **answer))
        return [*told, said("voided", start + timedelta(days=1))] if self.voided else told


def tell(cases: int, seed: int) -> list[Told]:
    """Cases of December and January, many about midnight and the day on which service 2 changes."""
    chance, told = Random(seed), []
    borders = [
        datetime(2023, 12, 31, 17, tzinfo=UTC),
        datetime(2024, 1, 15, 17, tzinfo=UTC),
        datetime(2024, 1, 10, 3, tzinfo=UTC),
    ]
    for number in range(cases):
        at = chance.choice(borders) + timedelta(seconds=chance.choice((-1, 0, 1)), days=chance.randrange(-12, 12))
        arrived = chance.random() < 0.85
        refused = chance.random() < 0.2 or not arrived
        told.append(
            Told(
                f"000.00.19.H19-240110-{number:05d}",
                chance.choice(list(KEYS)),
                chance.choice(UNITS),
                chance.choice(("online", "online", "direct", "post", "other")),
                at if arrived else None,
                (at + timedelta(hours=20) if arrived else at) if refused else None,
                chance.choice((0, 0, 0, 1, 2)) if arrived else 0,
                chance.random() < 0.7 and arrived,
                chance.random() < 0.05,
            )
        )
    return told


def recount(told: list[Told], first: date, last: date) -> dict[tuple[int, str], Counter[str]]:
    """By service and unit, how many cases count as what."""
    found: dict[tuple[int, str], Counter[str]] = {}
    for case in told:
        day = case.day()
        for service in case.services() if day and first <= day <= last else ():
            if groups := case.counts_as():
                found.setdefault((service, case.unit), Counter()).update(groups)  # that accepted or refused it
    return found
