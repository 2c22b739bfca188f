"""Settings of the nightly run, from ``IOC_*`` variables; ``ioc up`` sets them."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.province_clock import ClockOffset


class ForecastSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    database_streams: str = Field(description="URL of the database as role streams.")
    forecast_hour: int = Field(default=4, ge=0, le=23, description="The hour of the province at which it runs.")
    forecast_retry_s: float = Field(default=600.0, gt=0, description="Pause where there was too little to learn from.")
    clock_offset_s: ClockOffset = 0
    log_level: str = "INFO"
