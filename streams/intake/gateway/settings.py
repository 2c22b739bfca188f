"""What the operator may set of the gateway, from ``IOC_*`` variables. Built once, in ``__main__``, and passed down."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class GatewaySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    kafka: str = Field(description="host:port of the brokers, separated by commas.")
    database_streams: SecretStr = Field(description="URL of the database as role streams; only the sources are read.")
    home: Path = Field(description="Where the sources last known are kept, for a start without the database.")
    person_key: SecretStr = Field(description="Key of the hashes that stand for identity numbers.")
    person_key_id: str = Field(default="k1", description="The key's name, in front of each hash.")
    topic_suffix: str = Field(default="", description="Appended to every topic's name; for tests beside each other.")
    gateway_port: int = Field(8052, ge=0, le=65535)
    gateway_max_body_bytes: int = Field(1_000_000, ge=1_000, le=50_000_000, description="Of one request.")
    gateway_max_batch: int = Field(1_000, ge=1, le=1_000, description="Events in one request, on every path.")
    gateway_events_per_s: float = Field(5_000, gt=0, description="Of one source, over time.")
    gateway_burst: int = Field(10_000, ge=1, description="Events of one source at once, after a pause.")
    gateway_concurrent: int = Field(
        256, ge=1, description="Requests at work at the same time. A source may hold as many as it leaves free."
    )
    gateway_connections: int = Field(2_000, ge=1, description="Open connections; the slowest client's gives way.")
    gateway_client_s: float = Field(
        10.0, gt=0, description="A client that sends its header, or reads its answer, for longer is cut off."
    )
    gateway_body_s: float = Field(10.0, gt=0, description="A body that takes longer to arrive is given up.")
    gateway_answer_s: float = Field(5.0, gt=0, description="How long a request waits for Kafka before its 503.")
    gateway_linger_ms: int = Field(
        5, ge=0, le=1_000, description="How long a record waits for others to share a write."
    )
    gateway_sources_s: float = Field(2.0, gt=0, description="Pause between two looks at the table of sources.")
    log_level: str = "INFO"
