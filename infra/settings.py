"""The settings of everything that ``infra`` starts, from ``IOC_*`` variables."""

import os
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, Field, SecretStr
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
    kafka_java: str = Field(
        default="", description="More options for the Java of the home's own Kafka: -Xmx2g on a large machine."
    )
    database: SecretStr | None = Field(
        default=None, description="URL of a database that somebody else runs: migrate's."
    )
    database_streams: SecretStr | None = Field(default=None, description="The same database, as the workers' role.")
    database_screens: SecretStr | None = Field(default=None, description="The same database, as the screens' role.")
    database_api: SecretStr | None = Field(default=None, description="The same database, as the data API's role.")
    database_access: SecretStr | None = Field(
        default=None, description="The same database, as the role that knows accounts, sessions and keys."
    )
    database_units: SecretStr | None = Field(
        default=None, description="The same database, as the role that reads for askers of some units only."
    )
    port: int | None = Field(default=None, ge=1, le=65535, description="Port of the screens.")
    api_port: int | None = Field(default=None, ge=1, le=65535, description="Port of the data API.")
    gateway_port: int | None = Field(default=None, ge=1, le=65535, description="Port of the gateway.")
    sign_in: Literal["accounts", "demo"] | None = Field(
        default=None,
        description="`accounts`: people sign in (docs/access.md). `demo`: simulated data on this machine are shown to"
        " whoever asks. By default demo with --demo, else accounts.",
    )
    workers: int = Field(default=1, ge=1, le=64, description="How many workers run.")
    demo_start: AwareDatetime | None = Field(
        default=None,
        description="Only with --demo: the moment at which the demo is started, instead of now. Its province clock is"
        " then as it would be, e.g. 2026-11-29T23:00+07:00, a Sunday night.",
    )
    oidc_secret: SecretStr | None = Field(
        default=None, description="Of this centre at the provider of OpenID Connect; the screens alone are told it."
    )
    person_key: SecretStr | None = Field(
        default=None, description="Under which identity numbers are hashed, 16 bytes at least; else the home's own."
    )
    person_key_id: str = Field(default="k1", description="Stands before every hash; change it together with the key.")
    hold_url: str = Field(
        default="", description="Where holding orders are sent (docs/orders.md); a simulated home has a receiver."
    )
    hold_secret: SecretStr | None = Field(
        default=None, description="whsec_…, by which holding orders are signed; their delivery alone is told it."
    )


# What infra itself decides for each process, or keeps from it: migrate's password is for nobody else.
DECIDED = (
    *(
        "IOC_HOME",
        "IOC_SOFTWARE",
        "IOC_KAFKA",
        "IOC_KAFKA_JAVA",
        "IOC_PORT",
        "IOC_API_PORT",
        "IOC_GATEWAY_PORT",
        "IOC_WORKERS",
    ),
    *("IOC_DATABASE", "IOC_DATABASE_STREAMS", "IOC_DATABASE_SCREENS", "IOC_DATABASE_API"),
    *("IOC_DATABASE_ACCESS", "IOC_DATABASE_UNITS"),
    *("IOC_PERSON_KEY", "IOC_PERSON_KEY_ID", "IOC_OIDC_SECRET", "IOC_HOLD_URL", "IOC_HOLD_SECRET"),
    *("IOC_SIGN_IN",),
    *("IOC_CLOCK_OFFSET_S", "IOC_DEMO_START"),
    *("IOC_SLOT", "IOC_INSTALLATION", "IOC_SUPERVISED", "IOC_CI_NO_SKIP"),
)


class OutsideEnvironment(BaseSettings):
    """What a started program inherits; everything else it is told explicitly. Not PYTHONPATH, not another login."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    path: str = "/usr/local/bin:/usr/bin:/bin"
    lang: str = "C.UTF-8"
    home: str = "/"

    def variables(self) -> dict[str, str]:
        return {"PATH": self.path, "LANG": self.lang, "HOME": self.home}

    def process_settings(self) -> dict[str, str]:
        """The IOC_* variables that are settings of the workers, the screens or the data API (IOC_LOG_LEVEL …)."""
        return {
            name: value
            for name, value in os.environ.items()  # noqa: TID251 (a settings class: they are read here)
            if name.startswith("IOC_") and not name.startswith("IOC_TEST_") and name not in DECIDED
        }
