"""Probes run under the supervisor exactly where the home says which systems to look at."""

from pathlib import Path

from pydantic import SecretStr

from infra.endpoints import DatabaseUrls, Endpoints
from infra.home import Home
from infra.processes import PLATFORM_FILE, programs
from infra.settings import Settings


def test_probes_run_only_where_the_home_has_the_file_and_know_no_password(tmp_path: Path) -> None:
    ports = {"screens": 1, "api": 2, "gateway": 3}
    home = Home(tmp_path, None, "installation", ports)
    settings = Settings(home=tmp_path, person_key=SecretStr("0123456789abcdef"))
    where = Endpoints("kafka:1", DatabaseUrls(*"mscaxu"), False, False)
    assert "probes" not in [program.name for program in programs(home, settings, where)]

    (tmp_path / PLATFORM_FILE).write_text("", "utf-8")
    (probes,) = [program for program in programs(home, settings, where) if program.name == "probes"]
    assert probes.command[-2:] == ("-m", "streams.intake.platform")
    assert probes.environment["IOC_KAFKA"] == "kafka:1"
    assert not [name for name in probes.environment if "DATABASE" in name or "KEY" in name]
