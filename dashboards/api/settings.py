"""What the operator may set of the data API, from ``IOC_*`` variables. Built once, in ``__main__``, and passed down."""

from pydantic import Field, SecretStr

from dashboards.access.settings import AccessSettings
from dashboards.score_settings import ScoreSettings
from schemas.province_clock import ClockOffset


class ApiSettings(ScoreSettings, AccessSettings):
    database_api: SecretStr = Field(description="URL of the database with the rights of the role `api`.")
    api_port: int = Field(8051, ge=0, le=65535)
    clock_offset_s: ClockOffset = 0
    hosts: frozenset[str] = Field(
        frozenset({"127.0.0.1", "localhost"}), description="Names under which a client may ask; others are refused."
    )
    api_connections: int = Field(6, ge=1, le=50, description="To the database; a sixth is one asker's share.")
    api_patience_s: float = Field(2.0, gt=0, description="How long a request waits for the database before its 503.")
    api_statement_timeout_s: float = Field(10.0, gt=0, description="A question that takes longer is given up.")
    api_cache_mb: int = Field(64, ge=1, le=4096, description="Answers of one moment that are held; twice as much is.")
    # One key or user may have so much (a demo's visitors by address), and one address so many times that. All are own
    # choices: no public source says what a unit needs.
    api_requests_per_s: float = Field(300, gt=0, description="Requests; ten seconds' worth at once after a rest.")
    api_rows_per_minute: int = Field(300_000, ge=1000, description="Rows of cases and subjects.")
    api_long_days: int = Field(400, ge=1, description="From so many days on a question is of a long time.")
    api_long_per_minute: int = Field(20, ge=1, description="Questions of long times of the database.")
    api_database_share: float = Field(
        0.5, gt=0, description="Seconds of the database a second; ten seconds' worth at once after a rest."
    )
    api_at_once: int = Field(16, ge=1, description="Questions that wait for the database or are asked of it.")
    api_address_times: int = Field(4, ge=1, description="How many times the above one address may have.")
