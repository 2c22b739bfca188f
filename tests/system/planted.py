"""Identity numbers, and a citizen's name and address, put into whatever may be sent to the centre."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from kafka import KafkaProducer

from schemas.contracts import CONTRACTS
from schemas.topics import BY_CONTRACT, CASES_HISTORY
from streams.intake.dvcqg.making import PERSONS
from streams.intake.importing import LogReading
from streams.intake.mapping import parse
from streams.intake.portal.layout import load
from streams.intake.portal.reading import PortalReading, PortalSaid
from streams.intake.reading import Events
from tests.system.gateways import BATCH, STRUCTURED, GatewayProcess
from tests.system.harness import Ground
from tests.unit import dvcqg
from tests.unit.gateway import accepted, examples
from tests.unit.intake import HASHER
from tests.unit.tables import NOW, Unseen, filled, reference, table, template
from tests.unit.test_gateway_persons import planted, strings
from tests.unit.test_intake_identities import TASK

FIRST = 79_123_450_000  # each place gets its own number, 079123450000 and on: what is found says from where
NAME, ADDRESS = "Trần Thị Trồng Thử", "77/9 đường Gieo Mầm"  # nobody's
BESIDE = {"hoTen": NAME, "diaChi": ADDRESS, "congDan": {"ho_ten": NAME, "thuong_tru": [ADDRESS]}}
LOG = """
[file]
format = "{format}"
dates = ["iso"]
[columns]
case = "case"
step = "step"
time = "time"
step_unit = "unit"
[constants]
source = "urn:test:log"
"""


@dataclass
class Numbers:
    """A number of its own for each place."""

    given: list[str] = field(default_factory=list)

    def __call__(self) -> str:
        self.given.append(f"{FIRST + len(self.given):012d}")
        return self.given[-1]


def with_person(event: dict[str, Any]) -> dict[str, Any]:
    """As a system sends it that has not left the citizen out: beside the fields of the contract."""
    return {**event, "citizen": BESIDE, "data": {**event["data"], **BESIDE}}


def by_http(gateway: GatewayProcess, number: Callable[[], str]) -> Iterator[str]:
    """A number in every string of every event and of every message to the portal; the answers."""
    source, portal = gateway.add("a"), gateway.add("d", urn=dvcqg.SOURCE)
    for example in examples():
        event = with_person({**example, "source": "urn:test:a"})
        for path in strings({**example, "source": "urn:test:a"}):
            yield source.post("/v1/events", json=planted(event, path, number()), headers=STRUCTURED).text
            text = f"công dân {number()}"
            yield source.post("/v1/events", json=[planted(event, path, text)], headers=BATCH).text
    for name in ("id", "subject", "type", "time", "source"):
        headers = {f"ce-{key}": str(value) for key, value in accepted(**{name: number()}).items() if key != "data"}
        yield source.post("/v1/events", json=accepted()["data"], headers=headers).text
    for name, path_of in dvcqg.MESSAGES.items():
        message: Any = of_a_person(dvcqg.base(name))
        kind = dvcqg.PROGRESS if "rogress" in name else dvcqg.CASE
        for path in list(strings(message))[:: 1 if path_of.stem == "accepted_online" else 7]:
            yield portal.post(f"/v1/dvcqg/{kind}", json=planted(message, path, number())).text
    yield source.post(f"/v1/events?topic={number()}", json=accepted(), headers=STRUCTURED).text
    yield source.get(f"/v1/{number()}").text


def of_a_person(message: Any, name: str = "") -> Any:
    """The message with this citizen in each of its fields for one, and in what is written about the case."""
    if isinstance(message, dict):
        return {key: of_a_person(value, key) for key, value in message.items()}
    if isinstance(message, list):
        return [of_a_person(one, name) for one in message]
    if name == "NoiNopHoSo" or "DiaChi" in name:
        return ADDRESS
    if name in PERSONS and name not in ("Email", "SoDienThoai"):
        return NAME
    return f"Đã gọi {NAME}, {ADDRESS}" if name in ("NoiDungXuLy", "NoiDungBoSung") else message


def readings(folder: Path, number: Callable[[], str]) -> Iterator[Events]:
    """Files of every kind that is taken: a log and a table as CSV, a log as a workbook, a template, an export."""
    heads = ["case", "step", "time", "unit", "Họ tên", "Địa chỉ", "CCCD"]
    rows = [[f"HS.{number()}", f"Gọi {number()}", "2024-01-31", f"Tổ {number()}", NAME, ADDRESS, number()],
            ["HS-24-1", "Thẩm định", "2024-01-31", "Sở Tư pháp", NAME, ADDRESS, number()]]  # fmt: skip
    for kind in ("csv", "xlsx"):
        path = folder / f"log.{kind}"
        if kind == "csv":
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([heads, *rows])
        else:
            book = openpyxl.Workbook()
            for row in [heads, *rows]:
                book.worksheets[0].append(row)
            book.save(path)
        yield LogReading(path, parse(LOG.format(format=kind), "test.toml"), CASES_HISTORY, HASHER, Unseen())
    lines = ["t,code,title,plan,unit,own,kind,Họ tên,Địa chỉ"]
    lines += [f"2024-01-31,{number()},Việc {number()},KH {number()},{number()},{number()},,{NAME},{ADDRESS}"]
    (folder / "tasks.csv").write_text("\n".join(lines), "utf-8")
    yield table(folder / "tasks.csv", TASK, Unseen())
    plan = "30/KH-UBND 23/01/2024"
    cells: list[object] = [number(), date(2024, 2, 15), plan, number(), None, 50, "Đang vướng", number(), number()]
    yield template(filled("nhiem-vu", folder, {"Tiến độ nhiệm vụ": [cells]}), Unseen())
    figures = [{"unit": number(), "component": "1.4", "numerator": 1, "denominator": 2, **BESIDE}]
    petitions = [
        {"petitionCode": f"PA {number()}", "unit": number(), "kind": "TTHC", "received": "2024-01-03"} | BESIDE
    ]
    (folder / "export.json").write_text(json.dumps([figures, petitions]), "utf-8")
    said = PortalSaid("2024", date(2024, 1, 31))
    yield PortalReading(folder / "export.json", load(None), reference(), HASHER, NOW, Unseen(), said)


def by_files(ground: Ground, number: Callable[[], str]) -> int:
    """How many events the files came to."""
    of_files = readings(ground.folder, number)
    return _produced(ground, ((one.topic.name, event.key, event.value) for one in of_files for event in one.events()))


def by_kafka(ground: Ground, number: Callable[[], str]) -> int:
    """Past every gateway, as somebody with a login of the broker's may: a number in each field of each contract, and a
    citizen beside the fields. What Kafka then holds is his; how many records that are."""
    return _produced(ground, _past_the_gateway(number))


def _past_the_gateway(number: Callable[[], str]) -> Iterator[tuple[str, bytes, bytes]]:
    for example in examples():
        topic = next(BY_CONTRACT[name].name for name, one in CONTRACTS.items() if example["type"] in one.types)
        for count, path in enumerate([(), *strings(example["data"])]):
            event = with_person({**example, "id": f"past-{count}", "source": "urn:test:past"})
            if path:
                event = planted(event, ("data", *path), f"công dân {number()}")
            yield topic, str(event["subject"]).encode(), json.dumps(event).encode()


def _produced(ground: Ground, records: Iterable[tuple[str, bytes, bytes]]) -> int:
    producer = KafkaProducer(bootstrap_servers=ground.kafka.split(","))
    try:
        sent = [producer.send(name + ground.suffix, key=key, value=value) for name, key, value in records]
        return len([one.get(30) for one in sent])
    finally:
        producer.close()
