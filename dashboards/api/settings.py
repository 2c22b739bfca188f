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
    api_connections: int = Field(6, ge=1, le=50, description="To the database; a third is one client's share.")
    api_patience_s: float = Field(2.0, gt=0, description="How long a request waits for the database before its 503.")
    api_statement_timeout_s: float = Field(10.0, gt=0, description="A question that takes longer is given up.")
