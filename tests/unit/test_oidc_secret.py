"""Which of our processes is told the centre's secret at the provider."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from infra.endpoints import DatabaseUrls, Endpoints
from infra.home import Home
from infra.processes import programs
from infra.settings import OutsideEnvironment, Settings


def test_the_screens_alone_are_told_the_secret_and_all_may_know_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_OIDC_SECRET", "s")
    monkeypatch.setenv("IOC_OIDC_ROLES", '{"a":"leader"}')
    settings = Settings(home=tmp_path, person_key=SecretStr("0123456789abcdef"))
    home = Home(tmp_path, None, "installation", {"screens": 1, "api": 2, "gateway": 3})
    made = programs(home, settings, Endpoints("kafka:1", DatabaseUrls(*"mscaxu"), False, False))
    assert [one.name for one in made if "IOC_OIDC_SECRET" in one.environment] == ["screens"]
    shared = OutsideEnvironment().process_settings()
    assert shared.get("IOC_OIDC_ROLES") == '{"a":"leader"}'
    assert "IOC_OIDC_SECRET" not in shared
