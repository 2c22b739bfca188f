"""A worker's settings, from ``IOC_*`` variables; ``ioc up`` sets them."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.province_clock import ClockOffset
from streams.store import HISTORY_LIMIT


class WorkerSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    kafka: str = Field(description="host:port of the brokers, separated by commas.")
    database_streams: str = Field(description="URL of the database as role streams.")
    home: Path = Field(description="Where Faust may keep its (empty) data folder.")
    installation: str = Field(default="ioc", description="Installation id: workers of one share the work.")
    slot: str = Field(default="worker-1", description="The supervisor's name of this process.")
    clock_offset_s: ClockOffset = 0
    topics: str = Field(
        default="", description="Those to take, separated by commas; all if empty. The same for all workers."
    )
    topic_suffix: str = Field(default="", description="Appended to every topic's name; for tests beside each other.")
    session_timeout_s: float = Field(default=15.0, description="After this silence Kafka gives our partitions away.")
    stall_s: float = Field(default=60.0, description="Without movement for so long while there is work: restart.")
    live_lag_s: float = Field(default=5.0, description="While the live topic is further behind, imports wait.")
    history_limit: int = Field(
        default=HISTORY_LIMIT, ge=1, description="Events of a case beyond which it is oversized."
    )
    max_poll_records: int = Field(default=12_000, ge=1, description="Records in one span at most.")
    audit_every_s: float = Field(default=300.0, description="Pause between two audits of a slice; 0: never.")
    sweep_every_s: float = Field(
        default=5.0, description="Pause between two looks for cases under older rules; 0: never."
    )
    dead_letters_days: int = Field(default=90, ge=1, description="How long dead letters are kept; Kafka keeps 30 days.")
    dead_letters_most: int = Field(default=1_000_000, ge=1, description="How many are kept, the newest.")
    purge_every_s: float = Field(default=3600.0, description="Pause between two purges of dead letters; 0: never.")
    crash_sweep_at: str = Field(default="", description="Tests only: as crash_at, for the sweep.")
    crash_at: str = Field(default="", description="Tests only: a named point (streams/crash.py) at which to die.")
    log_level: str = "INFO"
