"""The main job as an operator types it: an empty home, ``ioc up``, ``ioc import``, ``ioc figures``, ``ioc audit``."""

import csv
import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.home import open_home
from tests.conftest import remove_home, temporary_home
from tests.system.ioc_command import Ioc

SOURCE = "urn:ioc:import:wabo"
EVENTS = 8577 + 1434 + 1329  # every row is a step; besides, every case is accepted and the finished ones finish
KNOWN = {"accepted": 1434, "steps": 8577, "finished": 1329, "open": 105, "on_time": 952, "late": 377}
CHANNELS = {"online": 1250, "direct": 109, "post": 53, "other": 22}  # other: e-mail and Intern


@pytest.fixture
def ioc(shared_data: Path) -> Iterator[Ioc]:
    command = Ioc(temporary_home())
    try:
        command.spawn("up")
        command.wait_ready()
        yield command
    finally:
        command.run("down")
        command.close()
        remove_home(command.home)


def test_the_wabo_log_gives_its_known_figures_once_twice_and_later(ioc: Ioc, shared_data: Path, tmp_path: Path) -> None:
    log = shared_data / "wabo_receipt.csv"
    assert figures(ioc)["empty"] is True

    bring(ioc, log)

    first = figures(ioc)
    assert first["as_of"].endswith("Z")
    assert known_of(first["cases"]) == KNOWN
    assert first["cases"]["by_channel"] == CHANNELS
    assert known_of(sum_of_units(first)) == KNOWN
    assert sent(first) == (EVENTS, 0, 0)
    assert of_the_api(ioc) == totals(first)
    assert audit_is_ok(ioc)

    bring(ioc, log)

    second = figures(ioc)
    assert second["cases"] == first["cases"]
    assert sent(second) == (EVENTS, EVENTS, 0)

    bring(ioc, with_100_more_ends(log, tmp_path / "later.csv"))

    later = figures(ioc)
    assert sent(later) == (EVENTS + 100, 2 * EVENTS, 0)
    assert {name: later["cases"][name] for name in ("accepted", "steps", "finished", "open")} == {
        "accepted": KNOWN["accepted"],
        "steps": KNOWN["steps"],
        "finished": KNOWN["finished"] + 100,
        "open": KNOWN["open"] - 100,
    }
    assert later["cases"]["by_channel"] == CHANNELS
    assert of_the_api(ioc) == totals(later)
    assert audit_is_ok(ioc)


def bring(ioc: Ioc, log: Path) -> None:
    ioc.must("import", str(log), "--mapping", "wabo")


def figures(ioc: Ioc) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ioc.must("figures", "--json"))
    return found


def audit_is_ok(ioc: Ioc) -> bool:
    return json.loads(ioc.must("audit", "--json"))["ok"] is True


def totals(found: dict[str, Any]) -> dict[str, int]:
    """Every counter, without the breakdowns."""
    return {name: amount for name, amount in found["cases"].items() if not name.startswith("by_")}


def known_of(counts: dict[str, Any]) -> dict[str, int]:
    return {name: counts[name] for name in KNOWN}


def sum_of_units(found: dict[str, Any]) -> dict[str, int]:
    units = found["cases"]["by_unit"].values()
    return {name: sum(counts[name] for counts in units) for name in totals(found)}


def sent(found: dict[str, Any]) -> tuple[int, int, int]:
    """Of the log's one source: events, duplicates, rejected."""
    (source,) = found["sources"]
    assert (source["source"], source["imported"]) == (SOURCE, True)
    return source["events"], source["duplicates"], source["rejected"]


def of_the_api(ioc: Ioc) -> dict[str, int]:
    """What the running data API says in total."""
    connection = http.client.HTTPConnection("127.0.0.1", open_home(ioc.home).ports["api"], timeout=10)
    try:
        key = ioc.must("keys", "add", "thu", "--days", "1").strip()
        connection.request("GET", "/api/v1/figures", headers={"Authorization": f"Bearer {key}"})
        response = connection.getresponse()
        assert response.status == http.client.OK
        counts: dict[str, int] = json.loads(response.read())["rows"][0]["cases"]
        return counts
    finally:
        connection.close()


def with_100_more_ends(log: Path, copy: Path) -> Path:
    """The log as a later export writes it: 100 open cases have ended, which every row of theirs says."""
    ended: set[str] = set()
    with log.open(newline="", encoding="utf-8") as source, copy.open("w", newline="", encoding="utf-8") as target:
        reader = csv.DictReader(source)
        writer = csv.DictWriter(target, reader.fieldnames or [])
        writer.writeheader()
        for row in reader:
            case = row["case:concept:name"]
            if not row["case:enddate"] and (case in ended or len(ended) < 100):
                ended.add(case)
                row["case:enddate"] = "2012-02-01 10:00:00+01:00"
            writer.writerow(row)
    assert len(ended) == 100
    return copy
