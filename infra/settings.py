"""The settings of everything that ``infra`` starts, from ``IOC_*`` variables."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.account import is_root


def _default_home() -> Path:
    return Path("/var/lib/ioc") if is_root() else Path.home() / ".local/share/ioc"


def _default_software() -> Path:
    return Path("/var/lib/ioc-software") if is_root() else Path.home() / ".local/share/ioc-software"


class Settings(BaseSettings):
    """What an operator may set. Whatever is left out, the home decides and remembers."""

    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=_default_home, description="Data, secrets, logs and remembered ports.")
    software: Path = Field(default_factory=_default_software, description="Kafka and TimescaleDB, shared by homes.")
    kafka: str | None = Field(default=None, description="host:port of a Kafka that somebody else runs.")
    database: SecretStr | None = Field(
        default=None, description="URL of a database that somebody else runs: migrate's."
    )
    database_streams: SecretStr | None = Field(default=None, description="The same database, as the workers' role.")
    database_screens: SecretStr | None = Field(default=None, description="The same database, as the screens' role.")
    database_api: SecretStr | None = Field(default=None, description="The same database, as the data API's role.")
    port: int | None = Field(default=None, ge=1, le=65535, description="Port of the screens.")
    api_port: int | None = Field(default=None, ge=1, le=65535, description="Port of the data API.")
    workers: int = Field(default=1, ge=1, le=64, description="How many workers run.")


class OutsideEnvironment(BaseSettings):
    """The few variables that a started program may inherit; everything else it is told explicitly.

    An inherited ``IOC_DATABASE`` would hand migrate's password to a worker, an inherited ``PYTHONPATH`` another code.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    path: str = "/usr/local/bin:/usr/bin:/bin"
    lang: str = "C.UTF-8"
    home: str = "/"

    def variables(self) -> dict[str, str]:
        return {"PATH": self.path, "LANG": self.lang, "HOME": self.home}
