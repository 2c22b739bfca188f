"""``ioc simulate --check``: a week of a small province through the whole system, every figure against the truth."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.endpoints import own_url
from infra.home import open_home
from infra.simulate.check import compare
from tests.conftest import remove_home, temporary_home
from tests.system.ioc_command import Ioc

WEEK = ("--seed", "7", "--from", "2024-01-20", "--span", "7d", "--scale", "0.05")


@pytest.fixture(scope="module")
def ioc() -> Iterator[Ioc]:
    command = Ioc(temporary_home())
    try:
        command.must("up", "--detach")
        yield command
    finally:
        command.run("down")
        command.close()
        remove_home(command.home)


def test_every_figure_of_a_simulated_week_equals_the_truth(ioc: Ioc, tmp_path: Path) -> None:
    truth = tmp_path / "truth.jsonl"
    drills = [word for name in ("lookup-surge", "rewritten-status@2024-01-22") for word in ("--scenario", name)]
    played = ioc.run("simulate", *WEEK, *drills, "--truth", str(truth), "--check")

    assert played.returncode == 0, played.stdout[-4_000:] + played.stderr[-4_000:]
    assert "every figure equals the truth" in played.stdout
    assert "Books of the source: no differences" in played.stdout

    head, *lines = truth.read_text().splitlines()
    wrong = json.loads(lines[7])
    wrong[5] += 1
    truth.write_text("\n".join([head, *lines[:7], json.dumps(wrong), *lines[8:]]) + "\n")
    compared, found = compare(own_url(open_home(ioc.home), "screens"), truth)

    assert compared > 5_000
    assert [tuple(one) for one in found] == [(*wrong[:5], wrong[5], wrong[5] - 1)], "one that differs is found"


def test_figures_that_are_not_the_simulation_s_alone_are_not_compared(ioc: Ioc) -> None:
    again = ioc.run("simulate", *WEEK, "--check")

    assert again.returncode == 1
    assert "needs a fresh installation" in again.stderr


def test_what_cannot_be_played_is_refused(ioc: Ioc) -> None:
    for words, said in (
        (("--from", "2099-01-01"), "must not end after today"),
        (("--span", "a week"), "--span is a number of days"),
        (("--topics", "cases,weather"), "--topics: there are cases, lookups"),
        (("--scenario", "flood"), "no such scenario"),
        (("--speed", "2000"), "--speed is max"),
    ):
        refused = ioc.run("simulate", *words)
        assert refused.returncode == 1
        assert said in " ".join(refused.stderr.split())
        assert "Traceback" not in refused.stderr
