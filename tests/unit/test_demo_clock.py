"""A demo's clock is kept in its home, told to whoever asks for the province's time, and refused everywhere else."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from infra import demo_clock
from infra.cli.__main__ import build
from infra.endpoints import DatabaseUrls, Endpoints
from infra.home import Home
from infra.processes import programs
from infra.settings import Settings

BY_IT = {"screens", "api", "forecast", "demo", "worker-1", "delivery", "receiver"}  # look-ups and orders end by it


def told(home: Path, *, demo: bool) -> dict[str, str]:
    """The offset that each program is told."""
    ports = {"screens": 1, "api": 2, "gateway": 3, "receiver": 4}
    (home / "secrets").mkdir(exist_ok=True)
    (home / "secrets/hold").write_text("0123456789abcdef0123456789abcdef")
    settings = Settings(home=home, person_key=SecretStr("0123456789abcdef"))
    where = Endpoints("kafka:1", DatabaseUrls(*"mscaxu"), False, False)
    made = programs(Home(home, None, "installation", ports), settings, where, demo=demo)
    return {one.name: one.environment["IOC_CLOCK_OFFSET_S"] for one in made if "IOC_CLOCK_OFFSET_S" in one.environment}


def test_who_shows_asks_or_plays_the_province_s_time_is_told_the_offset_of_a_demo_and_nobody_else(
    tmp_path: Path,
) -> None:
    assert told(tmp_path, demo=True) == dict.fromkeys(BY_IT, "0")
    demo_clock.keep(tmp_path, -205_000)
    assert told(tmp_path, demo=True) == dict.fromkeys(BY_IT, "-205000")
    assert told(tmp_path, demo=False) == {}, "events and heartbeats of a real home go by the real time"


def test_a_home_that_had_an_offset_loses_it_when_it_is_no_demo_any_more(tmp_path: Path) -> None:
    demo_clock.keep(tmp_path, 0)
    assert list(tmp_path.iterdir()) == [], "a home that never was one is not written to"
    demo_clock.keep(tmp_path, -60)
    assert demo_clock.offset_of(tmp_path) == -60
    demo_clock.keep(tmp_path, 0)
    assert demo_clock.offset_of(tmp_path) == 0


def test_an_operator_s_own_offset_reaches_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from infra.settings import OutsideEnvironment

    monkeypatch.setenv("IOC_CLOCK_OFFSET_S", "-60")
    monkeypatch.setenv("IOC_LOG_LEVEL", "DEBUG")
    assert OutsideEnvironment().process_settings().get("IOC_LOG_LEVEL") == "DEBUG"
    assert "IOC_CLOCK_OFFSET_S" not in OutsideEnvironment().process_settings()


def test_a_start_moment_without_a_demo_is_refused_before_anything_starts(tmp_path: Path) -> None:
    env = {"IOC_HOME": str(tmp_path / "home"), "IOC_DEMO_START": "2026-11-29T23:00+07:00"}
    result = CliRunner().invoke(build(), ["up"], env=env)

    assert result.exit_code != 0
    assert "IOC_DEMO_START is for simulated homes" in result.output + str(result.exception)
    assert not (tmp_path / "home").exists()


def test_the_demo_s_cases_rest_at_night_on_its_screens() -> None:
    from dashboards.access.settings import SignIn
    from dashboards.settings import ScreensSettings as Screens
    from schemas.cases import SIMULATED

    always, rests = (
        Screens(database_screens=SecretStr(""), sign_in=SignIn.DEMO),
        Screens(database_screens=SecretStr(""), sign_in=SignIn.DEMO, simulated_rests=True),
    )
    assert always.feed(SIMULATED).weekdays == frozenset(range(7))
    assert rests.feed(SIMULATED).weekdays == frozenset(range(5))
    assert f"{rests.feed(SIMULATED).opens:%H:%M}-{rests.feed(SIMULATED).closes:%H:%M}" == "07:30-17:00"
