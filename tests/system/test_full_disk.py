"""A disk that is full stops nothing for ever: it is named, the log stays small, and all goes on when there is room."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import remove_home, temporary_home
from tests.system.small_disk import SmallDisk

MEGABYTES = 600
IOC = f"{sys.executable} -P -m infra.cli"
MAPPING = """\
[file]
format = "csv"
[columns]
case = "case"
step = "step"
unit = "unit"
time = "time"
[constants]
source = "urn:test:disk"
"""
CASES = 3_000
WAITED_S = 10.0
LOG_A_MINUTE = 1_000_000  # bytes of all logs


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    root = temporary_home()
    with SmallDisk(root, MEGABYTES) as made:
        code, said = made.run(f"export IOC_HOME={root}/home; {IOC} up --detach")
        assert code == 0, said
        try:
            yield made
        finally:
            made.run(f"{IOC} down; {IOC} stack down")
    remove_home(root)


def status(disk: SmallDisk) -> str:
    return disk.run(f"{IOC} status")[1]


@pytest.mark.timeout(400)
def test_a_full_disk_is_named_and_all_goes_on_by_itself_when_there_is_room(disk: SmallDisk, tmp_path: Path) -> None:
    home = f"{disk.folder}/home"
    log, mapping = tmp_path / "log.csv", tmp_path / "map.toml"
    lines = [f"H19.26-{n},Tiếp nhận,H19.26,2024-03-{n % 28 + 1:02d} 08:00:00" for n in range(CASES)]
    log.write_text("\n".join(["case,step,unit,time", *lines]), "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    assert f"Home: {home}" in status(disk)
    assert "disk" in status(disk)

    disk.run(f"head -c {MEGABYTES}m /dev/zero > {disk.folder}/filler")
    code, said = disk.run(f"timeout 200 {IOC} import {log} --mapping {mapping}")
    assert code != 0, said
    assert f"the disk of {home} is full" in said, said
    assert "Traceback" not in said
    logs = f"du -sb {home}/logs | cut -f1"
    before, began = int(disk.run(logs)[1]), time.monotonic()
    time.sleep(WAITED_S)
    said = status(disk)
    assert f"the disk of {home} is full" in said, said
    grown = (int(disk.run(logs)[1]) - before) / (time.monotonic() - began) * 60
    assert grown < LOG_A_MINUTE

    disk.run(f"rm {disk.folder}/filler")
    deadline = time.monotonic() + 120
    while "\nReady." not in (said := status(disk)):
        assert time.monotonic() < deadline, said + disk.run(f"tail -n 30 {home}/logs/*.log")[1]
        time.sleep(1)
    code, said = disk.run(f"timeout 120 {IOC} import {log} --mapping {mapping}")
    assert code == 0, said
    code, said = disk.run(f"{IOC} figures --json")
    assert json.loads(said)["sources"][0]["events"] == 2 * CASES, "each row is a step and its case's acceptance"
    code, said = disk.run(f"{IOC} audit")
    assert code == 0, said
