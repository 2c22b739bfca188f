"""Settings of the relay, from ``IOC_*`` variables; ``ioc up`` sets them."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class RelaySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    kafka: str = Field(description="host:port of the brokers, separated by commas.")
    database_streams: str = Field(description="URL of the database as role streams.")
    topic_suffix: str = Field(default="", description="Appended to every topic's name; for tests beside each other.")
    relay_every_s: float = Field(default=0.1, gt=0, description="Pause between two looks into the outbox.")
    relay_kept_days: int = Field(default=90, ge=1, description="How long the outbox keeps what was sent.")
    crash_relay_at: str = Field(default="", description="Tests only: a point (streams/crash.py) at which to die.")
    log_level: str = "INFO"
