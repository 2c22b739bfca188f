"""Settings of the delivery of holding orders, from ``IOC_*`` variables; ``ioc up`` sets them."""

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.province_clock import ClockOffset
from streams.delivery.signature import keys_of

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class DeliverySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore", hide_input_in_errors=True)

    database_streams: str = Field(description="URL of the database as role streams.")
    clock_offset_s: ClockOffset = 0
    hold_url: str = Field(default="", description="Where holding orders are sent (docs/orders.md); none: by telephone.")
    hold_secret: SecretStr = Field(
        default=SecretStr(""), description="whsec_…, by which they are signed; two with a blank while one follows."
    )
    hold_timeout_s: float = Field(default=5, gt=0, le=60, description="How long the receiver has for one answer.")
    hold_first_pause_s: float = Field(default=1, gt=0, description="Before the second try; doubled after each.")
    hold_longest_pause_s: float = Field(default=30, gt=0, description="Between two tries at most.")
    hold_every_s: float = Field(default=0.25, gt=0, description="Pause between two looks for what is to be sent.")
    hold_at_once: int = Field(default=8, ge=1, le=100, description="Messages under way at a time.")
    crash_delivery_at: str = Field(default="", description="Tests only: a point (streams/crash.py) at which to die.")
    log_level: str = "INFO"

    @field_validator("hold_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not url:
            return url
        parts = urlsplit(url)
        host = parts.hostname or ""
        safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
        if not host or not safe or parts.username is not None or parts.fragment:
            raise ValueError(
                "IOC_HOLD_URL is an address with https:// (http:// on this machine alone), without a login or '#'"
            )
        return url

    @model_validator(mode="after")
    def _whole(self) -> "DeliverySettings":
        if not self.hold_url:
            return self
        try:
            keys = keys_of(self.hold_secret.get_secret_value())
        except ValueError as exc:
            raise ValueError(f"IOC_HOLD_SECRET {exc}") from None
        if not keys:
            raise ValueError("IOC_HOLD_URL needs IOC_HOLD_SECRET, by which the receiver knows us")
        return self
