"""What the operator may set of the probes, from ``IOC_*`` variables. Built once, in ``__main__``, and passed down."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

FILE = "platform.toml"  # in the home


class ProbeSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    kafka: str = Field(description="host:port of the brokers, separated by commas.")
    home: Path = Field(description="Holds platform.toml.")
    topic_suffix: str = Field(default="", description="Appended to the topic's name; for tests beside each other.")
    log_level: str = "INFO"
